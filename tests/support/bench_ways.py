"""The other ways to make the documents that ``make bench`` compares gen with."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import jinja2
from docxtpl import DocxTemplate

from generator.agreements import reading
from generator.agreements.files import valid_agency
from generator.agreements.record import DocumentOptions
from generator.documents import building, inputs
from generator.templates import docx, locate
from generator.templates import word_package as packages
from generator.templates.word_parts import CORE, DYNAMIC
from generator.workspace.environment import SYMBOLS, Workspace
from generator.writers import document, qr_code
from generator.writers.docx.archive import pack
from generator.writers.docx.writer import core_properties
from support.typeset import typst_source

BATCH = 10
"""How many documents one LibreOffice process converts."""

ARCHIVAL = (
    ':writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"3"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)
"""LibreOffice's PDF/A-3, tagged."""


class OtherWays:
    """The finished strings of an agency's agreements, for the other ways to set them."""

    def __init__(self, folder: Path, agency: str, most: int) -> None:
        """Of an agency's units ``most`` are taken, from all over the list."""
        self.world = Workspace(folder, {})
        read = valid_agency(reading.read_agency(folder / "agreements" / agency))
        step = max(1, -(-len(read.unit_paths) // most))
        self.drafts = [
            building.build(
                self.world,
                inputs.unit_input(
                    "agreement", read, reading.read_unit(read, path), DocumentOptions()
                ),
            )
            for path in read.unit_paths[::step]
        ]
        self.roots = self.world.template_roots
        self.agency = agency
        self.html = document.html_templates(self.roots, agency)
        self.typst = [
            typst_source(self.html.render("agreement", draft.context)) for draft in self.drafts
        ]

    def word(self, name: str) -> Path:
        return locate.find(self.roots, "docx", self.agency, name)

    def body(self, name: str) -> str:
        return docx.body_of(packages.read(self.word(name)))

    def values(self, draft: building.FinishedText) -> dict[str, Any]:
        context = draft.context
        return {field.name: getattr(context, field.name) for field in fields(context)}

    def by_docxtpl(self, target: Path) -> None:
        """Every document as docxtpl's manual shows."""
        for number, draft in enumerate(self.drafts):
            self.one_by_docxtpl(draft, target / f"{number}.docx")

    def one_by_docxtpl(self, draft: building.FinishedText, target: Path) -> None:
        # docxtpl doesn't know how templates give columns their widths; read, they are titles.
        read = packages.read(self.word("agreement.docx"))
        core = core_properties(draft.context.properties)
        template = DocxTemplate(io.BytesIO(pack({CORE: core, **_plain(read.parts)})))
        template.render(self.values(draft), docx.environment(self.body), autoescape=True)
        template.save(str(target))

    def by_libreoffice_archival(self, target: Path) -> None:
        """The same as PDF/A-3, tagged."""
        self.by_libreoffice(target, ARCHIVAL)

    def by_libreoffice(self, target: Path, export: str = "") -> None:
        """docxtpl, then LibreOffice, ten documents a process."""
        self.by_docxtpl(target)
        files = sorted(target.glob("*.docx"))
        for start in range(0, len(files), BATCH):
            subprocess.run(
                [
                    "soffice",
                    f"-env:UserInstallation=file://{target.parent}/profile",
                    *("--headless", "--convert-to", f"pdf{export}", "--outdir", str(target)),
                    *map(str, files[start : start + BATCH]),
                ],
                check=True,
                capture_output=True,
            )

    def by_loop(self, target: Path) -> None:
        """docxtpl and WeasyPrint in a plain loop, as their manuals show."""
        self.by_docxtpl(target)
        folders = locate.folders(self.roots, "html", self.agency)
        for number, draft in enumerate(self.drafts):
            loader = jinja2.FileSystemLoader([str(folder) for folder in folders])
            environment = jinja2.Environment(
                loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
            )
            text = environment.get_template("agreement.html").render(self.values(draft))
            (target / f"{number}.html").write_text(text, "utf-8")
            (target / f"{number}.css").write_text(self.stylesheet, "utf-8")
            (target / f"{number}.png").write_bytes(qr_code.dots(draft.record.id))
        plainly(target)

    @property
    def stylesheet(self) -> str:
        """The stylesheet of an agreement, and the face."""
        face = f'html {{ font-family: "{self.world.font}", "{SYMBOLS}" }}\n'
        return face + self.html.stylesheet("agreement")

    def by_typst(self, target: Path) -> None:
        """Typst, the same content, PDF/A-3a."""
        import typst

        for number, text in enumerate(self.typst):
            source = target / f"{number}.typ"
            source.write_text(text, "utf-8")
            typst.compile(str(source), str(target / f"{number}.pdf"), pdf_standards="a-3a")


def _plain(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """A template's parts with tags that docxtpl can read: in attributes, too, with apostrophes."""
    return {
        name: docx._QUOTED.sub(_apostrophes, data.decode()).encode()
        if DYNAMIC.fullmatch(name)
        else data
        for name, data in parts.items()
    }


def _apostrophes(tag: re.Match[str]) -> str:
    return docx._unquoted(tag).replace('"', "'")


def plainly(folder: Path, rounds: int = 1) -> dict[str, float]:
    """Have a folder of documents made by WeasyPrint alone; the processor time of each."""
    program = Path(__file__).with_name("bench_plain.py")
    done = subprocess.run(
        [sys.executable, str(program), str(folder), str(rounds)], check=True, capture_output=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found
