"""A document in each format, opened again and compared with its twin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__, verify
from ..agreements import record
from ..documents.building import FinishedText
from ..documents.common import Questionnaire
from ..documents.kinds import EVERY_KIND, KINDS
from ..errors import DataError, MissingError, TemplateFault, VerificationError, stop_on
from ..messages import Parameter, message
from ..survey import columns
from ..workspace import supervision
from ..workspace.environment import FACES, OFFICIAL, SYMBOLS, Workspace
from . import oversized_text

if TYPE_CHECKING:
    from ..templates.docx import WordTemplate
    from ..templates.html import HtmlTemplates
    from .docx.embedding import EmbeddedFace
    from .docx.writer import DocxWriter
    from .paper.printing import PrintedPaper
    from .pdf.jobs import DrawnPdf, FormFieldsSetup, PdfJob


FORMATS = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Copies:
    """How many copies of a questionnaire, and whether each has an id of its own."""

    count: int = 1
    serial: bool = False


ONE = Copies()


def html(workspace: Workspace, draft: FinishedText) -> str:
    """The HTML of a document. Raises TemplateFault."""
    templates = html_templates(workspace.template_roots, draft.record.agency)
    return templates.render(draft.record.kind, draft.context)


def write(
    workspace: Workspace, draft: FinishedText, formats: Iterable[str], copies: Copies = ONE
) -> dict[str, bytes]:
    """The document in each format, opened again and compared with its twin.

    A questionnaire's PDF bears marks and codes, and has a map of its boxes beside it.
    """
    try:
        return _write(workspace, draft, formats, copies)
    except (VerificationError, DataError, TemplateFault):
        # What other runs left in a folder is never trusted for what it says, nor for what it lacks:
        # lost words may look like a text that fits no page.
        used = [distrusted() for distrusted in _distrusting(formats)]
        if not any(used):
            raise
        return _write(workspace, draft, formats, copies)


def _distrusting(formats: Iterable[str]) -> Iterator[Callable[[], bool]]:
    """What has a format's parts made anew; each says whether any came from a folder."""
    if "docx" in formats:
        from .docx import by_parts

        yield by_parts.STORE.distrust
    if "pdf" in formats:
        from .pdf.writer import distrust

        yield distrust


def _write(
    workspace: Workspace, draft: FinishedText, formats: Iterable[str], copies: Copies
) -> dict[str, bytes]:
    context, made_of = draft.context, draft.record
    called = f"{made_of.unit}-{made_of.kind}"
    written: dict[str, bytes] = {}
    contents: list[tuple[Parameter, verify.Content]] = []
    if "docx" in formats:
        name = KINDS[made_of.kind].word
        refuse(workspace.template_roots, "docx", made_of.agency, made_of.kind, name)
        template = word_template(workspace.template_roots, made_of.agency, name)
        supervision.at(f"{called} by {template.path}")
        written["docx"] = word_writer(workspace, template).write(context, made_of)
        contents.append(("DOCX", verify.check_docx(written["docx"])))
        if "pdf" not in formats and _may_be_of_others():
            said = verify.html_content(html(workspace, draft))
            contents.append((message("text-of-template"), said))
    if "pdf" in formats:
        supervision.at(f"{called} by templates/html/{made_of.kind}.html")
        made_html, text, drawn = _write_pdf(workspace, draft)
        data = drawn.data
        if draft.survey is not None:
            printed = _on_paper(workspace, draft, draft.survey, drawn, copies)
            written |= {"pdf": printed.data, "map.json": printed.map}
            if printed.tagged:
                data = printed.data
            else:
                verify.check_print(printed.data, printed.sides)
        written.setdefault("pdf", data)
        found = verify.read_made(data, (workspace.font, SYMBOLS))
        contents.append((message("text-of-template"), verify.html_content(made_html)))
        contents.append(("PDF", found.facts.content))
    for (first, left), (second, right) in pairwise(contents):
        # Both come of one template here: what is lost was lost while the pages were laid out.
        if second == "PDF" and left != right and draft.made_from is not None:
            lost = oversized_text.too_long(left, right, draft.made_from)
            stop_on([lost] if lost is not None else [])
        verify.compare(left, right, (first, second))
    if "pdf" in formats:
        verify.check_says(found, made_html, text)
    return written


def _may_be_of_others() -> bool:
    """Whether parts of a Word file may come from a folder; then it is compared, if with no PDF."""
    from .docx import by_parts

    return by_parts.STORE.folder is not None


def word_writer(workspace: Workspace, template: WordTemplate) -> DocxWriter:
    """What writes a template's documents on this machine."""
    from .docx import by_parts
    from .docx.writer import DocxWriter

    by_parts.make_ready()
    return DocxWriter(template, face_for_word(workspace), FACES, workspace.lettering)


def face_for_word(workspace: Workspace) -> EmbeddedFace | None:
    """The face that documents are set in as a Word file holds it, made ready once a process.

    None where no face is installed, or it may not be embedded.
    """
    from .docx import embedding

    try:
        family = workspace.font
        upright, bold = workspace.file_of(family), workspace.bold_of(family)
    except MissingError:
        return None
    return embedding.face_of(family, upright, bold, stands_in=family not in OFFICIAL)


def _on_paper(
    workspace: Workspace,
    draft: FinishedText,
    survey: Questionnaire,
    drawn: DrawnPdf,
    copies: Copies,
) -> PrintedPaper:
    """The questionnaire as it is printed, and the map of its boxes."""
    from .paper import printing

    job = printing.PrintJob(
        survey.id,
        survey.model.version,
        draft.record.id,
        survey.layout,
        copies.count,
        copies.serial,
    )
    return printing.finish(drawn, job, workspace.file_of(SYMBOLS))


def _sheet(workspace: Workspace, survey: Questionnaire | None) -> FormFieldsSetup | None:
    from .pdf.jobs import FormFieldsSetup

    if survey is None:
        return None
    return FormFieldsSetup(
        workspace.file_of(workspace.font),
        workspace.file_of(SYMBOLS),
        {column.code: column for column in columns(survey.model)},
        fillable=survey.layout == "fillable",
    )


def _write_pdf(workspace: Workspace, draft: FinishedText) -> tuple[str, bytes, DrawnPdf]:
    """The document's HTML, its finished text, and its PDF."""
    from .pdf.jobs import Attached
    from .pdf.writer import draw

    made_of = draft.record
    job = page_job(workspace, made_of.kind, made_of.agency, draft.context, draft.survey)
    templates = html_templates(workspace.template_roots, made_of.agency)
    text = verify.html_text(job.html).encode()
    attached = [
        Attached(record.SOURCE, made_of.data, "what the document was made from", "Source"),
        Attached(record.TEXT, text, "the finished text", "Alternative"),
        Attached(
            record.ABOUT,
            made_of.about(text, template_hash=templates.hash, generator=__version__),
            "id, versions and hashes",
            "Data",
        ),
        *(Attached(name, picture, "a picture") for name, picture in made_of.pictures.items()),
    ]
    return job.html, text, draw(replace(job, attached=attached))


def page_job(
    workspace: Workspace, kind: str, agency: str, context: Any, survey: Questionnaire | None
) -> PdfJob:
    """What a document's pages are drawn of, with nothing attached. Raises TemplateFault."""
    from ..templates.html import CODE, EMBLEM
    from . import qr_code
    from .pdf.jobs import PdfJob

    refuse(workspace.template_roots, "html", agency, kind, f"{kind}.html")
    templates = html_templates(workspace.template_roots, agency)
    pictures = {CODE: ("image/png", qr_code.dots(context.page.id))}
    if (emblem := getattr(context, "emblem", None)) is not None:
        pictures[EMBLEM] = ("image/png", emblem.data)
    return PdfJob(
        templates.stylesheet(kind),
        workspace.font,
        templates.render(kind, context),
        _sheet(workspace, survey),
        pictures,
        (),
        context.properties.day,
        workspace.lettering.naming(context.page.named),
    )


def word_template(roots: tuple[Path, ...], agency: str, name: str) -> WordTemplate:
    """A Word template, compiled once a process."""
    return _word_template(_there(roots), agency, name)


def html_templates(roots: tuple[Path, ...], agency: str) -> HtmlTemplates:
    """The HTML templates of an agency, compiled once a process."""
    return _html_templates(_there(roots), agency)


def refuse(roots: tuple[Path, ...], form: str, agency: str, kind: str, name: str) -> None:
    """Refuse, once a process, a template that the check finds an error in."""
    _refuse(_there(roots), form, agency, kind, name)


def forget_templates() -> None:
    """Have the templates read again: somebody may have edited them."""
    for kept in (_refuse, _word_template, _html_templates):
        kept.cache_clear()


def _there(roots: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders that are there: most workspaces have no templates of their own."""
    return tuple(root for root in roots if root.is_dir())


@cache
def _word_template(roots: tuple[Path, ...], agency: str, name: str) -> WordTemplate:
    from ..templates import docx, locate

    def find(name: str) -> Path:
        return locate.find(roots, "docx", agency, name)

    return docx.load(find(name), find)


@cache
def _html_templates(roots: tuple[Path, ...], agency: str) -> HtmlTemplates:
    from ..templates.html import HtmlTemplates

    return HtmlTemplates(roots, agency)


@cache
def _refuse(roots: tuple[Path, ...], form: str, agency: str, kind: str, name: str) -> None:
    from ..templates import check

    check.refuse(roots, form, agency, EVERY_KIND[kind], name)
