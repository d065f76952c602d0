"""What a finished PDF carries, taken out of it as files."""

from __future__ import annotations

from pathlib import Path

from ..agreements import record
from ..errors import FileError
from ..visible import plain
from ..workspace.confined import below, file_name_fault
from .finished_pdf import OWN, FinishedPdf


def extracted(found: FinishedPdf, folder: Path) -> tuple[dict[Path, bytes], list[str]]:
    """The attachments as files of ``folder``, and what is said of those that are left out.

    Only what gen attaches is taken out. Raises FileError when a name could lead elsewhere.
    """
    files: dict[Path, bytes] = {}
    remarks = []
    for file in found.facts.attached:
        fault = file_name_fault(file.name)
        if fault or file.name.startswith("."):
            raise FileError(
                f"the attachment '{plain(file.name)[:60]}' can't be a file: "
                f"{fault or 'its name begins with a dot'}",
                "this PDF was changed after gen made it; nothing was written",
            )
        if folder / file.name in files:
            raise FileError(f"two attachments are called {file.name}", "nothing was written")
        if file.name in OWN or file.name == record.EMBLEM:
            files[below(folder, file.name)] = file.data
        else:
            remarks.append(f"{plain(file.name)} is none of gen's attachments and was left out")
    return files, remarks
