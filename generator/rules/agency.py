"""Rules of agency.yaml and wording.yaml."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from ..agreements.blanks import BLANK
from ..agreements.files import DataFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, did_you_mean
from ..model import (
    CHART_FIELDS,
    FIELDS,
    FRAMEWORK_FIELDS,
    GOALS_FIELDS,
    PARTY_FIELDS,
    PERSONAL_FIELDS,
    REPORT_FIELDS,
    SURVEY_REPORT_FIELDS,
    Agency,
    Wording,
)
from ..workspace import confined
from .weights import check_tree

MAX_EMBLEM = 5 << 20
MAX_DOTS = 20_000_000
_PNG = b"\x89PNG\r\n\x1a\n"


def check(file: DataFile[Agency], agency: Agency, folder: Path) -> Iterator[Diagnostic]:
    """Scales, rounds, grades, the form's components, the emblem, the weight tree."""
    node = file.node
    if agency.scale not in agency.scales:
        yield Diagnostic(
            f"unknown scale '{agency.scale}'",
            node.at("scale"),
            did_you_mean(agency.scale, agency.scales),
        )
    for name, scale in agency.scales.items():
        ids = [level.id for level in scale.levels]
        points = [level.points for level in scale.levels]
        place = node.at("scales", name, "levels")
        if len(set(ids)) != len(ids):
            yield Diagnostic(f"two levels of scale '{name}' have one id", place)
        if points != sorted(set(points)):
            yield Diagnostic(f"the points of scale '{name}' don't rise from level to level", place)
    ids = [r.id for r in agency.rounds]
    if ids != sorted(set(ids)):
        yield Diagnostic("rounds are numbered 1, then 2", node.at("rounds"))
    for index, r in enumerate(agency.rounds):
        if r.start > r.end:
            yield Diagnostic(f"round {r.id} ends before it starts", node.at("rounds", index, "end"))
    bands = [grade.at_least for grade in agency.grades]
    if bands != sorted(set(bands), reverse=True):
        yield Diagnostic("grades stand from the highest to the lowest", node.at("grades"))
    yield from check_tree(node.find(("components",)), agency.components)
    yield from check_tree(node.find(("personal", "components")), agency.personal.components)
    known = _ids(agency)
    named = [
        (use.component, node.at("form", "indicators", index, "component"))
        for index, use in enumerate(agency.form.indicators)
    ]
    named += [(key, node.key_at("form", "rows", key)) for key in agency.form.rows]
    for component, place in named:
        if component not in known:
            yield Diagnostic(
                f"unknown component '{component}'", place, did_you_mean(component, known)
            )
    yield from _check_statements(node, agency)
    if agency.emblem is not None:
        yield from _check_emblem(node, agency.emblem, folder)


def check_wording(file: DataFile[Wording]) -> Iterator[Diagnostic]:
    """Every ``[[field]]`` of the wording is one that the system fills in."""
    yield from _fields(file.node, ())


def _fields(node: Node, path: tuple[str | int, ...]) -> Iterator[Diagnostic]:
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _fields(child, (*path, key))
    elif isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from _fields(child, (*path, index))
    elif isinstance(node.value, str):
        known = dict(FIELDS)
        if path[:2] in (("agreement", "party"), ("agreement", "signature")):
            known |= PARTY_FIELDS
        if path[:2] == ("agreement", "goals"):
            known |= GOALS_FIELDS
        if path[:1] in (("report",), ("summary",)):
            known |= REPORT_FIELDS
        if path[:1] == ("chart",):
            known |= CHART_FIELDS
        if path[:2] == ("framework", "surveys"):
            known |= FRAMEWORK_FIELDS
        if path[:2] == ("survey", "report"):
            known |= SURVEY_REPORT_FIELDS
        if path[:1] == ("personal",):
            known |= PERSONAL_FIELDS
        for match in BLANK.finditer(node.value):
            if match[1] not in known:
                yield Diagnostic(
                    f"unknown field [[{match[1]}]]", node.location, did_you_mean(match[1], known)
                )


def _ids(agency: Agency) -> set[str]:
    found: set[str] = set()
    todo = list(agency.components)
    while todo:
        component = todo.pop()
        found.add(component.id)
        todo += component.components
    return found


def _png_fault(data: bytes) -> str:
    """Why a picture can't stand in a document, or nothing: every dot of it is read."""
    if not data.startswith(_PNG):
        return "the emblem is no PNG picture"
    from PIL import Image, ImageFile

    # WeasyPrint, once imported, has pictures that are cut off read as far as they go.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            width, height = picture.size
            if width * height > MAX_DOTS:
                return f"the emblem has {width} × {height} dots; at most {MAX_DOTS:,} fit"
            picture.load()
    except (OSError, SyntaxError, ValueError, TypeError, ArithmeticError, IndexError):
        return "the emblem is damaged or cut off"
    except Image.DecompressionBombError:
        return f"the emblem has more dots than the {MAX_DOTS:,} that fit"
    except (struct.error, zlib.error):
        return "the emblem is damaged or cut off"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
    return ""


def _check_statements(node: Node, agency: Agency) -> Iterator[Diagnostic]:
    """Every row of a table of words has a cell for each head."""
    for index, statement in enumerate(agency.statements):
        heads = len(statement.heads)
        for row, cells in enumerate(statement.rows):
            if len(cells) != heads:
                yield Diagnostic(
                    f"this row has {len(cells)} cells, the table {heads} heads",
                    node.at("statements", index, "rows", row),
                    "write ~ for a cell that goes on from the one above",
                )


def _check_emblem(node: Node, emblem: str, folder: Path) -> Iterator[Diagnostic]:
    place = node.at("emblem")
    if reason := confined.fault(folder, emblem, "the agency's folder"):
        yield Diagnostic(
            f"the emblem '{emblem}' {reason}",
            place,
            "put the picture beside agency.yaml and give its name",
        )
        return
    path = folder / emblem
    try:
        if not path.is_file():
            yield Diagnostic(
                f"there is no file '{emblem}'", place, "put the picture beside agency.yaml"
            )
        elif path.stat().st_size > MAX_EMBLEM:
            yield Diagnostic(f"the emblem is larger than {MAX_EMBLEM >> 20} MiB", place)
        elif fault := _png_fault(path.read_bytes()):
            yield Diagnostic(fault, place, "save it as PNG again")
    except OSError as error:
        yield Diagnostic(f"can't read the emblem: {error.strerror}", place)
