"""Word templates: read once, their tags made ready for Jinja by docxtpl, compiled.

A template's parts are either static (kept as they are) or dynamic (a compiled Jinja
template). What is compiled is used for every document of a process.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from docxtpl import DocxTemplate as Docxtpl
from jinja2 import FunctionLoader, Template, nodes
from lxml import etree
from markupsafe import Markup, escape

from ..documents.parts.equation import Equation, EquationTerm
from ..documents.parts.rich import Paragraph
from ..errors import TemplateFault
from ..messages import Message, message
from ..workspace import supervision
from . import word_package as packages
from .included_parts import Joined, styles_of
from .sandbox import BROKEN, Bounded, said
from .word_package import parse
from .word_parts import DOCUMENT, DYNAMIC
from .word_pieces import DividedTemplate, divided

_BODY = re.compile(r"<w:body>(.*?)(?:<w:sectPr(?:(?!<w:sectPr).)*)?</w:body>", re.DOTALL)
_LANGUAGES = {"en": "en-US"}
"""Word knows a language by its country."""

_TEXT = '<w:t xml:space="preserve">'
_QUOTED = re.compile(
    r"\{[{%](?:(?![%}]\}|\{[{%]).)*?&(?:quot|apos|#34|#39|#160|nbsp);(?:(?!\{[{%]).)*?[%}]\}",
    re.DOTALL,
)
_SIGNS = {"&quot;": '"', "&apos;": "'", "&#34;": '"', "&#39;": "'", "&#160;": " "}
_RELATIONS = etree.XPath(
    "//@r:*",
    namespaces={"r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships"},
    smart_strings=False,
)
"""The ids of all that a part names in other parts."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAGS = re.compile(r"<[^<>]+>")


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A compiled template: ``static`` parts by name, ``dynamic`` ones as Jinja templates."""

    path: Path
    static: Mapping[str, bytes]
    dynamic: Mapping[str, Template]
    sources: Mapping[str, str]
    ids: Mapping[str, frozenset[str]]
    emblems: frozenset[str]
    styles: Mapping[str, str]
    """The ids of its paragraph styles, by these and by their names without spaces, in small."""

    divided: DividedTemplate | None = None
    """Its main part by pieces; None where it is one."""

    called: Mapping[str, str] = field(default_factory=dict)
    """What its pieces call the relationships of the main part, by their ids."""

    @property
    def environment(self) -> Bounded:
        """What its parts are rendered in."""
        found: Any = self.dynamic[DOCUMENT].environment
        return cast("Bounded", found)

    def render(self, part: str, values: Mapping[str, object]) -> str:
        """One part as XML. Raises TemplateFault with the paragraph at fault."""
        try:
            return self.environment.whole(self.dynamic[part], values)
        except BROKEN as error:
            raise TemplateFault(self.explain(part, error)) from error

    def rendered(self, part: str, values: Mapping[str, object]) -> etree._Element:
        """One part as Word will read it. Raises TemplateFault, also where it would be no XML."""
        return self.read(part, self.render(part, values))

    def read(self, part: str, text: str, known: Collection[str] | None = None) -> etree._Element:
        """What was rendered as Word will read it. Raises TemplateFault.

        ``known`` are what relationships may be called, where it isn't by the part's ids.
        """
        try:
            root = parse(text.replace("\n<w:p", "<w:p").encode("utf-8"))
        except etree.XMLSyntaxError as error:
            raise TemplateFault(
                message("renders-no-xml", reason=error.msg).about(title_of(self.path))
            ) from error
        # What the data call BodyText, LibreOffice calls TextBody when it saves a template.
        for named in root.iter(f"{_W}pStyle"):
            own = self.styles.get(named.get(f"{_W}val", "").lower())
            if own is not None and own != named.get(f"{_W}val"):
                named.set(f"{_W}val", own)
        for id_ in relations(root):
            if id_ not in (self.ids[part] if known is None else known):
                raise TemplateFault(
                    message("asks-for-missing-relation", id=id_).about(title_of(self.path))
                )
        return root

    def explain(self, part: str, error: BaseException) -> Message:
        """What an error says, with template and paragraph."""
        return _explain(self.path, self.sources[part], error)


def relations(root: etree._Element) -> set[str]:
    """The ids of all that a part names in other parts."""
    return set(map(str, _RELATIONS(root)))


def environment(body: Callable[[str], str | None] | None = None) -> Bounded:
    """The environment of Word templates: sandboxed, strict about names, escaping everything.

    ``body`` gives the bodies of templates that others include.
    """
    found = Bounded("docx", FunctionLoader(body) if body is not None else None)
    found.globals |= {"spans": spans, "equation": equation}
    found.own = frozenset({spans, equation})
    return found


def spans(block: Paragraph) -> Markup:
    """A block's words as runs; bold is the character style Strong, so Word can restyle it."""
    runs = "".join(
        f"<w:r>{_properties(span.bold, span.lang)}{_TEXT}{escape(span.text)}</w:t></w:r>"
        for span in block.spans
    )
    return Markup(equation(block.equation) + runs if block.equation else runs)


def _properties(bold: bool, lang: str) -> str:
    """What a run says of its words: that they are bold, that they are English."""
    said = '<w:rStyle w:val="Strong"/>' if bold else ""
    said += f'<w:lang w:val="{escape(_LANGUAGES.get(lang, lang))}"/>' if lang else ""
    return f"<w:rPr>{said}</w:rPr>" if said else ""


def equation(terms: Equation) -> Markup:
    """An equation: words as words, so that they wrap, and fractions as Word's own (OMML)."""
    return Markup("").join(_fraction(term) if term.under else _run(term.text) for term in terms)


def _run(text: str) -> Markup:
    return Markup('<w:r><w:t xml:space="preserve">{}</w:t></w:r>').format(escape(text))


def _fraction(term: EquationTerm) -> Markup:
    return Markup("<m:oMath><m:f><m:num>{}</m:num><m:den>{}</m:den></m:f></m:oMath>").format(
        _upright(term.text), _upright(term.under)
    )


def _upright(text: str) -> Markup:
    run = '<m:r><m:rPr><m:nor/></m:rPr><m:t xml:space="preserve">{}</m:t></m:r>'
    return Markup(run).format(escape(text))


def load(path: Path, find: Callable[[str], Path] | None = None) -> WordTemplate:
    """Read and compile a Word template; ``find`` says where those are that it takes in.

    Raises TemplateFault.
    """
    supervision.at(path)
    package = packages.read(path)
    refuse(path, package.whole_objections)
    joined = Joined(package)
    bodies: dict[str, str] = {}
    jinja = environment(bodies.get)

    def take_in(tree: nodes.Template) -> None:
        for name in _named(tree):
            if find is None or name in bodies:
                continue
            other = find(name)
            taken = packages.read(other)
            refuse(other, taken.part_objections)
            bodies[name] = joined.take_in(taken, body_of(taken))
            take_in(_parsed(jinja, other, bodies[name]))

    dynamic: dict[str, Template] = {}
    sources: dict[str, str] = {}
    # The document comes first: with what it takes in come heads and feet.
    while name := next((n for n in _by_turn(joined.parts) if n not in dynamic), None):
        text = sources[name] = _patched(joined.parts[name])
        tree = _parsed(jinja, path, text)
        take_in(tree)
        try:
            dynamic[name] = jinja.from_string(tree)
        except BROKEN as error:
            raise TemplateFault(_explain(path, text, error)) from error
    static = {name: data for name, data in joined.parts.items() if name not in dynamic}
    return WordTemplate(
        path,
        static,
        dynamic,
        sources,
        joined.ids,
        package.emblems,
        _called(package.parts),
        divided(jinja, sources[DOCUMENT], bodies.get, joined.called()),
        joined.called(),
    )


def _called(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The ids of the paragraph styles by what the data may call them."""
    known = {id_: named for id_, (kind, named) in styles_of(parts).items() if kind == "paragraph"}
    names = {named.replace(" ", ""): id_ for id_, named in known.items()}
    return names | {id_.lower(): id_ for id_ in known}


def _by_turn(parts: Iterable[str]) -> list[str]:
    names = filter(DYNAMIC.fullmatch, parts)
    return sorted(names, key=lambda name: (name != DOCUMENT, name))


def _parsed(jinja: Bounded, path: Path, text: str) -> nodes.Template:
    try:
        return jinja.parse(text)
    except BROKEN as error:
        raise TemplateFault(_explain(path, text, error)) from error


def _named(tree: nodes.Template) -> list[str]:
    """The templates that one takes in."""
    found = (node.template for node in tree.find_all(nodes.Include))
    return [node.value for node in found if isinstance(node, nodes.Const)]


def title_of(path: Path) -> str:
    """What a template is called before what is said of it."""
    return f"templates/docx/{path.name}"


def refuse(path: Path, objections: Iterable[Message]) -> None:
    """Raise TemplateFault when a package can't become a document."""
    for objection in objections:
        raise TemplateFault(objection.about(title_of(path)), message("template-check-lists-all"))


def _patched(data: bytes) -> str:
    """A part as Jinja understands it; one line a paragraph, so that lines name paragraphs."""
    patch = Docxtpl(io.BytesIO()).patch_xml
    patched = patch(_QUOTED.sub(_unquoted, data.decode("utf-8")))
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", patched)


def _unquoted(tag: re.Match[str]) -> str:
    """A tag in an attribute, whose quotes are written out in XML."""
    text = tag[0]
    for written, sign in _SIGNS.items():
        text = text.replace(written, sign)
    return text


def body_of(package: packages.Package) -> str:
    """What stands in the body of a template that another one includes, less its last section."""
    text = _patched(package.parts[DOCUMENT])
    found = _BODY.match(text, max(text.find("<w:body>"), 0))
    assert found is not None
    return found[1]


def paragraphs(source: str) -> Iterator[str]:
    """The words of each paragraph of a patched part, tags and all."""
    for line in source.split("\n"):
        yield _TAGS.sub("", line).strip()


def _explain(path: Path, source: str, error: BaseException) -> Message:
    line = getattr(error, "lineno", None) or _line_of(error) or 0
    lines = list(paragraphs(source))
    words = lines[line - 1] if 0 < line <= len(lines) else ""
    if not line:
        return said(error).about(title_of(path))
    place, number = f"{title_of(path)}: ", str(line - 1)
    if words:
        where = message("paragraph-of-words", place=place, number=number, words=words[:60])
    else:
        where = message("paragraph-of-number", place=place, number=number)
    return said(error).about(str(where))


def _line_of(error: BaseException) -> int | None:
    found = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found
