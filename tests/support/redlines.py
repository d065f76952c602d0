"""Tracked changes accepted or rejected: as the standard says it, and by LibreOffice itself."""

import ctypes
import io
import os
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROGRAM = Path("/usr/lib/libreoffice/program")
_COMMAND_RESULT = 16
"""LOK_CALLBACK_UNO_COMMAND_RESULT (LibreOfficeKitEnums.h)."""

_WAIT, _TRIES = 45, 3
"""Seconds for a command; the library sometimes never tells that it is done, and is asked anew."""

_A_PROCESS = 40
"""So many documents are opened by one process at the most."""

TEXT_PARTS = ("word/document", "word/header", "word/footer")


def decided(data: bytes, *, accept: bool) -> bytes:
    """A Word document with every change accepted, or rejected, as ISO 29500-1 (17.13.5) says."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, part in parts.items():
        if name.startswith(TEXT_PARTS) and name.endswith(".xml"):
            root = etree.fromstring(part)
            _decide(root, accept)
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _decide(root: Any, accept: bool) -> None:
    gone = {f"{W}del", f"{W}moveFrom"} if accept else {f"{W}ins", f"{W}moveTo"}
    stays = {f"{W}ins", f"{W}moveTo"} if accept else {f"{W}del", f"{W}moveFrom"}
    for row in [*root.iter(f"{W}tr")]:
        if any(row.find(f"{W}trPr/{name}") is not None for name in gone):
            _remove(row)
    for table in [*root.iter(f"{W}tbl")]:
        if not table.findall(f"{W}tr"):
            _remove(table)
    for name in ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"):
        for mark in [*root.iter(f"{W}{name}")]:
            _remove(mark)
    for mark in [*root.iter(*gone)]:
        if mark.getparent().tag not in (f"{W}rPr", f"{W}trPr"):
            _remove(mark)
    for mark in [*root.iter(*stays)]:
        holder = mark.getparent()
        if holder.tag == f"{W}rPr" or holder.tag == f"{W}trPr":
            continue
        place = holder.index(mark)
        for number, run in enumerate([*mark]):
            holder.insert(place + number, run)
        holder.remove(mark)
    for text in root.iter(f"{W}delText"):
        text.tag = f"{W}t"
    for name in ("rPrChange", "pPrChange"):
        for change in [*root.iter(f"{W}{name}")]:
            holder = change.getparent()
            if not accept:
                for child in [*holder]:
                    if child.tag not in (f"{W}rPr", f"{W}sectPr"):
                        holder.remove(child)
                for number, child in enumerate([*change[0]]):
                    holder.insert(number, child)
            elif change in holder:
                holder.remove(change)
    for paragraph in [*root.iter(f"{W}p")]:
        marks = paragraph.find(f"{W}pPr/{W}rPr")
        if marks is None:
            continue
        joined = any(marks.find(name) is not None for name in gone)
        for mark in [*marks]:
            if mark.tag in gone | stays:
                marks.remove(mark)
        if joined:
            _join(paragraph)
        elif not len(marks):
            _remove(marks)


def _join(paragraph: Any) -> None:
    """A paragraph's end is gone: its words stand before those of the next one."""
    after = paragraph.getnext()
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    if after is None or after.tag != f"{W}p":
        assert not content, "words before a table can't be joined with it"
        _remove(paragraph)
        return
    place = 1 if after.find(f"{W}pPr") is not None else 0
    for number, child in enumerate(content):
        after.insert(place + number, child)
    _remove(paragraph)


def _remove(element: Any) -> None:
    element.getparent().remove(element)


def signature(data: bytes, part: str = "word/document.xml") -> list[object]:
    """What a document says and how: each paragraph's place, style, layout, letters and words."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(part))
    return [*_signature(root if root.find(f"{W}body") is None else root.find(f"{W}body"))]


def _signature(holder: Any) -> Iterable[object]:
    for block in holder:
        if block.tag == f"{W}p":
            runs: list[list[str]] = []
            for run in block.iter(f"{W}r"):
                look = _flat(run.find(f"{W}rPr"))
                words = "".join(t.text or "" for t in run.iter(f"{W}t"))
                things = "".join(_flat(c) for c in run if c.tag not in (f"{W}t", f"{W}rPr"))
                if runs and runs[-1][0] == look and not things and not runs[-1][2]:
                    runs[-1][1] += words
                elif words or things:
                    runs.append([look, words, things])
            own = block.find(f"{W}pPr")
            layout = [] if own is None else [_flat(c) for c in own if c.tag != f"{W}sectPr"]
            yield ("p", tuple(x for x in layout if "numPr" not in x), runs)
        elif block.tag == f"{W}tbl":
            yield "table"
            for row in block.findall(f"{W}tr"):
                yield "row"
                for cell in row.findall(f"{W}tc"):
                    spans = cell.findall(f"{W}tcPr/{W}gridSpan"), cell.findall(f"{W}tcPr/{W}vMerge")
                    yield ("cell", *(tuple(map(_flat, found)) for found in spans))
                    yield from _signature(cell)


def _flat(element: Any) -> str:
    if element is None or (element.tag == f"{W}rPr" and not len(element)):
        return ""
    said = sorted(element.attrib.items())
    inner = "".join(map(_flat, element))
    return f"{etree.QName(element).localname}{said}{element.text or ''}({inner})"


def by_libreoffice(
    jobs: Sequence[tuple[bytes, str]], ending: str = "txt", limit: int = 600
) -> list[bytes]:
    """Documents as LibreOffice saves them after a command ("" for none), such as
    AcceptAllTrackedChanges: by its own library, so without a macro."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, (data, _) in enumerate(jobs):
            (folder / f"{number}.docx").write_bytes(data)
        commands = [command or "-" for _, command in jobs]
        environ = {**os.environ, "SAL_USE_VCLPLUGIN": "svp", "HOME": name}
        tries = 0
        while left := [n for n in range(len(jobs)) if not (folder / f"{n}.out.{ending}").exists()]:
            own = [f"{number}:{commands[number]}" for number in left[:_A_PROCESS]]
            done = subprocess.run(
                [sys.executable, __file__, name, ending, *own],
                env=environ,
                timeout=limit,
                capture_output=True,
                check=False,
                text=True,
            )
            for lock in folder.glob(".~lock*"):
                lock.unlink()
            stuck = not (folder / f"{left[0]}.out.{ending}").exists()
            tries = tries + 1 if stuck else 0
            assert tries < _TRIES, done.stderr
        return [(folder / f"{number}.out.{ending}").read_bytes() for number in range(len(jobs))]


def _entries(thing: Any, count: int) -> Any:
    """The functions of one of LibreOffice's things (LibreOfficeKit.h)."""
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.c_void_p))[0]
    return ctypes.cast(table, ctypes.POINTER(ctypes.c_void_p * count)).contents


def _work(folder: Path, ending: str, commands: Sequence[str]) -> None:
    """Open, command, save each: the indices are places in LibreOfficeKit's tables."""
    pointer, text, whole = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    hook = ctypes.CDLL(str(PROGRAM / "libmergedlo.so")).libreofficekit_hook_2
    hook.restype, hook.argtypes = pointer, [text, text]
    kit = hook(str(PROGRAM).encode(), f"file://{folder}/profile".encode())
    told = ctypes.CFUNCTYPE(None, whole, text, pointer)
    load = ctypes.CFUNCTYPE(pointer, pointer, text)(_entries(kit, 8)[2])
    kept: list[Any] = []
    for job in commands:
        number, _, command = job.partition(":")
        document = load(kit, f"file://{folder}/{number}.docx".encode())
        does = _entries(document, 18)
        if command != "-":
            ctypes.CFUNCTYPE(None, pointer, text)(does[13])(document, b"{}")
            done = threading.Event()

            def heard(kind: int, _: bytes, __: int, done: threading.Event = done) -> None:
                if kind == _COMMAND_RESULT:
                    done.set()

            hear = told(heard)
            kept.append(hear)  # the library may still tell something later
            ctypes.CFUNCTYPE(None, pointer, told, pointer)(does[14])(document, hear, None)
            post = ctypes.CFUNCTYPE(None, pointer, text, text, ctypes.c_bool)(does[17])
            post(document, f".uno:{command}".encode(), None, True)
            assert done.wait(_WAIT), f"{number}: {command}"
        save = ctypes.CFUNCTYPE(whole, pointer, text, text, text)(does[2])
        target = f"file://{folder}/{number}.out.{ending}".encode()
        part = target + b".part"
        assert save(document, part, ending.encode(), b"") == 1
        (folder / f"{number}.out.{ending}.part").rename(folder / f"{number}.out.{ending}")
        ctypes.CFUNCTYPE(None, pointer)(does[1])(document)
    os._exit(0)


if __name__ == "__main__":
    _work(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
