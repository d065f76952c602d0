"""What a finished PDF's record says, with the round of its source."""

from __future__ import annotations

import pytest

from generator import verify
from generator.agreements import record, yaml_writing
from generator.agreements.yaml_tree import Plain
from support.making import made


def source(head: dict[str, Plain], rest: dict[str, Plain] | None = None) -> bytes:
    """A source as it is written."""
    return yaml_writing.dump({record.HEAD: head, **(rest or {})}).encode()


@pytest.mark.parametrize("round_", ["1", "2", "ไตรมาส 3", ""])
def test_the_round_is_that_of_the_first_entry(round_: str) -> None:
    head: dict[str, Plain] = {"kind": "report", "unit": "กอส", "round": round_}
    rest: dict[str, Plain] = {"unit": {"round": "9", "name": "ก\n  round: '1'\n"}}
    assert record.head_of(source(head, rest)) == head


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"document: report\n",
        b"unit:\n  round: '1'\ndocument:\n  round: '2'\n",
        b"document: [\n",
        "document:\n  round: '1'\n".encode("utf-16"),
        b"\x00\xff",
    ],
)
def test_what_is_no_source_has_no_head(data: bytes) -> None:
    assert record.head_of(data) == {}


def test_only_the_head_is_read() -> None:
    """A source may be many megabytes, and broken further down."""
    data = source({"round": "2"}) + b"unit:\n  - {broken\n" * 200_000
    assert record.head_of(data) == {"round": "2"}


def test_a_documents_record_says_its_round() -> None:
    said = verify.record_of(made("report", "ตัวอย่าง-ข")["pdf"], "x.pdf")
    assert (said["kind"], said["unit"], said["round"]) == ("report", "ตัวอย่าง-ข", "2")
    assert verify.record_of(made("agreement", "ตัวอย่าง-ข")["pdf"], "x.pdf")["round"] == ""
