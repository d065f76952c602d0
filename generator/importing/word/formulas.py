"""Formulas, typed or drawn: ``จำนวน… × 100 / จำนวน…`` → an expression on named figures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .kept import Mapping, Typed
from .pieces import Line, WordTable

_SIGNS = {
    "×": "*",
    "*": "*",
    "x": "*",
    "X": "*",
    "÷": "/",
    "/": "/",
    "−": "-",
    "–": "-",
    "-": "-",
    "+": "+",
}
_TOKEN = re.compile(
    r"(?P<open>[\[(])(?=[^)\]]{0,400}[+−×*/÷])|(?P<close>[\])])(?=\s|$|[/×*÷+−)\]])|"
    r"(?P<sign>(?<=\s)[×xX*÷/+−–-](?=\s)|×|÷|(?<=[)\]])\s{0,9}/\s{0,9}|\s{0,9}/\s{0,9}(?=[(\[]))|"
    r"(?P<number>(?<![\w.])\d[\d,]{0,40}(?:\.\d{1,40})?(?![\w.]))"
)
_LETTER = re.compile(r"^([A-Z])\s*=\s*(.+)$")


def of_table(table: WordTable) -> str | None:
    """A drawn formula: a cell of two lines is a fraction; None where the table is none."""
    cells = [cell for row in table.rows for cell in row.cells if cell.lines]
    if not cells or len(cells) > 6 or any(len(cell.lines) > 2 for cell in cells):
        return None
    if not any(len(cell.lines) == 2 for cell in cells):
        return None
    out = []
    for cell in cells:
        said = [line.said for line in cell.lines]
        out.append(f"{_side(said[0])} / {_side(said[1])}" if len(said) == 2 else said[0])
    return " ".join(out)


def is_equation(table: WordTable) -> bool:
    """Whether a table draws an equation in a text: ``… =`` and a fraction."""
    text = of_table(table)
    return text is not None and "=" in text


def as_equation(table: WordTable) -> Typed:
    """Such an equation as a line of gen's markup: ``A = B // C``."""
    out = []
    lines: list[Line] = []
    for row in table.rows:
        for cell in row.cells:
            said = [line.said for line in cell.lines]
            lines += cell.lines
            out.append(" // ".join(said))
    made = Typed(" ".join(out))
    made.sources = [(line, line.said) for line in lines]
    return made


def _side(text: str) -> str:
    return f"({text})" if re.search(r"\s[+−–×*x/-]\s|×", text) else text


def read(text: str, lines: Iterable[Line], letters: dict[str, str] | None = None) -> Mapping | None:
    """A formula with its inputs; None where the text is none that is sure.

    ``letters`` are the names of figures that the sheet calls A, B, C.
    """
    text = re.sub(r"^[^=]{0,120}=\s*(?=\S)", "", text.strip())
    tokens = list(_tokens(text))
    kinds = [kind for kind, _ in tokens]
    if not kinds or "sign" not in kinds or not _sound(kinds):
        return None
    inputs: dict[str, Mapping] = {}
    names: dict[str, str] = {}
    out: list[str] = []
    source = list(lines)
    for kind, value in tokens:
        if kind == "name":
            key = names.get(value)
            if key is None:
                known = (letters or {}).get(value)
                key = known or f"figure_{len(names) + 1}"
                names[value] = key
                if known is None:
                    name = Typed(value)
                    name.sources = [(line, value) for line in source if _in(value, line)]
                    inputs[key] = Mapping(name=name)
            out.append(key)
        elif kind == "number":
            out.append(value.replace(",", ""))
        else:
            out.append(value)
    formula = " ".join(out).replace("( ", "(").replace(" )", ")")
    made = Mapping(formula=Typed(formula))
    made["formula"].sources = [(line, _figures(line.said)) for line in source]
    if inputs:
        made["inputs"] = Mapping(inputs)
    return made


def _figures(text: str) -> str:
    found = re.findall(r"\d[\d,]*", text)
    return found[-1] if found else ""


def _in(value: str, line: Line) -> bool:
    return re.sub(r"\s", "", value) in re.sub(r"\s", "", line.said)


def _tokens(text: str) -> Iterable[tuple[str, str]]:
    position, depth = 0, 0
    for match in _TOKEN.finditer(text):
        if match["close"] and not depth:
            continue
        before = text[position : match.start()].strip()
        if match["number"] and (before or _goes_on(text, match.end())):
            continue
        if before:
            yield "name", before
        position = match.end()
        if match["open"]:
            depth += 1
            yield "open", "("
        elif match["close"]:
            depth -= 1
            yield "close", ")"
        elif match["number"]:
            yield "number", match["number"]
        else:
            yield "sign", _SIGNS[match["sign"].strip()]
    if rest := text[position:].strip():
        yield "name", rest


def _goes_on(text: str, at: int) -> bool:
    return bool(re.match(r"\s*[^\s)\]+−×*÷/–-]", text[at:]))


def _sound(kinds: list[str]) -> bool:
    """Whether terms and signs take turns, and brackets close."""
    depth, wants_term = 0, True
    for kind in kinds:
        if kind in ("name", "number"):
            if not wants_term:
                return False
            wants_term = False
        elif kind == "open":
            if not wants_term:
                return False
            depth += 1
        elif kind == "close":
            depth -= 1
            if wants_term or depth < 0:
                return False
        else:
            if wants_term:
                return False
            wants_term = True
    return not depth and not wants_term


def letter(line: Line) -> tuple[str, str] | None:
    """A figure that a sheet defines: ``A = จำนวน…`` → the letter and its words."""
    match = _LETTER.match(line.said)
    return (match[1], match[2]) if match else None
