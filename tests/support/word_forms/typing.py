"""Hands that type in Word: manual spacing, merged cells, boxes, tabs, changes, equations."""

import copy
import io
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from generator import thai

W = nsdecls("w")
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'

Key = tuple[str, ...]
"""Where a text is to be found: what it is, the indicator, the round, the level or year."""


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass
class Typist:
    """Types one document and remembers which text stands for which key."""

    thai_digits: bool = False
    mess: int = 0
    """How messily: each number has other habits."""
    document: Any = field(default_factory=Document)
    expected: list[tuple[Key, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Everything that was typed and that a reader sees."""

    def __post_init__(self) -> None:
        self.document.styles["Normal"].font.name = "TH SarabunPSK"
        self.document.styles["Normal"].font.size = Pt(16)

    def said(self, text: str) -> str:
        """A text as this hand types it."""
        if self.thai_digits:
            text = thai.thai_digits(text)
        if self.mess % 3 == 1:
            text = text.replace(" ", "  ", 1).replace("ำ", "\u0e4d\u0e32")
        elif self.mess % 3 == 2:
            text = text.replace(" ", "\u00a0", 2)
        return text

    def expect(self, key: Key, text: str) -> str:
        """Remember a text's key, and give it as it is typed."""
        if text.strip():
            self.expected.append((key, text))
        return text

    def line(self, text: str = "", *, bold: bool = False, centre: bool = False) -> Any:
        """One paragraph."""
        paragraph = self.document.add_paragraph()
        self.write(paragraph, text, bold=bold)
        if centre:
            paragraph.alignment = 1
        return paragraph

    def write(self, paragraph: Any, text: str, *, bold: bool = False) -> None:
        """Words into a paragraph, broken into runs as Word breaks them."""
        if not text:
            return
        self.words.append(text)
        typed = self.said(text)
        cut = max(len(typed) // 3, 1)
        while cut < len(typed) and "\u0e30" < typed[cut] < "\u0e50":
            cut += 1
        for part in (typed[:cut], typed[cut:]):
            lines = part.split("\n")
            for number, piece in enumerate(lines):
                run = paragraph.add_run(piece)
                run.bold = bold or None
                if number < len(lines) - 1:
                    run.add_break()

    def labelled(self, label: str, text: str, *, rest: list[str] | None = None) -> None:
        """A label in bold, a colon, and what it says."""
        paragraph = self.document.add_paragraph()
        self.write(paragraph, label, bold=True)
        paragraph.add_run(" : ")
        if text:
            self.write(paragraph, text)
        for line in rest or ():
            self.line(line)

    def cell(self, cell: Any, text: str, *, bold: bool = False) -> None:
        """Words into a cell, a paragraph a line."""
        first, *rest = text.split("\n")
        self.write(cell.paragraphs[0], first, bold=bold)
        for line in rest:
            self.write(cell.add_paragraph(), line, bold=bold)

    def table(self, rows: int, columns: int) -> Any:
        """An empty table with lines."""
        table = self.document.add_table(rows=rows, cols=columns)
        table.style = "Table Grid"
        return table

    def numbered(self, texts: list[str], form: str = "decimal", shape: str = "%1.") -> None:
        """Paragraphs that Word numbers."""
        number = self._list(form, shape)
        for text in texts:
            paragraph = self.line(text)
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
            )

    def _list(self, form: str, shape: str) -> int:
        root = self.document.part.numbering_part.element
        taken = [int(one.get(qn("w:abstractNumId"))) for one in root.findall(qn("w:abstractNum"))]
        abstract = max(taken, default=0) + 1
        root.insert(
            0,
            parse_xml(
                f'<w:abstractNum {W} w:abstractNumId="{abstract}"><w:lvl w:ilvl="0">'
                f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shape}"/>'
                "</w:lvl></w:abstractNum>"
            ),
        )
        numbers = [int(one.get(qn("w:numId"))) for one in root.findall(qn("w:num"))]
        number = max(numbers, default=0) + 1
        root.append(
            parse_xml(
                f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'
            )
        )
        return number

    def boxed(self, text: str) -> None:
        """A text box that floats beside a paragraph; Word keeps it twice, for old programs too."""
        self.words.append(text)
        typed = escape(self.said(text))
        inner = f"<w:txbxContent><w:p><w:r><w:t>{typed}</w:t></w:r></w:p></w:txbxContent>"
        self.line()._p.append(
            parse_xml(
                f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
                'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
                'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>'
                f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{inner}</wps:txbx>'
                f"</wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}"
                "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            )
        )

    def controlled(self, text: str) -> None:
        """A paragraph in a content control."""
        paragraph = self.line(text)._p
        parent = paragraph.getparent()
        at = parent.index(paragraph)
        control = parse_xml(
            f'<w:sdt {W}><w:sdtPr><w:alias w:val="ช่อง"/></w:sdtPr><w:sdtContent/></w:sdt>'
        )
        parent.insert(at, control)
        control[-1].append(paragraph)

    def changed(self, paragraph: Any, deleted: str, inserted: str) -> None:
        """A tracked change at the end of a paragraph."""
        self.words.append(inserted)
        about = 'w:id="9" w:author="x" w:date="2020-01-01T00:00:00Z"'
        paragraph._p.append(
            parse_xml(
                f"<w:del {W} {about}><w:r><w:delText>{escape(deleted)}</w:delText></w:r></w:del>"
            )
        )
        paragraph._p.append(
            parse_xml(
                f'<w:ins {W} {about}><w:r><w:t xml:space="preserve">'
                f"{escape(self.said(inserted))}</w:t></w:r></w:ins>"
            )
        )

    def equation(self, above: str, below: str, factor: str = "100") -> None:
        """A fraction times a number, as Word's own equation."""
        self.words += [above, below]
        run = "<m:r><m:t>{}</m:t></m:r>"
        top, under = (run.format(escape(self.said(text))) for text in (above, below))
        tail = run.format(f" × {factor}")
        self.line()._p.append(
            parse_xml(
                f"<m:oMath {M}><m:f><m:num>{top}</m:num><m:den>{under}</m:den></m:f>"
                f"{tail}</m:oMath>"
            )
        )

    def shaded(self, cell: Any) -> None:
        """A coloured cell."""
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="92D050"/>'))

    def same_head(self, table: Any, rows: int, into: Any) -> None:
        """The head of a table typed again on the next page."""
        for row in table.rows[:rows]:
            into._tbl.append(copy.deepcopy(row._tr))

    def bytes(self) -> bytes:
        """The document."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()
