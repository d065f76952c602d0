"""One set of answers, as each program hands them over, comes to the same counts."""

import csv
import io
import random
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pyxform.xls2xform import convert

from generator.agreements import lookup
from generator.importing import responses
from generator.survey.exports import template, xlsform
from generator.survey.exports.screen import ScreenForm, screen
from generator.workspace.environment import Workspace
from support import making
from support.asked import NS, shipped
from support.google_form import built, exported

SURVEYS = ("service", "training")
Row = dict[str, list[str]]


def answered(of: ScreenForm, number: int) -> list[Row]:
    """Respondents who answer what a screen asks them, some of them not all of it."""
    chance = random.Random(1)
    rows = []
    for n in range(number):
        row: Row = {}
        for each in of.asked:
            column = each.column
            if each.condition is not None:
                opener, option = each.condition
                given = row.get(opener.code, [])
                if not given or (option is not None and option not in given):
                    continue
            if column.optional and chance.random() < 0.3:
                continue
            options = [choice.id for choice in column.choices]
            if column.kind == "many":
                row[column.code] = chance.sample(options, chance.randint(1, 2))
            elif options:
                row[column.code] = [chance.choice(options)]
            elif column.kind == "number":
                row[column.code] = [str(chance.randint(column.least, column.most))]
            else:
                row[column.code] = [f"คำตอบ, ที่ {n}"]
        rows.append(row)
    return rows


def by_codes(of: ScreenForm, rows: list[Row]) -> list[list[str]]:
    """The table that is made to be filled in, filled in."""
    text = template.answers(of).decode("utf-8-sig")
    (head,) = csv.reader(io.StringIO(text, newline=""))
    cells = [[" ".join(row.get(code, ())) for code in head[1:]] for row in rows]
    return [head, *([str(n), *line] for n, line in enumerate(cells))]


def by_google(of: ScreenForm, rows: list[Row]) -> list[list[str]]:
    """What Google Forms exports of the form that the script builds."""
    lines = [["ประทับเวลา", *exported(built(of))]]
    for row in rows:
        cells = [
            ", ".join(each.labels.get(one, one) for one in row.get(each.column.code, ()))
            for each in of.asked
        ]
        lines.append(["20/11/2023, 10:00:00", *cells])
    return lines


def by_odk(of: ScreenForm, rows: list[Row], joint: str) -> list[list[str]]:
    """What a server exports of the form that the XLSForm becomes."""
    xform = convert(io.BytesIO(xlsform.write(of)), file_type=".xlsx").xform
    binds = ET.fromstring(xform).iterfind(".//x:bind", NS)
    paths = [bind.attrib["nodeset"].split("/")[2:] for bind in binds]
    paths = [path for path in paths if path[0] != "meta"]
    lines = [["KEY", *(joint.join(path) for path in paths)]]
    for n, row in enumerate(rows):
        lines.append([f"uuid:{n}", *(" ".join(row.get(path[-1], ())) for path in paths)])
    return lines


@pytest.mark.parametrize("name", SURVEYS)
def test_all_ways_come_to_the_same_counts(name: str, tmp_path: Path) -> None:
    agreements = tmp_path / "agreements"
    shutil.copytree(making.ROOT / "agreements" / "dsdw-2566", agreements / "dsdw-2566")
    path = agreements / "dsdw-2566" / "surveys" / f"{name}.yaml"
    of = screen(name, shipped(path), [])
    rows = answered(of, 60)
    world = Workspace(tmp_path, {})
    counts: dict[str, dict[str, Any]] = {}
    for way, lines in {
        "codes": by_codes(of, rows),
        "google": by_google(of, rows),
        "kobo": by_odk(of, rows, "/"),
        "odk": by_odk(of, rows, "-"),
    }.items():
        file = tmp_path / f"{way}.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows(lines)
        found = lookup.find(world, "กอส")
        answers = responses.count(world, found, name, "2", [file], over=True).answers
        counts[way] = answers.model_dump(exclude={"sources"})
    first = counts["codes"]
    assert first["n"] == len(rows)
    assert sum(first["items"]["q2_1_1"].values()) == len(rows)
    assert {way: count == first for way, count in counts.items()} == dict.fromkeys(counts, True)
