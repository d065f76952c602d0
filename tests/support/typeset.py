"""A document's HTML as Typst source: the same words, tables and page shapes, for comparison."""

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

_HEAD = """\
#set document(title: "agreement")
#set page("a4", margin: (top: 2.5cm, right: 2cm, bottom: 2cm, left: 3cm), numbering: "1/1")
#set text(font: "Laksaman", size: 16pt, lang: "th")
"""


def typst_source(text: str) -> str:
    """The Typst source of a document's HTML."""
    body = document_fromstring(text).find("body")
    assert body is not None
    return _HEAD + "\n".join(_blocks(body))


def _blocks(parent: HtmlElement) -> Iterator[str]:
    for child in parent:
        if not isinstance(child.tag, str) or child.get("class", "").startswith("page-"):
            continue
        if child.tag == "table":
            yield _table(child)
        elif child.tag in ("p", "h1", "h2", "h3"):
            bold = child.tag != "p"
            words = _words(child)
            yield f"#strong[{words}]\n" if bold and words else f"{words}\n"
        else:
            if child.tag == "section":
                wide = "wide" in child.get("class", "").split()
                yield f"#set page(flipped: {'true' if wide else 'false'})"
            yield from _blocks(child)


def _table(table: HtmlElement) -> str:
    rows = table.findall(".//tr")
    columns = max(sum(int(cell.get("colspan", "1")) for cell in row) for row in rows)
    stated = [column.get("style", "").removeprefix("width: ") for column in table.findall(".//col")]
    widths = ", ".join(stated) if len(stated) == columns else ", ".join(["1fr"] * columns)
    heads = table.findall("./thead/tr")
    head = [_row(row) for row in heads]
    rest = [_row(row) for row in rows if row not in heads]
    header = f"table.header({', '.join(head)}), " if head else ""
    size = "11pt" if "dense" in table.get("class", "") else "16pt"
    return f"#{{ set text(size: {size}); table(columns: ({widths},), {header}{', '.join(rest)}) }}"


def _row(row: HtmlElement) -> str:
    cells = []
    for cell in row:
        spans = f"colspan: {cell.get('colspan', '1')}, rowspan: {cell.get('rowspan', '1')}"
        words = "\\ ".join(filter(None, (_words(p) for p in cell.iter("p")))) or _words(cell)
        cells.append(f"table.cell({spans})[{words}]")
    return ", ".join(cells)


def _words(element: etree._Element) -> str:
    text = "".join(str(part) for part in element.itertext()).strip()
    return "".join("\\" + letter if letter in "\\#$*_[]<>@`~=-+/" else letter for letter in text)
