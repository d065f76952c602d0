"""Tracked changes: rejected they give the old document, accepted the new one.

``EDITS=1000`` tries more (``LIBREOFFICE_EDITS`` those that LibreOffice accepts and rejects,
``AUDIT_EDITS`` those that openxml-audit looks at).
"""

import os
import random
from pathlib import Path

import openxml_audit
import pytest

from generator.comparing.tracked_document import compared
from generator.comparing.word_xml import W, opened, parsed
from generator.errors import FileError
from generator.verify.docx import docx_content
from support import redlines, word_edits
from support.making import in_word

EDITS = int(os.environ.get("EDITS", "36"))
BY_LIBREOFFICE = int(os.environ.get("LIBREOFFICE_EDITS", "6"))
AT_ONCE = 6
AUDITED = int(os.environ.get("AUDIT_EDITS", "30"))
SUBJECTS = (
    ("agreement", "กอส"),
    ("agreement", "ตัวอย่าง-ก"),
    ("agreement", "พัฒนาการอำเภอ"),
    ("indicators", "ตัวอย่าง-ข"),
    ("report", "ตัวอย่าง-ก"),
)
Versions = tuple[bytes, bytes]


def versions(count: int) -> list[Versions]:
    """Pairs of versions with so many edits between them in all, of each kind of document."""
    found = []
    for number in range(-(-count // AT_ONCE)):
        base = in_word(*SUBJECTS[number % len(SUBJECTS)])
        chance = random.Random(f"tracked:{number}")
        old = word_edits.edited(base, chance, AT_ONCE // 2, word_edits.EVERY)
        new = word_edits.edited(old, chance, AT_ONCE, word_edits.EVERY)
        found.append((old, new) if number % 2 else (base, new))
    return found


def test_rejected_is_the_old_text_accepted_the_new_one() -> None:
    for old, new in versions(EDITS):
        both = compared(old, new, "x.docx")
        for accept, wanted in ((False, old), (True, new)):
            decided = redlines.decided(both, accept=accept)
            assert redlines.signature(decided) == redlines.signature(wanted)
            assert docx_content(decided) == docx_content(wanted)


def test_libreoffice_accepts_and_rejects_the_same() -> None:
    jobs, wanted = [], []
    for old, new in versions(BY_LIBREOFFICE):
        both = compared(old, new, "x.docx")
        jobs += [(both, "RejectAllTrackedChanges"), (both, "AcceptAllTrackedChanges")]
        wanted += [(old, ""), (new, "")]
    found = redlines.by_libreoffice([*jobs, *wanted])
    lines = [
        [line for line in one.decode("utf-8-sig").splitlines() if line.strip()] for one in found
    ]
    assert lines[: len(jobs)] == lines[len(jobs) :]
    assert all(lines)


@pytest.mark.parametrize("kind", sorted(word_edits.EVERY))
def test_each_kind_of_edit_is_marked(kind: str) -> None:
    base = in_word("agreement", "พัฒนาการอำเภอ")
    new = word_edits.edited(base, random.Random(kind), 2, {kind: word_edits.EVERY[kind]})
    both = compared(base, new, "x.docx")
    root = parsed(opened(both, "x")["word/document.xml"], "x")
    marks = {str(mark.tag).removeprefix(W) for mark in root.iter() if mark.get(f"{W}author")}
    wanted = {
        "bold": {"rPrChange"},
        "aligned": {"pPrChange"},
        "row moved": {"moveFrom", "moveTo", "ins", "del"},
        "row added": {"ins"},
        "row gone": {"del"},
        "gone": {"del"},
        "empty": {"del"},
        "added": {"ins"},
    }
    if kind in wanted:
        assert wanted[kind] <= marks
    starts = [*root.iter(f"{W}moveFromRangeStart", f"{W}moveToRangeStart")]
    assert all(mark.get(f"{W}date") for mark in starts), "the schema wants it of these alone"
    assert redlines.signature(redlines.decided(both, accept=False)) == redlines.signature(base)
    numbers = [e.get(f"{W}id") for e in root.iter() if e.get(f"{W}author")]
    assert len(set(numbers)) == len(numbers)


def test_the_same_twice_has_no_mark() -> None:
    base = in_word("agreement", "ตัวอย่าง-ก")
    both = opened(compared(base, base, "x.docx"), "x")
    assert both["word/document.xml"].count(b"w:author") == 0
    assert "customXml/item1.xml" not in both


def test_word_finds_no_error(tmp_path: Path) -> None:
    for number, (old, new) in enumerate(versions(AUDITED)):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(compared(old, new, "x.docx"))
        result = openxml_audit.OpenXmlValidator(max_errors=0).validate(path)
        assert [str(error) for error in result.errors] == []
        verdict = openxml_audit.predict(result)
        assert verdict.prediction is openxml_audit.AppPrediction.OPENS_CLEAN, verdict.headline


def test_what_is_no_document_is_refused() -> None:
    base = in_word("agreement", "ตัวอย่าง-ก")
    for data in (b"", b"PK\x03\x04", b"%PDF-1.7", base[: len(base) // 2]):
        with pytest.raises(FileError, match=r"x\.docx"):
            compared(base, data, "x.docx")
