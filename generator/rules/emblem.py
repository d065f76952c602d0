"""The emblem is a PNG picture, whole and not too large, inside the agency's folder."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, fault
from ..messages import Message, message
from ..workspace import confined
from ..workspace.reasons import why

MAX_EMBLEM = 5 << 20


MAX_DOTS = 20_000_000


_PNG = b"\x89PNG\r\n\x1a\n"


def _png_fault(data: bytes) -> Message | None:
    """Why a picture can't stand in a document, or nothing: every dot of it is read."""
    if not data.startswith(_PNG):
        return message("emblem-is-no-png")
    from PIL import Image, ImageFile

    # WeasyPrint, once imported, has pictures that are cut off read as far as they go.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            width, height = picture.size
            if width * height > MAX_DOTS:
                return message(
                    "emblem-too-many-dots", width=width, height=height, most=f"{MAX_DOTS:,}"
                )
            picture.load()
    except (OSError, SyntaxError, ValueError, TypeError, ArithmeticError, IndexError):
        return message("emblem-damaged")
    except Image.DecompressionBombError:
        return message("emblem-far-too-many-dots", most=f"{MAX_DOTS:,}")
    except (struct.error, zlib.error):
        return message("emblem-damaged")
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
    return None


def check(node: Node, emblem: str, folder: Path) -> Iterator[Diagnostic]:
    """The picture can stand in documents; the first reason why not."""
    place = node.at("emblem")
    if reason := confined.fault(folder, emblem, message("folder-of-the-agency")):
        yield fault("emblem-out-of-reach", place, file=emblem, reason=reason)
        return
    path = folder / emblem
    try:
        if not path.is_file():
            yield fault("emblem-missing", place, file=emblem)
        elif path.stat().st_size > MAX_EMBLEM:
            yield fault("emblem-too-large", place, most=MAX_EMBLEM >> 20)
        elif wrong := _png_fault(path.read_bytes()):
            yield Diagnostic(wrong, place, message("save-as-png"))
    except OSError as error:
        yield fault("emblem-unreadable", place, reason=why(error))
