"""Draws the page that is asked for, out of data as they would be; what stays the same is kept.

Checks across fields are left to others: while somebody types, weights don't add up, and the page
is to be seen all the same. Where it can't be made, the checks say why.

What is looked at comes first: of a part that changed no more pages are laid out than are needed,
and the others are taken to be as many as before. Then the rest is laid out, and where that
changes anything, the page is drawn once more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from ..agreements import lookup
from ..agreements.record import DocumentInput
from ..diagnostics import Diagnostic, Location, errors
from ..documents import building, inputs
from ..documents.soundness import checked
from ..errors import DataError, GenError, stop_on
from ..workspace.environment import Workspace
from ..workspace.unsaved import unsaved
from ..writers import document
from ..writers.pdf import page_pictures
from ..writers.pdf.writer import paged
from .finding import fields_on_pages, joined
from .known_agencies import KnownAgencies
from .printed_fields import PrintedFields, fields_of
from .requests import FieldOnPage, PageRequest, PreviewedPage, PrintedPlace

if TYPE_CHECKING:
    # The renderer is imported when it is started.
    from ..writers.pdf.single_pages import LaidOutPart, PagedDocument

Proceed = Callable[[], None]

_NEAR_END = 2

_DOCUMENTS = 8
"""Of so many documents it is known how many pages their parts had."""


@dataclass(slots=True)
class _Clock:
    """What took how long, in seconds."""

    taken: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.taken[what] = self.taken.get(what, 0.0) + time.perf_counter() - begun


@dataclass(frozen=True, slots=True)
class _Draft:
    """A document whose pages are asked for, and the fields that it is made of.

    ``printed``: a questionnaire as it is printed, with the marks and codes that come last.
    """

    paged: PagedDocument
    fields: PrintedFields
    printed: bytes | None


class _Found:
    """Parts as they are laid out, and where on them fields stand: found when it is asked for."""

    def __init__(self, parts: Sequence[LaidOutPart], fields: PrintedFields) -> None:
        self.parts, self._fields = tuple(parts), fields
        self._found: dict[int, Mapping[int, Sequence[FieldOnPage]]] = {}

    def on(self, index: int) -> Mapping[int, Sequence[FieldOnPage]]:
        """Where fields stand on the pages of a part, by page."""
        if index not in self._found:
            self._found[index] = fields_on_pages(self.parts[index].texts, self._fields)
        return self._found[index]


@dataclass(frozen=True, slots=True)
class _View:
    """A page to be drawn: of which part, and which of its pages; ``found`` as in the answer."""

    part: int
    index: int
    found: bool


class DrawingDesk:
    """Draws pages of a workspace's documents, one after the other."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._agencies = KnownAgencies()
        self._before: dict[object, _Found] = {}

    def pages(
        self,
        request: PageRequest,
        proceed: Proceed = lambda: None,
        pause: Proceed = lambda: None,
    ) -> Iterator[PreviewedPage]:
        """The page that is asked for, and again where the rest of the document changes it.

        Faults, where there is none. ``proceed`` is asked now and then, ``pause`` between the two;
        both may raise to end it.
        """
        clock = _Clock()
        with unsaved(request.unsaved):
            try:
                yield from self._pages(request, proceed, pause, clock)
            except DataError as error:
                faults = errors(error.diagnostics)
                yield PreviewedPage(faults=faults, seconds=clock.taken)
            except GenError as error:
                told = Diagnostic(error.said, Location(request.target), error.advice)
                yield PreviewedPage(faults=(told,), seconds=clock.taken)

    def _pages(
        self, request: PageRequest, proceed: Proceed, pause: Proceed, clock: _Clock
    ) -> Iterator[PreviewedPage]:
        draft = self._draft(request, proceed, clock)
        count = len(draft.paged.keys)
        known = [draft.paged.known(index) for index in range(count)]
        which = request.kind, request.target, request.options
        before = self._before.get(which)
        shown = None
        if not all(known) and before is not None and len(before.parts) == count:
            # Where a field stood, there it is looked for; then where it stands.
            view = _view(request, before)
            parts = [now or then for now, then in zip(known, before.parts, strict=True)]
            with clock.of("layout"):
                parts[view.part] = known[view.part] or _as_far_as(draft.paged, view, parts)
            view, found = _last(view, parts), _Found(parts, draft.fields)
            shown = self._drawn(request, draft, view, found, clock, before=before.parts)
            yield shown
            pause()
        whole = []
        for index in range(count):
            proceed()
            with clock.of("layout"):
                whole.append(draft.paged.part(index))
        self._before.pop(which, None)
        self._before[which] = found = _Found(whole, draft.fields)
        while len(self._before) > _DOCUMENTS:
            del self._before[next(iter(self._before))]
        if shown is not None and shown.found:
            request = replace(request, page=shown.page)
        settled = self._drawn(request, draft, _view(request, found), found, clock)
        if shown is None or not _same(shown, settled):
            yield settled

    def _draft(self, request: PageRequest, proceed: Proceed, clock: _Clock) -> _Draft:
        """The document as it would be. Raises DataError where the data can be none."""
        target = _target(request)
        with clock.of("read"):
            known = self._agencies.read(target.folder)
            made_from = inputs.input_of(request.kind, target, request.options, lambda: known.folder)
        proceed()
        try:
            stop_on(made_from.unit.faults)
            found = self._paged(made_from, proceed, clock)
        except GenError:
            raise
        except Exception:
            # What may be at fault was not looked for: it is said now.
            checked(self._workspace, made_from)
            raise
        proceed()
        printed = None
        if building.asked(made_from) is not None:
            with clock.of("page"):
                draft = building.build(self._workspace, made_from)
                printed = document.write(self._workspace, draft, ("pdf",))["pdf"]
        with clock.of("fields"):
            return _Draft(found, fields_of(made_from, known.keys), printed)

    def _paged(self, made_from: DocumentInput, proceed: Proceed, clock: _Clock) -> PagedDocument:
        with clock.of("strings"):
            context = building.context_of(self._workspace, made_from)
        proceed()
        with clock.of("template"):
            asked = building.asked(made_from)
            of = made_from.kind, made_from.folder.id
            return paged(document.page_job(self._workspace, *of, context, asked))

    def _drawn(
        self,
        request: PageRequest,
        draft: _Draft,
        view: _View,
        found: _Found,
        clock: _Clock,
        *,
        before: Sequence[LaidOutPart] = (),
    ) -> PreviewedPage:
        """A page as a picture; ``before``: how many pages parts had, where it isn't known yet."""
        part = found.parts[view.part]
        counts = [one.pages for one in (before or found.parts)]
        counts[view.part] = max(counts[view.part], view.index + 1)
        number, count = sum(counts[: view.part]) + view.index + 1, sum(counts)
        with clock.of("fields"):
            fields = joined(found.on(view.part).get(view.index, ()))
        data, place = draft.printed, number
        if data is None:
            with clock.of("page"):
                data, place = draft.paged.page(part, view.index, number, count), 1
        with clock.of("picture"):
            picture = page_pictures.picture(data, request.dots, place)
        return PreviewedPage(
            *(picture, number, count, part.sizes[view.index], fields, view.found),
            settled=not before,
            seconds=dict(clock.taken),
        )


def _as_far_as(paged: PagedDocument, view: _View, before: Sequence[LaidOutPart]) -> LaidOutPart:
    """A part as far as the page that is looked at.

    Where nothing changed before that, it goes on from there. Else all of it is laid out where the
    page stands near its end, where pages share their lines, or the part is set closer.
    """
    then = before[view.part]
    if (known := paged.resumed(view.part, then, view.index)) is not None:
        return known
    if then.is_tight or view.index + _NEAR_END >= then.pages:
        return paged.part(view.part)
    return paged.beginning(view.part, view.index + 1)


def _same(one: PreviewedPage, other: PreviewedPage) -> bool:
    return (one.picture, one.fields, one.page, one.pages) == (
        *(other.picture, other.fields),
        *(other.page, other.pages),
    )


def _last(view: _View, parts: Sequence[LaidOutPart]) -> _View:
    """The page, or the last one of its part where that has become shorter."""
    return _View(view.part, min(view.index, parts[view.part].pages - 1), view.found)


def _target(request: PageRequest) -> lookup.Target:
    path = request.target
    is_unit = path.suffix == ".yaml"
    return lookup.Target(path.parent if is_unit else path, path if is_unit else None)


def _view(request: PageRequest, fields: _Found) -> _View:
    """The page on which what is asked for stands, else the one that is asked for."""
    parts = fields.parts
    starts = [0, *accumulate(part.pages for part in parts)]
    number = min(max(request.page, 1), starts[-1]) - 1
    part = max(index for index in range(len(parts)) if starts[index] <= number)
    best, length = _View(part, number - starts[part], False), 0
    if request.at is None:
        return best
    for part in range(len(parts)):
        for index, found in fields.on(part).items():
            near = max(_alike(at.field, request.at) for at in found)
            # Of several pages that show it alike, the one that is looked at stays.
            if near > length or (near == length and near and starts[part] + index == number):
                best, length = _View(part, index, True), near
    return best


def _alike(one: PrintedPlace, other: PrintedPlace) -> int:
    """How many of the first keys of two fields are the same; a field is most like itself."""
    if one.path != other.path:
        return 0
    if one.keys == other.keys:
        return len(one.keys) + 1
    shorter = min(len(one.keys), len(other.keys))
    return next((n for n in range(shorter) if one.keys[n] != other.keys[n]), shorter)
