"""A unit's results of a round while they are filled in: what is asked, and the score so far.

What isn't saved counts as if it were: fields, faults and scores are of the desk's files.
"""

from .edits import add_file, changed, proof
from .overview import ReportedRounds, reported
from .states import stands, supposed
from .view import AskedField, AskedIndicator, ReportingView, rounds, view

__all__ = [
    "AskedField",
    "AskedIndicator",
    "ReportedRounds",
    "ReportingView",
    "add_file",
    "changed",
    "proof",
    "reported",
    "rounds",
    "stands",
    "supposed",
    "view",
]
