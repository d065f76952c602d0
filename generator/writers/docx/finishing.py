"""What a template made, finished: widths, fractions, pictures, titles, heads, bound words.

Each step looks at a paragraph or table, what stands beside it, and the section that it is in.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from ...documents.common import Picture
from ...documents.parts.pages import UPRIGHT
from ...typesetting.lettering import Lettering
from . import blanks, fractions, heads, joins, page_runs, rows, tables, titles
from .looks import drop_empty_runs, keep_with_before
from .parts import R, W
from .styles import Styles

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_EMBED = f"{{{R}}}embed"
_THAI_DIGITS = re.compile(r"(?<=\*)\s*ThaiArabic\b", re.IGNORECASE)

MAX_WIDTH = round(UPRIGHT.text_width * 360_000)
"""The width of a page's text in English Metric Units, of which a centimetre has 360,000."""


@dataclass(frozen=True, slots=True)
class Finishing:
    """What finishing asks of a document: its styles, its letters and names, its emblem.

    ``emblems`` are the ids of the pictures that are the emblem.
    """

    styles: Styles
    lettering: Lettering
    emblem: Picture | None = None
    emblems: frozenset[str] = frozenset()

    def finish(
        self,
        root: etree._Element,
        end: Callable[[etree._Element], None] | None = None,
        settle: Callable[[etree._Element], None] | None = None,
    ) -> None:
        """Finish a document, or a piece of one in its section; ``end`` sees to its end.

        ``settle`` sees to the sheets' last pages, where that isn't done here.
        """
        drop_empty_runs(root)
        tables.fit(root)
        fractions.set_as_tables(root, self.styles, self.lettering)
        if end is not None:
            end(root)
        if self.emblem is not None:
            for drawing in root.iter(f"{{{WP}}}inline", f"{{{WP}}}anchor"):
                blip = next(drawing.iter(f"{{{A}}}blip"), None)
                if blip is not None and blip.get(_EMBED) in self.emblems:
                    _fit_picture(drawing, self.emblem)
        blanks.share(root, self.styles, self.lettering)
        titles.balance(root, self.styles, self.lettering)
        heads.make_room(root, self.styles, self.lettering)
        rows.keep(root, self.styles, self.lettering)
        keep_with_before(root)
        if settle is None:
            page_runs.settle(root, self.styles, self.lettering)
        else:
            settle(root)
        joins.join(root, self.styles, self.lettering)


def number_pictures(root: etree._Element, numbers: Iterator[str]) -> int:
    """Give every picture a number of its own, as Word wants it; how many there are."""
    count = 0
    for picture in root.iter(f"{{{WP}}}docPr"):
        picture.set("id", next(numbers))
        count += 1
    return count


def spell_page_numbers(root: etree._Element) -> None:
    """Have page numbers in Thai digits asked for in small letters (``thaiarabic``).

    Word reads them alike (ISO 29500-1, 17.16.4.3). LibreOffice, which has no Thai digits, takes the
    usual spelling for letters: หน้า ก/ต of page 1 of 16. This one it takes for Arabic digits.
    """
    for order in root.iter(f"{{{W}}}instrText"):
        order.text = _THAI_DIGITS.sub(lambda found: found.group().lower(), order.text or "")


def drop_empty_end(root: etree._Element) -> None:
    """Take out a last section in which nothing stands: it would be an empty page."""
    body = root.find(f"{{{W}}}body")
    assert body is not None
    trailing, section = empty_end(list(body)[:-1])
    if section is not None:
        body.replace(body[-1], section)
        for paragraph in trailing:
            body.remove(paragraph)


def empty_end(
    elements: list[etree._Element],
) -> tuple[list[etree._Element], etree._Element | None]:
    """The paragraphs without words at the end, and the section that the first of them ends.

    Where none of them ends one, they are those to the last element that says something.
    """
    trailing: list[etree._Element] = []
    for element in reversed(elements):
        if element.tag != f"{{{W}}}p" or element.findtext(f".//{{{W}}}t"):
            break
        trailing.append(element)
        section = element.find(f"{{{W}}}pPr/{{{W}}}sectPr")
        if section is not None:
            return trailing, section
    return trailing, None


def _fit_picture(inline: etree._Element, picture: Picture) -> None:
    """Keep the template's height, or as much as the text's width lets; keep the proportion."""
    width, height = png_size(picture.data)
    for name in (f"{{{WP}}}extent", f"{{{A}}}ext"):
        for extent in inline.iter(name):
            if extent.get("cy") is not None:
                tall = min(int(extent.get("cy", "0")), MAX_WIDTH * height // width)
                extent.set("cx", str(round(tall * width / height)))
                extent.set("cy", str(tall))


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG picture, in pixels (PNG, 11.2.2 IHDR)."""
    width, height = struct.unpack(">II", data[16:24])
    return max(width, 1), max(height, 1)
