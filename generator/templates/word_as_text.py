"""A Word file as text that people and ``git diff`` can read: one line a paragraph or row.

Everything that shows on paper is there (words, styles, direct formatting, spans, sections,
fields, pictures by their alternative text), and nothing that Word changes by itself
(revision numbers, spelling marks, results of fields).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from ..errors import TemplateFault
from ..messages import message
from . import word_package as packages
from .check.paragraphs import W
from .word_package import parse
from .word_parts import DOCUMENT, MAX_UNPACKED

_SHOWN = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TWIPS_PER_CM = 1440 / 2.54
_STYLED_BY = ("pStyle", "rStyle", "tblStyle")
_NOISE = {*_STYLED_BY, "lang", "noProof", "rsid", "sectPr", "tcW", "cnfStyle", "webHidden"}
_STYLE_NOISE = {"name", "rsid", "uiPriority", "qFormat", "semiHidden", "unhideWhenUsed", "locked"}


def text(path: Path) -> str:
    """A Word file as text, the same for the same file. Raises TemplateFault."""
    files = packages.read(path, MAX_UNPACKED).parts
    lines: list[str] = []
    try:
        for name in sorted(files, key=lambda name: (name != DOCUMENT, name)):
            if _SHOWN.fullmatch(name):
                lines += (f"=== {name}", *_part(files, name), "")
        if "word/styles.xml" in files:
            lines += ("=== styles", *_styles(parse(files["word/styles.xml"])), "")
    except etree.XMLSyntaxError as error:
        raise TemplateFault(
            message("word-file-holds-broken-xml", name=path.name, reason=error.msg)
        ) from error
    media = sorted(name for name in files if name.startswith("word/media/"))
    lines += [f"{n}: sha256 {hashlib.sha256(files[n]).hexdigest()[:16]}" for n in media]
    return "\n".join(lines).rstrip()


def _part(files: Mapping[str, bytes], name: str) -> Iterator[str]:
    root = parse(files[name])
    folder, _, file = name.rpartition("/")
    relationships = files.get(f"{folder}/_rels/{file}.rels", b"<none/>")
    targets = {
        str(found.get("Id")): _called(str(found.get("Target"))) for found in parse(relationships)
    }
    body = root.find(f"{W}body")
    yield from _blocks(root if body is None else body, targets)


def _called(target: str) -> str:
    """A part's name as seen from the document, which lies in the folder word."""
    return target.removeprefix("/word/")


def _blocks(parent: etree._Element, targets: Mapping[str, str]) -> Iterator[str]:
    for child in parent:
        match _name(child):
            case "p":
                yield _paragraph(child, " | ")
                for section in child.iterfind(f"{W}pPr/{W}sectPr"):
                    yield _section(section, targets)
            case "tbl":
                yield from _table(child)
            case "sectPr":
                yield _section(child, targets)
            case "sdt" | "sdtContent" | "footnote" | "endnote" | "ins" | "customXml":
                yield from _blocks(child, targets)


def _paragraph(paragraph: etree._Element, bar: str) -> str:
    properties = paragraph.find(f"{W}pPr")
    direct = _properties(properties, _NOISE | {"rPr"})
    style = _style(properties, "pStyle") or "Normal"
    return f"{style}{f' [{direct}]' if direct else ''}{bar}{_words(paragraph)}".rstrip()


def _words(paragraph: etree._Element) -> str:
    """The words of a paragraph; ⟨…⟩ where the format of what follows is set by hand."""
    found: list[str] = []
    fields: list[str] = []  # the fields under way: what they ask for, then "" once it is shown
    now = ""
    for element in _inline(paragraph):
        name = _name(element)
        if name == "r":
            properties = element.find(f"{W}rPr")
            parts = (_style(properties, "rStyle"), _properties(properties, _NOISE))
            wanted = " ".join(part for part in parts if part)
            if wanted != now and element.find(f"{W}t") is not None:
                found.append(f"⟨{wanted}⟩")
                now = wanted
        elif name == "fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                fields.append("")
            elif fields and (fields[-1] or kind == "end"):
                found += [f"[{' '.join(fields[-1].split())}]"] if fields[-1] else []
                fields[-1] = ""
                if kind == "end":
                    fields.pop()
        elif name == "instrText":
            if fields:
                fields[-1] += element.text or ""
        elif not fields:
            found.append(_sign(element))
    return "".join(found)


def _inline(parent: etree._Element) -> Iterator[etree._Element]:
    """What is in a paragraph, in order, without second copies and what isn't shown."""
    for child in parent.iterchildren(etree.Element):
        if child.tag in (_FALLBACK, f"{W}pPr", f"{W}rPr", f"{W}del"):
            continue
        yield child
        if _name(child) not in ("oMath", "fldSimple"):
            yield from _inline(child)


def _sign(element: etree._Element) -> str:
    match _name(element):
        case "t" if element.tag == f"{W}t":
            return element.text or ""
        case "tab":
            return "⇥"
        case "br":
            kind = element.get(f"{W}type")
            return f"[{kind} break]" if kind else "↵"
        case "sym":
            return f"[sign {element.get(f'{W}font')} {element.get(f'{W}char')}]"
        case "fldSimple":
            return f"[{' '.join(element.get(f'{W}instr', '').split())}]"
        case "docPr":
            return f"[picture: {element.get('descr', '')}]"
        case "oMath":
            return f"[equation: {''.join(t.text or '' for t in element.iter(f'{_MATH}t'))}]"
        case "footnoteReference" | "endnoteReference":
            return f"[note {element.get(f'{W}id')}]"
        case "checkBox" | "checkbox":
            return "[checkbox]"
    return ""


def _table(table: etree._Element) -> Iterator[str]:
    properties = table.find(f"{W}tblPr")
    style = _style(properties, "tblStyle")
    yield f"table {style} [{_properties(properties, {*_NOISE, 'tblLook'})}]"
    rows = [r for r in table.iter(f"{W}tr") if next(r.iterancestors(f"{W}tbl")) is table]
    longest = max(rows, key=lambda row: len(row.findall(f"{W}tc")), default=table)
    columns = " ".join(c.get(f"{W}w", "") for c in table.iterfind(f"{W}tblGrid/*"))
    cells = " ".join(c.get(f"{W}w", "") for c in longest.iterfind(f"{W}tc/{W}tcPr/{W}tcW"))
    yield f"  columns: {columns}; cells of the longest row: {cells}"
    for row in rows:
        found = row.find(f"{W}trPr")
        marks = ["header"] if _is_on(found, "tblHeader") else []
        marks += [] if _is_on(found, "cantSplit") else ["may split"]
        more = _properties(found, {"tblHeader", "cantSplit", *_NOISE})
        shown = ", ".join([*marks, *([more] if more else [])])
        own = (cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row)
        yield f"  row{f' ({shown})' if shown else ''}: " + " │ ".join(map(_cell, own))
    yield "end of table"


def _cell(cell: etree._Element) -> str:
    marks = _properties(cell.find(f"{W}tcPr"), _NOISE)
    content = []
    for child in cell:
        if child.tag == f"{W}tbl":
            content.append(f"[{' // '.join(line.strip() for line in _table(child))}]")
        elif child.tag in (f"{W}p", f"{W}sdt"):
            content += [_paragraph(p, ": ") for p in child.iter(f"{W}p")]
    return f"{f'[{marks}] ' if marks else ''}{' ¶ '.join(content)}"


def _section(section: etree._Element, targets: Mapping[str, str]) -> str:
    """A section's page; in Word its properties stand at its end."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    kind = section.find(f"{W}type")
    shown = [kind.get(f"{W}val", "") if kind is not None else "nextPage"]
    if size is not None:
        shown.append(size.get(f"{W}orient", "portrait"))
        shown.append(" × ".join(_cm(size.get(W + side)) for side in "wh") + " cm")
    if margins is not None:
        sides = ("top", "right", "bottom", "left", "header", "footer")
        shown.append("margins " + " ".join(f"{s}={_cm(margins.get(W + s))}" for s in sides))
    for reference in section:
        if _name(reference) in ("headerReference", "footerReference"):
            target = targets.get(reference.get(f"{_R}id", ""), "?")
            shown.append(f"{reference.get(f'{W}type')} {target}")
    more = {"type", "pgSz", "pgMar", "headerReference", "footerReference", *_NOISE}
    return f"--- end of section: {', '.join([*shown, _properties(section, more)])}".rstrip(", ")


def _styles(root: etree._Element) -> Iterator[str]:
    for kind in ("rPrDefault", "pPrDefault"):
        for found in root.iterfind(f"{W}docDefaults/{W}{kind}/*"):
            yield f"{kind}: {_properties(found, set())}"
    for style in sorted(root.iterfind(f"{W}style"), key=lambda s: s.get(f"{W}styleId", "")):
        name = style.find(f"{W}name")
        called = name.get(f"{W}val", "") if name is not None else ""
        default = " (default)" if style.get(f"{W}default") in ("1", "true") else ""
        kind = f"{style.get(f'{W}type')} style {style.get(f'{W}styleId')} ({called}){default}"
        yield f"{kind}: {_properties(style, _STYLE_NOISE)}".rstrip(" :")


def _properties(parent: etree._Element | None, hidden: Iterable[str]) -> str:
    """Properties in short: ``jc=center spacing(before=160) b``, those of a group in a row."""
    found = []
    for child in () if parent is None else parent.iterchildren(etree.Element):
        if (name := _name(child)) in hidden:
            continue
        inner = _properties(child, hidden)
        values = {etree.QName(str(key)).localname: str(value) for key, value in child.items()}
        if name in ("rPr", "pPr", "tblPr", "tcPr", "trPr"):
            found.append(inner)
        elif set(values) == {"val"} and not inner:
            found.append(f"{name}={values['val']}")
        else:
            held = " ".join([*(f"{k}={v}" for k, v in values.items()), *([inner] if inner else [])])
            found.append(f"{name}({held})" if held else name)
    return " ".join(part for part in found if part)


def _style(properties: etree._Element | None, name: str) -> str:
    found = properties.find(W + name) if properties is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def _is_on(properties: etree._Element | None, name: str) -> bool:
    found = properties.find(W + name) if properties is not None else None
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")


def _cm(twips: str | None) -> str:
    return f"{int(twips or 0) / _TWIPS_PER_CM:.1f}"


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
