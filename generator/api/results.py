"""Results by workbook: made to be filled in, and taken in again."""

from __future__ import annotations

from ..importing.workbook import FilledForms, take_in, template

__all__ = ["FilledForms", "take_in", "template"]
