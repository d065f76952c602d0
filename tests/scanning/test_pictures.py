"""Files of pictures: what is opened, and what is refused plainly."""

import io
import struct
import zlib
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from generator.scanning import pictures
from generator.scanning.pictures import UnreadablePicture, opened


def code_of(path: Path, number: int = 1) -> str:
    with pytest.raises(UnreadablePicture) as raised, opened(path) as file:
        file.picture(number)
    return raised.value.said.code


def bomb(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.png", bomb(100_000, 100_000), "picture-too-large"),
        ("a.png", bomb(60_000, 1_500), "picture-too-large"),
        ("a.png", bomb(2_000, 2_000), "picture-damaged"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "picture-of-no-known-kind"),
        ("a.pdf", b"%PDF-1.7\nnothing", "picture-pdf-unreadable"),
        ("a.jpg", b"words", "picture-of-no-known-kind"),
        ("a.jpg", b"", "picture-of-no-known-kind"),
    ],
)
def test_hostile_files_are_refused(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert code_of(path) == code


def test_a_picture_that_is_cut_off_is_refused_whoever_was_imported_before(tmp_path: Path) -> None:
    import weasyprint  # noqa: F401

    path = tmp_path / "a.png"
    path.write_bytes(bomb(2_000, 2_000))
    assert code_of(path) == "picture-damaged"


def test_a_large_page_of_a_pdf_is_refused(tmp_path: Path) -> None:
    import pikepdf

    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(14_000, 14_000))
        pdf.save(path)
    assert code_of(path) == "picture-too-large"


def test_small_pictures_show_no_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("L", (200, 100), 255).save(path)
    assert code_of(path) == "picture-too-small"


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("png", mode) for mode in ("1", "L", "RGB", "RGBA", "P", "I;16")),
        *(("tif", mode) for mode in ("1", "L", "RGB", "RGBA", "P", "I;16", "CMYK")),
        *(("jpg", mode) for mode in ("L", "RGB", "CMYK")),
    ],
)
def test_kinds_of_pictures(tmp_path: Path, mode: str, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    page = Image.new("L", (400, 600), 255)
    page.paste(0, (0, 0, 200, 300))
    page.convert("L" if mode == "I;16" else mode).convert(mode).save(path)
    with opened(path) as file:
        picture = file.picture(1)
    assert file.pages == 1
    assert picture.shape == (600, 400)
    assert picture[100, 100] < 60


def test_pages_of_a_tiff_one_of_them_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    pages = [Image.new("1", (500, 700), color) for color in (0, 1, 0)]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="group4")
    with opened(path) as file:
        assert file.pages == 3
        assert [int(file.picture(n).mean()) for n in (1, 2, 3)] == [0, 255, 0]


def test_a_picture_is_turned_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    page = Image.new("L", (600, 400), 255)
    exif = Image.Exif()
    exif[0x0112] = 6
    page.save(path, exif=exif)
    with opened(path) as file:
        assert file.picture(1).shape == (600, 400)


def test_folders_are_read_by_name(tmp_path: Path) -> None:
    """What begins like a picture is one, whatever it is called; what is none is told."""
    several = ("b.PNG", "a.pdf", "d.heic", "notes.txt", ".hidden.png", "Thumbs.db", "in/c.tiff")
    for name in several:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    (tmp_path / "e.jfif").write_bytes(b"\xff\xd8\xff\xe0")
    found = pictures.files([tmp_path])
    assert [path.name for path in found.pictures] == ["a.pdf", "b.PNG", "e.jfif", "c.tiff"]
    assert [path.name for path in found.others] == ["d.heic", "notes.txt"]


def test_a_pdf_is_rendered_at_a_size_that_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    out = io.BytesIO()
    Image.new("L", (1654, 2339), 255).save(out, "PDF", resolution=200)
    path.write_bytes(out.getvalue())
    with opened(path) as file:
        assert 2300 < max(file.picture(1).shape) <= 2600


def test_a_long_pdf_is_opened_anew_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pdfium keeps every picture that it read of a file, as long as the file is open."""
    path, shades = tmp_path / "a.pdf", (20, 90, 160, 200, 240)
    pages = [Image.new("L", (1200, 1600), shade) for shade in shades]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    times: list[Path] = []
    original = pypdfium2.PdfDocument

    def counted(of: Path) -> object:
        times.append(of)
        return original(of)

    with opened(path) as file:
        wanted = [file.picture(number).tobytes() for number in range(1, 6)]
    monkeypatch.setattr(pictures, "_AT_ONCE", 2)
    monkeypatch.setattr(pypdfium2, "PdfDocument", counted)
    with opened(path) as file:
        assert file.pages == 5
        assert [file.picture(number).tobytes() for number in range(1, 6)] == wanted
        assert file.is_whole(1)
    assert times == [path] * 3
