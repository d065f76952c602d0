"""The XLSForm, as pyxform and ODK's own validator read it."""

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from pyxform.validators.odk_validate import ODKValidateError
from pyxform.xls2xform import ConvertResult, convert

from generator.model import Survey
from generator.survey import AnswerColumn, columns
from generator.survey.exports import xlsform
from generator.survey.exports.screen import screen
from support.asked import NS, SHIPPED, asked, shipped, survey


def converted(data: bytes, *, validate: bool = False) -> ConvertResult:
    return convert(io.BytesIO(data), validate=validate, file_type=".xlsx")


def of(found: Survey) -> bytes:
    return xlsform.write(screen("service", found, ["กอง ก"]))


def cells(data: bytes, sheet: str) -> list[dict[str, Any]]:
    rows = list(openpyxl.load_workbook(io.BytesIO(data))[sheet].iter_rows(values_only=True))
    head = [str(name) for name in rows[0]]
    return [dict(zip(head, row, strict=True)) for row in rows[1:]]


def binds(xform: str) -> dict[str, dict[str, str]]:
    """By code, what the form says of a question. No two questions have one name."""
    root = ET.fromstring(xform)
    found: dict[str, dict[str, str]] = {}
    for bind in root.iterfind(".//x:bind", NS):
        name = bind.attrib["nodeset"].split("/")[-1]
        assert name not in found
        found[name] = dict(bind.attrib)
    return found


@pytest.mark.parametrize("found", [survey(), *map(shipped, SHIPPED)])
def test_pyxform_and_odk_take_it_without_a_word(found: Survey) -> None:
    result = converted(of(found), validate=True)
    assert result.warnings == []
    bound = binds(result.xform)
    ranked: set[str] = set()
    for column in columns(found):
        bind = bound[column.code]
        assert ("required" in bind) is not column.optional
        assert _opened(column) in bind.get("relevant", "")
        # A place is none that an option above has; the first option can have any.
        limited = column.kind == "number" or (column.kind == "place" and column.item in ranked)
        assert ("constraint" in bind) is limited
        if column.kind == "place":
            ranked.add(column.item)
    controls = _controls(result.xform)
    assert {c.code for c in columns(found)} <= set(controls)
    assert {column.code: controls[column.code] for column in columns(found)} == {
        column.code: _control(column) for column in columns(found)
    }


def _opened(column: AnswerColumn) -> str:
    return f'"{column.under[1]}"' if column.under is not None else ""


def _control(column: AnswerColumn) -> str:
    return {"many": "select", "number": "input", "text": "input"}.get(column.kind, "select1")


def _controls(xform: str) -> dict[str, str]:
    """By code, what kind of control asks."""
    body = ET.fromstring(xform).find("h:body", NS)
    assert body is not None
    return {
        found.attrib["ref"].split("/")[-1]: found.tag.split("}")[1]
        for found in body.iter()
        if "ref" in found.attrib and found.tag.split("}")[1] in ("input", "select", "select1")
    }


def test_what_the_form_says() -> None:
    result = converted(of(survey()))
    bound = binds(result.xform)
    assert bound["age"]["constraint"] == ". >= 10 and . <= 120"
    assert bound["age"]["type"] == "int"
    relevant = {
        code: bind["relevant"].strip() for code, bind in bound.items() if "relevant" in bind
    }
    group, told = (bound[code]["nodeset"] for code in ("group", "told"))
    online, written = (bound[code]["nodeset"] for code in ("told_online", "i1_text"))
    assert {code: " ".join(text.split()) for code, text in relevant.items()} == {
        "group_other2_text": f'{group} = "other2"',
        "told_online": f'selected( {told} , "online")',
        "told_online_text": f'selected( {told} , "online")',
        "told_online_web_text": f'{online} = "web"',
        "i1": f'{written} != ""',
        "i2": f'{bound["i2_text"]["nodeset"]} != ""',
    }
    settings = cells(of(survey()), "settings")[0]
    assert settings == {
        "form_title": "แบบสำรวจความพึงพอใจ ผู้รับบริการ",
        "form_id": "service-3",
        "version": "3",
        "default_language": "Thai (th)",
    }


def test_odk_refuses_what_is_no_form() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsform.write(asked())))
    cell = next(
        c for row in book["survey"].iter_rows() for c in row if c.value == ". >= 10 and . <= 120"
    )
    cell.value = ". >= 10 and ("
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(ODKValidateError):
        converted(out.getvalue(), validate=True)


def test_the_workbook_holds_no_time() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsform.write(asked()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r">(\d{4}-[^<]*)<", core) == ["1980-01-01T00:00:00Z"] * 2


def test_options_come_with_their_codes_and_words() -> None:
    choices = cells(xlsform.write(asked()), "choices")
    of_list: dict[str, dict[str, str]] = {}
    for choice in choices:
        words = choice["label::Thai (th)"]
        of_list.setdefault(choice["list_name"], {})[choice["name"]] = words
    assert of_list["group"] == {
        "poor": "ผู้มีรายได้น้อย",
        "other1": "อื่น ๆ (other1)",
        "ngo": "มูลนิธิ, NGO",
        "other2": "อื่น ๆ (other2)",
    }
    assert list(of_list["q211"]) == ["1", "2", "3", "4", "5"]
    # The five levels are one list, whatever is rated on them.
    assert set(of_list) == {"group", "told", "told_online", "q211", "trust", "two"}


def test_names_of_groups_are_no_codes() -> None:
    rows = cells(xlsform.write(asked()), "survey")
    names = [row["name"].lower() for row in rows if row["name"]]
    assert len(names) == len(set(names))
    assert "issues" in names
    clash = survey().parts[0].model_copy(update={"id": "age"})
    again = survey().model_copy(update={"parts": [clash]})
    groups = [r for r in cells(of(again), "survey") if r["type"] == "begin_group"]
    assert groups[0]["name"] == "age_"
    assert converted(of(again)).warnings == []


@pytest.mark.parametrize(
    "words",
    [
        '=HYPERLINK("http://x.example")',
        "+1",
        "-1",
        "@SUM(1)",
        "'x",
        "${age}",
        "${",
        "<b>&amp;",
        "_x0041_",
    ],
)
def test_hostile_words_come_out_as_typed(words: str) -> None:
    question = survey().parts[0].items[0].model_copy(update={"number": None, "text": words})
    part = survey().parts[0].model_copy(update={"items": [question], "heading": words})
    found = survey().model_copy(update={"parts": [part], "title": [words], "thanks": words})
    data = of(found)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert all(c.data_type in "sn" for s in book for row in s.iter_rows() for c in row)
    result = converted(data)
    texts = [value.text for value in ET.fromstring(result.xform).iterfind(".//x:value", NS)]
    assert [t.replace("\u2060", "") for t in texts if t].count(words) == 3
