"""Which change of the data may stand behind an edit: guesses, the likeliest first.

Each is tried (``reading_back``): only one that makes the document say what was typed is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from functools import partial
from itertools import pairwise

from .. import thai
from ..agreements.changes import Change, Inserted, KeyPath, Put, Removed
from ..exact import bare
from .alignment import words
from .edited import Spot, WordEdit
from .leaves import DataText, Stretch
from .new_rows import CSV, RowGuesser

MOST = 12
"""So many guesses are tried for an edit."""

_FIGURE = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_WORDS = ("text", "table")
"""The keys of the words that a condition stands beside."""

_CONDITIONS: set[str | int] = {
    *("value", "at_least", "more_than", "at_most", "less_than", "between", "equals", "of", "gives"),
}
_THAI_DIGIT = re.compile(r"[\u0e50-\u0e59]")
_DIGIT = r"[0-9\u0e50-\u0e59]{1,3}"
_LEAD = re.compile(rf"\A(?:[-•●]|{_DIGIT}(?:\.{_DIGIT})*[.)]|\({_DIGIT}\)) +(?=\S)")
_SHORT = 3
"""A stretch of fewer letters is taken for another's words unless it is all of a paragraph."""


Span = tuple[int, int, str]
"""From where to where in a text other words are typed, and which."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A change of one file: what stood there, and its line; ``spans`` are the parts of a text."""

    file: str
    change: Change
    old: str | None
    new: str | None
    line: int
    spans: tuple[Span, ...] = ()

    @property
    def path(self) -> KeyPath:
        """The keys that lead there."""
        return self.change.path


Guess = tuple[FileChange, ...]
"""Changes that together may stand behind an edit."""

Hunk = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Match:
    guess: FileChange
    hunks: frozenset[int]
    rank: tuple[float, ...]
    companions: Guess


def in_text(text: DataText, spans: Sequence[Span]) -> FileChange:
    """Words typed into a text."""
    value = text.value
    for begin, end, typed in sorted(spans, reverse=True):
        value = value[:begin] + typed + value[end:]
    put = Put(text.path, value)
    return FileChange(text.file, put, text.value, value, text.line, tuple(spans))


def merged(changes: Iterable[FileChange]) -> list[FileChange] | None:
    """Changes in which each text is changed once, with all its parts; None where two clash."""
    found: dict[tuple[str, KeyPath], FileChange] = {}
    for change in changes:
        known = found.get((change.file, change.path))
        if known is None or known == change:
            found[change.file, change.path] = change
            continue
        if not known.spans or not change.spans or known.old is None:
            return None
        spans = sorted({*known.spans, *change.spans})
        if any(two[0] < one[1] or two[:2] == one[:2] for one, two in pairwise(spans)):
            return None
        text = DataText(change.file, change.path, known.old, change.line)
        found[change.file, change.path] = in_text(text, spans)
    return [*found.values()]


class Guesser:
    """Knows the texts of the files that a document is made of."""

    def __init__(self, texts: Sequence[DataText], stretches: Sequence[Stretch], unit: str) -> None:
        self._texts, self._stretches, self._unit = texts, stretches, unit
        self._names = _names(texts)
        named = {f: n for (f, p), n in self._names.items() if f.startswith("indicators/") and not p}
        self.rows = RowGuesser(texts, stretches, named, unit, _bare, self._near)
        self._of_yaml = [s for s in stretches if not s.text.file.endswith(CSV)]
        self._beside: dict[tuple[str, KeyPath], list[DataText]] = {}
        for text in texts:
            for depth in (1, 2, 3):
                self._beside.setdefault((text.file, text.path[:-depth]), []).append(text)

    def guesses(self, edit: WordEdit) -> list[Guess]:
        """The changes that may stand behind an edit, the likeliest first."""
        if edit.old is not None and edit.new is not None:
            found = self._changed(edit.old.text, edit.new.text, edit.old.before)
        elif edit.old is not None:
            found = [*self._gone(edit)]
        else:
            found = [*self._new(edit)]
        each: list[Guess] = []
        for guess in found:
            if guess not in each:
                each.append(guess)
            if len(each) == MOST:
                break
        return each

    def stands_in(self, edit: WordEdit, files: Sequence[str]) -> DataText | None:
        """The text of one of some files that an edited paragraph says, where one does."""
        if edit.old is None:
            return None
        old = edit.old.text
        was = thai.arabic_digits(old)
        own = [piece for piece in self._stretches if piece.text.file in files]
        if edit.new is None:
            long = len(was) > _SHORT
            holding = (p.text for p in own if was == p.said or (long and was in p.said))
            return next(holding, None)
        new = edit.new.text
        hunks = _hunks(was, thai.arabic_digits(new))
        matches = [m for s in own for m in self._matches(s, old, was, new, hunks, ())]
        fits = max(matches, key=lambda match: match.rank, default=None)
        wanted = (fits.guess.file, fits.guess.path) if fits is not None else None
        return next((p.text for p in own if (p.text.file, p.text.path) == wanted), None)

    def _changed(self, old: str, new: str, before: Sequence[str]) -> list[Guess]:
        was, now = thai.arabic_digits(old), thai.arabic_digits(new)
        hunks = _hunks(was, now)
        if not hunks:
            return []
        matches = [
            m for s in self._stretches for m in self._matches(s, old, was, new, hunks, before)
        ]
        matches.sort(key=lambda match: match.rank, reverse=True)
        whole = frozenset(range(len(hunks)))
        found: list[Guess] = [(m.guess, *m.companions) for m in matches if m.hunks == whole]
        if len(hunks) > 1:
            found += _together(matches, whole)
        return found

    def _matches(
        self,
        stretch: Stretch,
        old: str,
        was: str,
        new: str,
        hunks: Sequence[Hunk],
        before: Sequence[str],
    ) -> Iterator[_Match]:
        said = stretch.said
        if was in said:
            starts = [-place for place in _found(said, was)]
        elif said in was and (len(said) >= _SHORT or said == was):
            starts = [*_found(was, said)]
        else:
            return
        for start in starts[:4]:
            inner = [
                n
                for n, (one, two, *_) in enumerate(hunks)
                if start <= one and two <= start + len(said)
            ]
            if not inner:
                continue
            text = stretch.text
            change = in_text(text, _typed(stretch, start, old, new, [hunks[n] for n in inner]))
            if change.new == text.value:
                continue
            rank = (
                float(len(inner)),
                float(said == was),
                float(was in said),
                float(text.file == self._unit),
                self._near(text, before),
                float(text.file.startswith(("indicators/", "tables/", "plans/"))),
                float(min(len(said), len(was))),
            )
            yield _Match(change, frozenset(inner), rank, self._companions(text, change.new or ""))

    def _nearness(self, spot: Spot, stretch: Stretch) -> tuple[bool, float]:
        return stretch.text.file == self._unit, self._near(stretch.text, spot.before)

    def _near(self, text: DataText, before: Sequence[str]) -> float:
        """How near before the paragraph the indicator is named that a text is of."""
        name = self._names.get(_owner(text))
        if name is None:
            return 0.0
        for distance, said in enumerate(reversed(before)):
            if name in thai.arabic_digits(said):
                return 1.0 / (1 + distance)
        return 0.0

    def _companions(self, text: DataText, value: str) -> Guess:
        """The figures of a level's condition, where its words say the same figure."""
        old, new = (
            [*map(_number, _FIGURE.findall(thai.arabic_digits(t)))] for t in (text.value, value)
        )
        if len(old) != len(new) or old == new or text.path[-1] not in _WORDS:
            return ()
        moved = {o: n for o, n in zip(old, new, strict=True) if o != n and o is not None}
        found = []
        for other in self._beside.get((text.file, text.path[:-1]), ()):
            if not _CONDITIONS.intersection(other.path[len(text.path) - 1 :]):
                continue
            number = _number(other.value)
            if number is not None and (to := moved.get(number)) is not None:
                put = Put(other.path, bare(to))
                found.append(FileChange(text.file, put, other.value, bare(to), other.line))
        return tuple(found)

    def _gone(self, edit: WordEdit) -> Iterator[Guess]:
        """A paragraph that is gone: a line of a text, an entry of a list, a text, a whole entry."""
        assert edit.old is not None
        was = thai.arabic_digits(edit.old.text)
        fits = [s for s in self._of_yaml if s.said == was or _bare(was) == s.said]
        fits.sort(key=partial(self._nearness, edit.old), reverse=True)
        for cell in self._stretches if edit.row else ():
            if cell.text.file.endswith(CSV) and cell.said == was:
                yield (_removed(cell.text, cell.text.path[:1]),)
        for stretch in fits:
            text = stretch.text
            lines = text.value.split("\n")
            if len([line for line in lines if line.strip()]) > 1:
                begin = sum(len(line) + 1 for line in lines[: stretch.number])
                end = begin + len(lines[stretch.number]) + 1
                if end > len(text.value):
                    begin, end = begin - 1, len(text.value)
                yield (in_text(text, [(begin, end, "")]),)
                continue
            ints = [n for n, step in enumerate(text.path) if isinstance(step, int)]
            if not edit.row:
                yield (_removed(text, text.path),)
            for place in reversed(ints):
                if place < len(text.path) - 1:
                    yield (_removed(text, text.path[: place + 1]),)

    def _new(self, edit: WordEdit) -> Iterator[Guess]:
        """A new paragraph: a line of the text that stands before it, or an entry of its list."""
        assert edit.new is not None
        for one in self.rows.guesses(edit.added) if edit.added and edit.begins_row else ():
            yield (FileChange(one.file, one.change, None, one.words, one.line),)
        if edit.after is None:
            return
        was = thai.arabic_digits(edit.after.text)
        fits = [s for s in self._of_yaml if s.said == was or s.said == _bare(was)]
        fits.sort(key=partial(self._nearness, edit.after), reverse=True)
        for stretch in fits:
            text = stretch.text
            new = _bare(edit.new.text) if _bare(was) == stretch.said != was else edit.new.text
            if isinstance(text.path[-1], int):
                path = (*text.path[:-1], text.path[-1] + 1)
                change = self._put_in(text, path, new)
                yield (FileChange(text.file, change, None, new, text.line),)
            lines = text.value.split("\n")
            line = lines[stretch.number]
            lead = line[: len(line) - len(line.lstrip(" -•●"))]
            place = sum(len(one) + 1 for one in lines[: stretch.number]) + len(line)
            yield (in_text(text, [(place, place, f"\n{lead}{new}")]),)

    def _put_in(self, text: DataText, path: KeyPath, new: str) -> Change:
        there = any(t.file == text.file and t.path[: len(path)] == path for t in self._texts)
        return Inserted(path, new) if there else Put(path, new)


def _removed(text: DataText, path: KeyPath) -> FileChange:
    return FileChange(text.file, Removed(path), text.value, None, text.line)


def _together(matches: Sequence[_Match], whole: frozenset[int]) -> Iterator[Guess]:
    """Several texts of one paragraph, each changed: the best for each of its places."""
    for first in matches[:4]:
        left, taken = whole - first.hunks, [first]
        for other in matches:
            if left and other.hunks <= left and other.guess.path != first.guess.path:
                taken.append(other)
                left -= other.hunks
        if not left and len(taken) > 1:
            yield tuple(c for match in taken for c in (match.guess, *match.companions))


def _names(texts: Sequence[DataText]) -> Mapping[tuple[str, KeyPath], str]:
    """What indicators and rows of CSV files are called, by where they stand."""
    found = {}
    for text in texts:
        if text.file.endswith(CSV):
            if text.path[1] == 0:
                found[_owner(text)] = thai.arabic_digits(" ".join(text.value.split()))
        elif text.path[-1:] == ("name",) and _owner(text) == (text.file, text.path[:-1]):
            found[_owner(text)] = thai.arabic_digits(" ".join(text.value.split()))
    return found


def _owner(text: DataText) -> tuple[str, KeyPath]:
    """The indicator that a text is of, or the row of a CSV."""
    if text.file.endswith(CSV):
        return text.file, text.path[:1]
    if text.file.startswith("indicators/"):
        return text.file, ()
    if "define" in text.path:
        return text.file, text.path[: text.path.index("define") + 1]
    return text.file, text.path[:2]


def _hunks(was: str, now: str) -> list[Hunk]:
    """Where two texts differ, by whole words, in signs."""
    old, new = words(was), words(now)
    one, two = [0], [0]
    for pieces, edges in ((old, one), (new, two)):
        for piece in pieces:
            edges.append(edges[-1] + len(piece))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(one[a], one[b], two[c], two[d]) for word, a, b, c, d in steps if word != "equal"]


def _found(text: str, part: str) -> Iterator[int]:
    place = text.find(part)
    while place >= 0:
        yield place
        place = text.find(part, place + 1)


def _typed(stretch: Stretch, start: int, old: str, new: str, hunks: Sequence[Hunk]) -> list[Span]:
    """What was typed, as parts of the text."""
    found: list[Span] = []
    for one, two, three, four in hunks:
        begin = stretch.places[one - start]
        end = stretch.places[two - 1 - start] + 1 if two > one else begin
        if two == one and one - start == len(stretch.said):
            begin = end = stretch.places[-1]
        typed = new[three:four]
        in_thai = _THAI_DIGIT.search(old) is not None
        if in_thai and _THAI_DIGIT.search(stretch.text.value) is None:
            typed = thai.arabic_digits(typed)
        found.append((begin, end, typed))
    return found


def _bare(text: str) -> str:
    """A paragraph without the number or sign of a list before it."""
    return _LEAD.sub("", text, count=1)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(thai.arabic_digits(text).replace(",", "").strip())
    except InvalidOperation:
        return None
