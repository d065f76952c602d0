"""The questionnaire as an XLSForm, the workbook that ODK, Kobo and others turn into a form.

A part is a group; what stands under one heading is a group on one screen. Statements that are
rated are asked one by one on a row of levels (``likert``): a table of them doesn't fit a phone,
and would add columns to the answers.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .screen import ScreenForm, ScreenPage, ScreenQuestion

LANGUAGE = "Thai (th)"
LABEL, HINT, MESSAGE = (f"{name}::{LANGUAGE}" for name in ("label", "hint", "constraint_message"))

SURVEY = (
    "type",
    "name",
    LABEL,
    HINT,
    "required",
    "relevant",
    "constraint",
    MESSAGE,
    "appearance",
)
CHOICES = ("list_name", "name", LABEL)
SETTINGS = ("form_title", "form_id", "version", "default_language")

_WIDTHS = {
    "type": 26,
    "name": 30,
    LABEL: 70,
    HINT: 40,
    MESSAGE: 30,
    "relevant": 30,
    "form_title": 70,
}
_TYPES = dict.fromkeys(("one", "level", "scale", "place"), "select_one")

_DAY = b"1980-01-01T00:00:00Z"

Cells = Mapping[str, str]


def write(asked: ScreenForm) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    lists = _lists(asked.asked)
    _sheet(book.worksheets[0], "survey", SURVEY, _survey(asked, lists))
    _sheet(book.create_sheet(), "choices", CHOICES, _choices(asked.asked, lists))
    settings = {
        "form_title": _words(asked.title),
        "form_id": f"{asked.id}-{asked.version}",
        "version": asked.version,
        "default_language": LANGUAGE,
    }
    _sheet(book.create_sheet(), "settings", SETTINGS, [settings])
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _timeless(data: bytes) -> bytes:
    """The workbook without the time it was made at, so that equal forms are equal files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(?<=>)[0-9T:-]+Z(?=<)", _DAY, part)
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return out.getvalue()


def _survey(asked: ScreenForm, lists: Mapping[str, str]) -> Iterator[Cells]:
    names = _Names(each.column.code for each in asked.asked)
    intro = "\n".join((asked.title, *asked.intro))
    yield {"type": "note", "name": names.fresh("instructions"), LABEL: _words(intro)}
    for page in asked.pages:
        yield from _page(page, lists, names)
    if asked.thanks:
        yield {"type": "note", "name": names.fresh("thanks"), LABEL: _words(asked.thanks)}


def _page(page: ScreenPage, lists: Mapping[str, str], names: _Names) -> Iterator[Cells]:
    is_one_screen = not any(block.heading for block in page.blocks)
    yield _group(names.fresh(page.id), page.heading, page.note, is_one_screen)
    for block in page.blocks:
        if block.heading:
            yield _group(names.fresh(f"{block.id}_group"), block.heading, block.note, True)
        before: list[ScreenQuestion] = []
        for each in block.asked:
            yield {**_question(each, lists), **_in_order(each, before)}
            before.append(each)
        if block.heading:
            yield {"type": "end_group"}
    yield {"type": "end_group"}


def _group(name: str, heading: str, note: str, is_one_screen: bool) -> Cells:
    label = "\n".join(filter(None, (heading, note))) or name
    appearance = "field-list" if is_one_screen else ""
    return {"type": "begin_group", "name": name, LABEL: _words(label), "appearance": appearance}


def _question(asked: ScreenQuestion, lists: Mapping[str, str]) -> Cells:
    column = asked.column
    cells = {
        "name": column.code,
        LABEL: _words(asked.words or column.code),
        HINT: _words(" ".join(filter(None, (asked.hint, " → ".join(filter(None, asked.ends)))))),
        "required": "" if column.optional else "yes",
        "relevant": _condition(asked),
    }
    if column.kind == "number":
        cells["type"] = "integer"
        cells["constraint"] = f". >= {column.least} and . <= {column.most}"
        cells[MESSAGE] = f"ตอบเป็นจำนวนเต็มตั้งแต่ {column.least} ถึง {column.most}"
    elif column.kind == "text":
        cells["type"] = "text"
        cells["appearance"] = "multiline" if column.lines > 1 else ""
    else:
        cells["type"] = f"{_TYPES.get(column.kind, 'select_multiple')} {lists[column.code]}"
        cells["appearance"] = "likert" if column.kind in ("level", "scale", "place") else ""
    return cells


def _in_order(asked: ScreenQuestion, before: Iterable[ScreenQuestion]) -> Cells:
    """A place is given once: it is none that an option above has."""
    others = [
        each.column.code
        for each in before
        if asked.column.kind == "place" and each.column.item == asked.column.item
    ]
    if not others:
        return {}
    told = " and ".join(f". != ${{{code}}}" for code in others)
    return {"constraint": told, MESSAGE: "แต่ละลำดับใช้ได้ครั้งเดียว"}


def _condition(asked: ScreenQuestion) -> str:
    """When a question is asked. A code holds no double quote (``model.fields.Key``)."""
    if asked.condition is None:
        return ""
    opener, option = asked.condition
    if option is None:
        return f'${{{opener.code}}} != ""'
    if opener.kind == "many":
        return f'selected(${{{opener.code}}}, "{option}")'
    return f'${{{opener.code}}} = "{option}"'


def _lists(asked: Iterable[ScreenQuestion]) -> dict[str, str]:
    """By code, the list of a column's options: equal ones are one list, named by the first."""
    first: dict[tuple[tuple[str, str], ...], str] = {}
    return {
        each.column.code: first.setdefault(tuple(each.labels.items()), each.column.code)
        for each in asked
        if each.labels
    }


def _choices(asked: Iterable[ScreenQuestion], lists: Mapping[str, str]) -> Iterator[Cells]:
    for each in asked:
        if lists.get(each.column.code) == each.column.code:
            for code, words in each.labels.items():
                yield {"list_name": each.column.code, "name": code, LABEL: _words(words)}


class _Names:
    """Names of groups and notes, which are no code and stand once."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._taken = {code.lower() for code in codes}

    def fresh(self, wanted: str) -> str:
        """The name, made another one when it is taken or no name."""
        name = re.sub(r"[^A-Za-z0-9_]", "_", wanted)
        name = name if re.match(r"[A-Za-z_]", name) else f"_{name}"
        while name.lower() in self._taken:
            name += "_"
        self._taken.add(name.lower())
        return name


def _words(text: str) -> str:
    """Words in which nothing refers to an answer: a joiner of no width parts ``${``."""
    return text.replace("${", "$\u2060{")


def _sheet(sheet: Worksheet, title: str, head: Sequence[str], rows: Iterable[Cells]) -> None:
    sheet.title = title
    sheet.freeze_panes = "A2"
    for number, name in enumerate(head, start=1):
        sheet.cell(1, number, name).font = Font(bold=True)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 18)
    for row, cells in enumerate(rows, start=2):
        for number, name in enumerate(head, start=1):
            if cells.get(name):
                _as_text(sheet.cell(row, number), cells[name])


def _as_text(cell: Cell | MergedCell, text: str) -> None:
    """Put text into a cell as nothing but text, whatever it begins with.

    ``_x0041_`` stays as it is: those who read XLSForms take no text of a cell for an escape.
    """
    assert isinstance(cell, Cell)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in tuple("=+-@'")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
