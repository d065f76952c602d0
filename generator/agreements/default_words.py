"""The words of ``wording.yaml``: an agency's own, over those that are the same in every agency."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from ..model import Wording
from ..workspace.unsaved import held
from . import yaml_tree
from .files import DataFile, checked, open_file
from .model_faults import to_model
from .yaml_tree import Node

FILE = Path(__file__).parent / "wording.yaml"
"""What is the same in every agency."""


def read_wording(path: Path) -> DataFile[Wording]:
    """Read an agency's wording; it may lack words, or the file altogether.

    A file that says every word itself stands alone, as all of them once did: the parts it hasn't
    are left out of its form. What another one doesn't say stands in ``FILE``. Raises FileError.
    """
    there = held(path) is not None or path.exists() or path.is_symlink()
    return whole(open_file(path, Wording) if there else DataFile(path, None, shipped()))


def whole(own: DataFile[Any]) -> DataFile[Wording]:
    """A wording that was read, with the words that it lacks."""
    if own.faults and not own.node.value:
        return own  # it doesn't parse
    if to_model(own.node, Wording)[0] is None:
        own = replace(own, node=laid_over(shipped(), own.node))
    return checked(own, own.node, Wording)


@cache
def shipped() -> Node:
    """The words that are the same in every agency, each with its place."""
    node = yaml_tree.read(FILE).node
    assert node is not None
    return node


def laid_over(base: Node, own: Node) -> Node:
    """``own`` over ``base``: mappings key by key, texts and lists whole; ``~`` leaves a key out."""
    if not (isinstance(base.value, dict) and isinstance(own.value, dict)):
        return own
    merged = dict(base.value)
    for key, node in own.value.items():
        if node.value is None and key in merged:
            del merged[key]
        else:
            merged[key] = laid_over(merged[key], node) if key in merged else node
    return replace(own, value=merged, keys={**base.keys, **own.keys})
