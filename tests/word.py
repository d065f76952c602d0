"""Whether the shipped agencies' Word files keep to the rules of ``support.word_rules``, in figures.

    python tests/word.py [WORD…]          # every document, or those whose name holds a word
    python tests/word.py --files PATH…    # files that are there already
    python tests/word.py --details …      # each breach with its words

A document a line: styles, fractions, items of lists, and how often each rule is broken.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pages
from generator.agreements import lookup
from generator.api import documents
from generator.errors import GenError
from support import word_rules
from support.making import WORLD

HEADS = ("styles", "fractions", "items", *(rule.__name__ for rule in word_rules.RULES))


def main(arguments: list[str]) -> None:
    """Print a table of Markdown."""
    options = {one for one in arguments if one.startswith("--")}
    given = [one for one in arguments if not one.startswith("--")]
    print("| document |", " | ".join(HEADS), "|")
    print("|---|" + "---:|" * len(HEADS))
    totals = [0] * len(HEADS)
    files = made(given)
    if "--files" in options:
        files = ((path, Path(path).read_bytes()) for path in given)
    for called, data in files:
        file = word_rules.WordFile.of(data)
        found = word_rules.breaches(file)
        row = [
            *(len(file.styles.by_id), word_rules.fractions(file), word_rules.numbered(file)),
            *map(len, found.values()),
        ]
        totals = [a + b for a, b in zip(totals, row, strict=True)]
        print("|", called, "|", " | ".join(map(str, row)), "|", flush=True)
        if "--details" in options:
            for rule, breaches in found.items():
                if breaches:
                    print(f"    {rule}: {breaches}")
    print("| all |", " | ".join(map(str, totals)), "|")


def made(given: list[str]) -> Iterator[tuple[str, bytes]]:
    """The Word files; what an agency has no words or data for is left out."""
    for called, kind, target, options in pages.wanted(given):
        try:
            found = lookup.find(WORLD, target)
            made = documents.make(WORLD, kind, found, formats=("docx",), options=options)
        except GenError:
            continue
        yield from ((called, data) for data in made.files.values())


if __name__ == "__main__":
    main(sys.argv[1:])
