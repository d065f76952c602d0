"""The data of an attached source, piece by piece: most of its pieces stood in another source, too.

A source of ours is a mapping whose entries begin at the left edge: the agency's words, the unit
with its indicators, and so on. What such an entry says follows from its own lines where these are
whole by themselves, and so does an item of a list. So a source is cut where the next entry or item
begins, each piece is read as strictly as a file is, and what it said is kept by its bytes. Where a
piece isn't whole, or anything is wrong with it, the source is read in one piece.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from ..agreements import record, yaml_tree
from ..agreements.yaml_tree import Node, Plain
from ..workspace.recently_used import RecentlyUsed

MOST = 1 << 20
"""How many bytes of sources a process keeps what they say of."""

_ENTRY = re.compile(rb"(?m)^[a-z_]+:[^\n]*\n(?:[ \n][^\n]*\n?|\n)*")
_KEY = "indicators"
_LIST = re.compile(rb"(?<=\n)  indicators:\n(?=  - )")
_ITEM = re.compile(rb"(?m)^  - [^\n]*\n(?:   [^\n]*\n?|\n)*")


_known = RecentlyUsed[bytes, tuple[int, Plain]](MOST, lambda said: said[0])
"""What pieces say, and how long they are, by the hash of their bytes."""


def _said(piece: bytes, list_at: int = 0) -> Plain:
    """What a piece says. Raises _UnusualError where it isn't whole.

    ``list_at`` is the line at which it has to say that its indicators are none, if not 0.
    """
    key = hashlib.sha256(b"%d %b" % (list_at, piece)).digest()
    if (found := _known.get(key)) is not None:
        return found[1]
    file = yaml_tree.parse(Path(record.SOURCE), piece, record.MAX_SOURCE)
    if file.node is None or file.faults or (list_at and not _is_empty_at(file.node, list_at)):
        raise _UnusualError
    plain = file.node.plain()
    _known.put(key, (len(piece), plain))
    return plain


def _is_empty_at(node: Node, line: int) -> bool:
    """Whether the entry that a node is of has an empty list of indicators in a line."""
    (entry, *others) = node.value.values() if isinstance(node.value, dict) else (node, node)
    found, place = entry.child(_KEY), entry.keys.get(_KEY)
    return (
        not others
        and place is not None
        and place.line == line
        and found is not None
        and (found.value == [])
    )


class _UnusualError(Exception):
    """A source isn't what can be cut."""


def plain(source: bytes) -> dict[str, Plain] | None:
    """What a source says; None where it has to be read in one piece. Nobody may change it."""
    said: dict[str, Plain] = {}
    place = 0
    try:
        for entry in _ENTRY.finditer(source):
            if entry.start() != place:
                return None
            place = entry.end()
            key, value = _entry(entry[0])
            if key in said:
                return None
            said[key] = value
    except _UnusualError:
        return None
    return said if place == len(source) else None


def _entry(piece: bytes) -> tuple[str, Plain]:
    """The one key of an entry and its value. Raises _UnusualError."""
    begun = _LIST.search(piece)
    if begun is None:
        return _only(_said(piece))
    items = list(_ITEM.finditer(piece, begun.end()))
    ends = [begun.end(), *(item.end() for item in items)]
    if not items or [item.start() for item in items] != ends[:-1]:
        raise _UnusualError
    # What stands before the list and behind it is an entry, too, with an empty list.
    frame = piece[: begun.end() - 1] + b" []\n" + piece[ends[-1] :]
    key, value = _only(_said(frame, piece.count(b"\n", 0, begun.start()) + 1))
    if not isinstance(value, dict):
        raise _UnusualError
    return key, {**value, _KEY: [_alone(_said(item[0])) for item in items]}


def _only(said: Plain) -> tuple[str, Plain]:
    if not isinstance(said, dict) or len(said) != 1:
        raise _UnusualError
    ((key, value),) = said.items()
    return key, value


def _alone(said: Plain) -> Plain:
    if not isinstance(said, list) or len(said) != 1:
        raise _UnusualError
    return said[0]
