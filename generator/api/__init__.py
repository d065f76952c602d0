"""One function a job, for every face: typed in, typed out, nothing printed.

What the command calls, the batch and a browser may call, and what a Python program may import:

    from generator import api

    workspace = api.workspaces.around()
    target = api.workspaces.find(workspace, "a unit's name")
    made = api.documents.make(workspace, "agreement", target)
    api.workspaces.publish(made.files)

A module a room of jobs; each is imported when it is first used. What a function makes is in its
answer: files are bytes by path, which ``workspaces.publish`` puts in place, all or none; faults
are values with their places. What can't be done raises one of ``generator.errors``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from . import (
        accounts,
        agencies,
        agency_books,
        answers,
        batch,
        cascade,
        checking,
        comparisons,
        doctor,
        documents,
        editing,
        faults,
        history,
        inspection,
        needs,
        overview,
        preview,
        reading_back,
        reporting,
        results,
        scans,
        schema,
        scores,
        signing,
        standing,
        surveys,
        targets,
        templates,
        units,
        watching,
        word_files,
        workspaces,
    )

__all__ = [
    "accounts",
    "agencies",
    "agency_books",
    "answers",
    "batch",
    "cascade",
    "checking",
    "comparisons",
    "doctor",
    "documents",
    "editing",
    "faults",
    "history",
    "inspection",
    "needs",
    "overview",
    "preview",
    "reading_back",
    "reporting",
    "results",
    "scans",
    "schema",
    "scores",
    "signing",
    "standing",
    "surveys",
    "targets",
    "templates",
    "units",
    "watching",
    "word_files",
    "workspaces",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> ModuleType:
        """Import a room when it is first named."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return importlib.import_module(f".{name}", __name__)
