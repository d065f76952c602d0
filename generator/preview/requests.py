"""What is asked of a preview, and what it answers: plain values, which go between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..agreements.record import DocumentOptions
from ..diagnostics import Diagnostic
from ..writers.pdf.places import Rectangle

USUAL = DocumentOptions()

DOTS = 110.0
"""Dots to the inch at which a page of A4 is about as wide as half a screen."""

KeyPath = tuple[str | int, ...]
"""The keys that lead to a value in its file, in English, and the numbers of items."""


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """A value of a file: its keys, and where it stands in the text."""

    path: Path
    keys: KeyPath
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page that somebody wants to see.

    ``target`` is the unit's file, or the agency's folder for its form and for what is of all
    units. ``unsaved`` are files as they would be, by whole path. The page is that on which ``at``
    is drawn, else the ``page``. ``reader`` is who asks: a newer request of one takes the place of
    an older one.
    """

    kind: str
    target: Path
    options: DocumentOptions = USUAL
    unsaved: Mapping[Path, bytes] = field(default_factory=dict)
    page: int = 1
    at: PrintedPlace | None = None
    dots: float = DOTS
    reader: str = ""


@dataclass(frozen=True, slots=True)
class FieldOnPage:
    """Where on a page words of a field stand, in millimetres from its upper left corner."""

    field: PrintedPlace
    rectangle: Rectangle
    text: str


@dataclass(frozen=True, slots=True)
class PreviewedPage:
    """A page as a picture (PNG), its size in millimetres, and where fields stand on it.

    Where the data can be no document, there is no picture, and ``faults`` say why.
    ``found``: whether the field that was asked for stands on it.
    """

    picture: bytes = b""
    page: int = 0
    pages: int = 0
    size: tuple[float, float] = (0.0, 0.0)
    fields: tuple[FieldOnPage, ...] = ()
    found: bool = False
    faults: tuple[Diagnostic, ...] = ()
    settled: bool = True
    """Whether the whole document is laid out; else it is drawn again where that changes it."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """What took how long."""
