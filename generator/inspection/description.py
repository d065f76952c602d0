"""What ``gen inspect`` says of a PDF, and what it takes out of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from .. import __version__, verify
from ..agreements import record
from ..diagnostics import errors
from ..documents import building
from ..documents.kinds import KINDS
from ..errors import FileError, GenError
from ..verify import FinishedPdf
from ..visible import visible
from ..workspace import supervision
from ..workspace.confined import below, file_name_fault, opened
from ..workspace.environment import Workspace
from ..workspace.supervision import TEMPORARY
from ..writers import document

_WIDTH = 14
_LABELS = {
    "title": "title",
    "id": "id",
    "kind": "kind",
    "agency": "agency",
    "unit": "unit",
    "generator": "made by gen",
    "data_hash": "data hash",
    "source_hash": "source hash",
    "text_hash": "text hash",
    "template_hash": "template hash",
    "pages": "pages",
    "fonts": "fonts",
    "created": "dated",
    "modified": "changed",
    "claims": "claims to be",
}


def examine(path: Path) -> FinishedPdf:
    """Take the PDF at ``path`` apart. Raises FileError."""
    supervision.at(path)
    try:
        with opened(path) as file:
            data = file.read(verify.MAX_BYTES + 1)
    except OSError as error:
        raise FileError(f"can't read {path}: {error.strerror}", "check the name") from error
    return verify.read_pdf(data, path.name)


def as_json(found: FinishedPdf) -> dict[str, Any]:
    """All that is known of a PDF, for machines; what its record doesn't say is empty."""
    facts, properties = found.facts, found.properties
    return {
        "title": plain(properties.title),
        **{key: plain(found.said.get(key, "")) for key in record.KEYS},
        "pages": facts.pages,
        "fonts": sorted(map(plain, facts.fonts)),
        "created": plain(properties.created),
        "modified": plain(properties.modified),
        "claims": [plain(claim) for claim in properties.claims],
        "attachments": [
            {
                "name": plain(file.name),
                "size": len(file.data),
                "relationship": plain(file.relationship),
            }
            for file in facts.attached
        ],
        "signatures": [
            {
                "name": plain(field.name),
                "purpose": plain(field.purpose),
                "page": field.page,
                "signed": field.signed,
            }
            for field in properties.fields
        ],
    }


def lines(found: FinishedPdf) -> Iterator[str]:
    """The same, for people."""
    known = as_json(found)
    for key, label in _LABELS.items():
        value = known[key]
        text = ", ".join(value) if isinstance(value, list) else str(value)
        if text:
            yield f"{label:{_WIDTH}} {text}"
    for file in known["attachments"]:
        size = f"{file['size']} bytes"
        yield f"{'attachment':{_WIDTH}} {file['name']}, {size} ({file['relationship']})"
    for field in known["signatures"]:
        place = f"page {field['page']}" if field["page"] else "no page"
        state = "signed" if field["signed"] else "empty"
        yield f"{'signature':{_WIDTH}} {field['name']}, {place}, {state}: {field['purpose']}"


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
        if file.name in verify.OWN or file.name == record.EMBLEM:
            files[below(folder, file.name)] = file.data
        else:
            remarks.append(f"{plain(file.name)} is none of gen's attachments and was left out")
    return files, remarks


def problems(world: Workspace, found: FinishedPdf) -> tuple[tuple[str, ...], list[str]]:
    """Everything in which a PDF is not what it says, and what could not be looked at."""
    wanted, wrong, remark = again(world, found)
    sentences = (*verify.problems(found, wanted), *wrong)
    return tuple(map(plain, sentences)), [remark] if remark else []


def again(world: Workspace, found: FinishedPdf) -> tuple[verify.ExpectedPdf | None, list[str], str]:
    """What the document says, made again from its source; else why not: a finding, a remark."""
    said, made_of = found.said, found.source
    if not said or made_of is None or made_of.node is None:
        return None, [], ""
    without = "its text was not made again from its source"
    if said["generator"] != __version__:
        made_by = plain(said["generator"])
        return None, [], f"it was made by gen {made_by}, this is gen {__version__}: {without}"
    try:
        with tempfile.TemporaryDirectory(prefix=TEMPORARY.format(pid=os.getpid())) as folder:
            # Only a picture has to be a file; names of people stay out of it.
            files, _ = extracted(found, Path(folder))
            for path, data in files.items():
                if path.name == record.EMBLEM:
                    path.write_bytes(data)
            origin = record.unsealed(made_of, Path(folder, record.SOURCE))
            templates = document.html_templates(world.template_roots, origin.folder.id)
            if templates.hash != said["template_hash"]:
                return None, [], f"the templates here are not those it was made with: {without}"
            if origin.kind not in KINDS:
                return None, [f"gen makes no document of the kind {origin.kind}"], ""
            draft = building.again(world, origin)
            wrong = []
            if record.SOURCE_HASH not in said:
                # Made when an id was that of all the source: it stays what it is.
                page = replace(draft.context.page, id=said["id"])
                draft = replace(draft, context=replace(draft.context, page=page))
            elif draft.record.data_hash != said["data_hash"]:
                wrong = [f"the id {said['id']} is not that of its source, {draft.record.id}"]
            return verify.html_wanted(document.html(world, draft)), wrong, ""
    except GenError as error:
        reason = next((fault.message for fault in errors(error.diagnostics)), error.message)
        return None, [f"nothing can be made of its source: {reason}"], ""


def plain(text: str) -> str:
    """Text that may be printed: it ends, and nothing in it moves the cursor or turns round."""
    return visible(text[:_MAX_TEXT].encode("utf-8", "replace").decode())


_MAX_TEXT = 1000
