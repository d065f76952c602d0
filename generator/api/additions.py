"""What an agency lacks for a kind of document, added to its files: words, and data to start from.

Files are edited as text: what stands there stays, with its comments; what is there already is
never written over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from ..agreements import comments, default_words, own_keys, reading, schema_header, yaml_tree
from ..agreements.editing import TextEdit, edited, offset_of
from ..agreements.file_kinds import model_of
from ..agreements.files import AgencyFolder, DataFile, valid_agency
from ..agreements.model_faults import to_model
from ..agreements.yaml_tree import Node
from ..diagnostics import Location, errors
from ..documents.kinds import KINDS
from ..documents.soundness import has_words
from ..errors import FileError, UsageError, stop_on
from ..exact import bare
from ..key_names import KeyLanguage, written
from ..messages import Message, message, spoken
from ..model import Agency, Component, Wording
from ..model.tree import walk
from ..workspace.confined import read_bytes
from .new_agency import EXAMPLE, NewAgency

WORDING = "wording.yaml"

FORM = "form"
"""What the blank form prints ready: no document, but a part of agency.yaml."""

NAMES = (*KINDS, FORM)
"""What can be added."""


@dataclass
class _Work:
    """An agency's folder, its agency.yaml as read, and what is to be written."""

    folder: AgencyFolder
    agency: Agency
    files: dict[Path, str] = field(default_factory=dict)
    there: list[Message] = field(default_factory=list)

    def text(self, name: str) -> str:
        """What a file says, with what was added so far."""
        path = self.folder.folder / name
        if path in self.files:
            return self.files[path]
        if not path.exists():
            return ""
        try:
            return read_bytes(path).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise FileError(message("file-to-add-to-not-utf-8", file=name)) from error

    def put(self, name: str, text: str) -> None:
        """What a file is to say."""
        self.files[self.folder.folder / name] = text

    def keys(self, name: str) -> KeyLanguage:
        """What a file's keys are written in, or are to be."""
        path, model = self.folder.folder / name, model_of(Path(name))
        return "en" if model is None else own_keys.written_at(path, model)

    def has(self, name: str, *keys: str) -> None:
        """Remember that a file has a part already, by its keys as the file writes them."""
        told = (written(key, self.keys(name)) for key in keys)
        self.there.append(message("is-there-already", what=": ".join((name, *told))))

    def made(self, name: str, text: str) -> str:
        """A whole file, or a part of one, with its keys as the file or its agency has them.

        Its comments are in the language that is spoken.
        """
        model = model_of(Path(name))
        assert model is not None, "a file of data"
        keys = self.keys(name)
        text = comments.in_language(text, spoken(), keys)
        return own_keys.with_keys_in_text(text, model, keys, is_own=True)

    def append(self, name: str, block: str) -> None:
        """Add a part at the end of a file."""
        block = self.made(name, block)
        text = self.text(name)
        if text and not text.endswith("\n"):
            text += "\n"
        self.put(name, f"{text}\n{block}" if text else block)


def add(folder: Path, names: Iterable[str]) -> NewAgency:
    """Make what an agency lacks for some kinds of document (and for the blank form).

    Raises UsageError for an unknown name, DataError where agency.yaml is at fault, FileError.
    """
    read = reading.read_agency(folder)
    stop_on(errors([*read.agency.faults, *read.wording.faults]))
    valid = valid_agency(read)
    work = _Work(valid, valid.agency.model)
    for name in names:
        if name not in NAMES:
            raise UsageError(
                message("nothing-to-add", name=name), message("known-names", names=NAMES)
            )
        if name != FORM:
            _words(work, name)
        for step in _DATA.get(name, ()):
            step(work)
    bom = b"\xef\xbb\xbf"
    return NewAgency(
        {
            path: (bom if path.is_file() and read_bytes(path).startswith(bom) else b"")
            + text.encode()
            for path, text in work.files.items()
        },
        tuple(dict.fromkeys(work.there)),
    )


def _words(work: _Work, kind: str) -> None:
    """The part of wording.yaml that a kind needs; of ``survey.report`` also what is around it.

    Where the file leaves the part out (``framework: ~``), that is taken back; a file that stands
    alone gets the words themselves.
    """
    path = KINDS[kind].words
    if not path:
        return
    if has_words(work.folder, kind):
        work.has(WORDING, *path.split("."))
        return
    top, _, inner = path.partition(".")
    text = work.text(WORDING)
    text = edited(text, _taken_back(text, path.split(".")))
    node = _node(text)
    if getattr(default_words.whole(DataFile(Path(WORDING), None, node)).model, top, None) is None:
        work.put(WORDING, text)
        work.append(WORDING, _block(top))
        return
    within = node.child(top)
    if inner and within is not None and within.child(inner) is None and _stands_alone(node):
        if text[within.span[0]] == "{":
            raise UsageError(message("cannot-add-to-one-line", part=inner, whole=top))
        block, keys = work.made(WORDING, _block(top)), work.keys(WORDING)
        name = written(inner, keys)
        lines = re.search(rf"^  {name}:.*\n(?:(?:    .*)?\n)*", block, re.MULTILINE)
        assert lines is not None
        at = text.index("\n", offset_of(text, node.keys[top])) + 1
        text = f"{text[:at]}{lines[0].rstrip()}\n{text[at:]}"
    work.put(WORDING, text)


def _node(text: str) -> Node:
    read = yaml_tree.parse(Path(WORDING), text.encode())
    node = own_keys.in_english(read, Wording).node
    assert node is not None, "its faults were told"
    return node


def _stands_alone(node: Node) -> bool:
    return to_model(node, Wording)[0] is not None


def _taken_back(text: str, path: Sequence[str]) -> Iterator[TextEdit]:
    """Take out what leaves a part out: ``framework: ~``, and what holds nothing else."""
    node = _node(text)
    first: Location | None = None
    for key in path:
        inner = node.child(key)
        if inner is None or not isinstance(node.value, dict):
            return
        if text[node.span[0]] == "{" and inner.value is None:
            raise UsageError(message("cannot-add-to-one-line", part=key, whole=path[0]))
        first = first if first is not None and len(node.value) == 1 else node.keys[key]
        if inner.value is None:
            start = text.rfind("\n", 0, offset_of(text, first)) + 1
            last = offset_of(text, node.keys[key])
            yield TextEdit(start, text.find("\n", last) + 1 or len(text), "")
            return
        node = inner


def _block(top: str) -> str:
    """A part of the wording with the comment above it, as gen brings it along."""
    return _part(read_bytes(default_words.FILE).decode(), top)


def _part(text: str, top: str) -> str:
    """A top-level part of a file with the comment right above it."""
    found = re.search(rf"^{top}:.*\n(?:(?:[ \t].*|\#.*(?=\n+[ \t]))?\n)*", text, re.MULTILINE)
    if found is None:
        return ""
    above = takewhile(lambda line: line[:1] == "#", reversed(text[: found.start()].splitlines()))
    return "\n".join([*reversed([*above]), found[0].rstrip(), ""])


def _leaves(components: Iterable[Component]) -> list[Component]:
    """The components that indicators can stand in."""
    return [c for c in walk(components) if not c.components and c.counts]


def _form(work: _Work) -> None:
    if work.folder.agency.node.child("form") is not None:
        work.has("agency.yaml", "form")
        return
    rows = "".join(f"    {c.id}: 3\n" for c in _leaves(work.agency.components))
    work.append(
        "agency.yaml",
        "# What the blank form prints ready: indicators that every unit has, as in a unit's file,\n"
        "# and so many empty numbered rows in each component.\n"
        f"form:\n  indicators: []\n  rows:\n{rows}",
    )


def _levels(work: _Work) -> list[str]:
    """The levels of the agency's units, as their files say; none of those that are at fault."""
    files = (reading.read_unit(work.folder, path) for path in work.folder.unit_paths)
    return [file.file.model.level for file in files if file.file.model is not None]


def _indicators(work: _Work, components: Iterable[Component]) -> str:
    """An indicator for each component, to be replaced by the unit's own."""
    scale = work.agency.scales[work.agency.scale].levels
    levels = "".join(
        f'          {level.id}: {{text: "{20 * (n + 1)}", value: {20 * (n + 1)}}}\n'
        for n, level in enumerate(scale)
    )
    return "".join(
        f"  - id: own-{n}\n    component: {c.id}\n"
        + (f"    weight: {bare(c.weight)}\n" if c.weight is not None else "")
        + f"    define:\n      name: ตัวชี้วัดที่ {n} (ระบุชื่อ)\n      measure: ร้อยละ\n"
        f"      criteria:\n        all:\n          read: points\n          levels:\n"
        + levels.replace("          ", "            ")
        for n, c in enumerate(_leaves(components), start=1)
    )


def _unit_head(work: _Work) -> str:
    """The first line of a unit's file, by which editors know its keys."""
    return schema_header.line(work.folder.folder, "unit") + "\n"


def _department(work: _Work) -> None:
    """The department as a unit: the chart shows its indicators."""
    if "department" in _levels(work):
        work.there.append(message("unit-is-there-already", level="department"))
        return
    name = f"{(work.agency.short or 'กรม').rstrip('.')}.yaml".replace("/", "-")
    if (work.folder.folder / name).exists():
        name = "ส่วนราชการ.yaml"
    work.put(
        name,
        work.made(
            name,
            _unit_head(work)
            + "# The department itself: a unit like the others. Replace the indicators by its\n"
            "# own; the weights below a component add up to what agency.yaml states for it.\n"
            f"name: {work.agency.name}\nlevel: department\nstatus: draft\n"
            f"indicators:\n{_indicators(work, work.agency.components)}",
        ),
    )


def _person(work: _Work) -> None:
    """A person to start from, whose indicators are its own."""
    if "person" in _levels(work):
        work.there.append(message("unit-is-there-already", level="person"))
        return
    tree = work.agency.personal.components or work.agency.components
    work.put(
        "บุคคล.yaml",
        work.made(
            "บุคคล.yaml",
            _unit_head(work)
            + "# One person. parent: the unit whose indicators can be taken over with derive:.\n"
            "name: ผู้ปฏิบัติงาน (ระบุตำแหน่ง)\nlevel: person\nstatus: draft\n"
            "# parent: (the file name of the person's unit)\n"
            "assessees:\n  - name:                            # blank: prints as a dotted line\n"
            f"    position:\nindicators:\n{_indicators(work, tree)}"
            "# What the person answers for, in four aspects (support, duties, assigned,\n"
            "# development).\n"
            "responsibilities:\n  duties: [ภาระหน้าที่หลัก (ระบุ)]\n"
            "competencies:\n  - {id: service, name: การบริการที่ดี, expected: 3}\n",
        ),
    )


def _survey(work: _Work) -> None:
    """The example's questionnaire, where the agency has none."""
    if work.folder.surveys:
        work.there.append(message("is-there-already", what="surveys/"))
        return
    head = schema_header.line(work.folder.folder / "surveys", "survey")
    for path in sorted((EXAMPLE / "surveys").glob("*.yaml")):
        _, _, rest = read_bytes(path).decode().partition("\n")
        name = f"surveys/{path.name}"
        work.put(name, work.made(name, f"{head}{rest}"))


_DATA: dict[str, tuple[Callable[[_Work], None], ...]] = {
    FORM: (_form,),
    "chart": (_department,),
    "personal": (_person,),
    "survey": (_survey,),
    "survey-report": (_survey,),
}
