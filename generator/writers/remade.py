"""A finished document made again from the source that it carries: what it has to say."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from .. import __version__, verify
from ..agreements import record, unsealing
from ..documents import building
from ..documents.kinds import KINDS
from ..errors import GenError, reason_with_place
from ..messages import message
from ..verify import FinishedPdf
from ..verify.extraction import extracted
from ..visible import plain
from ..workspace.environment import Workspace
from ..workspace.supervision import TEMPORARY
from . import document


def again(
    workspace: Workspace, found: FinishedPdf
) -> tuple[verify.ExpectedPdf | None, list[str], str]:
    """What the document says, made again from its source; else why not: a finding, a remark."""
    said, made_of = found.said, found.source
    if not said or made_of is None or made_of.node is None:
        return None, [], ""
    if said["generator"] != __version__:
        made_by = plain(said["generator"])
        remark = message("made-by-another-gen", version=made_by, own=__version__)
        return None, [], str(remark)
    try:
        with tempfile.TemporaryDirectory(prefix=TEMPORARY.format(pid=os.getpid())) as folder:
            # Only a picture has to be a file; names of people stay out of it.
            files, _ = extracted(found, Path(folder))
            for path, data in files.items():
                if path.name == record.EMBLEM:
                    path.write_bytes(data)
            origin = unsealing.unsealed(made_of, Path(folder, record.SOURCE))
            templates = document.html_templates(workspace.template_roots, origin.folder.id)
            if templates.hash != said["template_hash"]:
                return None, [], str(message("other-templates"))
            if origin.kind not in KINDS:
                return None, [str(message("no-document-of-kind", kind=origin.kind))], ""
            draft = building.again(workspace, origin)
            wrong = []
            if record.SOURCE_HASH not in said:
                # Made when an id was that of all the source: it stays what it is.
                page = replace(draft.context.page, id=said["id"])
                draft = replace(draft, context=replace(draft.context, page=page))
            elif draft.record.data_hash != said["data_hash"]:
                wrong = [str(message("id-of-another-source", id=said["id"], own=draft.record.id))]
            return verify.html_wanted(document.html(workspace, draft)), wrong, ""
    except GenError as error:
        reason = reason_with_place(error)
        return None, [str(message("nothing-made-of-source", reason=reason))], ""
