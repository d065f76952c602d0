"""The emblem is a PNG picture, whole and not too large, inside the agency's folder."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic
from ..workspace import confined

MAX_EMBLEM = 5 << 20


MAX_DOTS = 20_000_000


_PNG = b"\x89PNG\r\n\x1a\n"


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


def check(node: Node, emblem: str, folder: Path) -> Iterator[Diagnostic]:
    """The picture can stand in documents; the first reason why not."""
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
