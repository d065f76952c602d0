"""Word templates: read once, their tags made ready for Jinja by docxtpl, compiled.

A template's parts are either static (kept as they are) or dynamic (a compiled Jinja
template). What is compiled is used for every document of a process.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate as Docxtpl
from jinja2 import FunctionLoader, Template
from markupsafe import Markup, escape

from .. import supervision
from ..context.equation import Equation, Term
from ..context.rich import Block
from ..errors import TemplateFault
from .bounded import BROKEN, Bounded, said

DOCUMENT = "word/document.xml"
MAX_UNPACKED = 64 << 20
DYNAMIC = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_BODY = re.compile(r"<w:body>(.*?)(?:<w:sectPr(?:(?!<w:sectPr).)*)?</w:body>", re.DOTALL)
_PLAIN = '<w:t xml:space="preserve">'
_STRONG = f'<w:rPr><w:rStyle w:val="Strong"/></w:rPr>{_PLAIN}'
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A compiled template: ``static`` parts by name, ``dynamic`` ones as Jinja templates."""

    path: Path
    static: Mapping[str, bytes]
    dynamic: Mapping[str, Template]
    sources: Mapping[str, str]

    def render(self, part: str, values: Mapping[str, object]) -> str:
        """One part as XML. Raises TemplateFault with the paragraph at fault."""
        try:
            template = self.dynamic[part]
            environment: Any = template.environment
            return str(environment.whole(template, values)).replace("\n<w:p", "<w:p")
        except BROKEN as error:
            raise TemplateFault(self.explain(part, error)) from error

    def explain(self, part: str, error: BaseException) -> str:
        """What an error says, with template and paragraph."""
        return _explain(self.path, self.sources[part], error)


def environment(find: Callable[[str], Path] | None = None) -> Bounded:
    """The environment of Word templates: sandboxed, strict about names, escaping everything.

    ``find`` says where the templates are that others include.
    """
    loader = FunctionLoader(lambda name: _body(find(name))) if find is not None else None
    found = Bounded("docx", loader)
    found.globals["spans"] = spans
    found.globals["equation"] = equation
    return found


def spans(block: Block) -> Markup:
    """A block's words as runs; bold is the character style Strong, so Word can restyle it."""
    runs = "".join(
        f"<w:r>{_STRONG if span.bold else _PLAIN}{escape(span.text)}</w:t></w:r>"
        for span in block.spans
    )
    return Markup(equation(block.equation) + runs if block.equation else runs)


def equation(terms: Equation) -> Markup:
    """An equation: words as words, so that they wrap, and fractions as Word's own (OMML)."""
    return Markup("").join(_fraction(term) if term.under else _run(term.text) for term in terms)


def _run(text: str) -> Markup:
    return Markup('<w:r><w:t xml:space="preserve">{}</w:t></w:r>').format(escape(text))


def _fraction(term: Term) -> Markup:
    return Markup("<m:oMath><m:f><m:num>{}</m:num><m:den>{}</m:den></m:f></m:oMath>").format(
        _upright(term.text), _upright(term.under)
    )


def _upright(text: str) -> Markup:
    run = '<m:r><m:rPr><m:nor/></m:rPr><m:t xml:space="preserve">{}</m:t></m:r>'
    return Markup(run).format(escape(text))


def load(path: Path, find: Callable[[str], Path] | None = None) -> WordTemplate:
    """Read and compile a Word template. Raises TemplateFault."""
    supervision.at(path)
    parts = unpack(path)
    jinja = environment(find)
    dynamic: dict[str, Template] = {}
    sources: dict[str, str] = {}
    for name in [name for name in parts if DYNAMIC.fullmatch(name)]:
        text = sources[name] = _patched(parts.pop(name))
        try:
            dynamic[name] = jinja.from_string(text)
        except BROKEN as error:
            raise TemplateFault(_explain(path, text, error)) from error
    return WordTemplate(path, parts, dynamic, sources)


def _patched(data: bytes) -> str:
    """A part as Jinja understands it; one line a paragraph, so that lines name paragraphs."""
    patch = Docxtpl(io.BytesIO()).patch_xml
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", patch(data.decode("utf-8")))


def _body(path: Path) -> str:
    """What stands in the body of a template that another one includes, less its last section."""
    text = _patched(unpack(path)[DOCUMENT])
    found = _BODY.search(text)
    assert found is not None
    return found[1]


def unpack(path: Path) -> dict[str, bytes]:
    """The parts of a .docx file. Raises TemplateFault when it is none, or suspiciously large."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise TemplateFault(f"{path.name} unpacks to more than {MAX_UNPACKED >> 20} MiB")
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, OSError) as error:
        raise TemplateFault(f"{path.name} is no Word document: {error}") from error
    if DOCUMENT not in parts:
        raise TemplateFault(f"{path.name} is no Word document: it has no {DOCUMENT}")
    return parts


def paragraphs(source: str) -> Iterator[str]:
    """The words of each paragraph of a patched part, tags and all."""
    for line in source.split("\n"):
        yield _TAGS.sub("", line).strip()


def _explain(path: Path, source: str, error: BaseException) -> str:
    line = getattr(error, "lineno", None) or _line_of(error) or 0
    lines = list(paragraphs(source))
    words = lines[line - 1] if 0 < line <= len(lines) else ""
    where = f"paragraph {line - 1}" + (f" ({words[:60]})" if words else "")
    return f"templates/docx/{path.name}: {where}: {said(error)}"


def _line_of(error: BaseException) -> int | None:
    found = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found
