"""What a unit has otherwise than its agency: rounds, a scale, a weight tree."""

from __future__ import annotations

from . import agency_data
from .found import FoundFile
from .kept import Mapping, Typed
from .pieces import core


def rounds(agency: Mapping, group: FoundFile, unit: Mapping) -> None:
    """Rounds of a unit that aren't the agency's: a set of its own; the same names are joined."""
    mine = agency_data.rounds_of(group, str(agency["fiscal_year"]))
    if not group.rounds:
        return
    there = {str(one["id"]): one for one in agency["rounds"]}
    if all(str(one["id"]) in there for one in mine) and len(mine) == len(there):
        for one in mine:
            other = there[str(one["id"])]["name"]
            if str(other) == str(one["name"]) and other is not one["name"]:
                other.stand_for(one["name"])
        return
    sets = agency.setdefault("round_sets", Mapping())
    for name, made in sets.items():
        if [str(o["name"]) for o in made["rounds"]] == [str(o["name"]) for o in mine]:
            unit["rounds"] = Typed(name)
            for ours, theirs in zip(made["rounds"], mine, strict=True):
                ours["name"].stand_for(theirs["name"])
            return
    name = f"set-{len(sets) + 1}"
    sets[name] = Mapping(rounds=mine)
    unit["rounds"] = Typed(name)


def scale(agency: Mapping, group: FoundFile, main: FoundFile, unit: Mapping) -> None:
    """A unit's scale: the agency's where the heads say the same, else one of its own."""
    if not group.levels:
        return
    scales = agency["scales"]
    mine = agency_data.scale_of(group)
    for name, made in scales.items():
        theirs = [(str(one["id"]), str(one["name"])) for one in made["levels"]]
        if theirs == [(str(one["id"]), str(one["name"])) for one in mine["levels"]]:
            for one, other in zip(made["levels"], mine["levels"], strict=True):
                one["name"].stand_for(other["name"])
            if name != "main":
                unit["scale"] = Typed(name)
            return
    if group is not main:
        name = f"scale-{len(scales) + 1}"
        scales[name] = mine
        unit["scale"] = Typed(name)


def same_tree(one: list[Mapping], other: list[Mapping] | None) -> bool:
    """Whether two weight trees are the same, but for ids."""
    if other is None or len(one) != len(other):
        return False
    return all(
        core(a["name"]) == core(b["name"])
        and core(str(a.get("weight", ""))) == core(str(b.get("weight", "")))
        and same_tree(a.get("components", []), b.get("components", []))
        for a, b in zip(one, other, strict=True)
    )


def join_trees(into: list[Mapping], other: list[Mapping], unit: Mapping) -> None:
    """The same tree twice: sources joined, and uses with the ids that the agency's has."""
    ids: dict[str, str] = {}

    def walk(mine: list[Mapping], theirs: list[Mapping]) -> None:
        for a, b in zip(mine, theirs, strict=True):
            ids[str(b["id"])] = str(a["id"])
            for key in ("name", "weight", "name_en", "text", "heading", "row"):
                if (
                    isinstance(a.get(key), Typed)
                    and isinstance(b.get(key), Typed)
                    and a[key] is not b[key]
                ) and str(a[key]) == str(b[key]):
                    a[key].stand_for(b[key])
            walk(a.get("components", []), b.get("components", []))

    walk(into, other)
    for use in unit["indicators"]:
        use["component"] = Typed(ids.get(str(use["component"]), str(use["component"])))
