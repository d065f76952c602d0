"""Changing the words of a model that documents print, and nothing else of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from .fields import DataModel, InEnglish, PrintedIn, parts

M = TypeVar("M", bound=DataModel)
Change = Callable[[str], str]


def with_words(model: M, change: Change) -> M:
    """A copy whose printed texts went through ``change``; keys and ids stay."""
    fields = _printed(model.__class__)
    return model.model_copy(
        update={
            name: changed(getattr(model, name), change, printed=name in fields)
            for name in model.__class__.model_fields
        }
    )


def changed(value: Any, change: Change, *, printed: bool = False) -> Any:
    """The same of a field's value: models, and lists and mappings of them."""
    if isinstance(value, DataModel):
        return with_words(value, change)
    if isinstance(value, list):
        return [changed(item, change, printed=printed) for item in value]
    if isinstance(value, dict):
        return {key: changed(item, change, printed=printed) for key, item in value.items()}
    return change(value) if printed and isinstance(value, str) else value


@cache
def _printed(kind: type[DataModel]) -> frozenset[str]:
    """The fields of a model that hold Thai words for documents, not keys."""
    return frozenset(
        name
        for name, info in kind.model_fields.items()
        for marks in [[*parts(info.annotation, info.metadata)]]
        if any(isinstance(mark, PrintedIn) for mark in marks)
        and not any(isinstance(mark, InEnglish) for mark in marks)
    )
