"""What a score would be with other results: nothing that was reported is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from .. import thai
from ..agreements.files import DataFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Location, did_you_mean
from ..errors import UsageError
from ..messages import message
from ..model import PartResult, Result, Results
from ..model.fields import MOST_LEVEL, number

_FROM_NOWHERE = Node({}, Location(Path("--what-if")))


@dataclass(frozen=True, slots=True)
class Supposition:
    """A result as it might be: of an indicator, of a part of it, or a figure of its formula."""

    indicator: str
    within: str
    value: Decimal

    @property
    def name(self) -> str:
        """What it is of: ``energy`` or ``energy.this_year``."""
        return f"{self.indicator}.{self.within}" if self.within else self.indicator


def read(text: str) -> Supposition:
    """``indicator=82.5``, or ``indicator.figure=480,000``. Raises UsageError."""
    name, is_given, typed = text.partition("=")
    indicator, _, within = thai.folded(name.strip()).partition(".")
    value = number(typed.strip())
    if not is_given or not indicator or value is None:
        raise UsageError(message("supposition-unclear", text=text))
    return Supposition(indicator, within, value)


def read_all(texts: Iterable[str]) -> tuple[Supposition, ...]:
    """Several of them, each of another result. Raises UsageError."""
    found = tuple(map(read, texts))
    for index, one in enumerate(found):
        if any(one.name == other.name for other in found[:index]):
            raise UsageError(message("supposed-twice", name=one.name))
    return found


def supposed(
    file: DataFile[Results] | None,
    suppositions: Sequence[Supposition],
    parts: Mapping[str, Sequence[str]],
    year: int,
) -> DataFile[Results]:
    """A unit's results with some of them supposed; ``parts`` are the ids of parts by indicator.

    What isn't supposed stays as it was reported. Raises UsageError where a result has neither
    such a part nor such a figure.
    """
    model = file.model if file is not None else None
    results = dict(model.results) if model is not None else {}
    for one in suppositions:
        known = parts.get(one.indicator, ())
        results[one.indicator] = _with(results.get(one.indicator), one, known)
    return with_results(file, results, year)


def assessed(
    file: DataFile[Results] | None,
    suppositions: Sequence[Supposition],
    known: Sequence[str],
    year: int,
) -> DataFile[Results]:
    """A person's results with levels of competencies supposed (``component.competency=4``).

    Raises UsageError where one isn't among ``known`` or is no level.
    """
    base = with_results(file, file.model.results if file and file.model else {}, year)
    assert base.model is not None
    levels = dict(base.model.competencies)
    for one in suppositions:
        if one.within not in known:
            said = message("supposition-of-competencies", name=one.name)
            raise UsageError(said, did_you_mean(one.within, known))
        if one.value != int(one.value) or not 0 <= one.value <= MOST_LEVEL:
            raise UsageError(message("supposition-no-level", name=one.name))
        levels[one.within] = int(one.value)
    return replace(base, model=base.model.model_copy(update={"competencies": levels}))


def with_results(
    file: DataFile[Results] | None, results: Mapping[str, Result], year: int
) -> DataFile[Results]:
    """A unit's results with others in their place; what else was reported stays."""
    if file is None or file.model is None:
        whole = Results(fiscal_year=year, results=dict(results))
        return DataFile(_FROM_NOWHERE.location.path, whole, _FROM_NOWHERE)
    return replace(file, model=file.model.model_copy(update={"results": dict(results)}))


def _with(result: Result | None, one: Supposition, parts: Sequence[str]) -> Result:
    """A result with one figure supposed; words and evidence of what was reported go.

    Points that were taken off or added stay so.
    """
    supposed = _supposed(result, one, parts)
    adjusted = {} if result is None else result.adjustments
    return supposed.model_copy(update={"adjustments": adjusted})


def _supposed(result: Result | None, one: Supposition, parts: Sequence[str]) -> Result:
    if not one.within:
        if parts:
            hint = message("suppose-a-part", indicator=one.indicator, parts=tuple(parts))
            raise UsageError(message("supposition-of-parts", name=one.indicator), hint)
        done = None if result is None else result.done
        return Result(value=one.value, done=done)
    if one.within in parts:
        given = dict(result.parts or {}) if result is not None else {}
        return Result(parts={**given, one.within: PartResult(value=one.value)})
    if parts:
        raise UsageError(message("no-such-part", name=one.name), did_you_mean(one.within, parts))
    inputs = dict(result.inputs or {}) if result is not None else {}
    return Result(inputs={**inputs, one.within: one.value}, done=result.done if result else None)
