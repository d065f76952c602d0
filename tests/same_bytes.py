"""Every file that gen can make of the shipped agencies, to compare two states of the code.

    python tests/same_bytes.py make FOLDER [WORD…]   # everything as it is now, below FOLDER
    python tests/same_bytes.py compare A B           # what is the same, by kind of file

Run ``make`` with the interpreter of a checkout of each state, then ``compare``. With words, only
the commands that hold one of them are run, and take the place of what ``FOLDER`` had of them:

    python tests/same_bytes.py make /tmp/after batch "survey report"

``compare`` has three verdicts on a file of both sides: the same bytes; other bytes with the same
words, structure and pages as pictures (of Word files: as LibreOffice sets them); and other ones,
which are named. A command that is refused is noted with its exit code. ``SOURCE_DATE_EPOCH``
is fixed, so the clock changes nothing. Some thousand pages are made: allow half an hour, use
``nice``.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "agreements"
OF_TESTS = [ROOT / "tests/data/agreements" / name for name in ("valid", "parts", "chart")]
"""Agencies of the tests that are whole: they have forms that no shipped agency has."""

LOOKS = ((), ("--large-print",), ("--fillable",), ("--booklet",), ("--copies", "3", "--serial"))
EXPORTS = ("xlsform", "google", "csv-template")
NOT_UNITS = {"agency", "wording"}
ROUNDS = ("1", "2")

Made = dict[str, dict[str, str]]
"""By command: the exit code (``exit``), and the hash of each file that it made."""


def commands(root: Path) -> Iterator[tuple[str, ...]]:
    """Every command that makes a file, for every agency below ``root``."""
    for agency in sorted(p.parent for p in root.glob("agreements/*/agency.yaml")):
        name = agency.name
        for kind in ("agreement", "indicators", "personal", "report"):
            yield kind, name, "--blank"
        yield "framework", name
        for paper in ("a4", "a3", "a2", "a1"):
            yield "framework", name, "--chart", "--paper", paper
        for look in LOOKS:
            yield "survey", name, "--blank", *look
        yield "status", name, "--pdf"
        yield "status", name, "--csv"
        for round_ in ROUNDS:
            yield "report", name, "--round", round_
        yield "batch", name, "--zip", "--merge", "-j", "1"
        surveys = sorted(path.stem for path in agency.glob("surveys/*.yaml"))
        for unit in sorted(agency.glob("*.yaml")):
            if unit.stem not in NOT_UNITS:
                yield from _of_unit(str(unit.relative_to(root)), surveys)


def _of_unit(file: str, surveys: Iterable[str]) -> Iterator[tuple[str, ...]]:
    yield "agreement", file
    yield "agreement", file, "--no-sheets"
    yield "indicators", file
    yield "personal", file
    for look in LOOKS:
        yield "survey", file, *look
    for survey in surveys:
        for program in EXPORTS:
            yield "survey", file, "--survey", survey, "--export", program
        for round_ in ROUNDS:
            yield "survey", "report", file, "--survey", survey, "--round", round_
    for round_ in ROUNDS:
        yield "report", file, "--round", round_
        yield "personal", file, "--round", round_
        yield "results", "template", file, "--round", round_


def run(job: tuple[tuple[str, ...], Path]) -> tuple[str, dict[str, str]]:
    """One command: its words, how it ended, and the files that it made."""
    words, target = job
    name = " ".join(words)
    folder = folder_of(target, name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    arguments = [*words, "-o", str(folder)]
    if words[0] == "batch":  # has processes of its own, which one of a pool may not
        command = [sys.executable, "-m", "generator", *arguments]
        code = str(subprocess.run(command, check=False, capture_output=True).returncode)
    else:
        code = _here(arguments)
    found = {"exit": code}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.name == "manifest.jsonl":  # says how long it took
            path.unlink()
        else:
            inner = str(path.relative_to(folder))
            found[inner] = hashlib.sha256(path.read_bytes()).hexdigest()
    return name, found


def _here(arguments: list[str]) -> str:
    """A command in this process: libraries are loaded once for many."""
    import generator.__main__ as program

    sys.argv = ["gen", *arguments]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            program._command()
        except SystemExit as stop:
            return str(stop.code)
    return "0"


def folder_of(target: Path, command: str) -> Path:
    """Where the files of a command stand."""
    return target / hashlib.sha256(command.encode()).hexdigest()[:12]


def make(folder: Path, only: list[str]) -> None:
    """Make everything below ``folder`` from a copy of the data, or what ``only`` names."""
    root = folder / "workspace"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    for source in (*SHIPPED.iterdir(), *OF_TESTS):
        shutil.copytree(source, root / "agreements" / source.name)
    os.chdir(root)
    os.environ["SOURCE_DATE_EPOCH"] = "1000000000"
    jobs = [
        (words, folder / "files")
        for words in commands(root)
        if not only or any(word in " ".join(words) for word in only)
    ]
    with Pool(2) as pool:
        now = dict(pool.map(run, jobs, chunksize=4))
    before = loaded(folder) if only else {}
    text = json.dumps({**before, **now}, ensure_ascii=False, indent=1)
    (folder / "made.json").write_text(text, "utf-8")
    ends = Counter(found["exit"] for found in now.values())
    files = sum(len(found) - 1 for found in now.values())
    print(f"{len(now)} commands, {files} files; exit codes {dict(ends)}")


def loaded(folder: Path) -> Made:
    """What was made in a folder."""
    path = folder / "made.json"
    made: Made = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return made


def said_of(path: Path) -> str:
    """What a file says, its structure, and its pages as pictures, as far as its format has them."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return _said_of_pdf(data)
    if path.suffix == ".docx":
        from generator.verify import docx_content

        story = "\n".join(f"{piece}" for piece in docx_content(data))
        return story + "\f" + _pictures(_by_libreoffice(path))
    if path.suffix == ".xlsx":
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(data))
        rows = [[sheet.title, *sheet.iter_rows(values_only=True)] for sheet in book]
        return repr(rows)
    if path.suffix == ".zip":
        return _said_of_archive(data)
    return data.decode()


def _said_of_pdf(data: bytes) -> str:
    import pikepdf

    from support.outline import outline

    with pikepdf.open(io.BytesIO(data)) as pdf:
        is_tagged = "/StructTreeRoot" in pdf.Root  # print jobs are not
    return _pictures(data) + "\f" + (outline(data) if is_tagged else "")


def _pictures(data: bytes) -> str:
    """Each page: the hash of its picture, and its text."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        pages = [
            hashlib.sha256(page.render(scale=1).to_pil().tobytes()).hexdigest()
            + page.get_textpage().get_text_range()
            for page in document
        ]
    return "\f".join(pages)


def _by_libreoffice(path: Path) -> bytes:
    from support.making import by_libreoffice

    return by_libreoffice(path.read_bytes())


def _said_of_archive(data: bytes) -> str:
    said = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive, tempfile.TemporaryDirectory() as folder:
        for number, info in enumerate(archive.infolist()):
            part = Path(folder, f"{number}{Path(info.filename).suffix}")
            part.write_bytes(archive.read(info))
            said.append(f"{info.filename}\n{said_of(part)}")
    return "\f".join(said)


def compare(left: Path, right: Path) -> None:
    """Print what is the same and what isn't, by kind of file."""
    sides = [loaded(left), loaded(right)]
    verdicts: Counter[tuple[str, str]] = Counter()
    for command in {**sides[0], **sides[1]}:
        one, other = (side.get(command) for side in sides)
        if one is None or other is None:
            print(f"{command}: only on one side")
            continue
        if one["exit"] != other["exit"]:
            print(f"{command}: exit codes {one['exit']} and {other['exit']}")
        for file in sorted({*one, *other} - {"exit"}):
            paths = [folder_of(side / "files", command) / file for side in (left, right)]
            verdict = _verdict(one.get(file), other.get(file), *paths)
            verdicts[Path(file).suffix, verdict] += 1
            if verdict != "same bytes":
                print(f"{command}: {file}: {verdict}", flush=True)
    ends = Counter(found["exit"] for found in sides[1].values())
    print(f"{len(sides[1])} commands; exit codes {dict(ends)}")
    for (kind, verdict), count in sorted(verdicts.items()):
        print(f"{kind}: {count} {verdict}")


def _verdict(one: str | None, other: str | None, left: Path, right: Path) -> str:
    if one is None or other is None:
        return "only on one side"
    if one == other:
        return "same bytes"
    if said_of(left) == said_of(right):
        return "other bytes, same words, structure and pictures"
    return "OTHER WORDS, STRUCTURE OR PICTURES"


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]).resolve(), sys.argv[3:])
    else:
        compare(Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve())
