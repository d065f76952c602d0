"""For the process that workers come of, which imports this first: it is ready to render.

Importing it starts the renderer and turns the face into what Word files hold, so that no worker has
to. Where that can't be done, the first document says why.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ..errors import GenError
from ..workspace.environment import Workspace
from ..writers import document
from ..writers.docx import writer
from ..writers.pdf import renderer

__all__ = ["writer"]

with suppress(GenError, OSError):
    renderer.start()
    document.face_for_word(Workspace(Path(), {}))
