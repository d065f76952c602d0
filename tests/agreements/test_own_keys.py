"""Keys in Thai: every key has one; such files say the same, in all kinds; a file doesn't mix."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import jsonschema
import pytest
import yaml
from pydantic import BaseModel

from generator import key_names, thai
from generator.agreements import lookup, own_keys, reading, schema, yaml_tree, yaml_writing
from generator.agreements.file_kinds import KINDS
from generator.agreements.files import open_file
from generator.agreements.record import DocumentOptions
from generator.api import additions, agencies, documents, inspection
from generator.api.new_agency import files_of
from generator.api.next_year import next_year
from generator.diagnostics import Diagnostic, errors
from generator.errors import UsageError
from generator.messages import speaking
from generator.model.indicator import Indicator
from generator.workspace.environment import Workspace
from generator.workspace.publishing import publish
from support.making import ROOT
from support.reading import VALID, found_in

TABLE = key_names.table()
SHIPPED = sorted(path.parent for path in ROOT.glob("agreements/*/agency.yaml"))
OF_TESTS = [ROOT / "tests/data/agreements" / name for name in ("valid", "parts", "chart", "rows")]


def models() -> Iterator[type[BaseModel]]:
    """All models whose keys stand in files."""
    seen: set[type[BaseModel]] = set()
    left: list[Any] = [*KINDS.values(), Indicator]
    while left:
        kind = left.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in seen:
                seen.add(kind)
                yield kind
                left += [one for of in own_keys.fields_of((kind,)).values() for one in of]
        elif get_origin(kind) in (list, dict):
            left += own_keys.kinds_of(get_args(kind)[-1])


def test_every_key_has_its_word_and_no_word_stands_twice() -> None:
    asked = {key for model in models() for key in own_keys.fields_of((model,))}
    assert asked == set(TABLE.keys)
    words = [*TABLE.keys.values()]
    assert len(words) == len({*words})
    for word in (*words, *TABLE.names.values()):
        assert thai.folded(word) == word, word
        assert not word.isascii(), word
        assert yaml.safe_load(f"{word}: x") == {word: "x"}


def test_every_fixed_name_has_its_word() -> None:
    fixed = set()
    for kind in KINDS.values():
        text = json.dumps(schema.of(kind))
        decoder = json.JSONDecoder()
        for part in text.split('"propertyNames": ')[1:]:
            fixed |= {*decoder.raw_decode(part)[0].get("enum", ())}
    assert fixed | {"all"} == set(TABLE.names)


def test_what_takes_fixed_words_is_marked() -> None:
    """``status: draft``: sentences in Thai keys leave the fixed word behind such a key."""
    for model in models():
        for key, kinds in own_keys.fields_of((model,)).items():
            if any("Literal" in repr(kind) and "dict" not in repr(kind) for kind in kinds):
                assert key in TABLE.choices | {"levels", "rounds", "notes"}, (model, key)


def in_thai(folder: Path, target: Path) -> Path:
    """An agency's folder with its keys in Thai."""
    shutil.copytree(folder, target)
    for path in files_of(target):
        data = own_keys.with_keys((target / path).read_bytes(), path, "th")
        (target / path).write_bytes(data)
    return target


@pytest.mark.parametrize("folder", [*SHIPPED, *OF_TESTS], ids=lambda path: path.name)
def test_an_agency_in_thai_keys_says_the_same(folder: Path, tmp_path: Path) -> None:
    other = in_thai(folder, tmp_path / folder.name)
    ours, theirs = reading.read_agency(folder), reading.read_agency(other)
    assert theirs.agency.node.location.keys == "th"
    for name in ("agency", "wording"):
        assert getattr(theirs, name).node.plain() == getattr(ours, name).node.plain()
    for name in ("indicators", "plans", "surveys"):
        files, others = getattr(ours, name), getattr(theirs, name)
        assert {key: file.node.plain() for key, file in files.items()} == {
            key: file.node.plain() for key, file in others.items()
        }
    for key, table in ours.tables.items():
        assert theirs.tables[key].file.node.plain() == table.file.node.plain()
    for path in ours.unit_paths:
        unit, of_other = reading.read_unit(ours, path), reading.read_unit(theirs, other / path.name)
        assert (of_other.file.node.plain(), of_other.items) == (unit.file.node.plain(), unit.items)
    for path in ours.result_paths:
        moved = other / path.relative_to(folder)
        assert reading.read_results(moved).node.plain() == reading.read_results(path).node.plain()
    for path in ours.answer_paths:
        moved = other / path.relative_to(folder)
        assert reading.read_answers(moved).node.plain() == reading.read_answers(path).node.plain()


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.name)
def test_keys_go_to_thai_and_back(folder: Path, tmp_path: Path) -> None:
    for path in files_of(folder):
        data = (folder / path).read_bytes()
        in_th = own_keys.with_keys(data, path, "th")
        assert own_keys.with_keys(in_th, path, "th") == in_th
        back = own_keys.with_keys(in_th, path, "en")
        if path.suffix == ".yaml":
            assert in_th != data
            back, data = (without_comments(one) for one in (back, data))
        assert back == data, path


def without_comments(data: bytes) -> bytes:
    lines = data.splitlines()
    return b"\n".join(lines[:1] + [line for line in lines[1:] if line.lstrip()[:1] != b"#"])


def test_editors_know_files_in_thai_keys(tmp_path: Path) -> None:
    folder = ROOT / "agreements" / "example-2570"
    for path in files_of(folder):
        if path.suffix == ".yaml":
            text = own_keys.with_keys((folder / path).read_bytes(), path, "th").decode()
            name = text.partition("\n")[0].rpartition("/")[2]
            assert name.endswith(".th.json")
            known = json.loads((ROOT / "schema" / "th" / name).read_bytes())
            jsonschema.Draft202012Validator.check_schema(known)
            data = json.loads(json.dumps(yaml.safe_load(text)))
            jsonschema.Draft202012Validator(known).validate(data)


UNIT = "หนึ่ง.yaml"


def faults(folder: Path, old: str, new: str, name: str = UNIT) -> tuple[Diagnostic, ...]:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return errors(found_in(folder))


def test_a_file_in_thai_keys_does_not_mix(tmp_path: Path) -> None:
    (fault,) = faults(in_thai(VALID, tmp_path / "a"), "\nระดับ:", "\nlevel:")
    assert fault.message == "'level' is in another language than the other keys of this file"
    assert fault.hint == "write 'ระดับ': a file has all its keys in one language"
    line = (tmp_path / "a" / UNIT).read_text("utf-8").splitlines()[fault.location.line - 1]
    assert line.startswith("level:")


def test_a_file_in_english_keys_does_not_mix(tmp_path: Path) -> None:
    shutil.copytree(VALID, tmp_path / "a")
    (fault,) = faults(tmp_path / "a", "\nlevel:", "\nระดับ:")
    assert fault.message == "'ระดับ' is in another language than the other keys of this file"
    assert fault.hint == "write 'level': a file has all its keys in one language"


@pytest.mark.parametrize(
    ("old", "new", "said", "advice"),
    [
        ("\nระดับ:", "\nระดบ:", "ไม่รู้จักหัวข้อ 'ระดบ'", "'ระดับ'"),
        ("\nระดับ: department", "", "ขาดหัวข้อ 'ระดับ'", ""),
        ("น้ำหนัก:", "นำหนัก:", "ไม่รู้จักหัวข้อ 'นำหนัก'", "'น้ำหนัก'"),
    ],
)
def test_messages_name_keys_as_the_file_writes_them(
    tmp_path: Path, old: str, new: str, said: str, advice: str
) -> None:
    folder = in_thai(VALID, tmp_path / "a")
    with speaking("th"):
        found = [(one.message, one.hint) for one in faults(folder, old, new)]
        assert any(message == said and advice in hint for message, hint in found), found


def spoken(pattern: str, language: str = "th") -> str:
    with key_names.saying("th"):
        return key_names.in_sentence(pattern, language)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("ใส่ weight ให้ทุกคน", "ใส่ น้ำหนัก ให้ทุกคน"),
        ("ระบุ status: draft", "ระบุ สถานะ: draft"),
        ("รวมด้วย mean หรือ weighted", "รวมด้วย mean หรือ weighted"),
        ("(kind: one, number, text หรือ grid)", "(ชนิด: one, number, text หรือ grid)"),
        ("เป็น field, text หรือ contacts", "เป็น ช่องข้อมูล, ข้อความ หรือ ผู้ติดต่อ"),
        ("{{field: objective, label: …}}", "{{ช่องข้อมูล: objective, ป้ายชื่อ: …}}"),
        ("ใน agency.yaml: bodies", "ใน agency.yaml: หน่วยงานภายนอก"),
        ("ในโฟลเดอร์ indicators/ ว่าง", "ในโฟลเดอร์ indicators/ ว่าง"),
        ("คำสั่ง: gen survey score", "คำสั่ง: gen survey score"),
        ("{{from: {unit}, indicator: x}}", "{{จาก: {unit}, ตัวชี้วัด: x}}"),
        ("ลบ {name} ออก", "ลบ {name} ออก"),
    ],
)
def test_sentences_name_keys_and_nothing_else(pattern: str, said: str) -> None:
    assert spoken(pattern) == said
    assert key_names.in_sentence(pattern, "th") == pattern


def test_english_sentences_keep_their_words() -> None:
    assert spoken("a gap: the level of unit {unit}", "en") == "a gap: the level of unit {unit}"
    assert spoken("state 'weight' or add weight: 5", "en") == "state 'น้ำหนัก' or add น้ำหนัก: 5"


def test_what_an_agency_names_itself_stays(tmp_path: Path) -> None:
    """A blank, a component or a round may be called as a key is."""
    text = "ชื่อ: x\nระดับ: division\nตัวชี้วัดทั้งหมด:\n  - {ใช้: a, ช่องเติมคำ: {น้ำหนัก: y}}\n"
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8")
    plain: Any = open_file(path, KINDS["unit"]).node.plain()
    assert plain["indicators"] == [{"use": "a", "blanks": {"น้ำหนัก": "y"}}]


def test_what_gen_writes_has_the_keys_of_its_agency(tmp_path: Path) -> None:
    folder = in_thai(ROOT / "agreements" / "example-2570", tmp_path / "agreements" / "mine-2570")
    unit = reading.read_results(folder / "results" / "1" / "ตัวอย่าง-ก.yaml").node.plain()
    target = folder / "results" / "1" / "ใหม่.yaml"
    data = yaml_writing.file_of(target, "results", unit)
    lines = data.decode().splitlines()
    assert lines[0].endswith("/results.th.json")
    assert lines[1].startswith("ปีงบประมาณ:")
    target.write_bytes(data)
    assert reading.read_results(target).node.plain() == unit


def test_next_years_agency_keeps_its_keys(tmp_path: Path) -> None:
    ours = ROOT / "agreements" / "example-2570"
    theirs = in_thai(ours, tmp_path / "agreements" / "example-2570")
    (tmp_path / "english").mkdir()
    plain = next_year(ours, tmp_path / "english" / "x")
    in_th = next_year(theirs, tmp_path / "agreements" / "x")
    for path, data in in_th.files.items():
        name = path.relative_to(tmp_path / "agreements" / "x")
        if path.suffix != ".yaml":
            continue
        made = own_keys.of_place(yaml_tree.parse(path, data), name).node
        other = yaml_tree.parse(path, plain.files[tmp_path / "english" / "x" / name]).node
        assert made is not None
        assert other is not None
        assert made.location.keys == ("th" if made.value else "en"), name
        assert made.plain() == other.plain(), name


def test_a_new_agency_with_thai_keys_and_what_is_added_to_it(tmp_path: Path) -> None:
    world = Workspace(tmp_path, {})
    folder = world.agreements / "mine-2570"
    publish(agencies.start(world, folder, keys="th").files)
    (folder / "wording.yaml").write_text("กรอบตัวชี้วัด: ~\n", "utf-8")
    shutil.rmtree(folder / "surveys")
    (folder / "ตัวอย่าง-บุคคล.yaml").unlink()
    shutil.rmtree(folder / "results")
    for unit in folder.glob("ตัวอย่าง-*.yaml"):
        text = unit.read_text("utf-8")
        unit.write_text(re.sub(r"    แบบสำรวจทั้งหมด: .*\n(?:      .*\n)*", "", text), "utf-8")
    made = agencies.start(world, folder, kinds=additions.NAMES)
    publish(made.files)
    assert errors(found_in(folder)) == ()
    assert (folder / "wording.yaml").read_text("utf-8") == ""
    for path in made.files:
        name = path.relative_to(folder)
        node = own_keys.of_place(yaml_tree.read(path), name).node
        assert node is not None
        assert node.location.keys == "th" or not node.value, name
    with pytest.raises(UsageError, match="--add and --keys"):
        agencies.start(world, folder, kinds=["form"], keys="th")


def test_documents_are_the_same(tmp_path: Path) -> None:
    """The record in a document is the same, so it proves the same data; a draft is read back."""
    ours = Workspace(ROOT, {})
    in_thai(ROOT / "agreements" / "example-2570", tmp_path / "agreements" / "example-2570")
    world = Workspace(tmp_path, {})
    for kind, options in (
        ("agreement", DocumentOptions()),
        ("report", DocumentOptions(round="2")),
        ("summary", DocumentOptions(round="2")),
    ):
        name = "example-2570" if kind == "summary" else "ตัวอย่าง-ก"
        made = [
            documents.make(of, kind, lookup.find(of, name, "example-2570"), options=options).files
            for of in (ours, world)
        ]
        pdfs = [next(data for path, data in one.items() if path.suffix == ".pdf") for one in made]
        facts = []
        for number, pdf in enumerate(pdfs):
            path = tmp_path / f"{kind}-{number}.pdf"
            path.write_bytes(pdf)
            facts.append(inspection.as_json(inspection.examine(path)))
        assert facts[0] == facts[1]
        assert pdfs[0] == pdfs[1]
