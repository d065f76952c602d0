"""Word's clauses fill their lines, unless the agency wants them ragged."""

import io
import zipfile

import pytest
from lxml import etree

from generator.documents.parts.styles import JUSTIFIED
from generator.writers.docx.justified import set_justified
from generator.writers.docx.writer import STYLES
from support import making

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def aligned(styles: bytes) -> dict[str, str]:
    """How the styles that are there align their paragraphs."""
    found = {}
    for style in etree.fromstring(styles).iter(f"{W}style"):
        alignment = style.find(f"{W}pPr/{W}jc")
        if alignment is not None:
            found[str(style.get(f"{W}styleId"))] = str(alignment.get(f"{W}val"))
    return found


def styles_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(STYLES)


def test_clauses_and_descriptions_are_distributed() -> None:
    found = aligned(styles_of(making.made("agreement", "กอส")["docx"]))
    assert {"Clause", "BodyText", "Labelled"} <= JUSTIFIED & found.keys()
    assert {found[name] for name in JUSTIFIED & found.keys()} == {"thaiDistribute"}
    assert found["Heading1"] == "center"


@pytest.mark.parametrize(("justified", "how"), [(True, "thaiDistribute"), (False, "left")])
def test_an_agency_may_want_either(justified: bool, how: str) -> None:
    styles = styles_of(making.made("agreement", "กอส")["docx"])
    set_ = set_justified(styles, justified=justified)
    found = aligned(set_)
    assert {found[name] for name in JUSTIFIED & found.keys()} == {how}
    assert {k: v for k, v in found.items() if k not in JUSTIFIED} == {
        k: v for k, v in aligned(styles).items() if k not in JUSTIFIED
    }
