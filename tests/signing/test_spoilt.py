"""A spoilt source inside a real PDF ends in findings with its place, whoever reads it."""

import re
from pathlib import Path

import pytest

from generator.agreements.record import hash_of
from generator.agreements.yaml_tree import parse
from generator.signing import status, verification
from generator.workspace.environment import Workspace
from support import tampering as t
from support.authority import NOW
from support.making import ROOT
from support.signed import AGENCY, made

PLACE = re.compile(r"source\.yaml:\d+:\d+: ")

SPOILT = {
    "no YAML": t.put("source.yaml", b"a: [b\nc: d\n"),
    "an anchor": t.put("source.yaml", b"a: &b [*b]\n"),
    "not UTF-8": t.put("source.yaml", "document: ก".encode("tis-620")),
    "a list": t.put("source.yaml", b"- a\n- b\n"),
    "another mapping": t.put("source.yaml", b"a: b\n"),
    "a head that is a word": t.put("source.yaml", b"document: agreement\n"),
    "an odd key": t.edit("source.yaml", "scale:", "scael:"),
    "a missing part": t.edit("source.yaml", "\nwording:", "\nwordings:"),
    "a weight in words": t.edit("source.yaml", "weight: '", "weight: 'x"),
    "a unit that is a list": t.edit("source.yaml", "\nunit:\n", "\nunit: []\nunits_:\n"),
    "a list for surveys": t.edit("source.yaml", "\nsurveys: {}", "\nsurveys: [a]"),
}

every = pytest.mark.parametrize("kind", SPOILT)


def hash_of_source(data: bytes) -> str:
    node = parse(Path("source.yaml"), data).node
    return hash_of(node.plain()) if node is not None else "0" * 64


@every
@pytest.mark.parametrize("sealed", [False, True], ids=["", "sealed again"])
def test_verify_names_the_place(kind: str, *, sealed: bool) -> None:
    more = [t.reseal(hash_of_source, id_too=False)] if sealed else []
    data = t.tampered(made(), SPOILT[kind], *more)
    verdict = verification.examine(Workspace(ROOT, {}), data, "x.pdf", roots=None, now=NOW)
    assert any(PLACE.search(problem) for problem in verdict.problems), verdict.problems


@every
def test_status_names_the_place(kind: str, tmp_path: Path) -> None:
    """Of a unit that is gone: its places are known from the document alone."""
    folder = tmp_path / "signed" / AGENCY / "gone"
    folder.mkdir(parents=True)
    (tmp_path / "agreements").symlink_to(ROOT / "agreements")
    (folder / "gone-agreement.pdf").write_bytes(t.tampered(made(), SPOILT[kind]))
    rows = status.rows(Workspace(tmp_path, {}), ROOT / "agreements" / AGENCY)
    [row] = [row for row in rows if row.unit == "gone"]
    assert row.state == status.BAD
    assert PLACE.search(row.problem), row.problem
