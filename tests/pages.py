"""What every page of the shipped agencies' documents looks like, in figures.

    python tests/pages.py [WORD…]              # every document, or those whose name holds a word
    python tests/pages.py --files PATH…        # PDFs that are there already
    python tests/pages.py --details …          # each finding with its page and words
    python tests/pages.py --extremes [WORD…]   # generated agencies with extreme but possible data
    python tests/pages.py --word …             # the Word documents, as LibreOffice shows them; with
                                               # --files PDFs that LibreOffice made

A document a line: pages; words cut and digits stacked by a line's end; ตัวชี้วัด broken; pairs
parted, and those of them for which there was room; marks that touch a rule or another mark; pages
under 28 % and under 45 % full, but for the last, and those with fewer than five lines; rows of sums
alone; heads at the foot; the smallest size in points, and how near the edge of the paper ink
comes, in millimetres.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions, SurveyLayout
from generator.api import documents
from generator.errors import GenError
from generator.workspace.environment import Workspace
from support.extremes import DOCUMENTS, EXTREMES, UNIT
from support.making import ROOT, WORLD, by_libreoffice
from support.pages import breaks, drawn
from support.pages.findings import Findings, measure

HEADS = (
    *(
        "pages",
        "cut",
        "stacked",
        "ind",
        "parted",
        "apart",
        "marks",
        "<28",
        "<45",
        "<5l",
        "sums",
        "feet",
    ),
    *("size", "edge"),
)
MILLIMETRES = 25.4 / 72
LAYOUTS: tuple[SurveyLayout, ...] = ("", "large", "booklet")
NOT_UNITS = {"agency", "wording"}


def wanted(words: list[str]) -> Iterator[tuple[str, str, str, DocumentOptions]]:
    """Every document of the shipped agencies: its name, kind, target and options."""
    for agency in sorted(path.parent for path in ROOT.glob("agreements/*/agency.yaml")):
        name = agency.name
        found = []
        for kind in ("agreement", "personal", "report"):
            found.append((kind, name, DocumentOptions("form")))
        found += [(kind, name, DocumentOptions("agency")) for kind in ("framework", "chart")]
        surveys = sorted(path.stem for path in agency.glob("surveys/*.yaml"))
        found += [
            ("survey", name, DocumentOptions("form", survey=one, layout=layout))
            for one in surveys
            for layout in LAYOUTS
        ]
        for unit in sorted(agency.glob("*.yaml")):
            if unit.stem not in NOT_UNITS:
                found += [
                    (kind, unit.stem, DocumentOptions()) for kind in ("agreement", "personal")
                ]
        for round_ in sorted(path.name for path in agency.glob("results/*")):
            results = sorted(agency.glob(f"results/{round_}/*.yaml"))
            found += [("report", one.stem, DocumentOptions(round=round_)) for one in results]
            if results:
                found.append(("summary", name, DocumentOptions("agency", round=round_)))
            for one in sorted(agency.glob(f"answers/{round_}/*/*.yaml")):
                options = DocumentOptions(round=round_, survey=one.stem)
                found.append(("survey-report", one.parent.name, options))
        for kind, target, options in found:
            about = " ".join(filter(None, (options.round, options.survey, options.layout)))
            called = f"{name} {target} {kind} {about}".strip()
            if not words or any(word in called for word in words):
                yield called, kind, target, options


def made(words: list[str], form: str = "pdf") -> Iterator[tuple[str, bytes]]:
    """The documents; what an agency has no words or data for is left out."""
    for called, kind, target, options in wanted(words):
        yield from ((called, data) for data in written(WORLD, kind, target, options, form))


def extremes(words: list[str], form: str = "pdf") -> Iterator[tuple[str, bytes]]:
    """The documents of generated agencies."""
    for name, extreme in EXTREMES.items():
        with tempfile.TemporaryDirectory() as folder:
            world = extreme.workspace(Path(folder))
            for kind, round_ in DOCUMENTS:
                called = f"{name}: {kind}"
                if not words or any(word in called for word in words):
                    options = DocumentOptions(round=round_)
                    for data in written(world, kind, UNIT, options, form):
                        yield called, data


def written(
    world: Workspace, kind: str, target: str, options: DocumentOptions, form: str
) -> list[bytes]:
    """A document's files in a format; a Word document as LibreOffice shows it."""
    try:
        found = lookup.find(world, target)
        files = documents.make(world, kind, found, formats=(form,), options=options).files
    except GenError:
        return []
    data = [one for path, one in files.items() if path.suffix == f".{form}"]
    return [by_libreoffice(one, tagged=True) for one in data] if form == "docx" else data


def figures(found: Findings) -> list[str]:
    """What stands in a document's line."""
    edge = found.edge * MILLIMETRES
    counts = (
        *(found.pages, len(found.cut), len(found.stacked), len(found.indicator)),
        *(len(found.parted), len(found.apart), len(found.colliding)),
        *(len(found.emptier_than(0.28)), len(found.emptier_than(0.45))),
        *(sum(n < 5 for n in found.lines[:-1]), len(found.orphaned), len(found.heads_at_foot)),
    )
    return [*map(str, counts), f"{found.smallest:.0f}", f"{edge:.1f}"]


def main(arguments: list[str]) -> None:
    """Print a table of Markdown."""
    options = {one for one in arguments if one.startswith("--")}
    words = [one for one in arguments if not one.startswith("--")]
    form = "docx" if "--word" in options else "pdf"
    given = (extremes if "--extremes" in options else made)(words, form)
    if "--files" in options:
        given = ((path, Path(path).read_bytes()) for path in words)
    print("| document |", " | ".join(HEADS), "|")
    print("|---|" + "---:|" * len(HEADS))
    totals = [0] * (len(HEADS) - 2)
    for called, data in given:
        places = breaks.places_in_libreoffice if "--word" in options else breaks.places
        found = measure(drawn.sheets(data), drawn.said(data), places)
        row = figures(found)
        totals = [a + int(b) for a, b in zip(totals, row, strict=False)]
        print("|", called, "|", " | ".join(row), "|", flush=True)
        if "--details" in options:
            for field in fields(found):
                values = getattr(found, field.name)
                if isinstance(values, list) and field.name != "lines":
                    print(f"    {field.name}: {values}")
    print("| all |", " | ".join(map(str, totals)), "| | |")


if __name__ == "__main__":
    main(sys.argv[1:])
