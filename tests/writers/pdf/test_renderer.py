"""The renderer is started, not imported, and threads take turns at it."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.errors import RenderingError
from generator.writers.pdf import renderer
from generator.writers.pdf.signature_appearance import Shown, appearance
from generator.writers.pdf.writer import PdfWriter
from support.making import WORLD

ROOT = Path(__file__).parents[3]
DAY = date(2026, 10, 1)
PAGE = '<html lang="th"><head><title>ก</title></head><body><p>ก</p></body></html>'


def said_by(code: str) -> str:
    """What a fresh Python says that runs this code."""
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


ALL = """
    import importlib, os, pkgutil, sys

    def every(name):
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, name + "."):
            yield importlib.import_module(found.name)

    def known():
        for name, module in sorted(sys.modules.items()):
            if name.split(".")[0] in ("weasyprint", "pydyf"):
                for key, value in vars(module).items():
                    yield (name, key), id(value)
                    if isinstance(value, type) and value.__module__ == name:
                        for inner, method in vars(value).items():
                            yield (name, key, inner), id(method)
"""


def test_importing_changes_neither_environment_nor_renderer() -> None:
    code = f"""{ALL}
    import weasyprint, weasyprint.pdf.stream, weasyprint.pdf.tags, weasyprint.layout.block
    import weasyprint.draw.text
    before, environ = dict(known()), dict(os.environ)
    assert len(list(every("generator.writers"))) > 15
    assert dict(os.environ) == environ
    after = dict(known())
    print([key for key, value in before.items() if after[key] != value])
    from generator.writers.pdf import renderer
    renderer.start()
    started = dict(known())
    print(len([key for key in before if started[key] != before[key]]) > 4)
    """
    assert said_by(code).splitlines() == ["[]", "True"]


def test_importing_a_writer_imports_no_renderer() -> None:
    code = """
    import sys
    import generator.writers.document, generator.writers.paper.printing
    import generator.writers.pdf.writer, generator.writers.pdf.signature_appearance
    print("weasyprint" in sys.modules)
    """
    assert said_by(code) == "False"


def test_starting_twice_is_starting_once() -> None:
    code = """
    import os
    from generator.writers.pdf import renderer
    renderer.start()
    from weasyprint.draw import text
    first = text.draw_first_line
    os.environ["FONTCONFIG_FILE"] = "another"
    renderer.start()
    print(text.draw_first_line is first, os.environ["FONTCONFIG_FILE"])
    """
    assert said_by(code) == "True another"


DOCUMENTS = [("agreement", "ตัวอย่าง-ข", ""), ("survey", "ตัวอย่าง-ก", "visitors")]


def made(kind: str, subject: str, survey: str) -> dict[str, bytes]:
    """A document's files, made anew."""
    options = DocumentOptions(sheets=False, survey=survey)
    files = documents.make(WORLD, kind, lookup.find(WORLD, subject), options=options).files
    return {path.name: data for path, data in files.items()}


def test_documents_of_two_threads_are_those_of_one() -> None:
    """In both formats, a questionnaire and its map among them."""
    alone = [made(*one) for one in DOCUMENTS]
    together = threading.Barrier(2)

    def write(number: int) -> list[dict[str, bytes]]:
        together.wait(60)
        return [made(*one) for one in (DOCUMENTS[number:] + DOCUMENTS[:number])]

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(write, range(2))
    assert first == alone
    assert second == alone[::-1]


def test_a_warning_is_of_the_thread_that_caused_it() -> None:
    """Stylesheets, documents and signatures: each thread gets its own or its own fault."""
    writer = PdfWriter("p { color: red }", WORLD.font)

    def page() -> bytes:
        return writer.write(PAGE, pictures={}, day=DAY)

    def signature() -> bytes:
        return appearance(Shown(("ลงนาม",), 200, 60), 12, WORLD.font)

    good = [page, signature]
    expected = [work() for work in good]

    def bad(number: int) -> None:
        broken = PdfWriter(f"p {{ colour{number}: red }}", WORLD.font)
        with pytest.raises(RenderingError, match=f"colour{number}"):
            broken.write(PAGE, pictures={}, day=DAY)

    with ThreadPoolExecutor(4) as threads:
        faults = [threads.submit(bad, number) for number in range(4)]
        results = [threads.submit(work) for _ in range(4) for work in good]
        assert [one.result(120) for one in results] == expected * 4
        for fault in faults:
            fault.result(120)


def test_the_renderer_is_free_again_after_a_fault() -> None:
    broken = PdfWriter("p { colour: red }", WORLD.font)
    with pytest.raises(RenderingError):
        broken.write(PAGE, pictures={}, day=DAY)

    def free() -> bool:
        with renderer.turn():
            return True

    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(free).result(30)
