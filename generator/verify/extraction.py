"""What a finished PDF carries, taken out of it as files."""

from __future__ import annotations

from pathlib import Path

from ..agreements import record
from ..errors import FileError
from ..messages import message
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
            reason = fault or message("begins-with-dot")
            name = plain(file.name)[:60]
            raise FileError(message("attachment-is-no-file", name=name, reason=reason))
        if folder / file.name in files:
            raise FileError(message("attachments-of-one-name", name=file.name))
        if file.name in OWN or file.name == record.EMBLEM:
            files[below(folder, file.name)] = file.data
        else:
            remarks.append(str(message("attachment-left-out", name=plain(file.name))))
    return files, remarks
