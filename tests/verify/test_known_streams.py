"""What a stream said in one file it is known to say in another only where it does so there."""

import pikepdf
import pytest
from pikepdf import Array, Name, Pdf, Stream

from generator import verify
from generator.errors import FileError
from generator.verify import drawn_text
from generator.verify.drawn_text import DrawnText
from generator.verify.known_streams import MOST, KnownStream
from generator.workspace.recently_used import RecentlyUsed
from support.making import made
from support.tampering import Change, tampered

Known = RecentlyUsed[bytes, KnownStream]


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> Known:
    found = RecentlyUsed[bytes, KnownStream](MOST, lambda stream: stream.size)
    monkeypatch.setattr(drawn_text, "STREAMS", found)
    return found


def good() -> bytes:
    return made("agreement", "blank moi-2547")["pdf"]


def drawn(data: bytes) -> tuple[DrawnText, ...]:
    return verify.read_pdf(data, "x.pdf").facts.drawn


def told(data: bytes) -> tuple[DrawnText, ...] | str:
    """The same, or why it can't be read."""
    try:
        return drawn(data)
    except FileError as error:
        return str(error)


def other_letters(pdf: Pdf) -> None:
    """Each font's glyphs stand for another letter."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
            text = item.ToUnicode.read_bytes()
            assert b"<0e" in text.lower()
            item.ToUnicode.write(text.replace(b"<0e01>", b"<0e02>").replace(b"<0E01>", b"<0E02>"))


def other_fonts(pdf: Pdf) -> None:
    """The names of fonts mean each other's."""
    fonts = pdf.pages[0].Resources.Font
    names = sorted(fonts.keys())
    assert len(names) > 1
    turned = [fonts[name] for name in (*names[1:], names[0])]
    for name, font in zip(names, turned, strict=True):
        fonts[name] = font


def single_bytes(pdf: Pdf) -> None:
    """The codes of fonts are one byte long."""
    for font in pdf.pages[0].Resources.Font.values():
        font.Subtype = Name.Type1


def chosen_by_state(pdf: Pdf) -> None:
    """A graphics state chooses a font."""
    resources = pdf.pages[0].Resources
    for state in resources.ExtGState.values():
        state.Font = Array([next(iter(resources.Font.values())), 12])


def without_end(pdf: Pdf) -> None:
    """A page's first stream leaves a mark open and its text hidden."""
    page = pdf.pages[0]
    content = page.Contents[0].read_bytes()
    more = b"q\n3 Tr\n/Span <</ActualText <FEFF0E01>>> BDC\nq\nQ"
    page.Contents[0] = Stream(pdf, content + b"\n" + more)


def behind(pdf: Pdf) -> None:
    """Something stands behind a page's first stream."""
    page = pdf.pages[0]
    page.Contents[0] = Stream(pdf, page.Contents[0].read_bytes() + b"\n/Span BMC\nEMC\nQ\nq\nQ")


CHANGES = (other_letters, other_fonts, single_bytes, chosen_by_state, without_end, behind)


def test_what_is_known_is_what_is_read(known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawn(good())
    count = len(known)
    assert count > 1
    assert drawn(good()) == first
    assert len(known) == count
    monkeypatch.setattr(drawn_text, "_alone", lambda *_: None)
    assert drawn(good()) == first, "read page by page"


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_known_stream_in_a_file_where_it_says_something_else(
    change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = told(good())
    changed = tampered(good(), change)
    said = told(changed)
    monkeypatch.setattr(drawn_text, "_alone", lambda *_: None)
    assert said == told(changed)
    if change not in (chosen_by_state, behind):
        assert said != right
