"""What is wrong with the templates, said before a document is made of them.

Every template of every kind is read: its tags must parse, every name must be a field of the
kind's context, every field must be used by both formats, and the file must be made for Thai
and for print (``word``, ``web``). Faults are one line each and name the place.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError
from lxml import etree

from ...diagnostics import did_you_mean
from ...documents.chart import WallChart
from ...documents.common import PageFurniture, Picture, Properties
from ...documents.kinds import EVERY_KIND, DocumentKind
from ...documents.parts.chart_boxes import ChartCards
from ...documents.parts.choice_lines import AnswerBox, PrintedChoice, Write
from ...documents.parts.equation import EquationTerm
from ...documents.parts.rich import Paragraph
from ...documents.parts.signatures import SignatureBlock
from ...documents.survey import PrintedForm
from ...errors import TemplateFault
from ...messages import message
from .. import docx, html, locate
from .. import word_package as packages
from ..sandbox import BROKEN, said
from ..word_package import Package
from ..word_parts import DOCUMENT, DYNAMIC
from . import example_context, html_rules, paragraphs, word_rules
from .context_types import (
    UNKNOWN,
    ContextClass,
    Field,
    Function,
    Type,
    function,
    members,
    present,
    reachable,
)
from .paragraphs import WordPart
from .scope import Event, Scope, TemplateProblem, TemplateSource, as_message, untitled
from .walk import walk

FORMS = ("docx", "html")
WIDTHS = "widths"
"""What contexts call the widths of a table's columns."""


@dataclass(frozen=True, slots=True)
class ExemptField:
    """Fields that no tag of a format needs to use: all of a class, or the one named."""

    form: str
    owner: type
    field: str | None
    reason: str


EXEMPT = (
    ExemptField("docx", Properties, None, "the writer puts them into docProps/core.xml"),
    ExemptField("docx", Picture, "data", "the writer puts it into word/media"),
    ExemptField("docx", SignatureBlock, "purpose", "Word has no signature fields of this kind"),
    ExemptField("docx", SignatureBlock, "field", "Word has no signature fields of this kind"),
    ExemptField("docx", EquationTerm, "under", "spans() writes an equation's fractions"),
    ExemptField("docx", WallChart, "paper", "the writer sets the page"),
    ExemptField("docx", WallChart, "letters", "the writer scales the styles"),
    ExemptField("docx", ChartCards, "width", "Word's columns are the dimension's"),
    ExemptField("html", ChartCards, "span", "the part of the band says the same"),
    ExemptField("docx", PageFurniture, "long", "in Word a foot grows upwards"),
    ExemptField("docx", PrintedForm, "form", "only the PDF has other forms"),
    ExemptField("docx", AnswerBox, "title", "a control of Word has no room for a question"),
    ExemptField("docx", Write, "code", "in Word a line to write on is a leader"),
    ExemptField("docx", Write, "title", "in Word a line to write on is a leader"),
    ExemptField("docx", PrintedChoice, "width", "in Word the columns are stops of a style"),
    ExemptField("docx", Paragraph, "depth", "its style says it"),
    ExemptField("html", Picture, "data", "the renderer gets it by its address, gen:emblem"),
)
"""What only code uses."""


def findings(roots: Sequence[Path]) -> list[TemplateProblem]:
    """All that is wrong with the templates in ``roots``; none means all is well."""
    found: list[TemplateProblem] = []
    known: set[Path] = set()
    for form in FORMS:
        for kind in EVERY_KIND.values():
            names = [name for own, name in kind.templates if own == form]
            for agency in ("", *_agencies(roots, form)):
                for name in names:
                    paths, faults = of_template(roots, form, agency, kind, name)
                    known.update(paths)
                    found += faults
    return list(dict.fromkeys((*found, *_nobodys(roots, known))))


def check(roots: Sequence[Path]) -> list[str]:
    """Every error of the templates in ``roots``, one line each."""
    return [str(fault) for fault in findings(roots) if fault.error]


def refuse(roots: Sequence[Path], form: str, agency: str, kind: DocumentKind, name: str) -> None:
    """Raise TemplateFault where the check finds an error in a template of an agency."""
    _, faults = of_template(roots, form, agency, kind, name)
    errors = list(dict.fromkeys(str(fault) for fault in faults if fault.error))
    if errors:
        more = str(len(errors) - 1)
        if errors[1:]:
            raise TemplateFault(message("template-refused-for-more", problem=errors[0], more=more))
        raise TemplateFault(message("template-refused", problem=errors[0]))


def _left(title: str, package: Package) -> Iterator[TemplateProblem]:
    """What editors left in a Word template; no document takes it over."""
    for one in package.left:
        yield TemplateProblem(title, message("template-holds-leftover", what=one), error=False)
    if package.by_libreoffice:
        yield TemplateProblem(title, message("libreoffice-guessed"), error=False)


Checked = tuple[Iterable[Path], list[TemplateProblem]]
"""The files that a template was made of, and what is wrong with them."""


def of_template(
    roots: Sequence[Path], form: str, agency: str, kind: DocumentKind, name: str
) -> Checked:
    """What is wrong with one template of an agency, and with what it takes in."""
    return (_of_word if form == "docx" else _of_html)(roots, agency, kind, name)


def _of_word(roots: Sequence[Path], agency: str, kind: DocumentKind, name: str) -> Checked:
    try:
        path = locate.find(roots, "docx", agency, name)
    except TemplateFault:
        return (), [TemplateProblem(f"templates/docx/{name}", message("template-missing"))]
    title = _title(roots, path)
    try:
        package = packages.read(path)
        parts = [
            paragraphs.read(title, part, data)
            for part, data in sorted(package.parts.items())
            if part.startswith("word/") and part.endswith(".xml")
        ]
        outside = [TemplateProblem(title, objection) for objection in package.whole_objections]
    except TemplateFault as fault:
        return (path,), [TemplateProblem(title, untitled(fault.said, path.name))]
    except etree.XMLSyntaxError as error:
        return (path,), [
            TemplateProblem(title, message("broken-xml-in-template", reason=error.msg))
        ]

    def find(name: str) -> Path:
        return locate.find(roots, "docx", agency, name)

    left = list(_left(title, package))

    @cache
    def load(name: str) -> TemplateSource:
        other = locate.beside(locate.folders(roots, "docx", agency), name)
        if other is None:
            raise TemplateNotFound(name)
        taken = packages.read(other)
        if taken.part_objections:
            raise TemplateFault(taken.part_objections[0].about(other.name))
        left.extend(_left(_title(roots, other), taken))
        part = paragraphs.read(_title(roots, other), DOCUMENT, taken.parts[DOCUMENT])
        return TemplateSource(part.title, docx.environment().parse(part.source), part.paragraph)

    events = [event for part in parts for event in _of_part(part, kind.context, load)]
    used = {event for event in events if isinstance(event, Field)}
    faults = [event for event in events if isinstance(event, TemplateProblem)]
    if not faults and not outside:
        faults += _does_not_load(path, title, find, kind)
    if not faults:
        unused = _unused(title, "docx", kind.context, used)
        faults += [_lost(fault) for fault in unused] if package.by_libreoffice else unused
    return (path,), [*faults, *word_rules.faults(title, parts), *outside, *left]


def _lost(fault: TemplateProblem) -> TemplateProblem:
    if not fault.error:
        return fault
    return replace(fault, said=message("libreoffice-lost", problem=fault.said))


def _of_part(
    part: WordPart, context: type, load: Callable[[str], TemplateSource]
) -> Iterator[Event]:
    """The fields a part uses and what is wrong in its tags."""
    if not DYNAMIC.fullmatch(part.name):
        return
    environment = docx.environment()
    try:
        tree = environment.parse(part.source)
    except BROKEN as error:
        yield TemplateProblem(part.paragraph(getattr(error, "lineno", 0)), said(error))
        return
    source = TemplateSource(part.title, tree, part.paragraph)
    yield from walk(source, _scope(source, environment, load, context))


def _does_not_load(
    path: Path, title: str, find: Callable[[str], Path], kind: DocumentKind
) -> list[TemplateProblem]:
    """What shows only when the template is rendered, once, with example data."""
    try:
        template = docx.load(path, find)
        for part in sorted(template.dynamic):
            template.rendered(part, _example(kind.context))
    except TemplateFault as fault:
        return [TemplateProblem(title, untitled(fault.said, docx.title_of(path)))]
    return []


@cache
def _example(context: type) -> Mapping[str, object]:
    found = example_context.of(context)
    return {field.name: getattr(found, field.name) for field in fields(found)}


def _of_html(roots: Sequence[Path], agency: str, kind: DocumentKind, name: str) -> Checked:
    environment = html.environment(locate.folders(roots, "html", agency))
    read: dict[Path, str] = {}

    @cache
    def load(name: str) -> TemplateSource:
        assert environment.loader is not None
        text, file, _ = environment.loader.get_source(environment, name)
        path = Path(file or name)
        title = _title(roots, path)
        read[path] = text
        tree = environment.parse(text, name, title)
        return TemplateSource(title, tree, lambda line: f"{title}:{line}")

    main = f"templates/html/{name}"
    try:
        source = load(name)
    except TemplateNotFound:
        return (), [TemplateProblem(main, message("template-missing"))]
    except TemplateFault as fault:
        return (), [TemplateProblem(main, as_message(fault.said))]
    except TemplateSyntaxError as error:
        return read, [TemplateProblem(f"{error.filename}:{error.lineno}", said(error))]
    events = list(walk(source, _scope(source, environment, load, kind.context)))
    faults = [event for event in events if isinstance(event, TemplateProblem)]
    if not faults:
        try:
            environment.whole(environment.get_template(name), _example(kind.context))
        except BROKEN as error:
            faults.append(TemplateProblem(html.place_of(error, name), said(error)))
    if not faults:
        used = {event for event in events if isinstance(event, Field)}
        faults += _unused(source.title, "html", kind.context, used)
    for path, text in read.items():
        faults += html_rules.faults(_title(roots, path), text)
    return read, faults + list(_of_stylesheets(roots, agency, [path.name for path in read]))


def _of_stylesheets(
    roots: Sequence[Path], agency: str, names: Iterable[str]
) -> Iterator[TemplateProblem]:
    """What is wrong with the common stylesheet and those that belong to templates."""
    try:
        paths = {locate.find(roots, "html", agency, html.STYLESHEET)}
    except TemplateFault:
        yield TemplateProblem(f"templates/html/{html.STYLESHEET}", message("stylesheet-missing"))
        return
    folders = locate.folders(roots, "html", agency)
    own = (locate.beside(folders, html.stylesheet_of(name)) for name in names)
    for path in sorted({*paths, *filter(None, own)}):
        yield from html_rules.addresses(_title(roots, path), html.read(path))


def _scope(
    source: TemplateSource,
    environment: Environment,
    load: Callable[[str], TemplateSource],
    context: type,
) -> Scope:
    """What is known at the start of a template: the fields of the context, the globals."""
    known: Mapping[str, Type] = {
        name: function(name, value)
        if inspect.isfunction(value) and not value.__module__.startswith("jinja2")
        else Function(name, UNKNOWN)
        for name, value in environment.globals.items()
    }
    given = {field.name: members(context)[field.name] for field in fields(context)}
    names = {**known, **{name: member.type for name, member in given.items()}}
    return Scope(source, environment, load, known, given, names)


def _unused(title: str, form: str, context: type, used: Iterable[Field]) -> list[TemplateProblem]:
    """The fields that the document doesn't show. Asked only once every name is right."""
    wanted = dict.fromkeys(reachable(context))
    for field in (*used, *(f for f in wanted if _is_exempt(form, f))):
        wanted.pop(field, None)
    return [
        # Columns are then as wide as the template has them; no word is lost.
        TemplateProblem(
            title, message("field-used-nowhere", field=str(field)), error=field.name != WIDTHS
        )
        for field in wanted
    ]


def _is_exempt(form: str, field: Field) -> bool:
    """Whether only code uses a field, be it the field itself or all that it holds."""
    held = present(members(field.owner)[field.name].type)
    for one in EXEMPT:
        own = one.owner is field.owner and one.field in (None, field.name)
        if one.form == form and (own or (one.field is None and held == ContextClass(one.owner))):
            return True
    return False


def _nobodys(roots: Sequence[Path], known: set[Path]) -> Iterator[TemplateProblem]:
    """Templates that no document is made of: most often a name that was misspelt."""
    names = {
        name.removesuffix(f".{form}")
        for kind in EVERY_KIND.values()
        for form, name in kind.templates
    }
    for form in FORMS:
        for path in locate.shipped(roots, form, f"*.{form}"):
            if path not in known and path.stem not in names and path.name[0] not in "_~.":
                meant = did_you_mean(path.stem, names)
                unused = message("template-of-no-document")
                yield TemplateProblem(_title(roots, path), unused, error=False, advice=meant)


def _agencies(roots: Sequence[Path], form: str) -> list[str]:
    """The agencies that have templates of their own."""
    folders = (path for root in roots for path in (root / form).glob("*/"))
    return sorted({folder.name for folder in folders if folder.is_dir()})


def _title(roots: Sequence[Path], path: Path) -> str:
    """A template's name for people: its path from ``templates/`` on."""
    for root in roots:
        if path.is_relative_to(root):
            return f"templates/{path.relative_to(root).as_posix()}"
    return path.as_posix()
