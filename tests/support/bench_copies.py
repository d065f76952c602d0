"""What a further copy of a questionnaire costs, as a part of the first."""

import time

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.workspace.environment import Workspace
from generator.writers.document import Copies
from support.making import ROOT

MANY = 101


def seconds(copies: int) -> float:
    """How long a questionnaire of the manual takes, in so many numbered copies."""
    world = Workspace(ROOT, {})
    found = lookup.find(world, "กอส")
    start = time.process_time()
    documents.make(
        world,
        "survey",
        found,
        formats=("pdf",),
        options=DocumentOptions(survey="service"),
        copies=Copies(copies, True),
    )
    return time.process_time() - start


def copies() -> None:
    """Print what copies cost."""
    seconds(1)
    first, many = seconds(1), seconds(MANY)
    further = (many - first) / (MANY - 1)
    print(
        f"\nA questionnaire: the first numbered copy {first:.2f} s, a further one "
        f"{further * 1000:.0f} ms, {further / first:.3f} of the first (of {MANY} copies)",
        flush=True,
    )


if __name__ == "__main__":
    copies()
