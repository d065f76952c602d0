"""An archive has the bytes that Python's own writer gives it."""

import io
import zipfile

import pytest

from generator.writers.docx.archive import pack

PARTS = {
    "word/document.xml": "ก".encode() * 5000,
    "[Content_Types].xml": b"<Types/>",
    "word/fonts/face1.odttf": bytes(range(256)) * 40,
    "word/fonts/face2.odttf": b"",
    "docProps/core.xml": b"x",
}


def by_python(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, parts[name])
    return file.getvalue()


@pytest.mark.parametrize("parts", [PARTS, {}, {**PARTS, "word/ก.xml": b"y"}])
def test_the_bytes_are_those_of_the_library(parts: dict[str, bytes]) -> None:
    found = pack(parts)
    assert found == by_python(parts) == pack(dict(reversed(parts.items())))
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts
