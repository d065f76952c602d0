"""The Apps Script, run in the engine that Google runs it in, against a form that takes notes."""

from pathlib import Path

import pytest

from generator.model import Survey
from generator.survey import columns
from generator.survey.exports import google
from generator.survey.exports.screen import screen
from generator.survey.headers import google_headers, option_labels, plain
from support.asked import SHIPPED, asked, shipped, survey
from support.google_form import built, exported

# What Google's service has of what the script calls, and refuses what Google refuses.


@pytest.mark.parametrize("found", [survey(), *map(shipped, SHIPPED)])
def test_each_exported_column_is_one_code_and_in_order(found: Survey) -> None:
    form = built(screen("service", found, []))
    codes = [google_headers(found)[plain(head)] for head in exported(form)]
    wanted = [column.code for column in columns(found)]
    assert sorted(codes) == sorted(wanted)
    if '"beside":{' not in found.model_dump_json():  # of two scales the second is a grid of its own
        assert codes == wanted
    by_title = {item["Title"]: item for item in form["items"] if item["kind"] != "section"}
    by_row = {(i["Title"], row): i for i in form["items"] for row in i.get("Rows", ())}
    for each in screen("service", found, []).asked:
        place, column = each.place, each.column
        item = by_row[place.title, place.row] if place.row else by_title[place.title]
        assert item.get("Required", False) is not column.optional
        assert not (item.get("Required") and each.condition), "it isn't hidden from anybody"
        if column.kind in ("one", "many", "level"):
            labels = item.get("ChoiceValues") or item["Columns"]
            assert labels == list(option_labels(column).values())


def test_what_is_built() -> None:
    form = built(asked())
    assert form["created"] == form["calls"]["Title"] == "แบบสำรวจความพึงพอใจ ผู้รับบริการ"
    assert form["calls"]["ConfirmationMessage"] == "ขอขอบพระคุณ"
    assert form["calls"]["Description"].splitlines() == [
        "กอง ก กระบวนงาน ข",
        "คำชี้แจง:",
        "1. โปรดอ่าน ทุกข้อ",
        "2. ตอบทุกส่วน",
    ]
    kinds = [(item["kind"], item["Title"]) for item in form["items"]]
    assert kinds == [
        ("section", "ส่วนที่ 1 ข้อมูลทั่วไป"),
        ("text", "1. อายุ"),
        ("one", "2. กลุ่มเป้าหมาย"),
        ("text", "2. กลุ่มเป้าหมาย › อื่น ๆ"),
        ("section", "การบอกต่อ"),
        ("many", "ท่านจะบอกต่ออย่างไร"),
        ("one", "ท่านจะบอกต่ออย่างไร › สื่อออนไลน์ (told_online)"),
        ("text", "ท่านจะบอกต่ออย่างไร › สื่อออนไลน์ › เว็บ"),
        ("text", "ท่านจะบอกต่ออย่างไร › สื่อออนไลน์ (told_online_text)"),
        ("paragraph", "ข้อเสนอแนะ"),
        ("text", "หน่วยงาน"),
        ("page", "ส่วนที่ 2 ความพึงพอใจ"),
        ("grid", "2.1 กระบวนการ"),
        ("grid", "2.1 กระบวนการ"),
        ("grid", "2.1 กระบวนการ"),
        ("grid", "ประเด็น"),
        ("page", "ส่วนที่ 3 ความไม่พึงพอใจ"),
        ("section", "3.1 กระบวนการ"),
        ("text", "3.1.1 3.1 กระบวนการ: ประเด็นความไม่พึงพอใจ"),
        ("one", "3.1.1 3.1 กระบวนการ: ระดับความไม่พึงพอใจ"),
        ("text", "3.1.2 3.1 กระบวนการ: ประเด็นความไม่พึงพอใจ"),
        ("one", "3.1.2 3.1 กระบวนการ: ระดับความไม่พึงพอใจ"),
        ("scale", "3.2 เชื่อมั่นเพียงใด"),
        ("one", "สองระดับ"),
    ]
    age, trust = form["items"][1], form["items"][22]
    assert age["Validation"]["between"] == [10, 120]
    assert (trust["Bounds"], trust["Labels"]) == ([1, 10], ["เชื่อมั่นน้อย", "เชื่อมั่นมาก"])
    assert "“อื่น ๆ”" in form["items"][3]["HelpText"]


@pytest.mark.parametrize(
    "words",
    [
        '"; throw new Error("run"); "',
        "'+(function(){throw 1})()+'",
        "\\",
        "`${1}`",
        "*/ throw 1 /*",
        "</script><script>",
        "a\u2028b\u2029c",
        "__proto__",
    ],
)
def test_words_are_never_code(words: str) -> None:
    question = survey().parts[0].items[0].model_copy(update={"number": None, "text": words})
    part = survey().parts[0].model_copy(update={"items": [question], "heading": words})
    found = survey().model_copy(update={"parts": [part], "title": [words], "thanks": words})
    form = built(screen("service", found, [words]))
    assert form["created"] == words
    assert form["calls"]["Description"].startswith(words)
    assert form["items"][0]["Title"] == words
    assert plain(form["items"][1]["Title"]) == plain(words)
    script = google.write(screen("service", found, [words])).decode()
    assert "</script" not in script
    assert not set("\u2028\u2029") & set(script)


def test_the_part_that_is_not_data_is_plain_script() -> None:
    assert Path(google.__file__).with_name("build.gs").read_text("utf-8").isascii()
