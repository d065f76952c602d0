"""Changes of a file's data, made in its text: every line that isn't concerned keeps its bytes.

Comments, order and layout stay; a value keeps its quotes and a list its brackets. What comes
out was read again and means the old data with the changes, or nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ..errors import UsageError
from ..messages import message
from . import own_keys, yaml_tree
from .changes import Change, Inserted, KeyPath, Moved, Put, Removed, applied, as_typed, words_of
from .editing import TextEdit, edited
from .inline_values import block, inline, item, key, literal, scalar
from .punctuation import Punctuation, in_braces
from .punctuation import of as punctuation_of
from .yaml_tree import Node, Plain, YamlFile


def changed(file: YamlFile, changes: Iterable[Change], model: type[BaseModel] | None = None) -> str:
    """The text of a file after changes, one after the other.

    Paths and values have English keys; a file of a kind (``model``) that is written with Thai ones
    gets Thai ones.
    Raises UsageError where a path leads nowhere, and where the text can't be changed so that it
    means what it should.
    """
    file = _in_english(file, model)
    text, node = file.text, file.node
    waiting = list(changes)
    while waiting:
        assert node is not None
        # Texts that stand already are all put at once: one reading for many cells.
        at_once = _texts(node, waiting)
        now = waiting[: max(len(at_once), 1)]
        waiting = waiting[len(now) :]
        wanted = applied(node.plain(), now)
        own = model if node.location.keys == "th" else None
        work = _Work(text, node, punctuation_of(text), own)
        edits = [edit for change in now for edit in _edits(work, change)]
        text = edited(text, edits)
        read = _in_english(yaml_tree.parse(file.path, text.encode()), model)
        if read.node is None or read.faults or read.node.plain() != wanted:
            raise UsageError(
                message("cannot-change-there", file=file.path.name, key=words_of(now[0].path))
            )
        node = read.node
    return text


def _in_english(file: YamlFile, model: type[BaseModel] | None) -> YamlFile:
    return file if model is None else own_keys.in_english(file, model)


def _texts(root: Node, changes: list[Change]) -> list[Put]:
    """The first changes, as long as they put a text where another one stands."""
    found: list[Put] = []
    for change in changes:
        node = _at(root, change.path)
        is_text = node is not None and isinstance(node.value, str)
        if not (isinstance(change, Put) and is_text and isinstance(change.value, str)):
            break
        if any(change.path == other.path for other in found):
            break
        found.append(change)
    return found


def _at(root: Node, path: KeyPath) -> Node | None:
    node: Node | None = root
    for step in path:
        node = node.child(step) if node is not None else None
    return node


@dataclass(frozen=True, slots=True)
class _Work:
    text: str
    root: Node
    signs: Punctuation
    model: type[BaseModel] | None = None
    """The kind of the file, where its keys are Thai."""

    def typed(self, path: KeyPath, value: Plain) -> Plain:
        """A value that is to stand at a path, with the file's own keys."""
        if self.model is None:
            return value
        return own_keys.typed_below(value, own_keys.kinds_at(self.model, path))

    def key(self, path: KeyPath) -> str:
        """The last key of a path as the file has it."""
        if self.model is None:
            return str(path[-1])
        return own_keys.typed_at(str(path[-1]), own_keys.kinds_at(self.model, path[:-1]))

    @property
    def newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"


def _edits(work: _Work, change: Change) -> list[TextEdit]:
    path = change.path
    # What isn't on the way yet is made with its value.
    value = change.value if isinstance(change, Put | Inserted) else None
    while len(path) > 1 and isinstance(change, Put):
        above = _at(work.root, path[:-1])
        if above is not None and above.value is not None:
            break
        value = [value] if isinstance(path[-1], int) else {path[-1]: value}
        path = path[:-1]
    holder = _at(work.root, path[:-1])
    assert holder is not None
    last = path[-1]
    value = work.typed(path, value)
    flow = in_braces(work.root, path, work.text)
    match change:
        case Put() if (node := holder.child(last)) is not None:
            return [_replaced(work, holder, last, node, value, flow)]
        case Put() if isinstance(holder.value, dict):
            return [_added(work, holder, flow, _Entry(work.key(path), value))]
        case Put() | Inserted():
            assert isinstance(holder.value, list)
            assert isinstance(last, int)
            if last == len(holder.value):
                return [_added(work, holder, flow, _Entry(None, value))]
            return [_inserted(work, holder, last, value, flow)]
        case Removed():
            return [_removed(work, path, holder, last, flow)]
        case Moved(to=to):
            assert isinstance(last, int)
            return [_moved(work, holder, last, to, flow)]


def _colon(work: _Work, holder: Node, last: str | int) -> int:
    """The colon or the dash that a value stands behind."""
    if isinstance(holder.value, dict):
        return work.signs.colon_of(holder, str(last))
    node = holder.child(last)
    assert node is not None
    return work.signs.dash_of(node)


def _column(work: _Work, offset: int) -> int:
    return offset - work.signs.line_start(offset)


def _below(work: _Work, holder: Node, last: str | int) -> int:
    """How far lines below a key (or in an item) are indented."""
    if isinstance(holder.value, dict):
        return _column(work, work.signs.key_of(holder, str(last))) + 2
    return _column(work, _colon(work, holder, last)) + 2


def _replaced(
    work: _Work, holder: Node, last: str | int, node: Node, value: Plain, flow: bool
) -> TextEdit:
    """A value in place of another one."""
    start, end = node.span
    like = work.text[start:end]
    indent = _below(work, holder, last) if not flow else 0
    if isinstance(value, str):
        value = str(as_typed(node.value if isinstance(node.value, str) else None, value))
        if (
            isinstance(node.value, str)
            and not (like[:1] in "|>" and not flow)
            and "\n" not in value
        ):
            # Where nothing stood between quotes, they were no choice of anybody's.
            return TextEdit(start, end, scalar(value, flow=flow, like=like if node.value else ""))
        if (
            like[:1] == "|"
            and not flow
            and (typed := literal(value, _inner(like, indent), work.newline))
        ):
            return TextEdit(start, start + len(like.rstrip()), typed)
    in_list = isinstance(holder.value, list)
    if flow:
        mark = start if in_list else _colon(work, holder, last) + 1
        end = work.signs.end_of(node, None if in_list else mark - 1)
        return TextEdit(mark, end, ("" if in_list else " ") + inline(value))
    mark = _colon(work, holder, last)
    end = max(work.signs.end_of(node, mark), mark + 1)
    if node.value is None and start == node.span[1]:
        end = mark + 1
    typed = (item if in_list else block)(value, indent, work.newline)
    if in_list and value is None:
        typed = " ~"
    return _with_note(work, mark + 1, end, typed)


def _inner(like: str, indent: int) -> int:
    """How far the lines of a text below ``|`` are indented."""
    for line in like.splitlines()[1:]:
        if line.strip():
            return len(line) - len(line.lstrip(" "))
    return indent


def _with_note(work: _Work, start: int, end: int, typed: str) -> TextEdit:
    """A value behind its colon; the note on that line stays, in its column where it can."""
    line_end = work.signs.line_end(start)
    rest = work.text[end if end < line_end else start : line_end]
    note = rest.strip()
    if not note.startswith("#"):
        return TextEdit(start, end, typed)
    head, gap, tail = typed.partition(work.newline)
    column = work.text.rindex(note, start, line_end) - start
    blanks = max(column - len(head), 2)
    return TextEdit(start, max(end, line_end), f"{head}{' ' * blanks}{note}{gap}{tail}")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry to be: a key and its value, or a list's item (no key)."""

    key: str | None
    value: Plain

    def inline(self) -> str:
        return inline(self.value) if self.key is None else f"{key(self.key)}: {inline(self.value)}"

    def lines(self, indent: int, newline: str) -> str:
        """As it stands in lines, from its own column on."""
        if self.key is None:
            return f"-{item(self.value, indent + 2, newline) or ' ~'}"
        return f"{key(self.key)}:{block(self.value, indent + 2, newline)}"


def _children(holder: Node) -> list[tuple[str | int, Node]]:
    if isinstance(holder.value, dict):
        return list(holder.value.items())
    assert isinstance(holder.value, list)
    return list(enumerate(holder.value))


def _begin(work: _Work, holder: Node, last: str | int) -> int:
    """Where an entry begins: its key, its dash, or in brackets its value."""
    if isinstance(holder.value, dict):
        return work.signs.key_of(holder, str(last))
    node = holder.child(last)
    assert node is not None
    if work.text[holder.span[0]] == "[":
        return node.span[0]
    return work.signs.dash_of(node)


def _end(work: _Work, holder: Node, last: str | int) -> int:
    """Where an entry ends, notes behind it not counted."""
    node = holder.child(last)
    assert node is not None
    if isinstance(holder.value, list) and work.text[holder.span[0]] == "[":
        return work.signs.end_of(node)
    mark = _colon(work, holder, last)
    return max(work.signs.end_of(node, mark), mark + 1)


def _added(work: _Work, holder: Node, flow: bool, entry: _Entry) -> TextEdit:
    """An entry behind the last one."""
    children = _children(holder)
    start = holder.span[0]
    if flow or work.text[start : start + 1] in ("{", "["):
        if not children:
            return TextEdit(start + 1, start + 1, entry.inline())
        end = _end(work, holder, children[-1][0])
        gap = " " if work.text[end - 1] == ":" else ""
        return TextEdit(end, end, f"{gap}, {entry.inline()}")
    newline = work.newline
    if not children:
        end = len(work.text)
        gap = newline if work.text and not work.text.endswith("\n") else ""
        return TextEdit(end, end, f"{gap}{entry.lines(0, newline)}{newline}")
    last = children[-1][0]
    indent = _column(work, _begin(work, holder, children[-1][0]))
    end = work.signs.line_end(_end(work, holder, last))
    return TextEdit(end, end, f"{newline}{' ' * indent}{entry.lines(indent, newline)}")


def _inserted(work: _Work, holder: Node, index: int, value: Plain, flow: bool) -> TextEdit:
    """An item before another one; the comments above that one stay above it."""
    entry = _Entry(None, value)
    start = _begin(work, holder, index)
    if flow or work.text[holder.span[0]] == "[":
        return TextEdit(start, start, f"{entry.inline()}, ")
    indent = _column(work, start)
    if index:
        end = work.signs.line_end(_end(work, holder, index - 1))
        return TextEdit(
            end, end, f"{work.newline}{' ' * indent}{entry.lines(indent, work.newline)}"
        )
    return TextEdit(
        start, start, f"{entry.lines(indent, work.newline)}{work.newline}{' ' * indent}"
    )


def _removed(work: _Work, path: KeyPath, holder: Node, last: str | int, flow: bool) -> TextEdit:
    """An entry's lines taken out; comments on lines of their own stay."""
    children = _children(holder)
    if len(children) == 1:
        return _emptied(work, path[:-1], holder)
    start, end = _begin(work, holder, last), _end(work, holder, last)
    position = [name for name, _ in children].index(last)
    if flow or work.text[holder.span[0]] in "{[":
        if position:
            comma = work.signs.comma_before(start, holder.span[0])
            assert comma is not None
            return TextEdit(comma, end, "")
        return TextEdit(start, _begin(work, holder, children[1][0]), "")
    begin = work.signs.line_start(start)
    if work.text[begin:start].strip() == "":
        return TextEdit(begin, work.signs.next_line(end), "")
    # It stands behind a dash: what follows takes its place.
    after = work.signs.next_line(end)
    rest = work.text[after:]
    return TextEdit(start, after + len(rest) - len(rest.lstrip(" \r\n")), "")


def _emptied(work: _Work, path: KeyPath, holder: Node) -> TextEdit:
    """The only entry taken out: what held it is empty."""
    empty: Plain = {} if isinstance(holder.value, dict) else []
    if not path:
        begin = work.signs.line_start(_begin(work, holder, _children(holder)[0][0]))
        return TextEdit(
            begin, work.signs.next_line(_end(work, holder, _children(holder)[0][0])), ""
        )
    above = _at(work.root, path[:-1])
    assert above is not None
    return _replaced(work, above, path[-1], holder, empty, in_braces(work.root, path, work.text))


def _moved(work: _Work, holder: Node, index: int, to: int, flow: bool) -> TextEdit:
    """The items of a list in another order, each with the comments above it."""
    order = [name for name, _ in _children(holder)]
    order.insert(to, order.pop(index))
    if flow or work.text[holder.span[0]] == "[":
        return _reordered(
            work,
            order,
            [(_begin(work, holder, n), _end(work, holder, n)) for n in sorted(order, key=int)],
        )
    ends = [work.signs.line_end(_end(work, holder, n)) for n in range(len(order))]
    first = _begin(work, holder, 0)
    indent = " " * _column(work, first)
    starts = [first, *(_chunk(work, work.signs.next_line(end), indent) for end in ends[:-1])]
    return _reordered(work, order, list(zip(starts, ends, strict=True)))


def _chunk(work: _Work, start: int, indent: str) -> int:
    """Where an item's first line begins, comments above it counted and empty lines not."""
    while (
        not work.text.startswith(indent, start)
        or not work.text[start : work.signs.line_end(start)].strip()
    ):
        start = work.signs.next_line(start)
    return start + len(indent)


def _reordered(work: _Work, order: list[Any], chunks: list[tuple[int, int]]) -> TextEdit:
    """Pieces of text change places; what stands between them stays."""
    pieces = [work.text[start:end] for start, end in chunks]
    between = [work.text[end : chunks[n + 1][0]] for n, (_, end) in enumerate(chunks[:-1])]
    typed = [piece for n, name in enumerate(order) for piece in (pieces[name], *between[n : n + 1])]
    return TextEdit(chunks[0][0], chunks[-1][1], "".join(typed))
