"""Everything that comes from outside: folders, environment, fonts.

Every other stage is a function of its arguments. A test builds a Workspace of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, cached_property
from pathlib import Path

from ..errors import MissingError, UsageError
from ..messages import message
from ..typesetting.lettering import AVERAGE, Face, Lettering
from .confined import below

PACKAGE = Path(__file__).resolve().parents[1]
FONTS_CONF = Path(__file__).with_name("fonts.conf")

FACES = ("TH Sarabun New", "TH SarabunPSK", "Laksaman")
"""The faces a document may be set in, the best first.

The last one draws the letters of the first half as large again at the same size.
"""

OFFICIAL = FACES[:2]
"""Those that the rules for official documents name; their names are theirs alone."""

PARTS = "GEN_PARTS"
"""The variable that names the folder in which laid-out parts are kept."""

SYMBOLS = "DejaVu Sans"
"""The face of the few signs that Thai faces lack (➤, ●, ☐)."""

_EPOCH_DIGITS = 11
"""The seconds of a year with four digits have so many."""

UPRIGHT = ("Regular", "Book")


@dataclass(frozen=True, slots=True)
class FontFile:
    """An installed font file."""

    family: str
    style: str
    path: Path


@dataclass(frozen=True)
class Workspace:
    """Where the workspace is and what the machine offers.

    ``root`` holds agreements/, outputs/ and, if the officer has her own, templates/.
    ``face`` names a face to use instead of the best one installed, ``templates`` the folders
    to take templates from instead of the workspace's.
    """

    root: Path
    environ: Mapping[str, str]
    face: str | None = None
    templates: tuple[Path, ...] = ()

    @property
    def agreements(self) -> Path:
        """The folder of all agencies."""
        return self.root / "agreements"

    @property
    def outputs(self) -> Path:
        """The folder of generated documents. Raises FileError where it is a link out of here."""
        return below(self.root, "outputs")

    @property
    def signed(self) -> Path:
        """The folder of signed documents; nothing here is ever overwritten or removed.

        Raises FileError where it is a link out of here.
        """
        return below(self.root, "signed")

    @property
    def template_roots(self) -> tuple[Path, ...]:
        """Where templates are looked up: the workspace's own, then those that came with gen."""
        if self.templates:
            return self.templates
        shipped = PACKAGE.parent / "templates"
        own = self.root / "templates"
        return (shipped,) if own.resolve() == shipped else (own, shipped)

    @property
    def day(self) -> date | None:
        """The day documents are dated to, where SOURCE_DATE_EPOCH says one (UTC).

        Raises UsageError where it says no day.
        """
        epoch = self.environ.get("SOURCE_DATE_EPOCH", "")
        if not epoch:
            return None
        try:
            if not (epoch.isascii() and epoch.isdigit() and len(epoch) <= _EPOCH_DIGITS):
                raise ValueError(epoch)
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError) as error:
            raise UsageError(message("epoch-is-no-number", value=epoch[:40])) from error

    @property
    def now(self) -> datetime:
        """The moment it is: a signature says when it was made."""
        return datetime.now(UTC).replace(microsecond=0)

    @cached_property
    def fonts(self) -> tuple[FontFile, ...]:
        """The installed files of the faces that gen knows."""
        return installed_fonts()

    @property
    def font(self) -> str:
        """The face documents are set in. Raises MissingError when there is none."""
        families = {font.family for font in self.fonts}
        wanted = (self.face,) if self.face else FACES
        for family in wanted:
            if family in families:
                return family
        raise MissingError(
            message("no-font-installed", fonts=tuple(wanted)), message("install-fonts")
        )

    @cached_property
    def signs(self) -> frozenset[str] | None:
        """The signs that documents can be set in; None where a face for them isn't installed."""
        try:
            wanted = (self.font, SYMBOLS)
            for family in wanted:
                self.file_of(family)
        except MissingError:
            return None
        return signs_of(tuple(font.path for font in self.fonts if font.family in wanted))

    @cached_property
    def lettering(self) -> Lettering:
        """The advances of the letters that documents are set in; average ones without a face."""
        try:
            upright, symbols = self.file_of(self.font), self.file_of(SYMBOLS)
        except MissingError:
            return AVERAGE
        return lettering_of(upright, self.bold_of(self.font), symbols)

    def file_of(self, family: str) -> Path:
        """The file of a face's upright letters. Raises MissingError when there is none."""
        for font in self.fonts:
            if font.family == family and font.style in UPRIGHT:
                return font.path
        raise MissingError(message("font-not-installed", font=family), message("install-fonts"))

    def bold_of(self, family: str) -> Path:
        """The file of a face's bold letters, else of its upright ones. Raises MissingError."""
        bold = (f.path for f in self.fonts if f.family == family and f.style == "Bold")
        return next(bold, None) or self.file_of(family)


def here(cwd: Path, environ: Mapping[str, str]) -> Workspace:
    """The Workspace around ``cwd``: the nearest folder upwards that holds agreements/."""
    for folder in (cwd, *cwd.parents):
        if (folder / "agreements").is_dir():
            return Workspace(folder, environ, environ.get("GEN_FACE"))
    return Workspace(cwd, environ, environ.get("GEN_FACE"))


@cache
def signs_of(files: tuple[Path, ...]) -> frozenset[str] | None:
    """The signs that font files have letters for, and those that are nothing but room or order.

    Private-use signs are none: what they stand for only one font knows. None where a file can't
    be read.
    """
    from fontTools.ttLib import TTFont, TTLibError  # only who looks at texts waits for it

    signs: set[str] = set()
    try:
        for file in files:
            with file.open("rb") as data, TTFont(data, fontNumber=0, lazy=True) as font:
                signs.update(map(chr, font.getBestCmap()))
    except (OSError, TTLibError):
        return None
    return frozenset(s for s in signs if unicodedata.category(s) != "Co") - _REFUSED | _UNSEEN


@cache
def lettering_of(upright: Path, bold: Path, symbols: Path) -> Lettering:
    """The advances of three faces: upright, bold, and the one with the signs that these lack."""
    signs = _advances(symbols)
    return Lettering(*(Face({**signs, **_advances(path)}) for path in (upright, bold)))


@cache
def _advances(file: Path) -> dict[str, float]:
    from fontTools.ttLib import TTFont, TTLibError  # only who measures waits for it

    try:
        with file.open("rb") as data, TTFont(data, fontNumber=0, lazy=True) as font:
            units = font["head"].unitsPerEm
            widths = font["hmtx"].metrics
            return {chr(c): widths[name][0] / units for c, name in font.getBestCmap().items()}
    except (OSError, TTLibError):
        return {}


_REFUSED = frozenset("\ufff9\ufffa\ufffb")
"""Signs of annotations, which the renderer doesn't draw."""


_UNSEEN = frozenset(
    chr(code)
    for first, last in (
        *((0x09, 0x0A), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F)),
        *(
            (0x061C, 0x061C),
            (0x17B4, 0x17B5),
            (0x180B, 0x180F),
            (0x3000, 0x3000),
            (0xFE00, 0xFE0F),
            (0xE0001, 0xE01EF),
        ),
    )
    for code in range(first, last + 1)
)
"""Signs that are drawn as nothing, whatever the face: breaks, directions, joins, variants, room."""


@cache
def installed_fonts() -> tuple[FontFile, ...]:
    """What fontconfig finds of the faces in fonts.conf. Raises MissingError without it."""
    program = shutil.which("fc-list")
    if program is None:
        raise MissingError(message("fc-list-missing"))
    listing = subprocess.run(
        [program, "--format", "%{family[0]}\t%{style[0]}\t%{file}\n"],
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS_CONF), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
    rows = (line.split("\t") for line in sorted(listing.splitlines()) if line.count("\t") == 2)
    return tuple(FontFile(family, style, Path(path)) for family, style, path in rows)


def kept_parts(environ: Mapping[str, str]) -> Path | None:
    """The folder in which laid-out parts of documents are kept for later runs, if any is named."""
    named = environ.get(PARTS, "")
    return Path(named) if named else None
