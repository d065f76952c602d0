"""A finished document made again from the source that it carries: what it has to say."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from .. import __version__, verify
from ..agreements import record, unsealing
from ..diagnostics import errors
from ..documents import building
from ..documents.kinds import KINDS
from ..errors import GenError
from ..verify import FinishedPdf
from ..verify.extraction import extracted
from ..visible import plain
from ..workspace.environment import Workspace
from ..workspace.supervision import TEMPORARY
from . import document


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
            origin = unsealing.unsealed(made_of, Path(folder, record.SOURCE))
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
