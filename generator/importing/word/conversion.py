"""Files of other programs (``.doc``, ``.odt``, ``.rtf``) as Word files, by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from ...diagnostics import Diagnostic, Location, fault
from ...workspace import supervision

SUFFIXES = (".doc", ".odt", ".rtf", ".dot", ".ott")
"""What LibreOffice makes Word files of."""

PROGRAM = "soffice"
SECONDS = 180
MAX_BYTES = 32 << 20


def converted(path: Path, data: bytes) -> bytes | Diagnostic:
    """The file as ``.docx``, or why it can't be had; ``path`` says what kind it is and names it.

    LibreOffice works on a copy, with a profile of its own: it runs no macro, and asks for no file
    beside the copy.
    """
    if len(data) > MAX_BYTES:
        return fault("old-word-file-too-large", Location(path), size=MAX_BYTES >> 20)
    program = shutil.which(PROGRAM)
    if program is None:
        return fault("no-libreoffice-to-convert", Location(path), suffix=path.suffix)
    with tempfile.TemporaryDirectory(prefix="gen-import-") as name:
        folder = Path(name)
        source = folder / f"source{path.suffix.lower()}"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", "docx"),
            *("--outdir", str(folder / "out"), str(source)),
        ]
        try:
            with supervision.unlimited():
                subprocess.run(
                    command,
                    check=False,
                    capture_output=True,
                    timeout=SECONDS,
                    stdin=subprocess.DEVNULL,
                )
        except (subprocess.TimeoutExpired, OSError):
            return fault("libreoffice-gave-nothing", Location(path))
        made = folder / "out" / "source.docx"
        if not made.is_file():
            return fault("libreoffice-gave-nothing", Location(path))
        return made.read_bytes()
