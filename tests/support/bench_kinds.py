"""What a document of each kind costs to make and to make once more, for ``make bench``."""

import time

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents.kinds import KINDS
from generator.writers.pdf import renderer
from support.bench_savings import forget
from support.making import WORLD, subjects

_LAYOUTS = {"survey": ("", "large", "fillable", "booklet")}


def again() -> None:
    """Print the first making of a PDF of each kind, and what one more takes of it."""
    renderer.start()
    print("\n| kind | subject | first, s | once more, of the first |\n|---|---|---|---|")
    for kind in sorted(KINDS.values(), key=lambda kind: kind.name):
        for layout in _LAYOUTS.get(kind.name, ("",)):
            subject = subjects(kind)[0]
            first, more = _measured(kind.name, subject, layout)
            print(
                f"| {kind.name} {layout} | {subject} | {first:.2f} | {more / first:.2f} |",
                flush=True,
            )


def _measured(kind: str, subject: str, layout: str) -> tuple[float, float]:
    named, _, survey = subject.partition(":")
    blank, _, name = named.rpartition(" ")
    found = lookup.find(WORLD, name)
    of_round = kind in ("summary", "survey-report") or (kind == "report" and not blank)
    options = DocumentOptions(
        "form" if blank else "unit",
        True,
        "2" if of_round else "",
        survey,
        layout,  # type: ignore[arg-type]
    )

    def made() -> float:
        start = time.process_time()
        documents.make(WORLD, kind, found, formats=("pdf",), options=options)
        return time.process_time() - start

    made()
    forget()
    return made(), min(made(), made())


if __name__ == "__main__":
    again()
