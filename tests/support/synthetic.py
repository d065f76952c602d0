"""Invented respondents, and the files that forms would export of them."""

import csv
import io
import random
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from generator.agreements import reading
from generator.model import Survey
from generator.survey import AnswerColumn, columns
from generator.survey.headers import RESPONDENT, google_places, option_labels, screen_labels

ROOT = Path(__file__).parents[2]
WORDS = ("บริการดีมาก", "รอนาน, ที่นั่งไม่พอ", 'พูดว่า "เชิญ" ทุกครั้ง', "ขอบคุณครับ\nจะมาอีก", "=ดี", "ที่จอดรถน้อย")

Person = dict[str, tuple[str, ...]]
Rows = list[list[str]]


def shipped(agency: str, name: str) -> Survey:
    """A survey of the repository."""
    folder = reading.read_agency(ROOT / "agreements" / agency)
    survey = folder.surveys[name].model
    assert survey is not None
    return survey


def people(survey: Survey, count: int, seed: int = 2566) -> list[Person]:
    """Respondents who answer most questions, each by chance; the same for the same seed."""
    chance = random.Random(seed)
    return [_person(survey, chance) for _ in range(count)]


def _person(survey: Survey, chance: random.Random) -> Person:
    person: Person = {}
    issues = {issue.id for grid in survey.grids for issue in grid.issues}
    skips_issues = chance.random() < 0.7
    for column in columns(survey):
        if column.under is not None and column.under[1] not in person.get(column.under[0], ()):
            continue
        if column.item in issues and (skips_issues or chance.random() < 0.6):
            continue
        if chance.random() < (0.6 if column.kind == "text" else 0.05):
            continue
        person[column.code] = _answer(column, chance)
    return person or {columns(survey)[0].code: ()}


def _answer(column: AnswerColumn, chance: random.Random) -> tuple[str, ...]:
    if column.kind == "text":
        return (chance.choice(WORDS),)
    if column.kind == "number":
        return (str(chance.randint(column.least, column.most)),)
    ids = [choice.id for choice in column.choices]
    if column.kind == "many":
        return tuple(option for option in ids if chance.random() < 0.4) or (ids[0],)
    weights = [2, 4, 12, 40, 42] if column.kind == "level" else [1] * len(ids)
    return tuple(chance.choices(ids, weights))


def own(survey: Survey, people: Sequence[Person]) -> Rows:
    """A file headed with our codes."""
    every = columns(survey)
    rows = [[RESPONDENT, *(column.code for column in every)]]
    for number, person in enumerate(people, start=1):
        rows.append([f"p{number}", *(" ".join(person.get(c.code, ())) for c in every)])
    return rows


def odk(
    survey: Survey, people: Sequence[Person], *, between: str = "/", split: bool = True
) -> Rows:
    """What ODK or Kobo exports: groups before the names, options of a list in columns."""
    rows: Rows = [["SubmissionDate", "start", "end"]]
    rows += [["2023-09-01T08:00:00"] * 3 for _ in people]
    for part in {column.part: None for column in columns(survey)}:
        _add(rows, f"{part}{between}note", [""] * len(people))
        for column in columns(survey):
            if column.part != part:
                continue
            name = f"{part}{between}{column.code}"
            _add(rows, name, [" ".join(person.get(column.code, ())) for person in people])
            for option in column.choices if column.kind == "many" and split else ():
                ticks = [_tick(person.get(column.code), option.id) for person in people]
                _add(rows, f"{name}/{option.id}", ticks)
    _add(rows, "_id", [str(number) for number in range(1000, 1000 + len(people))])
    _add(rows, "_uuid", [f"uuid-{number}" for number in range(len(people))])
    _add(rows, "__version__", ["vKx7GmPn3QbT5rWzY8sLd2"] * len(people))
    return rows


def _add(rows: Rows, head: str, cells: Sequence[str]) -> None:
    for row, cell in zip(rows, (head, *cells), strict=True):
        row.append(cell)


def _tick(answer: tuple[str, ...] | None, option: str) -> str:
    return "" if answer is None else "1" if option in answer else "0"


def ticks_alone(rows: Rows, survey: Survey) -> Rows:
    """An export without the lists themselves, only a column an option."""
    lists = {column.code for column in columns(survey) if column.kind == "many"}
    kept = [n for n, head in enumerate(rows[0]) if head.split("/")[-1] not in lists]
    return [[row[n] for n in kept] for row in rows]


def kobo_labels(
    survey: Survey, people: Sequence[Person], *, between: str = "/", groups: bool = True
) -> Rows:
    """What Kobo exports with labels: words of questions and answers, behind those of groups."""
    every, words = columns(survey), screen_labels(survey)
    parts = {part.id: part.heading for part in survey.parts}
    rows: Rows = [["start", "end"], *([["2023-09-01T08:00:00"] * 2 for _ in people])]
    for column in every:
        labels = option_labels(column) if column.kind != "scale" else {}
        above = [parts[column.part], column.section] if groups else []
        head = between.join(filter(None, (*above, words[column.code])))
        answers = [person.get(column.code, ()) for person in people]
        _add(rows, head, [" ".join(labels.get(a, a) for a in answer) for answer in answers])
        for option in column.choices if column.kind == "many" else ():
            ticks = [_tick(person.get(column.code), option.id) for person in people]
            _add(rows, f"{head}{between}{labels[option.id]}", ticks)
    _add(rows, "_uuid", [f"uuid-{number}" for number in range(len(people))])
    _add(rows, "_validation_status", [""] * len(people))
    return rows


def google(survey: Survey, people: Sequence[Person]) -> Rows:
    """What Google Forms exports: the words of questions and answers."""
    every, places = columns(survey), google_places(survey)
    labels = {column.code: option_labels(column) for column in every}
    rows = [["ประทับเวลา", *(places[column.code].header for column in every)]]
    for number, person in enumerate(people):
        row = [f"1/9/2566, {8 + number // 3600 % 12}:{number // 60 % 60}:{number % 60}"]
        for column in every:
            of = labels[column.code]
            if column.kind == "scale":
                of = {}
            row.append(", ".join(of.get(answer, answer) for answer in person.get(column.code, ())))
        rows.append(row)
    return rows


def as_csv(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Rows as the bytes of a CSV."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def as_strict(data: bytes) -> bytes:
    """A workbook with the names that Excel writes into a Strict Open XML one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = re.sub(
                rb"http://schemas.openxmlformats.org/(\w+)/2006/",
                lambda m: m[0] if m[1] == b"package" else b"http://purl.oclc.org/ooxml/%b/" % m[1],
                old.read(name),
            )
            new.writestr(name, part)
    return out.getvalue()


def as_xlsx(rows: Rows, formulas: bool = False) -> bytes:
    """Rows as a workbook, figures as numbers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value = int(text) if text.isdecimal() else text or None
            if text.startswith("=") and not formulas:
                cell.data_type = "s"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
