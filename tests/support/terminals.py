"""A terminal, what a command prints on it, and pictures of that for the guides.

``make terminals`` draws the pictures again.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

from rich.style import Style
from rich.text import Text

from generator.visible import width as width_of
from support.command import ROOT, change

COLUMNS = 120
MISTAKE = ("weight: 20", "weight: 18")
"""The mistake of the worked example: line 21 of กอส.yaml."""

PICTURES = {
    "terminal-check.svg": "gen check agreements/dsdw-2566/กอส.yaml",
    "terminal-score.svg": "gen score ตัวอย่าง-ข --round 2",
    "terminal-help.svg": "gen score --help",
}
"""By file of docs/th: the command that it shows, in a workspace with the mistake."""


def on_a_terminal(*words: str, columns: int = 80, folder: Path = ROOT, **environ: str) -> str:
    """What a command prints on a terminal."""
    master, slave = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "generator", *words],
        cwd=folder,
        env={
            **os.environ,
            "COLUMNS": str(columns),
            "TERM": "xterm",
            "PYTHONPATH": str(ROOT),
            **environ,
        },
        stdout=slave,
        stderr=slave,
        stdin=subprocess.DEVNULL,
    )
    os.close(slave)
    said = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        said += part
    os.close(master)
    done.wait()
    return said.decode(environ.get("PYTHONIOENCODING", "utf-8"))


def workspace(folder: Path) -> Path:
    """A workspace of two agencies, one of them with the mistake of the worked example."""
    for name in ("dsdw-2566", "example-2570"):
        shutil.copytree(ROOT / "agreements" / name, folder / "agreements" / name)
    change(folder / "agreements" / "dsdw-2566" / "กอส.yaml", *MISTAKE)
    return folder


def picture(command: str, folder: Path) -> str:
    """What a command prints, in Thai, as a picture of a terminal (SVG)."""
    words = shlex.split(command)[1:]
    said = on_a_terminal(*words, columns=COLUMNS, folder=folder, GEN_LANG="th", NO_COLOR="")
    lines = said.replace("\r\n", "\n").rstrip("\n").split("\n")
    shown = [f"$ {command}", *(lines if len(lines) <= 24 else [*lines[:6], "…", *lines[-6:]])]
    return _svg(shown)


LETTER, LINE, MARGIN = 9.2, 20, 14
"""What a column and a line of the picture take, and its margin, in pixels."""

_COLOURS = {1: "#e06c75", 2: "#98c379", 3: "#e5c07b", 6: "#56b6c2"}
"""Of the colours by their numbers: red, green, yellow, cyan."""

_PIECE = re.compile(r"\S+(?: \S+)*")


def _svg(lines: list[str]) -> str:
    """Lines of a terminal as a picture.

    Words stand in their columns, and each piece between wide gaps is one text, so that no letter of
    it is drawn apart from the signs over it.
    """
    width, height = COLUMNS * LETTER + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}">',
        f'<rect width="{width:.0f}" height="{height:.0f}" rx="8" fill="#282c34"/>',
        f'<g font-family="{_FACES}" font-size="14" fill="#dcdfe4" xml:space="preserve">',
    ]
    for number, line in enumerate(lines):
        text = Text.from_ansi(line)
        for piece in _PIECE.finditer(text.plain):
            x = MARGIN + width_of(text.plain[: piece.start()]) * LETTER
            inner = "".join(_span(part) for part in _parts(text[piece.start() : piece.end()]))
            drawn.append(f'<text x="{x:.1f}" y="{MARGIN + number * LINE + 14}">{inner}</text>')
    return "\n".join([*drawn, "</g>", "</svg>"]) + "\n"


_FACES = "'Noto Sans Mono', 'DejaVu Sans Mono', 'Noto Sans Thai', Laksaman, Tahoma, monospace"


def _parts(text: Text) -> Iterator[tuple[str, int | None]]:
    """A text in pieces of one colour each."""
    edges = sorted(
        {0, len(text), *(edge for span in text.spans for edge in (span.start, span.end))}
    )
    for start, end in pairwise(edges):
        styles = [span.style for span in text.spans if span.start <= start < span.end]
        colours = [
            style.color.number for style in styles if isinstance(style, Style) and style.color
        ]
        yield text.plain[start:end], colours[-1] if colours else None


def _span(part: tuple[str, int | None]) -> str:
    words, colour = escape(part[0]), _COLOURS.get(part[1] or 0, "")
    return f'<tspan fill="{colour}">{words}</tspan>' if colour else words


def draw(target: Path) -> None:
    """Draw all pictures into a folder."""
    with tempfile.TemporaryDirectory() as folder:
        where = workspace(Path(folder))
        for name, command in PICTURES.items():
            (target / name).write_text(picture(command, where), "utf-8")


if __name__ == "__main__":
    draw(ROOT / "docs" / "th")
