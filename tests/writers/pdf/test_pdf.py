"""The PDF writer: what it refuses, what it puts in the file, how elements go on over pages."""

import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from generator.errors import ExitCode, MissingError, RenderingError
from generator.writers.pdf import adaptation, drawing
from generator.writers.pdf import writer as pdf_writer
from generator.writers.pdf.jobs import Attached
from generator.writers.pdf.writer import PdfWriter
from support import verapdf
from support.making import EVERY, ROOT, WORLD, made, png, stream, with_emblem
from support.outline import outline
from support.readers import entries, solid

STYLESHEET = (ROOT / "templates" / "html" / "print.css").read_text("utf-8")
DAY = date(2026, 10, 1)


def written(
    body: str,
    pictures: Mapping[str, tuple[str, bytes]] | None = None,
    attached: tuple[Attached, ...] = (),
) -> bytes:
    """A small document of its own."""
    html = f'<!DOCTYPE html><html lang="th-TH"><title>ก</title><body>{body}</body></html>'
    return PdfWriter(STYLESHEET, WORLD.font).write(
        html, pictures=pictures or {}, attached=attached, day=DAY
    )


# What it refuses


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/x.png",
        "https://example.invalid/",
        "ftp://example.invalid/x",
        "file:///etc/passwd",
        "data:image/png;base64,iVBORw0KGgo=",
        "gen:other",
        "x.png",
        "../../etc/passwd",
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        '<img src="{}" alt="ก">',
        '<p style="background: url({})">ก</p>',
        '<link rel="stylesheet" href="{}"><p>ก</p>',
        "<style>@import url({})</style><p>ก</p>",
        '<link rel="attachment" href="{}"><p>ก</p>',
        '<object data="{}" type="image/png">ก</object>',
    ],
    ids=["picture", "background", "stylesheet", "import", "attachment", "object"],
)
def test_nothing_is_fetched(body: str, url: str) -> None:
    with pytest.raises(RenderingError, match=r"asks for|renderer warns"):
        written(body.format(url))


def test_the_documents_own_pictures_are_there() -> None:
    fetcher = drawing._Fetcher({"gen:emblem": ("image/png", b"data")})
    assert fetcher.fetch("gen:emblem").read() == b"data"
    with pytest.raises(RenderingError, match="asks for gen:code") as caught:
        fetcher.fetch("gen:code")
    assert caught.value.exit_code == ExitCode.RENDERING


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<p style="no-such-property: 1">ก</p>', "no-such-property"),
        ('<p style="width: banana">ก</p>', "banana"),
        ("<p>\U0001f9ff</p>", "notdef"),
        ("<p>漢</p>", "notdef"),
        ('<img src="gen:emblem" alt="">', "alt"),
        ('<img src="gen:broken" alt="ก">', "gen:broken"),
    ],
)
def test_a_warning_fails_the_run(body: str, said: str) -> None:
    pictures = {"gen:emblem": ("image/png", png(4, 4)), "gen:broken": ("image/png", b"no PNG")}
    with pytest.raises(RenderingError, match=f"the renderer warns: .*{said}"):
        written(body, pictures)
    assert written("<p>ก</p>", pictures)


def test_an_untested_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adaptation, "TESTED", ("1.0", "1.1"))
    with pytest.raises(MissingError, match="was not tested with gen") as caught:
        adaptation.apply()
    assert caught.value.exit_code == ExitCode.MISSING
    assert caught.value.hint == "pip install weasyprint==1.1"


def test_gen_stops_at_an_untested_weasyprint(tmp_path: Path) -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, weasyprint\n"
            "weasyprint.__version__ = '99.0'\n"
            "from generator.cli import main\n"
            "sys.exit(main())",
            *("agreement", str(ROOT / "agreements" / "example-2570" / "ตัวอย่าง-ข.yaml")),
            *("-o", str(tmp_path)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == ExitCode.MISSING
    assert "WeasyPrint 99.0 was not tested with gen" in run.stderr
    assert "Traceback" not in run.stderr
    assert list(tmp_path.rglob("*.*")) == []


# What is in the file


def test_attachments_are_listed_once_with_type_date_and_purpose() -> None:
    files = (
        Attached("a.yaml", b"a: 1\n", "first", "Source"),
        Attached("b.txt", "ข\n".encode(), "second", "Alternative"),
        Attached("c.json", b"{}", "third", "Data"),
        Attached("d.png", png(2, 2), "fourth"),
    )
    data = written("<p>ก</p>", attached=files)
    with pikepdf.open(stream(data)) as pdf:
        listed: list[Any] = list(pdf.Root.AF)
        found = [
            (str(f.UF), str(f.Desc), str(f.AFRelationship), str(f.EF.F.Subtype)) for f in listed
        ]
        assert found == [
            ("a.yaml", "first", "/Source", "/application/yaml"),
            ("b.txt", "second", "/Alternative", "/text/plain"),
            ("c.json", "third", "/Data", "/application/json"),
            ("d.png", "fourth", "/Supplement", "/image/png"),
        ]
        assert {str(f.EF.F.Params.ModDate) for f in listed} == {"D:20261001000000Z"}
        assert [f.EF.F.read_bytes() for f in listed] == [file.data for file in files]
    assert verapdf.check(data, "3a") == []


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1"])
def test_every_sort_of_picture_is_archival(mode: str) -> None:
    picture = ("image/png", png(60, 40, mode))
    data = written('<h1>ก</h1><img src="gen:emblem" alt="ตรา">', {"gen:emblem": picture})
    for flavour in ("3a", "ua1"):
        assert verapdf.check(data, flavour) == []


def test_a_document_with_an_emblem_is_archival_and_accessible() -> None:
    data = with_emblem(png(60, 40))["pdf"]
    for flavour in ("3a", "ua1"):
        assert verapdf.check(data, flavour) == []
    with pikepdf.open(stream(data), allow_overwriting_input=False) as pdf:
        [figure] = [item for item in pdf.objects if entries(item).get("/S") == "/Figure"]
        assert str(figure.Alt)
        del figure.Alt
        target = stream(b"")
        pdf.save(target)
    assert [rule[:5] for rule in verapdf.check(target.getvalue(), "ua1")] == ["7.3-1"]


@pytest.mark.parametrize("size", [(60, 40), (40, 60)])
def test_a_figures_box_is_where_the_picture_is(size: tuple[int, int]) -> None:
    data = with_emblem(png(*size))["pdf"]
    with pikepdf.open(stream(data)) as pdf:
        [figure] = [item for item in pdf.objects if entries(item).get("/S") == "/Figure"]
        stated = [float(edge) for edge in figure.A.BBox]
    with pypdfium2.PdfDocument(data) as opened:
        # The other picture of the page is the code at its foot.
        pictures = [
            picture.get_bounds()
            for picture in opened[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
        ]
        highest = max(pictures, key=lambda bounds: bounds[3])
        assert len(pictures) == 2
        assert stated == pytest.approx(highest, abs=0.02)
    left, bottom, right, top = stated
    assert top - bottom == pytest.approx(3 / 2.54 * 72, abs=0.02)
    assert (right - left) / (top - bottom) == pytest.approx(size[0] / size[1], rel=1e-3)


def test_a_picture_below_the_first_page_has_its_box_too() -> None:
    body = '<section>ก</section><section><div>ข</div><img src="gen:emblem" alt="ตรา"></section>'
    data = written(body, {"gen:emblem": ("image/png", png(60, 40))})
    with pikepdf.open(stream(data)) as pdf:
        [figure] = [item for item in pdf.objects if entries(item).get("/S") == "/Figure"]
        assert figure.Pg.objgen == pdf.pages[1].objgen
        stated = [float(edge) for edge in figure.A.BBox]
    with pypdfium2.PdfDocument(data) as opened:
        [picture] = opened[1].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
        assert stated == pytest.approx(picture.get_bounds(), abs=0.02)


@pytest.mark.parametrize(("kind", "subject"), EVERY)
def test_header_cells_have_a_scope_and_no_lists(kind: str, subject: str) -> None:
    with pikepdf.open(stream(made(kind, subject)["pdf"])) as pdf:
        found = [entries(item) for item in pdf.objects]
    cells = [cell for cell in found if cell.get("/S") in ("/TH", "/TD")]
    assert len(cells) > 20
    for cell in cells:
        attributes = entries(cell.get("/A", pikepdf.Dictionary()))
        assert ("/Scope" in attributes) == (cell["/S"] == "/TH")
        assert "/Headers" not in attributes
        assert "/ID" not in cell


# How elements go on over pages


def shape(body: str) -> list[str]:
    """The outline of a small document, below its root."""
    return [line[2:] for line in outline(written(body)).splitlines()[1:]]


def test_sections_stay_apart() -> None:
    sections = "".join(f"<section><h1>{n}</h1><p>ก{n}</p></section>" for n in range(1, 4))
    assert shape(sections) == [
        line for n in range(1, 4) for line in ("Sect", f"  H1: {n}", f"  P: ก{n}")
    ]


def test_a_section_over_pages_is_one() -> None:
    rest = "".join(f"<p>ก{n}</p>" for n in range(100))
    found = shape(f"<section><h1>1</h1>{rest}</section>")
    assert found == ["Sect", "  H1: 1", *(f"  P: ก{n}" for n in range(100))]


def test_a_paragraph_over_pages_is_one() -> None:
    words = [f"น้ำ{n}" for n in range(2000)]
    found = shape(f'<p style="break-inside: auto">{" ".join(words)}</p>')
    assert found == [f"P: {''.join(words)}"]


def test_a_table_over_pages_is_one_and_its_head_is_read_once() -> None:
    rows = "".join(f"<tr><td>ก{n}</td><td>ข{n}</td></tr>" for n in range(80))
    head = '<thead><tr><th colspan="2">น</th></tr></thead>'
    found = shape(f"<table>{head}<tbody>{rows}</tbody></table>")
    assert found == [
        *("Table", "  THead", "    TR", "      TH column columns=2: น", "  TBody"),
        *(line for n in range(80) for line in ("    TR", f"      TD: ก{n}", f"      TD: ข{n}")),
    ]


def test_a_row_over_pages_is_one() -> None:
    style = 'style="break-inside: auto"'
    cells = "".join(f"<p>{letter}{n}</p>" for letter in "กข" for n in range(60))
    left, right = cells[: len(cells) // 2], cells[len(cells) // 2 :]
    row = f"<tr {style}><td>{left}</td><td>{right}</td></tr>"
    found = shape(f"<table {style}><tbody>{row}</tbody></table>")
    assert found == [
        *("Table", "  TBody", "    TR"),
        *("      TD", *(f"        P: ก{n}" for n in range(60))),
        *("      TD", *(f"        P: ข{n}" for n in range(60))),
    ]


@pytest.mark.parametrize("tag", ["div", "section", "li"])
def test_words_beside_paragraphs_keep_their_place(tag: str) -> None:
    """Words beside blocks are put in a block of their own, which has their parent's element."""
    rest = "".join(f"<p>ก{n}</p>ข{n}" for n in range(100))
    found = written(f"<{tag}>ต้น{rest}</{tag}>")
    words = "".join(line.partition(": ")[2] for line in outline(found).splitlines())
    assert words.removeprefix("•") == "ต้น" + "".join(f"ก{n}ข{n}" for n in range(100))


def test_equal_elements_on_one_page_stay_apart() -> None:
    assert shape("<div><p>ก</p></div><div><p>ก</p></div>") == ["Div", "  P: ก"] * 2


# The text of lines


def test_a_hyphen_at_a_lines_end_stays_and_a_word_is_not_torn() -> None:
    data = written('<p style="width: 2cm">หญิง-ชาย E-Learning <b>E-</b>Learning - จบ -</p>')
    with pikepdf.open(stream(data)) as pdf:
        marked: list[Any] = [
            instruction.operands[-1]
            for page in pdf.pages
            for instruction in pikepdf.parse_content_stream(page, "BDC")
        ]
        texts = [str(entries(properties).get("/ActualText", "")) for properties in marked]
    texts = [text for text in texts if text]
    assert solid("".join(texts)) == "หญิง-ชายE-LearningE-Learning-จบ-"
    # A space is added at lines' ends only.
    assert all(text.endswith("-\u00a0") for text in texts if "\u00a0" in text)
    assert any("\u00a0" in text for text in texts)
    joined = written("<p><b>E-</b>Learning</p>")
    with pypdfium2.PdfDocument(joined) as opened:
        assert opened[0].get_textpage().get_text_range() == "E-Learning"


def test_the_versions_of_what_draws_are_known() -> None:
    found = pdf_writer.versions()
    assert found["WeasyPrint"] in adaptation.TESTED
    assert found["Pango"].count(".") == 2
    assert found["libthai"]
