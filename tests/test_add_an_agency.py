"""What docs/add-an-agency.md promises: another agency, form and layout without any code."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from making import OTHERS, ROOT, made
from reading import errors_in

from generator import lookup, pipeline, verify
from generator.documents import KINDS
from generator.errors import UsageError
from generator.init import next_year
from generator.model.wording import AgreementWords
from generator.record import Options
from generator.templates import check
from generator.verify import Piece, Story
from generator.world import World

PAGE = (ROOT / "docs" / "add-an-agency.md").read_text("utf-8")
UNIT = OTHERS["moi-2547"]


@pytest.fixture
def workspace(tmp_path: Path) -> World:
    """A workspace with a copy of the ministry's folder under another name."""
    shutil.copytree(ROOT / "agreements" / "moi-2547", tmp_path / "agreements" / "mine-2548")
    return World(tmp_path, {})


def story(world: World) -> Story:
    """The agreement in both formats, which say the same."""
    files = pipeline.make(world, "agreement", lookup.find(world, UNIT)).files
    found = {path.suffix: data for path, data in files.items()}
    assert set(found) == {".docx", ".pdf"}
    return verify.docx_story(found[".docx"])


def replace(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def test_terms_clauses_and_parts_are_data(workspace: World) -> None:
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
    assert Piece("paragraph", "1.ข้อตกลงระหว่าง") in said
    assert Piece("cell", "ผลคะแนน") not in said
    assert Piece("cell", "ตัวชี้วัดผลการปฏิบัติราชการ") in said


def test_next_years_agency(workspace: World, tmp_path: Path) -> None:
    old = workspace.agreements / "mine-2548"
    new = next_year(old, workspace.agreements / "moi-2548")
    shutil.rmtree(old)
    for path, data in new.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert Piece("paragraph", "ประจำปีงบประมาณพ.ศ.2548") in story(workspace)


def test_a_template_of_an_agencys_own(workspace: World) -> None:
    before = verify.docx_story(made("agreement", UNIT)["docx"])
    word = workspace.root / "templates" / "docx" / "mine-2548" / "agreement.docx"
    web = workspace.root / "templates" / "html" / "mine-2548" / "agreement.html"
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
    minister = Piece("paragraph", "(นายพินิจจารุสมบัติ)")
    assert after[after.index(minister) - 1].text == "รัฐมนตรีว่าการกระทรวงอุตสาหกรรม"


@pytest.mark.parametrize(
    "kind", sorted(k.name for k in KINDS.values() if k.words and not k.of_survey)
)
def test_documents_without_words_are_refused(kind: str) -> None:
    world = World(ROOT, {})
    name = "moi-2547" if KINDS[kind].of_agency else UNIT
    with pytest.raises(Exception, match="1 fault in the data") as caught:
        pipeline.make(world, kind, lookup.find(world, name), options=Options(round="1"))
    assert [fault.message for fault in caught.value.diagnostics] == [  # type: ignore[attr-defined]
        f"there is no '{KINDS[kind].words}', the words of this document"
    ]


@pytest.mark.parametrize("kind", sorted(k.name for k in KINDS.values() if k.of_survey))
def test_an_agency_without_surveys_has_no_questionnaires(kind: str) -> None:
    world = World(ROOT, {})
    options = Options(survey="service", round="1")
    with pytest.raises(UsageError, match="there is no survey 'service'") as caught:
        pipeline.make(world, kind, lookup.find(world, UNIT), options=options)
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


FRAGMENTS = re.findall(r"```yaml\n# (unit|agency): (.*)\n((?:.*\n)*?)```", PAGE)


@pytest.mark.parametrize(("place", "what", "text"), FRAGMENTS, ids=lambda text: text[:30])
def test_each_example_can_be_written_as_it_stands(
    tmp_path: Path, place: str, what: str, text: str
) -> None:
    folder = tmp_path / "agreements" / "mine-2570"
    shutil.copytree(ROOT / "agreements" / "example-2570", folder)
    path = folder / ("ตัวอย่าง-ก.yaml" if place == "unit" else "agency.yaml")
    lines = path.read_text("utf-8")
    for key in re.findall(r"^(\w+):", text, re.MULTILINE):
        lines = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", lines, flags=re.MULTILINE)
    path.write_text(f"{lines}\n{text}", "utf-8")
    assert errors_in(folder) == [], what
    pipeline.make(World(tmp_path, {}), "agreement", lookup.find(World(tmp_path, {}), "ตัวอย่าง-ก"))


def test_there_are_examples() -> None:
    assert len(FRAGMENTS) >= 6
