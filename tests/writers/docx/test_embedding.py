"""The face inside a Word file: TrueType, under its name, shown where it isn't installed."""

import io
import os
import subprocess
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from generator.workspace.environment import OFFICIAL
from generator.writers.docx import embedding
from generator.writers.docx.embedding import EmbeddedFace, embed, obfuscated, truetype
from support.making import WORLD, made, stream

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NAMED = "TH Sarabun New"
HIDDEN = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/cache</cachedir>
  <selectfont><rejectfont>
    <pattern><patelt name="family"><string>{face}</string></patelt></pattern>
  </rejectfont></selectfont>
</fontconfig>
"""


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(stream(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def faces(parts: dict[str, bytes], name: str) -> Iterator[TTFont]:
    """The faces that a document holds under a name, as any reader finds them."""
    rels = etree.fromstring(parts["word/_rels/fontTable.xml.rels"])
    targets = {e.get("Id"): str(e.get("Target")).lstrip("/") for e in rels}
    [font] = [
        font
        for font in etree.fromstring(parts["word/fontTable.xml"])
        if font.get(f"{W}name") == name
    ]
    for word in ("embedRegular", "embedBold"):
        [found] = font.findall(f"{W}{word}")
        key = uuid.UUID(str(found.get(f"{W}fontKey")))
        data = parts[targets[found.get(f"{R}id")]]
        yield TTFont(io.BytesIO(obfuscated(data, key)))


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    return parts_of(made("agreement", "ตัวอย่าง-ข")["docx"])


def test_the_face_that_was_used_is_held_under_the_name_that_is_written(
    parts: dict[str, bytes],
) -> None:
    assert NAMED in parts["word/styles.xml"].decode()
    assert b"<w:embedTrueTypeFonts/>" in parts["word/settings.xml"]
    upright, bold = faces(parts, NAMED)
    for font, said in ((upright, "Regular"), (bold, "Bold")):
        assert font.sfntVersion == "\0\1\0\0"
        assert "glyf" in font
        assert "CFF " not in font
        assert font["name"].getDebugName(1) == WORLD.font
        assert font["name"].getDebugName(2) == said
        assert {"GSUB", "GPOS"} <= set(font.keys())
        assert "General Public License" in (font["name"].getDebugName(13) or "")


def test_a_face_has_its_own_name_and_the_list_says_that_both_are_one(
    parts: dict[str, bytes],
) -> None:
    table = etree.fromstring(parts["word/fontTable.xml"])
    others = {
        font.get(f"{W}name"): [e.get(f"{W}val") for e in font.findall(f"{W}altName")]
        for font in table
    }
    assert others == {NAMED: [WORLD.font], WORLD.font: [NAMED]}
    assert len(list(faces(parts, WORLD.font))) == 2


def test_letters_are_the_same_and_enough_to_write_on(parts: dict[str, bytes]) -> None:
    for font, path in zip(
        faces(parts, NAMED), (WORLD.file_of(WORLD.font), WORLD.bold_of(WORLD.font)), strict=True
    ):
        own = TTFont(path)
        ours, theirs = font.getBestCmap(), own.getBestCmap()
        assert {*map(ord, "กฮะู็๎๏๙AZaz09–“”…%")} <= set(ours)
        before, after = own.getGlyphSet(), font.getGlyphSet()
        for code in ours:
            assert font["hmtx"][ours[code]][0] == own["hmtx"][theirs[code]][0], chr(code)
            drawn = [
                bounds(glyphs, name)
                for glyphs, name in ((before, theirs[code]), (after, ours[code]))
            ]
            assert drawn[0] == pytest.approx(drawn[1], abs=2), chr(code)


def bounds(glyphs, name: str) -> tuple[float, ...]:  # type: ignore[no-untyped-def]
    from fontTools.pens.boundsPen import BoundsPen

    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return pen.bounds or (0, 0, 0, 0)


def test_a_stand_ins_lines_have_room_in_those_of_documents(parts: dict[str, bytes]) -> None:
    """LibreOffice cuts off what a face's lines have more than 80 and 20 % of an exact line."""
    for font in faces(parts, NAMED):
        em = font["head"].unitsPerEm
        assert font["hhea"].ascent / em <= 0.8 * 1.19
        assert -font["hhea"].descent / em <= 0.2 * 1.19


def test_what_the_owner_forbids_is_not_embedded(tmp_path: Path) -> None:
    path = tmp_path / "face.otf"
    for said, allowed in (
        *((0, True), (2, False), (4, False), (8, True), (0xC, True), (0x200, False)),
        *((0x208, False), (0x108, True)),
    ):
        font = TTFont(WORLD.file_of(WORLD.font))
        font["OS/2"].fsType = said
        font.save(path)
        assert (truetype(path) is not None) == allowed, hex(said)
    whole = truetype(path)
    assert whole is not None
    assert len(TTFont(io.BytesIO(whole)).getGlyphOrder()) == len(
        TTFont(WORLD.file_of(WORLD.font)).getGlyphOrder()
    )


def test_what_is_no_face_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "face.ttf"
    assert truetype(path) is None
    path.write_bytes(b"no face")
    assert truetype(path) is None
    assert embedding.face_of("other", path, path, stands_in=True) is None


def test_a_document_of_other_faces_is_left_as_it_is(parts: dict[str, bytes]) -> None:
    other = {**parts, "word/fontTable.xml": b'<w:fonts xmlns:w="%s"/>' % W[1:-1].encode()}
    before = dict(other)
    embed(other, EmbeddedFace("Laksaman", b"1" * 40, b"2" * 40), OFFICIAL)
    assert other == before


def test_what_a_template_has_embedded_gives_way(parts: dict[str, bytes]) -> None:
    """Word keeps faces in a template that is saved with them."""
    other = dict(parts)
    embed(other, EmbeddedFace(NAMED, b"1" * 40, b"2" * 40), (NAMED, "Laksaman"))
    table = etree.fromstring(other["word/fontTable.xml"])
    for font in table:
        assert [len(font.findall(f"{W}{w}")) for w in ("embedRegular", "embedBold")] == [1, 1]
    assert other["word/settings.xml"].count(b"embedTrueTypeFonts") == 1


def test_the_key_turns_the_first_bytes_alone() -> None:
    key = uuid.UUID("1DF903C7-3F24-4E1D-9A4B-2A8C5E2B6A10")
    data = bytes(range(64))
    hidden = obfuscated(data, key)
    assert hidden[32:] == data[32:]
    # By hand: the first byte is that of the key's end, 0x10.
    assert (hidden[0], hidden[15], hidden[16]) == (0x10, 15 ^ 0x1D, 16 ^ 0x10)
    assert obfuscated(hidden, key) == data


def test_it_is_shown_where_it_is_not_installed(tmp_path: Path) -> None:
    conf = tmp_path / "fonts.conf"
    conf.write_text(HIDDEN.format(folder=tmp_path, face=WORLD.font), encoding="utf-8")
    source = tmp_path / "document.docx"
    source.write_bytes(made("agreement", "ตัวอย่าง-ข")["docx"])
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "FONTCONFIG_FILE": str(conf)},
    )
    with pikepdf.open(tmp_path / "document.pdf") as pdf:
        names = {
            str(font.BaseFont)
            for page in pdf.pages
            for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
        }
        pages = len(pdf.pages)
    assert any(WORLD.font in name for name in names)
    assert any(f"{WORLD.font}-Bold" in name for name in names)
    assert not any("Garuda" in name for name in names), names
    with pikepdf.open(io.BytesIO(made("agreement", "ตัวอย่าง-ข")["pdf"])) as pdf:
        assert abs(pages - len(pdf.pages)) <= 1
