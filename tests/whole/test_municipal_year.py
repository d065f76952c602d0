"""A municipality's year as a new user works it, from gen init to next year, by commands alone.

Every score of all units in both rounds is worked out here a second time, in fractions, from the
YAML and the answers as they stand in the files; nothing of generator is imported.
"""

from __future__ import annotations

import ast
import csv
import itertools
import json
import operator
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from support.authority import PASSPHRASE, ours
from support.readers import by_poppler

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parents[1] / "data" / "agreements" / "municipality"
AGENCY, NEXT = "muni-2570", "muni-2571"
UNITS = ("ทม", "สป", "กช", "กส", "ฝรส", "ศบส")
PERSON = "นักวิชาการ"
ROUNDS = ("1", "2")
LEVELS = "{department: เทศบาล, division: สำนัก/กอง, section: ฝ่าย, field: ศูนย์}"

# What is entered in the workbooks of round 2: twelve months, and one figure each.
SORTED = [
    "31.25",
    "28.4",
    "33.1",
    "30.05",
    "29.9",
    "35.2",
    "36.7",
    "34.85",
    "33.3",
    "37.15",
    "38.4",
    "36.05",
]
COLLECTED = [
    "140.5",
    "131",
    "149.75",
    "133.2",
    "128.6",
    "151.35",
    "147.1",
    "139.9",
    "133.33",
    "141.05",
    "138.7",
    "129.95",
]
ENTERED: dict[str, dict[str, Any]] = {
    "ทม": {"budget": {"paid": "139876543.21", "budget": "148500000"}},
    "สป": {"plan": {"done": 4}, "green": {"paper": "3", "power": "7"}},
    "กช": {
        "permits": {"days": "4151", "requests": "207"},
        "lights": {"value": "93.75"},
        "green": {"paper": "6", "power": "6"},
    },
    "กส": {
        "waste": {"แยก": SORTED, "ทั้งหมด": COLLECTED, "text": "คัดแยกได้ตลอดปี"},
        "clinic": {"visited": "419", "vaccine": "94.995", "done": 5},
        "green": {"paper": "9.995", "power": "4"},
    },
    "ฝรส": {
        "waste": {"แยก": SORTED, "ทั้งหมด": COLLECTED},
        "green": {"paper": "10", "power": "2"},
    },
    "ศบส": {
        "clinic": {"visited": "437", "vaccine": "84.991", "done": 2},
        "green": {"paper": "5", "power": "5.99"},
    },
    PERSON: {
        "waste": {"แยก": SORTED, "ทั้งหมด": COLLECTED},
        "visits": {"value": "23"},
        "learning": {"value": "29"},
    },
}


class Year:
    """The workspace of the year, and what each command said."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "agreements" / AGENCY
        self.said = ""

    def gen(self, *arguments: str, code: int = 0) -> str:
        """Run gen as a person does; its stdout, with stderr in ``said``."""
        done = subprocess.run(
            [sys.executable, "-m", "generator", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "GEN_PASSPHRASE": PASSPHRASE},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        self.said = done.stderr
        assert done.returncode == code, (arguments, done.stderr)
        return done.stdout

    def scores(self, unit: str, round_: str) -> Any:
        return json.loads(self.gen("score", unit, "--round", round_, "--json"))


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The year up to the results of both rounds: by YAML, by workbook, from answers."""
    year = Year(tmp_path_factory.mktemp("year"))
    year.gen("init", f"agreements/{AGENCY}")
    for path in (*year.folder.glob("ตัวอย่าง-*.yaml"), year.folder / "agency.yaml"):
        path.unlink()
    for name in ("results", "indicators", "surveys"):
        shutil.rmtree(year.folder / name)
    shutil.copytree(DATA, year.folder, dirs_exist_ok=True)
    wording = year.folder / "wording.yaml"
    text = wording.read_text("utf-8")
    wording.write_text(f"{text}\nsummary:\n  levels: {LEVELS}\n", "utf-8")
    year.gen("init", AGENCY, "--add", "framework", "--add", "chart")
    for unit in (*UNITS, PERSON):
        book = year.root / year.gen("results", "template", unit, "--round", "2").strip()
        fill(book, ENTERED[unit])
        year.gen("results", "import", str(book))
    for round_ in ROUNDS:
        answers = str(DATA / f"answers-{round_}.csv")
        year.gen("survey", "score", "สป", answers, "--survey", "counter", "--round", round_)
    return year


def fill(book: Path, entered: Mapping[str, Mapping[str, Any]]) -> None:
    """Enter results where the sheet's last column says what a row is; every figure finds one."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.active
    assert sheet is not None
    left = {(key, name) for key, results in entered.items() for name in results}
    for row in range(6, sheet.max_row + 1):
        place = json.loads(str(sheet.cell(row, 7).value))
        wanted = entered.get(place[0], {})
        if "done" in place:
            if int(place[-1]) <= wanted.get("done", 0):
                sheet.cell(row, 4).value = "✓"
                left.discard((place[0], "done"))
            continue
        name = next((step for step in reversed(place[1:]) if step in wanted), None)
        if name is None:
            continue
        value = wanted[name]
        if isinstance(value, list):
            if place[-1] == name:
                continue  # the total of the months
            value = value[MONTHS.index(place[-1].split()[0])]
        number = name != "text"
        sheet.cell(row, 4).value = float(value) if number else value
        left.discard((place[0], name))
    assert left == set()
    workbook.save(book)


MONTHS = [
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
]


# ------------------------------------------------- the scores, a second time and otherwise


OPERATIONS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "more_than": operator.gt,
    "at_most": operator.le,
    "less_than": operator.lt,
}


def load(path: Path) -> Any:
    """A YAML file with every scalar as the text that stands there."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def calculated(formula: str, names: Mapping[str, Fraction]) -> Fraction:
    known = {unicodedata.normalize("NFKC", name): value for name, value in names.items()}

    def value(node: ast.expr) -> Fraction:
        if isinstance(node, ast.BinOp):
            return Fraction(OPERATIONS[type(node.op)](value(node.left), value(node.right)))
        if isinstance(node, ast.Constant):
            return Fraction(str(node.value))
        assert isinstance(node, ast.Name)
        return known[node.id]

    return value(ast.parse(formula, mode="eval").body)


def half_up(value: Fraction, decimals: int) -> Fraction:
    return Fraction((2 * value * 10**decimals + 1) // 2, 10**decimals)


def printed(value: Fraction, decimals: int = 4) -> str:
    digits = str(int(half_up(value, decimals) * 10**decimals)).zfill(decimals + 1)
    return f"{digits[:-decimals]}.{digits[-decimals:]}"


def holds(condition: Mapping[str, Any], value: Fraction | None, done: Iterable[str]) -> bool:
    for name, bound in condition.items():
        if name == "done":
            return bound in done
        assert value is not None
        if name == "between":
            return Fraction(bound[0]) <= value <= Fraction(bound[1])
        if name == "all":
            return all(holds(part, value, done) for part in bound)
        if name in TESTS:
            return TESTS[name](value, Fraction(bound))
    raise AssertionError(condition)


def without_words(level: Mapping[str, Any]) -> dict[str, Any]:
    """The condition of a level, or of a row of a score table."""
    return {name: bound for name, bound in level.items() if name not in ("text", "gives")}


class Sums:
    """Scores of an agency's folder from what its files say."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.agency = load(folder / "agency.yaml")
        self.decimals = int(self.agency["policies"]["decimals"])

    def uses(self, unit: str) -> dict[str, Any]:
        found = load(self.folder / f"{unit}.yaml")["indicators"]
        return {use.get("id") or use.get("use") or use["derive"]["indicator"]: use for use in found}

    def indicator(self, unit: str, key: str) -> Any:
        use = self.uses(unit)[key]
        if "define" in use:
            return use["define"]
        if "use" in use:
            return load(self.folder / "indicators" / f"{use['use']}.yaml")
        return self.indicator(use["derive"]["from"], use["derive"]["indicator"])

    def rows(self, unit: str, round_: str) -> dict[str, tuple[Fraction, Fraction, Fraction]]:
        """Score, weight and weighted score of each indicator."""
        rows = {}
        for key, use in self.uses(unit).items():
            said = use["weight"]
            weight = Fraction(said[round_] if isinstance(said, dict) else said)
            score = self.score(unit, round_, key)
            rows[key] = (score, weight, score * weight / 100)
        return rows

    def score(self, unit: str, round_: str, key: str) -> Fraction:
        lender = self.uses(unit)[key].get("result", {}).get("from")
        if lender is not None:
            return self.score(lender, round_, key)
        indicator = self.indicator(unit, key)
        criteria = indicator["criteria"]
        criteria = criteria.get(round_) or criteria["all"]
        results = load(self.folder / "results" / round_ / f"{unit}.yaml")["results"]
        result = results.get(key, {})
        if "parts" not in criteria:
            return self.read({"value": indicator.get("value"), **criteria}, result, round_)
        return sum(
            (
                Fraction(part["weight"])
                / 100
                * self.read(part, result["parts"][part["id"]], round_)
                for part in criteria["parts"]
            ),
            Fraction(0),
        )

    def read(self, criteria: Any, result: Any, round_: str) -> Fraction:
        scale = self.agency["scales"][criteria.get("scale", self.agency["scale"])]
        points = {level["id"]: Fraction(level["points"]) for level in scale["levels"]}
        below = Fraction(scale["below"])
        value = None if "done" in result else self.value(criteria.get("value"), result, round_)
        if criteria["read"] == "ladder":
            value = None if value is None else half_up(value, self.decimals)
            held = [
                points[name]
                for name, level in criteria["levels"].items()
                if holds(without_words(level), value, result.get("done", ()))
            ]
            return max(held, default=below)
        assert value is not None
        marks = [(Fraction(text), points[name]) for name, text in criteria["levels"].items()]
        if value < marks[0][0]:
            return below
        for (low, less), (high, more) in itertools.pairwise(marks):
            if value < high:
                return less + (value - low) / (high - low) * (more - less)
        return marks[-1][1]

    def value(self, made: Any, result: Any, round_: str) -> Fraction:
        if "survey" in (made or {}):
            return self.satisfaction(round_)
        if "value" in result:
            return Fraction(result["value"])
        names: dict[str, Fraction] = {}
        for name, figure in made["inputs"].items():
            given = figure.get("constant") or result["inputs"][name]
            months = given.values() if isinstance(given, dict) else [given]
            names[name] = sum(map(Fraction, months), Fraction(0))
        for name, table in made.get("lookups", {}).items():
            looked = half_up(calculated(table["of"], names), self.decimals)
            names[name] = next(
                Fraction(row["gives"])
                for row in table["rows"]
                if holds(without_words(row), looked, ())
            )
        return calculated(made["formula"], names)

    def satisfaction(self, round_: str) -> Fraction:
        """The mean of all ratings, out of 5, in percent."""
        with (DATA / f"answers-{round_}.csv").open(encoding="utf-8") as file:
            answers = list(csv.DictReader(file))
        rated = [
            Fraction(row[q]) for row in answers for q in ("quick", "polite", "clean") if row[q]
        ]
        return sum(rated, Fraction(0)) / len(rated) / 5 * 100


# --------------------------------------------------------------------------- the year


def test_nothing_is_at_fault(year: Year) -> None:
    year.gen("check", "agreements")
    assert "0 errors, 0 warnings" in year.said


def test_every_score_in_both_rounds(year: Year) -> None:
    sums, count = Sums(year.folder), 0
    for round_, unit in itertools.product(ROUNDS, (*UNITS, PERSON)):
        found, rows = year.scores(unit, round_), sums.rows(unit, round_)
        assert [row["key"] for row in found["rows"]] == list(rows)
        for row, (score, weight, weighted) in zip(found["rows"], rows.values(), strict=True):
            exact = tuple(Fraction(row[name]) for name in ("score", "weight", "weighted"))
            assert exact == (score, weight, weighted), (unit, round_, row)
            assert row["score_shown"] == printed(score)
            assert row["weighted_shown"] == printed(weighted)
            count += 1
        total = sum((weighted for _, _, weighted in rows.values()), Fraction(0))
        (pool,) = found["totals"]
        assert Fraction(pool["total"]) == total
        assert pool["total_shown"] == printed(total)
        assert pool["percent_shown"] == printed(total * 100 / 5, 2)
        reached = [
            grade["name"]
            for grade in sums.agency["grades"]
            if half_up(total * 20, 2) >= Fraction(grade["at_least"])
        ]
        assert pool["grade"] == reached[0]
    assert count == 44


@pytest.mark.parametrize(
    ("kind", "unit", "round_"),
    [("report", "กส", "1"), ("report", "สป", "2"), ("personal", PERSON, "2")],
)
def test_documents_print_these_scores(year: Year, kind: str, unit: str, round_: str) -> None:
    year.gen(kind, unit, "--round", round_)
    path = year.root / "outputs" / AGENCY / unit / f"{unit}-{kind}-{round_}"
    rows = Sums(year.folder).rows(unit, round_)
    figures = [figure for score, _, weighted in rows.values() for figure in (score, weighted)]
    wanted = [printed(figure) for figure in figures]
    wanted.append(printed(sum((row[2] for row in rows.values()), Fraction(0))))
    pdf = by_poppler(path.with_suffix(".pdf").read_bytes()).translate(ARABIC)
    for text in (pdf, word(path)):
        for figure in wanted:
            assert wanted.count(figure) <= text.count(figure), figure
        assert "paper_score" not in text


ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def word(path: Path) -> str:
    """The text of a Word document, with Arabic digits."""
    with zipfile.ZipFile(path.with_suffix(".docx")) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    # A paragraph's words may stand in several runs; spaces that don't break hold some together.
    paragraphs = (
        "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", one)) for one in body.split("</w:p>")
    )
    return "\n".join(paragraphs).translate(ARABIC).replace("\xa0", " ")


def test_the_summary_has_every_unit_by_level(year: Year) -> None:
    year.gen("report", AGENCY, "--round", "2")
    path = year.root / "outputs" / AGENCY / AGENCY / f"{AGENCY}-summary-2"
    text, sums = word(path), Sums(year.folder)
    for unit in UNITS:
        assert load(year.folder / f"{unit}.yaml")["name"] in text
        total = sum((row[2] for row in sums.rows(unit, "2").values()), Fraction(0))
        assert printed(total) in text
    for name in ("เทศบาล", "สำนัก/กอง", "ฝ่าย", "ศูนย์"):
        assert f"\n{name}\n" in text


def test_the_framework_comes_down(year: Year) -> None:
    year.gen("framework", AGENCY, "--format", "docx")
    text = word(year.root / "outputs" / AGENCY / AGENCY / f"{AGENCY}-framework")
    assert "ความเชื่อมโยงของตัวชี้วัดกับยุทธศาสตร์และแผน" not in text  # there are no links
    year.gen("framework", AGENCY, "--chart", "--format", "docx")
    text = word(year.root / "outputs" / AGENCY / AGENCY / f"{AGENCY}-chart")
    assert re.search(r"มิติที่ 1.*\(ร้อยละ 60\)", text)
    assert not re.search(r"\(ร้อยละ 60\)\s*\(ร้อยละ 60\)", text)
    trace = year.gen("framework", "ทม", "--trace", "waste").splitlines()
    assert trace[1:] == [
        "ทม. เทศบาลเมืองตัวอย่าง (เทศบาล) weight 60",
        "└─ กส. กองสาธารณสุขและสิ่งแวดล้อม (สำนัก/กอง) weight 35",
        "   └─ ฝรส. ฝ่ายรักษาความสะอาด (ฝ่าย) weight 60",
        "      └─ นักวิชาการ นักวิชาการสุขาภิบาล (บุคคล) weight 50",
    ]


def test_an_agreement_is_signed_and_the_batch_leaves_it(year: Year) -> None:
    key = year.root / "key.p12"
    key.write_bytes(ours().p12("Test Signer"))
    root = year.root / "root.pem"
    root.write_bytes(ours().pem)
    year.gen("batch", AGENCY, "--units", "กส", "--documents", "agreement", "-j", "1")
    for side in ("assessee", "assessor"):
        signed = year.gen("sign", "กส", "--as", side, "--p12", str(key)).strip()
    assert "good" in year.gen("verify", signed, "--root", str(root))
    year.gen("batch", AGENCY, "--units", "กส", "--documents", "agreement", "-j", "1")
    assert "unchanged" in year.said
    assert list((year.root / "outputs" / AGENCY / "กส").glob("*-r2*")) == []
    assert "1 of 7 units are signed by all" in year.gen("status", AGENCY)


def test_questionnaires_and_blank_forms(year: Year) -> None:
    year.gen("survey", "สป", "--format", "docx")
    year.gen("agreement", AGENCY, "--blank", "--format", "docx")


def test_next_year(year: Year) -> None:
    year.gen("init", f"agreements/{NEXT}", "--from", AGENCY)
    year.gen("check", f"agreements/{NEXT}")
    assert "0 errors" in year.said
    new = year.root / "agreements" / NEXT
    sums = Sums(year.folder)
    for key, unit in (("waste", "กส"), ("budget", "ทม")):
        years = load(new / "indicators" / f"{key}.yaml")["baselines"][0]["years"]
        result = load(year.folder / "results" / "2" / f"{unit}.yaml")["results"][key]
        value = sums.value(sums.indicator(unit, key)["value"], result, "2")
        assert years["2570"]["value"] == printed(value, 2)
    unit = load(new / "กส.yaml")
    assert (unit["status"], unit["assessees"][0]["name"]) == ("draft", "")
