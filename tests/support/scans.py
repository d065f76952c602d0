"""What a scanner would see of a printed questionnaire: marks, codes, boxes."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Mapping, Sequence
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image
from pypdfium2 import raw

DPI = 300
_DARK = 128
MM = DPI / 25.4
"""Pixels to a millimetre."""


def pages(data: bytes, dpi: int = DPI, only: range | None = None) -> list[Image.Image]:
    """The pages as grey pictures."""
    with pypdfium2.PdfDocument(data) as pdf:
        wanted = range(len(pdf)) if only is None else only
        return [
            pdf[number].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
            for number in wanted
        ]


def codes(image: Image.Image) -> list[str]:
    """What the QR codes on a page say."""
    found = zxingcpp.read_barcodes(image)
    return sorted(code.text for code in found)


def mark_near(image: Image.Image, at_x: float, at_y: float) -> tuple[float, float, float, float]:
    """The black square around a point (millimetres): its left, top, width and height."""
    pixels = image.load()
    assert pixels is not None
    x, y = round(at_x * MM), round(at_y * MM)
    edges = []
    for step_x, step_y in ((-1, 0), (0, -1), (1, 0), (0, 1)):
        here_x, here_y = x, y
        while 0 <= here_x < image.width and 0 <= here_y < image.height:
            if pixels[here_x, here_y] >= _DARK:  # type: ignore[operator]
                break
            here_x, here_y = here_x + step_x, here_y + step_y
        edges.append((here_x - x) * abs(step_x) + (here_y - y) * abs(step_y))
    west, north, east, south = edges
    return (
        (x + west + 1) / MM,
        (y + north + 1) / MM,
        (east - west - 1) / MM,
        (south - north - 1) / MM,
    )


def farthest(image: Image.Image, place: Mapping[str, Any]) -> float:
    """How far, at worst, a square's drawn outline is from where the map has it (millimetres).

    From inside the square, along three lines to each side: white up to a dark line, whose outer
    edge is looked for. A side without a line is infinitely far.
    """
    left, top = place["left"] * MM, place["top"] * MM
    width, height = place["width"] * MM, place["height"] * MM
    worst = 0.0
    for share in (0.3, 0.5, 0.7):
        x, y = left + width * share, top + height * share
        middle_x, middle_y = left + width / 2, top + height / 2
        for start, step, edge in (
            ((middle_x, y), (-1, 0), left),
            ((middle_x, y), (1, 0), left + width),
            ((x, middle_y), (0, -1), top),
            ((x, middle_y), (0, 1), top + height),
        ):
            worst = max(worst, abs(_outer_edge(image, start, step) - edge) / MM)
    return worst


def _outer_edge(image: Image.Image, start: tuple[float, float], step: tuple[int, int]) -> float:
    pixels = image.load()
    assert pixels is not None
    x, y = round(start[0]), round(start[1])
    met = False
    for _ in range(round(8 * MM)):
        if not (0 <= x < image.width and 0 <= y < image.height):
            break
        dark = pixels[x, y] < _DARK  # type: ignore[operator]
        if met and not dark:
            # Between two pixels: the last dark one's far side.
            return (x if step[0] else y) + (1 if min(step) < 0 else 0)
        met = met or dark
        x, y = x + step[0], y + step[1]
    return float("inf")


def filled(
    data: bytes, clicks: Sequence[Mapping[str, Any]], texts: Sequence[tuple[Mapping[str, Any], str]]
) -> bytes:
    """A form as a reader fills it in: boxes clicked on, then words typed into blanks."""
    with pypdfium2.PdfDocument(data) as pdf:
        pdf.init_forms()
        form = pdf.formenv.raw
        for number in range(len(pdf)):
            page = pdf[number]
            for box in clicks:
                if box["page"] == number + 1:
                    _click(form, page, box)
            for blank, words in texts:
                if blank["page"] == number + 1:
                    _click(form, page, blank)
                    typed = ctypes.create_string_buffer(words.encode("utf-16-le") + b"\0\0")
                    raw.FORM_ReplaceSelection(
                        form, page.raw, ctypes.cast(typed, raw.FPDF_WIDESTRING)
                    )
            raw.FORM_ForceToKillFocus(form)
            page.close()
        saved = io.BytesIO()
        pdf.save(saved)
        return saved.getvalue()


def _click(form: Any, page: pypdfium2.PdfPage, place: Mapping[str, Any]) -> None:
    x = (place["left"] + place["width"] / 2) * 72 / 25.4
    y = page.get_height() - (place["top"] + place["height"] / 2) * 72 / 25.4
    raw.FORM_OnMouseMove(form, page.raw, 0, x, y)
    raw.FORM_OnLButtonDown(form, page.raw, 0, x, y)
    raw.FORM_OnLButtonUp(form, page.raw, 0, x, y)
