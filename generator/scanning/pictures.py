"""What was scanned, opened: PDF, TIFF, PNG and JPEG, page by page, within bounds.

Nothing is held but the page that is looked at.
"""

from __future__ import annotations

import hashlib
import warnings
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from ..errors import FileError
from ..messages import Message, message
from .finding import LONGEST
from .prints import Grey

_ENDINGS = (".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg")
_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\x89PNG", b"\xff\xd8\xff")
"""How TIFF, PNG and JPEG begin; a PDF says so somewhere in its first bytes."""
_NOBODYS = ("thumbs.db", "desktop.ini")
"""What systems leave in folders."""

MOST_PIXELS = 120_000_000
"""How large a picture may be: A3 at 600 dots per inch is 70 million."""

MOST_PAGES = 20_000
"""How many pages a file may have."""

_MOST_FILES = 20_000
_PDF_DOTS = 220
_MAX_SIDE = 60.0
"""How long a PDF's page may be, in inches."""
_LEAST = 300
"""A picture with fewer pixels along a side shows no sheet."""


TOO_LARGE = message("picture-too-large", most=str(MOST_PIXELS // 1_000_000))
TOO_SMALL = message("picture-too-small", least=str(_LEAST))
TOO_MANY = message("picture-of-too-many-pages", most=str(MOST_PAGES))
DAMAGED = message("picture-damaged")
UNKNOWN = message("picture-of-no-known-kind")
NO_PDF = message("picture-pdf-unreadable")
NOT_UNDERSTOOD = message("picture-not-understood")

FAULTS = {
    said.code: said
    for said in (TOO_LARGE, TOO_SMALL, TOO_MANY, DAMAGED, UNKNOWN, NO_PDF, NOT_UNDERSTOOD)
}
"""What may be wrong with a picture, by code: that is what is kept of it."""


class UnreadablePicture(Exception):
    """A file or page that can't be looked at; ``said`` is why."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


_AT_ONCE = 60
"""After so many pages a PDF is opened anew."""


class _Pdf:
    """A PDF opened anew now and then: pdfium keeps what it read as long as a file is open."""

    def __init__(self, path: Path) -> None:
        self._path, self._taken = path, 0
        self._open()

    def _open(self) -> None:
        self._document = pypdfium2.PdfDocument(self._path)
        # What was filled in on screen is drawn only where fields are asked for.
        self._document.init_forms()

    def __len__(self) -> int:
        return len(self._document)

    @contextmanager
    def page(self, number: int) -> Iterator[Any]:
        """A page (from 1), as long as it is looked at."""
        if self._taken == _AT_ONCE:
            self._taken = 0
            self._document.close()
            self._open()
        self._taken += 1
        page = self._document[number - 1]
        try:
            yield page
        finally:
            page.close()

    def close(self) -> None:
        """Be done with it."""
        self._document.close()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of pictures: its format, and how many there are."""

    path: Path
    pages: int
    _document: Any

    def picture(self, number: int) -> Grey:
        """A page (from 1) in grey. Raises UnreadablePicture."""
        try:
            if isinstance(self._document, _Pdf):
                with self._document.page(number) as page:
                    return _rendered(page)
            return _decoded(self._document, number)
        except UnreadablePicture:
            raise
        except MemoryError:
            raise UnreadablePicture(TOO_LARGE) from None
        except Exception as error:  # libraries raise anything at damaged data
            raise UnreadablePicture(DAMAGED) from error

    def is_whole(self, number: int) -> bool:
        """Whether all of a page is there, as far as its file tells; else it may look empty."""
        if not isinstance(self._document, _Pdf):
            return True
        with self._document.page(number) as page:
            return _is_whole(page)


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files that are meant, and those of folders that are none of pictures."""

    pictures: tuple[Path, ...]
    others: tuple[Path, ...]


def files(paths: Iterable[Path]) -> FoundFiles:
    """The files that are meant: those of a folder by name, with those of its folders.

    Raises FileError where there are too many.
    """
    pictures: list[Path] = []
    others: list[Path] = []
    for path in paths:
        if not path.is_dir():
            pictures.append(path)
            continue
        for one in sorted(_below(path)):
            (pictures if _is_picture(one) else others).append(one)
            if len(pictures) + len(others) > _MOST_FILES:
                raise FileError(message("too-many-scans", most=str(_MOST_FILES)))
    return FoundFiles(tuple(pictures), tuple(others))


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.name.lower() not in _NOBODYS and path.is_file():
            yield path


def _is_picture(path: Path) -> bool:
    """Whether a file is called, or begins, like one of pictures."""
    if path.suffix.lower() in _ENDINGS:
        return True
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError:
        return False
    return start.startswith(_STARTS) or b"%PDF-" in start


def hash_of(path: Path) -> str:
    """A file's SHA-256. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """A file of pictures. Raises UnreadablePicture, OSError."""
    with path.open("rb") as file:
        start = file.read(1024)
        if b"%PDF-" in start:
            try:
                document = _Pdf(path)
            except pypdfium2.PdfiumError as error:
                raise UnreadablePicture(NO_PDF) from error
            try:
                yield Opened(path, _count(len(document)), document)
            finally:
                document.close()
            return
        file.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                image = Image.open(file, formats=("TIFF", "PNG", "JPEG"))
            except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
                bomb = isinstance(error, Image.DecompressionBombError)
                raise UnreadablePicture(TOO_LARGE if bomb else UNKNOWN) from error
            except Exception as error:
                raise UnreadablePicture(DAMAGED) from error
            several = image.format == "TIFF"
            try:
                pages = int(getattr(image, "n_frames", 1)) if several else 1
            except Exception as error:
                raise UnreadablePicture(DAMAGED) from error
            yield Opened(path, _count(pages), image)


def _is_whole(page: Any) -> bool:
    """Whether a page's images come to their end; what one lacks is drawn as if it were empty."""
    try:
        for image in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,)):
            filters = image.get_filters()
            data = bytes(image.get_data(decode_simple=False)) if len(filters) == 1 else b""
            if filters == ["DCTDecode"] and b"\xff\xd9" not in data[-1024:]:
                return False
            if filters == ["FlateDecode"]:
                rest = zlib.decompressobj()
                rest.decompress(data, MOST_PIXELS * 4)
                if not (rest.eof or rest.unconsumed_tail):
                    return False
    except (pypdfium2.PdfiumError, zlib.error):
        return False
    return True


def _count(pages: int) -> int:
    if pages > MOST_PAGES:
        raise UnreadablePicture(TOO_MANY)
    return pages


def _rendered(page: Any) -> Grey:
    wide, high = page.get_size()
    longest = max(wide, high)
    if longest > _MAX_SIDE * 72 or min(wide, high) <= 1:
        raise UnreadablePicture(TOO_LARGE)
    scale = min(_PDF_DOTS / 72, LONGEST / longest)
    # A PDF of a telephone's pictures may call a pixel a point, or much less.
    scale = max(scale, min(_PDF_DOTS / 72 * 3, 2000 / longest))
    bitmap = page.render(scale=scale, rev_byteorder=True)
    return _enough(_inked(np.asarray(bitmap.to_numpy(), np.uint8)))


def grey(bitmap: Any) -> Grey:
    """A page that pdfium drew in grey."""
    drawn = np.array(bitmap.to_numpy(), np.uint8)
    return drawn[..., 0] if drawn.ndim == 3 else drawn


def _inked(colours: Grey) -> Grey:
    """A picture in grey where coloured ink is about as dark as in the channel that shows it best.

    To the eye yellow is nearly white; to the blue channel it is nearly black.
    """
    if colours.ndim == 2:
        return colours.copy()
    red, green, blue = cv2.split(colours[..., :3])
    seen = cv2.cvtColor(colours[..., :3], cv2.COLOR_RGB2GRAY)
    darkest = cv2.min(cv2.min(red, green), blue)
    return np.asarray(cv2.addWeighted(seen, 0.5, darkest, 0.5, 0), np.uint8)


@contextmanager
def _whole() -> Iterator[None]:
    """Pictures that are cut off are damaged; WeasyPrint, once imported, has them read so."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _decoded(image: Any, number: int) -> Grey:
    with warnings.catch_warnings(), _whole():
        warnings.simplefilter("ignore")
        image.seek(number - 1)
        wide, high = image.size
        if wide * high > MOST_PIXELS or max(wide, high) > 40_000:
            raise UnreadablePicture(TOO_LARGE)
        if image.format == "JPEG":
            image.draft("L" if image.mode == "L" else "RGB", (LONGEST * 3 // 4, LONGEST * 3 // 4))
        turned = ImageOps.exif_transpose(image)
        if turned.mode in ("RGBA", "LA", "PA", "P") and (
            "transparency" in turned.info or turned.mode != "P"
        ):
            clear = turned.convert("RGBA")
            paper = Image.new("RGBA", clear.size, "white")
            turned = Image.alpha_composite(paper, clear)
        if turned.mode.startswith("I"):
            deep = np.asarray(turned, np.float64)
            return _enough((deep / max(1.0, deep.max()) * 255).astype(np.uint8))
        if turned.mode in ("1", "L", "LA"):
            return _enough(np.array(turned.convert("L"), np.uint8))
        return _enough(_inked(np.asarray(turned.convert("RGB"), np.uint8)))


def _enough(picture: Grey) -> Grey:
    if min(picture.shape) < _LEAST:
        raise UnreadablePicture(TOO_SMALL)
    return picture
