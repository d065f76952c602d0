"""Archives that are damaged in any way of packing are told as damaged, never as a bug."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from generator.comparing import word_xml
from generator.diagnostics import Diagnostic
from generator.errors import FileError, TemplateFault
from generator.importing.word.package import WordPackage, opened
from generator.templates.word_parts import unpack
from generator.verify.docx import untouched
from generator.workspace.archives import DAMAGED

PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
TEMPLATE = Path(__file__).parents[2] / "templates/docx/agreement.docx"


def damaged(packing: int, chance: random.Random) -> bytes:
    """A Word file packed so, with some bytes of a part, or of the archive, changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(TEMPLATE) as old, zipfile.ZipFile(out, "w", packing) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    data = bytearray(out.getvalue())
    start = chance.randrange(len(data) - 200)
    for place in range(start, start + chance.randrange(1, 200)):
        data[place] ^= chance.randrange(1, 256)
    return bytes(data)


@pytest.mark.parametrize("packing", PACKED)
def test_what_is_damaged_is_never_a_bug(packing: int) -> None:
    chance = random.Random(packing)
    for _ in range(12):
        data = damaged(packing, chance)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    archive.read(name)
        except DAMAGED:
            with pytest.raises(FileError):
                word_xml.opened(data, "x.docx")
            with pytest.raises(TemplateFault):
                unpack("x.docx", data)
        assert not untouched(data)
        assert isinstance(opened(Path("x.docx"), data), WordPackage | Diagnostic)
