"""An edited document read back: each edit led to the lines of the data that it came from, or named.

Guesses are tried on the files as they would be: a guess is right where the document that is then
made says what was typed, in its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..agreements.changes import Inserted, Removed
from .edited import EditedBlock, WordEdit, edits
from .guesses import FileChange, Guess, Guesser, merged
from .leaves import DataText

Why = Literal["wording", "made", "several", "row"]
"""Why an edit isn't led back: it stands in words of all units, no text of the data makes it,
another edit changes the same text, or it is of a new row, which gets no entry by itself."""

_AGENCY = "agency.yaml"
"""Its words may be changed; its entries are those of all units."""

MOST_ALONE = 400
"""So many guesses are tried one by one."""

Made = Callable[[Sequence[FileChange]], Sequence[EditedBlock] | None]
"""What the document says after changes of the data; None where it can't be made."""


@dataclass(frozen=True, slots=True)
class LedBack:
    """An edit, and the changes of the data that make it."""

    edit: WordEdit
    changes: Guess


@dataclass(frozen=True, slots=True)
class LeftOver:
    """An edit that no data stands behind, why, and where its words stand if that is known."""

    edit: WordEdit
    why: Why
    text: DataText | None = None


@dataclass(frozen=True, slots=True)
class _Differences:
    """In how many places a document differs; in how many a paragraph is too many or missing."""

    places: int
    more_or_less: int

    @classmethod
    def of(cls, left: Sequence[WordEdit]) -> _Differences:
        """Those that are left."""
        left = [one for one in left if not one.is_number]
        return cls(len(left), sum(1 for one in left if one.old is None or one.new is None))

    def fits(self, before: _Differences, changes: Sequence[FileChange]) -> bool:
        """Whether changes did no harm: a text may be printed elsewhere too, an entry may not."""
        if any(isinstance(one.change, Removed | Inserted) for one in changes):
            return self.places < before.places
        return self.more_or_less <= before.more_or_less


@dataclass(slots=True)
class _Search:
    made: Made
    edited: Sequence[EditedBlock]
    differences: _Differences
    left: Sequence[WordEdit] = ()
    """Where what is made so far differs from what was typed."""
    taken: dict[int, Guess] = field(default_factory=dict)
    alone: int = 0

    def right(self, edit: WordEdit, guess: Guess) -> bool:
        """Whether the document says what was typed after a guess, and nothing falls apart."""
        changes = self.together(guess)
        said = None if changes is None else self.made(changes)
        if said is None:
            return False
        left = [*edits(said, self.edited)]
        whole = _Differences.of(left)
        if _open((edit,), left) or not whole.fits(self.differences, guess):
            return False
        self.differences, self.left = whole, left
        return True

    @property
    def changes(self) -> list[FileChange]:
        """All changes that are taken so far, each text once."""
        return self.together(()) or []

    def together(self, guess: Guess) -> list[FileChange] | None:
        """All that is taken, and a guess; None where they clash."""
        return merged([*(c for one in self.taken.values() for c in one), *guess])


def read_back(
    found: Sequence[WordEdit],
    edited: Sequence[EditedBlock],
    guesser: Guesser,
    made: Made,
    shared: Sequence[str],
) -> tuple[list[LedBack], list[LeftOver]]:
    """Each edit with the changes that make it, and those that none makes.

    ``shared`` are the files whose words all units print: an edit there is named, not made.
    """
    today = made(())
    assert today is not None
    left_today = [*edits(today, edited)]
    search = _Search(made, edited, _Differences.of(left_today), left_today)
    guesses = {n: _allowed(guesser.guesses(edit), shared) for n, edit in enumerate(found)}
    _at_once(search, found, guesses)
    for n, edit in enumerate(found):
        if n in search.taken or not _open((edit,), search.left):
            continue
        for guess in guesses[n]:
            search.alone += 1
            if search.alone > MOST_ALONE:
                break
            if search.right(edit, guess):
                search.taken[n] = guess
                break
    # Together they have to say all that each of them says.
    said = made(search.changes)
    assert said is not None
    still = {id(edit) for edit in _open(found, [*edits(said, edited)])}
    whole = [edit.added for edit in found if edit.added is not None and id(edit) not in still]
    # A row that is there has the number of its place, whatever was typed.
    still -= {id(edit) for edit in found if edit.is_number and edit.added in whole}
    back = [
        LedBack(e, search.taken[n])
        for n, e in enumerate(found)
        if n in search.taken and id(e) not in still
    ]
    solved = {id(one.edit) for one in back}
    # What another edit's change says too (a name printed twice) needs no change of its own.
    back += [LedBack(e, ()) for e in found if id(e) not in solved and id(e) not in still]
    left = [
        _left(edit, guesses[n], guesser, shared, search)
        for n, edit in enumerate(found)
        if id(edit) in still
    ]
    return back, left


def _allowed(guesses: Sequence[Guess], shared: Sequence[str]) -> list[Guess]:
    return [
        guess
        for guess in guesses
        if not any(change.file in shared for change in guess)
        and not any(change.file == _AGENCY and not change.spans for change in guess)
    ]


def _at_once(
    search: _Search, found: Sequence[WordEdit], guesses: Mapping[int, Sequence[Guess]]
) -> None:
    """Edits that one guess alone stands behind, all in one; any that isn't right is let go."""
    trial: dict[int, Guess] = {}
    for n, own in guesses.items():
        if len(own) == 1 and merged([*(c for one in trial.values() for c in one), *own[0]]):
            trial[n] = own[0]
    changes = merged([c for guess in trial.values() for c in guess])
    said = search.made(changes) if changes else None
    if said is None:
        return
    left = [*edits(said, search.edited)]
    whole = _Differences.of(left)
    if not whole.fits(search.differences, changes or ()):
        return
    search.differences, search.left = whole, left
    still = {id(edit) for edit in _open(found, left)}
    search.taken.update({n: g for n, g in trial.items() if id(found[n]) not in still})


def _open(found: Sequence[WordEdit], left: Sequence[WordEdit]) -> list[WordEdit]:
    """The edits that a document doesn't say yet, by where it differs."""
    news = {id(one.new) for one in left if one.new is not None}
    gone = Counter(one.old.text for one in left if one.old is not None and one.new is None)
    waiting = []
    for edit in found:
        if edit.new is not None:
            if id(edit.new) in news:
                waiting.append(edit)
        elif edit.old is not None and gone[edit.old.text]:
            gone[edit.old.text] -= 1
            waiting.append(edit)
    return waiting


def _left(
    edit: WordEdit, own: Sequence[Guess], guesser: Guesser, shared: Sequence[str], search: _Search
) -> LeftOver:
    if edit.row and edit.new is not None and edit.old is None:
        beside = guesser.rows.beside(edit.added) if edit.added is not None else None
        return LeftOver(edit, "row" if beside is not None else "made", beside)
    text = guesser.stands_in(edit, shared)
    if own and any(search.together(guess) is None for guess in own):
        return LeftOver(edit, "several")
    return LeftOver(edit, "wording" if text is not None else "made", text)
