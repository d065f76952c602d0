"""Chapters: parts of an agreement in words, such as the strategic plan (source 001)."""

from __future__ import annotations

from dataclasses import dataclass

from ..common import DocumentSubject
from . import rich, styles
from .rich import Rich


@dataclass(frozen=True, slots=True)
class ChapterSection:
    """A headed stretch of a chapter."""

    heading: str
    text: Rich


@dataclass(frozen=True, slots=True)
class PrintedChapter:
    """A chapter: what stands first, then its sections."""

    heading: str
    text: Rich
    sections: tuple[ChapterSection, ...]


def chapters(subject: DocumentSubject) -> tuple[PrintedChapter, ...]:
    """The unit's chapters, in the order of its file."""
    return tuple(
        PrintedChapter(
            chapter.heading,
            styles.CHAPTER.on(rich.parse(chapter.text)),
            tuple(
                ChapterSection(part.heading, styles.CHAPTER.on(rich.parse(part.text)))
                for part in chapter.sections
            ),
        )
        for chapter in subject.unit.chapters
    )
