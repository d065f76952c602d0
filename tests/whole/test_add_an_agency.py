"""What docs/add-an-agency.md promises: another agency, form and layout without any code."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from generator import verify
from generator.agreements import lookup, schema
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.api.agencies import next_year
from generator.documents.kinds import KINDS
from generator.errors import UsageError
from generator.model.wording import AgreementWords
from generator.templates import check
from generator.verify import Content, ContentPiece
from generator.workspace.environment import Workspace
from support.making import OTHERS, ROOT, made
from support.reading import errors_in, found_in

PAGE = (ROOT / "docs" / "add-an-agency.md").read_text("utf-8")
FIELDS = (ROOT / "docs" / "fields.md").read_text("utf-8")
UNIT = OTHERS["moi-2547"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with a copy of the ministry's folder under another name."""
    shutil.copytree(ROOT / "agreements" / "moi-2547", tmp_path / "agreements" / "mine-2548")
    return Workspace(tmp_path, {})


def story(world: Workspace) -> Content:
    """The agreement in both formats, which say the same."""
    files = documents.make(world, "agreement", lookup.find(world, UNIT)).files
    found = {path.suffix: data for path, data in files.items()}
    assert set(found) == {".docx", ".pdf"}
    return verify.docx_content(found[".docx"])


def replace(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def test_terms_clauses_and_parts_are_data(workspace: Workspace) -> None:
    folder = workspace.agreements / "mine-2548"
    wording = (folder / "wording.yaml").read_text("utf-8")
    less = re.sub(r"\n  weights:\n(    .*\n)+", "\n", wording)
    assert len(less) < len(wording) - 300
    (folder / "wording.yaml").write_text(
        less.replace("คำรับรองระหว่าง", '"[[agreement]]ระหว่าง"'), "utf-8"
    )
    replace(folder / "agency.yaml", ("agreement: คำรับรอง", "agreement: ข้อตกลง"))
    assert errors_in(folder) == []
    said = story(workspace)
    assert ContentPiece("paragraph", "1.ข้อตกลงระหว่าง") in said
    assert ContentPiece("cell", "ผลคะแนน") not in said
    assert ContentPiece("cell", "ตัวชี้วัดผลการปฏิบัติราชการ") in said


def test_next_years_agency(workspace: Workspace, tmp_path: Path) -> None:
    old = workspace.agreements / "mine-2548"
    new = next_year(old, workspace.agreements / "moi-2548")
    shutil.rmtree(old)
    for path, data in new.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert ContentPiece("paragraph", "ประจำปีงบประมาณพ.ศ.2548") in story(workspace)


def test_a_template_of_an_agencys_own(workspace: Workspace) -> None:
    before = verify.docx_content(made("agreement", UNIT)["docx"])
    word = workspace.root / "templates" / "docx" / "mine-2548" / "agreement.docx"
    web = workspace.root / "templates" / "html" / "mine-2548" / "_macros.html"
    name, position = "{{ signature.name }}", "{{ signature.position }}"
    for path in (word, web):
        path.parent.mkdir(parents=True)
        shutil.copy(ROOT / "templates" / path.parts[-3] / path.name, path)
    with zipfile.ZipFile(word) as archive:
        parts = {item: archive.read(item) for item in archive.namelist()}
    swapped = parts["word/document.xml"].decode("utf-8").replace(name, "{{ x }}")
    swapped = swapped.replace(position, name).replace("{{ x }}", position)
    with zipfile.ZipFile(word, "w") as archive:
        for item, data in parts.items():
            archive.writestr(item, swapped if item == "word/document.xml" else data)
    replace(web, (name, "{{ x }}"), (position, name), ("{{ x }}", position))
    assert check.check(workspace.template_roots) == []
    after = story(workspace)
    assert after != before
    assert sorted(after, key=str) == sorted(before, key=str)
    minister = ContentPiece("paragraph", "(นายพินิจจารุสมบัติ)")
    assert after[after.index(minister) - 1].text == "รัฐมนตรีว่าการกระทรวงอุตสาหกรรม"


@pytest.mark.parametrize(
    "kind", sorted(k.name for k in KINDS.values() if k.words and not k.of_survey)
)
def test_documents_without_words_are_refused(kind: str) -> None:
    world = Workspace(ROOT, {})
    name = "moi-2547" if KINDS[kind].scope == "agency" else UNIT
    with pytest.raises(Exception, match="1 fault in the data") as caught:
        documents.make(world, kind, lookup.find(world, name), options=DocumentOptions(round="1"))
    assert [fault.message for fault in caught.value.diagnostics] == [  # type: ignore[attr-defined]
        f"there is no '{KINDS[kind].words}', the words of this document"
    ]


@pytest.mark.parametrize("kind", sorted(k.name for k in KINDS.values() if k.of_survey))
def test_an_agency_without_surveys_has_no_questionnaires(kind: str) -> None:
    world = Workspace(ROOT, {})
    options = DocumentOptions(survey="service", round="1")
    with pytest.raises(UsageError, match="there is no survey 'service'") as caught:
        documents.make(world, kind, lookup.find(world, UNIT), options=options)
    assert caught.value.hint == "surveys/ holds none"


def test_the_page_lists_every_part_of_an_agreement() -> None:
    listed = set(re.findall(r"^  (\w+): [\[{]\.\.\.", PAGE, re.MULTILINE))
    assert listed == set(AgreementWords.model_fields) - {"party", "between"}


def test_the_page_names_what_is_there() -> None:
    for name in re.findall(r"`((?:\w+-)+25\d\d)`", PAGE):
        if name not in ("mine-2570",):
            assert (ROOT / "agreements" / name / "agency.yaml").is_file(), name
    for name in re.findall(r"`(templates/[\w/.]+)`", PAGE):
        assert (ROOT / name).exists() or "mine" in name, name


FRAGMENT = re.compile(r"```yaml\n# ([^\s:]+): (.*)\n((?:.*\n)*?)```")
FRAGMENTS = FRAGMENT.findall(PAGE)
LISTED = FRAGMENT.findall(FIELDS)
PLACES = {
    "unit": "ตัวอย่าง-ก.yaml",
    "agency": "agency.yaml",
    "indicator": "indicators/on-time.yaml",
    "survey": "surveys/visitors.yaml",
    "wording": "wording.yaml",
}


def written(tmp_path: Path, place: str, text: str) -> Path:
    """The example agency with a fragment in its file, in place of keys of the same names."""
    folder = tmp_path / "agreements" / "mine-2570"
    shutil.copytree(ROOT / "agreements" / "example-2570", folder)
    path = folder / PLACES.get(place, place)
    path.parent.mkdir(exist_ok=True)
    lines = path.read_text("utf-8") if path.exists() else ""
    for key in re.findall(r"^(\w+):", text, re.MULTILINE):
        lines = re.sub(rf"^{key}:.*\n(?:[ -].*\n|\n(?= ))*", "", lines, flags=re.MULTILINE)
    path.write_text(f"{lines}\n{text}", "utf-8")
    if place.startswith("tables/"):
        figures = re.findall(r"```csv\n((?:.*\n)*?)```", FIELDS)
        (path.parent / "areas.csv").write_text(figures[0], "utf-8")
    return folder


@pytest.mark.parametrize(("place", "what", "text"), FRAGMENTS, ids=lambda text: text[:30])
def test_each_example_can_be_written_as_it_stands(
    tmp_path: Path, place: str, what: str, text: str
) -> None:
    assert errors_in(written(tmp_path, place, text)) == [], what
    documents.make(
        Workspace(tmp_path, {}), "agreement", lookup.find(Workspace(tmp_path, {}), "ตัวอย่าง-ก")
    )


@pytest.mark.parametrize(("place", "what", "text"), LISTED, ids=lambda text: text[:30])
def test_each_listed_example_can_be_written_as_it_stands(
    tmp_path: Path, place: str, what: str, text: str
) -> None:
    assert [fault.shown() for fault in found_in(written(tmp_path, place, text))] == [], what


def test_there_are_examples() -> None:
    assert len(FRAGMENTS) >= 6
    assert len(LISTED) >= 25


def sections() -> dict[str, set[str]]:
    """The keys that docs/fields.md names below each heading."""
    named: dict[str, set[str]] = {}
    for part in re.split(r"^##+ ", FIELDS, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        words = re.sub(r"```(?:.*\n)*?```", "", body)
        others = re.findall(r"And the keys of (\w+)", words)
        named[heading] = {*re.findall(r"`(\w+)`", words), *(f"of {other}" for other in others)}
    return named


HEADINGS = {
    "agency": "agency.yaml",
    "unit": "A unit: UNIT.yaml",
    "results": "results/ROUND/UNIT.yaml",
    "answers": "answers/ROUND/UNIT/SURVEY.yaml",
    "wording": "wording.yaml",
}


@pytest.mark.parametrize("kind", sorted(schema.KINDS))
def test_every_key_of_every_file_is_named(kind: str) -> None:
    named = sections()

    def keys(heading: str) -> set[str]:
        found = named.get(heading, set())
        return found.union(*(keys(name[3:]) for name in found if name.startswith("of ")))

    whole = json.loads(schema.files()[f"{kind}.json"])
    parts = {HEADINGS.get(kind, f"{kind}s/ID.yaml"): whole, **whole.get("$defs", {})}
    missing = {
        (heading, key)
        for heading, part in parts.items()
        for key in part.get("properties", ())
        if key not in keys("indicators/ID.yaml" if heading == "Indicator" else heading)
    }
    assert missing == set()


def test_no_key_is_named_that_is_not_there() -> None:
    there: dict[str, set[str]] = {}
    for kind in schema.KINDS:
        whole = json.loads(schema.files()[f"{kind}.json"])
        there[HEADINGS.get(kind, f"{kind}s/ID.yaml")] = set(whole["properties"])
        for name, part in whole.get("$defs", {}).items():
            there.setdefault(name, set()).update(part.get("properties", ()))
    rows = re.compile(r"^(?:\| |- )`(\w+)`", re.MULTILINE)
    for part in re.split(r"^##+ ", FIELDS, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        assert set(rows.findall(body)) <= there[heading], heading
