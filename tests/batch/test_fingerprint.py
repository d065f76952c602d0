"""What a batch looks at to see whether anything changed: nothing outside of its folders."""

import os
from pathlib import Path

from generator.batch import fingerprint
from support.making import ROOT


def agency(tmp_path: Path) -> tuple[Path, Path]:
    """An agency's folder, and one beside it that is none of its."""
    inside, outside = tmp_path / "x-2570", tmp_path / "elsewhere"
    for folder in (inside / "indicators", outside):
        folder.mkdir(parents=True)
    (inside / "indicators" / "a.yaml").write_text("a", "utf-8")
    (outside / "b.yaml").write_text("b", "utf-8")
    return inside, outside


def test_files_and_links_within(tmp_path: Path) -> None:
    inside, _ = agency(tmp_path)
    plain = fingerprint.tree(inside)
    (inside / "c.yaml").symlink_to(inside / "indicators" / "a.yaml")
    linked = fingerprint.tree(inside)
    assert linked != plain
    (inside / "indicators" / "a.yaml").write_text("changed", "utf-8")
    assert fingerprint.tree(inside) not in (plain, linked)


def test_links_that_lead_out(tmp_path: Path) -> None:
    inside, outside = agency(tmp_path)
    (inside / "b.yaml").symlink_to(outside / "b.yaml")
    (inside / "surveys").symlink_to(outside)
    (inside / "tables").symlink_to(inside)
    before = fingerprint.tree(inside)
    (outside / "b.yaml").write_text("changed", "utf-8")
    (outside / "c.yaml").write_text("new", "utf-8")
    assert fingerprint.tree(inside) == before
    (inside / "surveys").unlink()
    (inside / "surveys").symlink_to(tmp_path)
    assert fingerprint.tree(inside) != before


def test_what_never_ends_is_not_read(tmp_path: Path) -> None:
    inside, _ = agency(tmp_path)
    os.mkfifo(inside / "pipe.yaml")
    assert fingerprint.tree(inside)


def test_templates_that_lead_out(tmp_path: Path) -> None:
    roots = (tmp_path / "templates", ROOT / "templates")
    for form in ("docx", "html"):
        (roots[0] / form / "x-2570").mkdir(parents=True)
    before = fingerprint.templates(roots, "x-2570")
    outside = tmp_path / "print.css"
    outside.write_text("/* not ours */", "utf-8")
    (roots[0] / "html" / "print.css").symlink_to(outside)
    (roots[0] / "html" / "x-2570" / "print.css").symlink_to(outside)
    linked = fingerprint.templates(roots, "x-2570")
    outside.write_text("/* changed */", "utf-8")
    assert fingerprint.templates(roots, "x-2570") == linked == before
    (roots[0] / "html" / "x-2570" / "report.css").write_text("/* ours */", "utf-8")
    assert fingerprint.templates(roots, "x-2570") != before
