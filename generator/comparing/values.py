"""Which values two versions have differently: weights, targets, levels, and all other words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from ..agreements import own_keys, record
from ..agreements.changes import KeyPath
from ..agreements.files import UnitFile, ValidAgency
from ..agreements.yaml_tree import Plain
from ..documents.version_changes import ChangedValue
from ..model import Agency, Indicator, Unit, Wording
from ..model.unit import Use

_TARGETS = {"baselines", "target", "targets", "count", "possible"}
_LEVELS = {"criteria", "levels", "value", "variants"}
_NAMED_BY = ("id", "key", "name", "use")
"""What an entry of a list is known by, the first that it has."""

Leaf = tuple[KeyPath, str | None, str | None]


def of_units(old: Sequence[UnitFile], new: Sequence[UnitFile]) -> list[ChangedValue]:
    """What units of two versions have differently, indicators known by their ids.

    A unit alone on both sides is the same one, whatever its file is called.
    """
    was, now = ({unit.id: unit for unit in units} for units in (old, new))
    if len(was) == len(now) == 1:
        was = dict(zip(now, was.values(), strict=True))
    found: list[ChangedValue] = []
    for name in dict.fromkeys([*was, *now]):
        called = _called(now.get(name) or was[name])
        if name not in was or name not in now:
            kind = "added" if name in now else "removed"
            found.append(ChangedValue(called, "", kind, "unit", "", None, None, (name,)))
            continue
        found += _of_unit(called, record.unit_data(was[name]), record.unit_data(now[name]))
    return found


def of_agencies(old: ValidAgency, new: ValidAgency) -> list[ChangedValue]:
    """What the agency's own data and words say differently."""
    found: list[ChangedValue] = []
    for model, of, was, now in (
        (Agency, "agency", old.agency.node.plain(), new.agency.node.plain()),
        (Wording, "wording", old.wording.node.plain(), new.wording.node.plain()),
    ):
        for path, one, other in leaves(was, now):
            kind = _kind(path) if of == "agency" else "text"
            what = keys_in_words(model, path)
            said = "agency" if of == "agency" else "wording"
            found.append(ChangedValue("", "", kind, said, what, one, other, path))  # type: ignore[arg-type]
    return found


def _called(unit: UnitFile) -> str:
    model = unit.file.model
    return (model.code or model.name or unit.id) if model is not None else unit.id


def _of_unit(called: str, old: Plain, new: Plain) -> Iterator[ChangedValue]:
    assert isinstance(old, dict)
    assert isinstance(new, dict)
    was, now = _uses(old), _uses(new)
    for key in dict.fromkeys([*was, *now]):
        name = _name(now.get(key) or was[key])
        if key not in was or key not in now:
            kind = "added" if key in now else "removed"
            weight = _weight(now.get(key) or was[key])
            was_, is_ = (weight, None) if kind == "removed" else (None, weight)
            yield ChangedValue(called, name, kind, "unit", "", was_, is_, ("indicators", key))
            continue
        for path, one, other in leaves(was[key], now[key]):
            yield ChangedValue(
                called,
                name,
                _kind(path),
                "unit",
                _in_use(path),
                one,
                other,
                ("indicators", key, *path),
            )
    order = [key for key in was if key in now]
    if order != [key for key in now if key in was]:
        one, other = (
            "\n".join(_name(uses[key]) for key in uses if key in was and key in now)
            for uses in (was, now)
        )
        what = keys_in_words(Unit, ("indicators",))
        yield ChangedValue(called, "", "text", "unit", what, one, other, ("indicators",))
    before, after = ({k: v for k, v in side.items() if k != "indicators"} for side in (old, new))
    for path, one, other in leaves(before, after):
        what = keys_in_words(Unit, path)
        yield ChangedValue(called, "", _kind(path), "unit", what, one, other, path)


def _uses(unit: Mapping[str, Plain]) -> dict[str, dict[str, Plain]]:
    found: dict[str, dict[str, Plain]] = {}
    uses = unit.get("indicators")
    for use in uses if isinstance(uses, list) else ():
        assert isinstance(use, dict)
        found[str(use.get("id"))] = use
    return found


def _name(use: Mapping[str, Plain]) -> str:
    defined = use.get("define")
    name = defined.get("name") if isinstance(defined, dict) else None
    return str(name or use.get("id") or "")


def _weight(use: Mapping[str, Plain]) -> str | None:
    weight = use.get("weight")
    return weight if isinstance(weight, str) else None


def _kind(path: KeyPath) -> str:
    """Which kind of change it is, by the keys that lead there."""
    steps = {step for step in path if isinstance(step, str)}
    if "weight" in steps:
        return "weight"
    if steps & _TARGETS:
        return "target"
    return "level" if steps & _LEVELS else "text"


def _in_use(path: KeyPath) -> str:
    """Keys of a use in words; those of its indicator are the indicator's."""
    if path and path[0] == "define":
        return keys_in_words(Indicator, path[1:])
    return keys_in_words(Use, path)


def keys_in_words(model: type[Any], path: KeyPath) -> str:
    """The keys that lead to a value, as people read them: in Thai, entries by number."""
    found: list[str] = []
    for place, step in enumerate(path):
        if isinstance(step, int):
            found.append(str(step + 1))
        else:
            kinds = own_keys.kinds_at(model, path[:place])
            found.append(own_keys.typed_at(step, kinds).replace("_", " "))
    return " › ".join(found)


def leaves(old: Plain, new: Plain, path: KeyPath = ()) -> Iterator[Leaf]:
    """The texts that differ, with the keys that lead to them; None where one side has none."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*new, *old]):
            yield from leaves(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _of_lists(old, new, path)
    elif isinstance(old, dict | list) or isinstance(new, dict | list):
        yield from _of_one(old, 0, path)
        yield from _of_one(new, 1, path)
    else:
        yield path, _text(old), _text(new)


def _of_lists(old: Sequence[Plain], new: Sequence[Plain], path: KeyPath) -> Iterator[Leaf]:
    """Entries are known by their name, else by what they say, else by their place."""
    was, now = [_known(item) for item in old], [_known(item) for item in new]
    steps = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for word, one, two, three, four in steps:
        both = min(two - one, four - three) if word in ("equal", "replace") else 0
        for n in range(both):
            yield from leaves(old[one + n], new[three + n], (*path, three + n))
        for n in range(one + both, two):
            yield from _of_one(old[n], 0, (*path, n))
        for n in range(three + both, four):
            yield from _of_one(new[n], 1, (*path, n))


def _known(item: Plain) -> str:
    if isinstance(item, dict):
        return next((str(item[key]) for key in _NAMED_BY if item.get(key)), "")
    return str(item) if isinstance(item, str) else ""


def _of_one(value: Plain, side: int, path: KeyPath) -> Iterator[Leaf]:
    """All that one side alone says."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _of_one(child, side, (*path, key))
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from _of_one(child, side, (*path, number))
    elif value is not None:
        yield (path, None, _text(value)) if side else (path, _text(value), None)


def _text(value: Plain) -> str | None:
    return None if value is None else str(value)
