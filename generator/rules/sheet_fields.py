"""What indicators say and what the agency's sheet shows of them are the same fields."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.files import ResolvedIndicator, UnitFile
from ..diagnostics import Diagnostic, fault, meant
from ..messages import message
from ..model import Contact, Indicator, Value, Wording
from ..model.sheet_words import CONTACTS, SheetField

_CALLED = {
    "measure": "หน่วยวัด",
    "description": "คำอธิบาย",
    "source": "แหล่งข้อมูล",
    "collection": "วิธีการจัดเก็บข้อมูล",
}
"""What every usual sheet prints, as a dotted line where it is empty."""

_ADDED = ("objective", "target_group", "documents")
"""What no usual sheet shows."""

_USUAL = ("description", "conditions", "source", "collection")
"""What sheets alone show, but for what a table of goals shows too."""


def check(unit: UnitFile, wording: Wording) -> Iterator[Diagnostic]:
    """Nothing is said that no sheet shows: it would silently be printed nowhere."""
    fields = wording.sheet.fields if wording.sheet is not None else []
    shown = {one.field for one in fields}
    texts = [one.text for one in fields if one.text is not None]
    roles = [one.contacts for one in fields if one.contacts is not None]
    for resolved in unit.indicators:
        indicator, node = resolved.item.indicator, resolved.node
        hidden = [name for name in _ADDED if name not in shown]
        if fields:
            hidden += [name for name in _USUAL if name not in shown]
            hidden += [many for role, many in CONTACTS.items() if role not in roles]
            hidden += ["history"] if "baselines" not in shown else []
        if wording.agreement.goals is not None:
            hidden = [name for name in hidden if name not in ("conditions", "source")]
        for name in hidden:
            if getattr(indicator, name):
                yield fault(
                    "field-not-on-sheet",
                    node.key_at(name),
                    hint=message("state-sheet-field", field=_entry(name)),
                    field=name,
                    indicator=resolved.item.key,
                )
        for kind, given, known in (
            ("texts", indicator.texts, texts),
            ("contacts", indicator.contacts, roles),
        ):
            for name in given:
                if name not in known:
                    entry = f"{{{'text' if kind == 'texts' else kind}: {name}, label: …}}"
                    yield fault(
                        "field-not-on-sheet",
                        node.key_at(kind, name),
                        hint=meant(name, known, message("state-sheet-field", field=entry)),
                        field=f"{kind}: {name}",
                        indicator=resolved.item.key,
                    )
        yield from _check_emails(resolved, wording)
        yield from _check_definitions(resolved, "definitions" in shown)


def _entry(name: str) -> str:
    """An entry of ``sheet: fields`` that shows a field."""
    roles = {many: role for role, many in CONTACTS.items()}
    if name in roles:
        return f"{{contacts: {roles[name]}}}"
    if name == "history":
        return "{field: baselines}"
    return f"{{field: {name}, label: …}}" if name in _ADDED else f"{{field: {name}}}"


def _check_emails(resolved: ResolvedIndicator, wording: Wording) -> Iterator[Diagnostic]:
    if wording.sheet is not None and wording.sheet.email is not None:
        return
    indicator = resolved.item.indicator
    people: list[tuple[tuple[str | int, ...], Contact]] = [
        ((many, index), contact)
        for many in CONTACTS.values()
        for index, contact in enumerate(getattr(indicator, many))
    ]
    people += [
        (("contacts", role, index), contact)
        for role, named in indicator.contacts.items()
        for index, contact in enumerate(named)
    ]
    for path, contact in people:
        if contact.email:
            yield fault(
                "field-not-on-sheet",
                resolved.node.key_at(*path, "email"),
                hint=message("word-for-email"),
                field="email",
                indicator=resolved.item.key,
            )


def _check_definitions(resolved: ResolvedIndicator, shown: bool) -> Iterator[Diagnostic]:
    """The figures of the indicator's own formula are defined where the sheet defines them."""
    for path, value in _values(resolved.item.indicator):
        for key, about in value.inputs.items():
            if about.definition and (path != ("value",) or not shown):
                hint = (
                    message("define-own-formula")
                    if shown
                    else message("state-sheet-field", field="{field: definitions, label: …}")
                )
                yield fault(
                    "field-not-on-sheet",
                    resolved.node.key_at(*path, "inputs", key, "definition"),
                    hint=hint,
                    field="definition",
                    indicator=resolved.item.key,
                )


def _values(indicator: Indicator) -> Iterator[tuple[tuple[str | int, ...], Value]]:
    """Every formula of an indicator, and where it stands."""
    if indicator.value is not None:
        yield ("value",), indicator.value
    for key, criteria in indicator.criteria.items():
        if criteria.value is not None:
            yield ("criteria", key, "value"), criteria.value
        for index, part in enumerate(criteria.parts):
            if part.value is not None:
                yield ("criteria", key, "parts", index, "value"), part.value


def check_final(resolved: ResolvedIndicator, wording: Wording) -> Iterator[Diagnostic]:
    """A final has all that the sheet, and the table of the memorandum, print of an indicator."""
    indicator = resolved.item.indicator
    fields = wording.sheet.fields if wording.sheet is not None else []
    for one in fields:
        if not one.may_lack:
            yield from _check_stated(resolved, one, wording)
        yield from _check_whole(resolved, one)
    needed = dict(_CALLED) if wording.sheet is not None and not fields else {}
    if wording.agreement.goals is not None and "source" not in {one.field for one in fields}:
        needed["source"] = _CALLED["source"]
    for name, called in needed.items():
        if not getattr(indicator, name):
            yield _missing(resolved, (name,), name, called)


def _check_stated(
    resolved: ResolvedIndicator, one: SheetField, wording: Wording
) -> Iterator[Diagnostic]:
    indicator = resolved.item.indicator
    assert wording.sheet is not None
    called = wording.sheet.label_of(one)
    if one.text is not None:
        if not indicator.texts.get(one.text):
            yield _missing(resolved, ("texts", one.text), one.text, called)
    elif one.contacts is not None:
        if one.contacts not in CONTACTS and not indicator.contacts.get(one.contacts):
            yield _missing(resolved, ("contacts", one.contacts), one.contacts, called)
    elif one.field in ("formula", "definitions"):
        if indicator.value is None or indicator.value.formula is None:
            yield _missing(resolved, ("value",), one.field, called)
    elif one.field == "baselines":
        if not indicator.baselines and not indicator.history:
            yield _missing(resolved, ("baselines",), one.field, called)
    elif one.field not in ("weight", "criteria", "periods") and not getattr(indicator, one.name):
        yield _missing(resolved, (one.name,), one.name, called)


def _check_whole(resolved: ResolvedIndicator, one: SheetField) -> Iterator[Diagnostic]:
    """Each figure is defined, and each year of a mean has a figure."""
    indicator = resolved.item.indicator
    if one.field == "definitions" and indicator.value is not None:
        for key, about in indicator.value.inputs.items():
            if not about.definition:
                path = ("value", "inputs", key, "definition")
                yield _missing(resolved, path, f"definition of {key}", about.name)
    if one.mean is not None:
        years = sorted({year for row in indicator.baselines for year in row.years})
        for index, row in enumerate(indicator.baselines):
            for year in years:
                past = row.years.get(year)
                if past is None or past.figure is None:
                    yield fault(
                        "year-without-figure",
                        resolved.node.at("baselines", index, "years", str(year)),
                        year=str(year),
                        indicator=resolved.item.key,
                    )


def _missing(
    resolved: ResolvedIndicator, path: tuple[str | int, ...], field: str, called: str
) -> Diagnostic:
    return fault(
        "indicator-field-missing",
        resolved.node.at(*path),
        hint=message("fill-in-or-draft"),
        field=field,
        called=called,
        indicator=resolved.item.key,
    )
