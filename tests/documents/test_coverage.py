"""Every text that the model assigns to a document stands in it, in both formats.

Each text field gets words of its own, in several variants of one agreement (a blank
form prints guidance, a draft prints dotted lines, a table's own words hide the sheet's).
"""

import atexit
import io
import shutil
import tempfile
import typing
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pypdfium2
import pytest
from lxml import etree
from pydantic import BaseModel

from generator import verify
from generator.agreements import reading
from generator.agreements.document_names import code_of
from generator.agreements.files import AgencyFolder, DataFile, UnitFile, valid_agency
from generator.agreements.record import DocumentInput, DocumentOptions
from generator.documents import building, inputs
from generator.documents.common import (
    DocumentSubject,
    Picture,
    Questionnaire,
    TableData,
    UnitInDocument,
)
from generator.documents.kinds import KINDS
from generator.model import (
    Agency,
    Answers,
    Indicator,
    Plan,
    Results,
    Survey,
    SurveyUse,
    TargetTable,
    Unit,
    Wording,
)
from generator.model.fields import Line, PrintedIn, Text
from generator.model.indicator import PrintedNames, SheetLabels
from generator.scoring import UnitScore
from generator.scoring.exemptions import Exempt
from generator.survey import columns
from generator.workspace.environment import Workspace
from generator.writers import document
from support import assessed, persons
from support.making import draft

ROOT = Path(__file__).parents[2]
MODELS = (Agency, Answers, Indicator, Plan, Results, Survey, TargetTable, Unit, Wording)
PLANNED = {
    "agreement",
    "indicators",
    "report",
    "framework",
    "summary",
    "survey",
    "survey-report",
    "chart",
    "personal",
}
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\x1b\xb6\xeeV\x00\x00\x00\x00IEND\xaeB`\x82"
)


def all_models() -> list[type[BaseModel]]:
    """Every model class that the files' models are made of."""
    found: list[type[BaseModel]] = []
    todo: list[Any] = list(MODELS)
    while todo:
        kind = todo.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in found:
                found.append(kind)
                todo += [info.annotation for info in kind.model_fields.values()]
        else:
            todo += get_args(kind)
    return found


def marks(annotation: Any, metadata: list[Any]) -> list[PrintedIn]:
    """The Printed marks of a field, also inside lists and mappings."""
    found = [item for item in metadata if isinstance(item, PrintedIn)]
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return found + marks(inner, list(more))
    for arg in get_args(annotation):
        if not isinstance(arg, str):
            found += marks(arg, [])
    return found


def holds_text(kind: type[BaseModel], name: str) -> bool:
    """Whether a field is of the type Line or Text (or a list or mapping of them)."""
    hints = typing.get_type_hints(kind, include_extras=True)

    def walk(annotation: Any) -> Iterator[Any]:
        yield annotation
        if get_origin(annotation) is Annotated:
            base, *more = get_args(annotation)
            if [m for m in more if not isinstance(m, PrintedIn)]:
                yield Annotated[(base, *[m for m in more if not isinstance(m, PrintedIn)])]
            yield from walk(base)
            return
        for arg in get_args(annotation):
            if not isinstance(arg, str):
                yield from walk(arg)

    return any(found in (Line, Text) for found in walk(hints[name]))


@pytest.mark.parametrize("kind", all_models(), ids=lambda kind: kind.__name__)
def test_every_text_field_is_assigned(kind: type[BaseModel]) -> None:
    for name, info in kind.model_fields.items():
        assigned = marks(info.annotation, info.metadata)
        if not holds_text(kind, name):
            continue
        assert assigned, f"{kind.__name__}.{name} is assigned to no document"
        for mark in assigned:
            assert mark.documents or mark.why, (
                f"{kind.__name__}.{name}: printed nowhere, and no reason"
            )
            assert set(mark.documents) <= PLANNED


@dataclass
class Marker:
    """Gives every text assigned to a document words of its own."""

    document: str
    skip: frozenset[str] = frozenset()
    words: dict[str, set[str]] = field(default_factory=dict)

    def mark(self, value: Any) -> Any:
        """The value with marked texts; missing optional texts are filled in."""
        if isinstance(value, BaseModel):
            return self._model(value)
        if isinstance(value, list):
            return [self.mark(item) for item in value]
        if isinstance(value, dict):
            return {key: self.mark(item) for key, item in value.items()}
        return value

    def _model(self, model: BaseModel) -> BaseModel:
        changes: dict[str, Any] = {}
        for name, info in type(model).model_fields.items():
            value = getattr(model, name)
            label = f"{type(model).__name__}.{name}"
            assigned = {d for m in marks(info.annotation, info.metadata) for d in m.documents}
            if self.document not in assigned:
                changes[name] = self.mark(value)
            elif label in self.skip:
                changes[name] = None
            else:
                changes[name] = self._words(label, value)
        return model.model_copy(update=changes)

    def _words(self, label: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._words(label, item) for item in value]
        if isinstance(value, dict):
            return {key: self._words(label, item) for key, item in value.items()}
        number = sum(len(found) for found in self.words.values())
        words = f"ค{number}ฅ"
        self.words.setdefault(label, set()).add(words)
        return f"{value or ''} {NAMING.get(label, '')} {words}"


def variants(marker: Marker) -> Iterator[tuple[AgencyFolder, UnitFile, bool]]:
    """A final unit, one with every kind of sheet, a draft without names, the blank form.

    The agency ``parts`` has the parts of an agreement that the others' forms haven't, ``chart``
    everything a chart has; the example has a person. Of the report also results that several
    assess.
    """
    usual = (
        ("agreements/example-2570", "ตัวอย่าง-ข"),
        ("agreements/dsdw-2566", "กพพ"),
        ("tests/data/agreements/parts", "กองครบ"),
    )
    small = {
        "chart": (("tests/data/agreements/chart", "กรม"),),
        "personal": (
            ("agreements/example-2570", "ตัวอย่าง-บุคคล"),
            (str(persons.agency()), persons.PERSON),
        ),
    }
    several = ((assessed_agency(), assessed.UNIT),) if marker.document == "report" else ()
    for agency, name in (*small.get(marker.document, usual), *several):
        folder = reading.read_agency(ROOT / agency)
        unit = reading.read_unit(folder, folder.folder / f"{name}.yaml")
        assert folder.agency.model is not None
        # Each of these forms has English names everywhere.
        places = {"second_names": ["heads", "tables", "sheets", "report"]}
        bilingual = folder.agency.model.model_copy(update=places)
        marked_folder = replace(
            folder,
            agency=replace(folder.agency, model=marker.mark(bilingual)),
            wording=replace(folder.wording, model=marker.mark(folder.wording.model)),
        )
        yield marked_folder, marked(marker, unit), False
        if marker.document == "personal":
            # Made ahead: without the results that it has.
            ahead = replace(marked_folder, folder=marked_folder.folder / "results")
            yield ahead, marked(marker, unit), False
        if str(agency).endswith("example-2570"):
            draft = unit.unit.model_copy(update={"status": "draft", "assessees": [], "duties": []})
            yield marked_folder, replace(unit, file=replace(unit.file, model=draft)), False
        yield marked_folder, reading.read_form(folder), True


@cache
def assessed_agency() -> Path:
    """An agency whose results several assess, kept as long as the tests run."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    # Round 2 reads a value where round 1 read milestones.
    assessed.made_in(folder, "2", assessed.RESULTS.replace("done: [1, 2, 3, 4]", "value: 3"))
    return folder / "agreements" / "example-2570"


def results_of(
    kind: str, folder: AgencyFolder, unit: UnitFile, marker: Marker
) -> dict[str, DataFile[Results]]:
    """The results of round 2 for a unit's report, everything marked that may be printed."""
    if kind not in ("report", "personal") or not any(
        path.stem == unit.id for path in folder.result_paths
    ):
        return {}
    origin = inputs.unit_input(kind, valid_agency(folder), unit, DocumentOptions(round="2"))
    return {
        name: replace(file, model=marker.mark(file.model)) for name, file in origin.results.items()
    }


def scores_of(
    kind: str, folder: AgencyFolder, unit: UnitFile, results: dict[str, DataFile[Results]]
) -> dict[str, UnitScore]:
    """The unit's score in round 2 for its report."""
    if not results:
        return {}
    origin = inputs.unit_input(kind, valid_agency(folder), unit, DocumentOptions(round="2"))
    return building.scored(replace(origin, results=results))


def summary_scores(
    folder: AgencyFolder, form: UnitFile, members: tuple[UnitFile, ...]
) -> dict[str, UnitScore]:
    results = {
        path.stem: reading.read_results(path)
        for path in folder.result_paths
        if path.parent.name == "2"
    }
    origin = DocumentInput(
        "summary",
        DocumentOptions("agency", round="2"),
        valid_agency(folder),
        form,
        members,
        results,
    )
    return building.scored(origin)


def one_row_exempt(scores: dict[str, UnitScore]) -> dict[str, UnitScore]:
    """The scores, in one of which an indicator isn't judged: the summary has words for that."""
    name, score = next((name, score) for name, score in scores.items() if score.rows)
    changes: dict[str, Any] = {"exempt": Exempt("cancelled"), "state": "not applicable"}
    first = replace(score.rows[0], score=None, **changes)
    return scores | {name: replace(score, rows=(first, *score.rows[1:]))}


def members_of(folder: AgencyFolder, marker: Marker) -> tuple[UnitFile, ...]:
    """All units of an agency, marked, for the documents of agencies."""
    return tuple(marked(marker, reading.read_unit(folder, path)) for path in folder.unit_paths)


def above(unit: UnitFile, marker: Marker) -> tuple[UnitFile, ...]:
    """The units that a person's indicators derive from, marked."""
    folder = reading.read_agency(unit.file.path.parent)
    names = {item.use.origin[0] for item in unit.items if item.use.origin is not None}
    paths = [path for path in folder.unit_paths if path.stem in names]
    return tuple(marked(marker, reading.read_unit(folder, path)) for path in paths)


def marked(marker: Marker, file: UnitFile) -> UnitFile:
    return replace(
        file,
        file=replace(file.file, model=marker.mark(file.unit)),
        indicators=tuple(
            replace(
                resolved,
                item=resolved.item.model_copy(
                    update={
                        "use": marker.mark(resolved.item.use),
                        "indicator": marker.mark(resolved.item.indicator),
                    }
                ),
            )
            for resolved in file.indicators
        ),
    )


def table_of(folder: AgencyFolder, key: str, marker: Marker) -> TableData:
    table = folder.tables[key]
    return TableData(marker.mark(table.file.model), table.csv.rows, table.csv.figures)


def missing_from(world: Workspace, kind: str, form: str, emblem: Picture) -> set[str]:
    """The texts that no variant of a document says.

    A variant is written only where a text is still missing: a document costs seconds.
    """
    missing: set[str] = set()
    said: set[str] = set()
    for skip in (frozenset[str](), HIDING):
        marker = Marker(kind, skip)
        for context in contexts(kind, marker, emblem):
            missing = (missing | marker.words.keys()) - said - WITHIN.keys()
            if missing:
                text = story_of(world, context, kind, form)
                words = ((label, marker.words.get(label, ())) for label in missing)
                said |= {label for label, found in words if any(word in text for word in found)}
                missing -= said
    assert said, "nothing was looked at"
    return missing


def contexts(kind: str, marker: Marker, emblem: Picture) -> Iterator[Any]:
    """What the variants of a document say, marked."""
    for folder, unit, blank_form in variants(marker):
        assert folder.agency.model
        assert folder.wording.model
        # Only the agency all of whose units have results.
        if kind == "summary" and not folder.agency.model.frames:
            continue
        if not has_words(kind, folder):
            continue
        results = results_of(kind, folder, unit, marker)
        scores = scores_of(kind, folder, unit, results)
        of_all = KINDS[kind].scope == "agency"
        members = members_of(folder, marker) if of_all else ()
        if KINDS[kind].level == "person":
            members = above(unit, marker)
        if kind == "summary":
            scores = one_row_exempt(summary_scores(folder, unit, members))
        yield KINDS[kind].build(
            DocumentSubject(
                folder.agency.model,
                folder.wording.model,
                unit.unit,
                unit.items,
                emblem,
                scope="form" if blank_form and not of_all else KINDS[kind].scope,
                tables={key: table_of(folder, key, marker) for key in folder.tables},
                plans={key: plan_of(folder, key, marker) for key in folder.plans},
                units={
                    member.id: UnitInDocument(code_of(member), member.unit, member.items)
                    for member in members
                },
                round="2" if scores or kind == "survey-report" else "",
                scores=scores,
                score=scores.get(unit.id),
                reported=results[unit.id].model if unit.id in results else None,
                survey=questionnaire(kind, folder, marker),
                surveys={key: key for key in folder.surveys},
            )
        )


def story_of(world: Workspace, context: Any, kind: str, form: str) -> str:
    """All that a document says, with what stands outside its story."""
    data = document.write(world, draft(context, kind), (form,))[form]
    story = verify.docx_content(data) if form == "docx" else verify.pdf_facts(data).content
    said = "\n".join(piece.text for piece in story)
    return said + "".join(verify.squeezed(text) for text in outside(data, form))


def has_words(kind: str, folder: AgencyFolder) -> bool:
    """Whether the agency has the part of the wording that a kind of document needs."""
    part: Any = folder.wording.model
    for name in KINDS[kind].words.split(".") if KINDS[kind].words else ():
        part = getattr(part, name, None)
    return part is not None


def questionnaire(kind: str, folder: AgencyFolder, marker: Marker) -> Questionnaire | None:
    """An agency's first survey; for a report with answers to everything: enough, or too few."""
    if not KINDS[kind].of_survey:
        return None
    name, file = min(folder.surveys.items())
    survey = file.model
    assert survey is not None
    use = SurveyUse(
        survey=name, blanks=dict.fromkeys(list(survey.blanks)[:1], "x"), population=1000
    )
    counted = marker.mark(answered(folder, survey)) if KINDS[kind].of_round else None
    before = None if counted is None else ("1", counted)
    return Questionnaire(
        name, marker.mark(survey), marker.mark(use), answers=counted, before=before
    )


def answered(folder: AgencyFolder, survey: Survey) -> Answers:
    """Answers to everything that a survey asks."""
    n = 400 if folder.id == "example-2570" else 20
    given: dict[str, Any] = {
        column.code: {choice.id: n // 10 for choice in column.choices} or {"30": n}
        for column in columns(survey)
        if column.kind != "text"
    }
    texts = [column.code for column in columns(survey) if column.kind == "text"]
    groups = {
        group: {"n": n // 10, "items": given}
        for group in given["target" if "target" in given else "who"]
    }
    return Answers.model_validate(
        {
            "fiscal_year": "2566",
            "version": survey.version,
            "n": n,
            "items": given,
            "groups": groups,
            "written": {code: [{"text": "x", "level": 4}] for code in texts},
        }
    )


def plan_of(folder: AgencyFolder, key: str, marker: Marker) -> Plan:
    plan = folder.plans[key].model
    assert plan is not None
    marked_plan: Plan = marker.mark(plan)
    # Activities name their months, so these keep their words.
    return marked_plan.model_copy(update={"months": plan.months})


def outside(data: bytes, form: str) -> list[str]:
    """What stands in heads and feet, and the file's own title, which the story leaves out."""
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [
                "".join(etree.fromstring(archive.read(name)).itertext())
                for name in archive.namelist()
                if name.startswith(("word/header", "word/footer"))
            ]
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


# Texts that stand before others: left out, so that these are printed too.
HIDING = frozenset(
    (
        *("LevelMark.table", "PastResult.table"),
        *(f"PrintedNames.{name}" for name in PrintedNames.model_fields),
        *("Baseline.short", "Baseline.name", "Baseline.measure", "CriteriaPart.short"),
        *("Use.number", "Component.short", "EvidencePiece.file"),
        *(f"SheetLabels.{name}" for name in SheetLabels.model_fields),
    )
)

# Lines of wording that may name what stands nowhere else in a document.
NAMING = {"ReportWords.title": "[[agency]]"}

# Texts that reach a document only inside another one.
WITHIN = {
    "Wording.emblem": "the emblem's alternative text",
    "Plan.months": "activities name them; the golden files hold them",
    "SignatureWords.purpose": "the tooltip of a PDF's signature field (test_signatures)",
    "ReportSignatureWords.purpose": "the same on a report",
    "Indicator.blanks": "a hint that stands in a text's place",
    "FrameworkWords.all_of": "said of units that share an indicator by its name (test_matrix)",
    "Use.blanks": "filled into the indicator's texts before the document is built",
}


def test_the_texts_with_a_part_of_their_own_are_fields() -> None:
    fields = {f"{kind.__name__}.{name}" for kind in all_models() for name in kind.model_fields}
    assert (HIDING | WITHIN.keys() | NAMING.keys()) - fields == set()


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_assigned_text_stands_in_the_document(kind: str, form: str) -> None:
    assert missing_from(Workspace(ROOT, {}), kind, form, Picture(PNG, "ภาพ")) == set()


def test_a_text_that_no_document_says_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(WITHIN, "Use.blanks")
    found = missing_from(Workspace(ROOT, {}), "agreement", "docx", Picture(PNG, "ภาพ"))
    assert found == {"Use.blanks"}
