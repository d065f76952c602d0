"""Word templates: read once, their tags made ready for Jinja by docxtpl, compiled.

A template's parts are either static (kept as they are) or dynamic (a compiled Jinja
template). What is compiled is used for every document of a process.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from docxtpl import DocxTemplate as Docxtpl
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from ..context.rich import Block
from ..errors import TemplateFault

DOCUMENT = "word/document.xml"
MAX_UNPACKED = 64 << 20
DYNAMIC = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
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
            return self.dynamic[part].render(values).replace("\n<w:p", "<w:p")
        except TemplateError as error:
            raise TemplateFault(self.explain(part, error)) from error

    def explain(self, part: str, error: TemplateError) -> str:
        """What an error says, with template and paragraph."""
        return _explain(self.path, self.sources[part], error)


def environment() -> ImmutableSandboxedEnvironment:
    """The environment of Word templates: sandboxed, strict about names, escaping everything."""
    found = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    found.globals["spans"] = spans
    return found


def spans(block: Block) -> Markup:
    """A block's words as runs; bold is the character style Strong, so Word can restyle it."""
    return Markup("").join(
        Markup('<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>').format(
            Markup('<w:rPr><w:rStyle w:val="Strong"/></w:rPr>') if span.bold else "",
            escape(span.text),
        )
        for span in block.spans
    )


def load(path: Path) -> WordTemplate:
    """Read and compile a Word template. Raises TemplateFault."""
    parts = unpack(path)
    jinja = environment()
    patch = Docxtpl(io.BytesIO()).patch_xml
    dynamic: dict[str, Template] = {}
    sources: dict[str, str] = {}
    for name in [name for name in parts if DYNAMIC.fullmatch(name)]:
        # One line a paragraph: a line number then names the paragraph.
        text = re.sub(r"<w:p([ >])", r"\n<w:p\1", patch(parts.pop(name).decode("utf-8")))
        sources[name] = text
        try:
            dynamic[name] = jinja.from_string(text)
        except TemplateError as error:
            raise TemplateFault(_explain(path, text, error)) from error
    return WordTemplate(path, parts, dynamic, sources)


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


def _explain(path: Path, source: str, error: TemplateError) -> str:
    line = getattr(error, "lineno", None) or _line_of(error) or 0
    lines = list(paragraphs(source))
    words = lines[line - 1] if 0 < line <= len(lines) else ""
    where = f"paragraph {line - 1}" + (f" ({words[:60]})" if words else "")
    return f"templates/docx/{path.name}: {where}: {error.message or error}"


def _line_of(error: BaseException) -> int | None:
    found = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found
