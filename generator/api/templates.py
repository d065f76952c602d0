"""Templates, looked at and checked."""

from __future__ import annotations

from ..templates.check import findings
from ..templates.check.scope import TemplateProblem
from ..templates.word_as_text import text
from ..workspace.environment import Workspace

__all__ = ["TemplateProblem", "check", "text"]


def check(workspace: Workspace) -> tuple[TemplateProblem, ...]:
    """What is wrong with the workspace's templates: warnings first, then errors."""
    found = findings(workspace.template_roots)
    return tuple(sorted(found, key=lambda problem: problem.error))
