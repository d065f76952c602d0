"""Chapters: parts of an agreement in words, such as the strategic plan (source 001)."""

from __future__ import annotations

from dataclasses import dataclass

from . import rich
from .common import Subject
from .rich import Rich


@dataclass(frozen=True, slots=True)
class Section:
    """A headed stretch of a chapter."""

    heading: str
    text: Rich


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: what stands first, then its sections."""

    heading: str
    text: Rich
    sections: tuple[Section, ...]


def chapters(subject: Subject) -> tuple[Chapter, ...]:
    """The unit's chapters, in the order of its file."""
    return tuple(
        Chapter(
            chapter.heading,
            rich.parse(chapter.text),
            tuple(Section(part.heading, rich.parse(part.text)) for part in chapter.sections),
        )
        for chapter in subject.unit.chapters
    )
