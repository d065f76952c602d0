"""What a page of results sends, as edits of the results' file; anything else is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...agreements import yaml_writing
from ...agreements.yaml_tree import Plain
from ...agreements.yaml_writing import PlainText
from ...errors import UsageError
from ...messages import message
from ...workspace.confined import below, file_name_fault, read_bytes
from ..editing import FieldEdit, FieldPlace, edit, of_address
from ..editing.field_edits import AddedItem, PutData, RemovedItem, TypedText, plain_of, value_at
from .view import ReportingView

_TOP = ("results", "competencies", "comments")
_LISTS = ("done", "checked")


def changed(found: ReportingView, sent: Any, what: str) -> None:
    """Make the edits that a page sent. Raises UsageError for what no page sends."""
    if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
        raise UsageError(message("edits-not-understood"))
    _begun(found, what)
    for one in sent:
        edit(found.desk, _edits(found, one), what, field=str(one.get("at", "")))


def add_file(found: ReportingView, key: str, file: str, about: str) -> None:
    """Name a file that proves a result. Raises UsageError."""
    _begun(found, file)
    value: Plain = {"file": file, **({"about": about} if about else {})}
    place = FieldPlace(found.name, ("results", key, "evidence"))
    edit(found.desk, [AddedItem(place, value)], file)


def proof(found: ReportingView, name: str, data: bytes) -> tuple[str, dict[Path, bytes]]:
    """A file that proves a result: what results call it, and its bytes at its place.

    Not yet published. Raises UsageError for a name that can be no file's, or that another has.
    """
    reason = file_name_fault(name)
    if reason is not None or name.startswith("."):
        raise UsageError(message("evidence-file-name", name=name[:100]))
    called = f"evidence/{found.round}/{name}"
    path = below(found.target.folder, called)
    if path.is_file() and read_bytes(path) != data:
        raise UsageError(message("evidence-file-there", name=name))
    return called, {path: data}


def _begun(found: ReportingView, what: str) -> None:
    """Begin the file where there is none: it says its year first."""
    if not found.desk.file(found.name).text.strip():
        target = found.target.folder / found.name
        data: dict[str, Plain] = {"fiscal_year": PlainText(found.year)}
        text = yaml_writing.file_of(target, "results", data).decode()
        found.desk.write(found.name, text, what)


def _edits(found: ReportingView, one: dict[str, Any]) -> list[FieldEdit]:
    text = one.get("text", "")
    try:
        place = of_address(one.get("at", ""))
    except (ValueError, AttributeError) as error:
        raise UsageError(message("edits-not-understood")) from error
    path = place.path
    ours = place.file == found.name and len(path) > 1 and path[0] in _TOP
    if not ours or not isinstance(text, str):
        raise UsageError(message("edits-not-understood"))
    data = plain_of(found.desk, found.name)
    match one.get("do"):
        case "type" if path[2:3] == ("evidence",) and isinstance(path[-1], int):
            return _proved(data, place, text)
        case "type":
            return _typed(data, place, text)
        case "mark" if path[-1] in _LISTS:
            return _ticked(data, place, str(one.get("key")), on=bool(one.get("on")))
        case "remove":
            return [RemovedItem(_emptied(data, place))]
    raise UsageError(message("edits-not-understood"))


def _proved(data: Plain, place: FieldPlace, text: str) -> list[FieldEdit]:
    """A piece of evidence: a new one behind the last, none where its words are taken out."""
    pieces, index = value_at(data, place.path[:-1]), place.path[-1]
    assert isinstance(index, int)
    if index >= (len(pieces) if isinstance(pieces, list) else 0):
        return [AddedItem(FieldPlace(place.file, place.path[:-1]), text)] if text else []
    if isinstance(value_at(data, place.path), dict):
        return [TypedText(place.below("about"), text)]
    return [TypedText(place, text)] if text else [RemovedItem(_emptied(data, place))]


def _typed(data: Plain, place: FieldPlace, text: str) -> list[FieldEdit]:
    path = place.path
    if not text:
        there = value_at(data, path) is not None
        return [RemovedItem(_emptied(data, place))] if there else []
    if len(path) > 2 and isinstance(value_at(data, path[:-1]), str):
        # Months in place of their total.
        return [PutData(FieldPlace(place.file, path[:-1]), {str(path[-1]): PlainText(text)})]
    if isinstance(value_at(data, path), dict):
        return [PutData(place, PlainText(text))]
    return [TypedText(place, text)]


def _ticked(data: Plain, place: FieldPlace, key: str, *, on: bool) -> list[FieldEdit]:
    """Milestones and items that are done; an empty list says that none is."""
    there = value_at(data, place.path)
    names = [str(one) for one in there] if isinstance(there, list) else []
    names = list(dict.fromkeys([*names, key])) if on else [one for one in names if one != key]
    if all(name.isdecimal() for name in names):
        names.sort(key=int)
    return [PutData(place, [PlainText(name) for name in names])]


def _emptied(data: Plain, place: FieldPlace) -> FieldPlace:
    """What is taken out with a value: what would hold nothing without it."""
    path = place.path
    while len(path) > 2:
        above = value_at(data, path[:-1])
        if not isinstance(above, dict | list) or len(above) > 1:
            break
        path = path[:-1]
    return FieldPlace(place.file, path)
