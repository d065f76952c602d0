"""What exact text and verifying cost a page, against WeasyPrint as it is, for ``make bench``."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generator import verify
from generator.agreements import lookup, reading
from generator.agreements.files import valid_agency
from generator.agreements.record import DocumentInput, DocumentOptions
from generator.documents import building
from generator.workspace.environment import SYMBOLS
from generator.writers import document, qr_code
from generator.writers.pdf import drawing, jobs, writer
from generator.writers.pdf.savings import drawn_lines, measured_lines
from support.bench_ways import plainly
from support.making import WORLD

ROUNDS = 3


def least(work: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The least processor time of each piece of work, all taking turns."""
    spent: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS + 1):
        for name, run in work.items():
            start = time.process_time()
            run()
            spent[name].append(time.process_time() - start)
    return {name: min(times) for name, times in spent.items()}


def fidelity_cost() -> None:
    """Our PDF against plain WeasyPrint's PDF/A-3a of the same HTML, attachments on both."""
    found = lookup.find(WORLD, "กอส")
    folder = reading.read_agency(found.folder)
    assert found.unit is not None
    draft = building.build(
        WORLD,
        DocumentInput(
            "agreement",
            DocumentOptions(),
            valid_agency(folder),
            reading.read_unit(folder, found.unit),
        ),
    )
    templates = document.html_templates(WORLD.template_roots, folder.id)
    html = templates.render("agreement", draft.context)
    pictures = {"gen:code": ("image/png", qr_code.dots(draft.record.id))}
    attached = [jobs.Attached("source.yaml", draft.record.data, "source", "Source")]
    day = draft.context.properties.day

    def ours() -> bytes:
        drawing.STORE.clear()
        measured_lines._lines.clear()
        drawn_lines._lines.clear()
        return writer.PdfWriter(templates.stylesheet("agreement"), WORLD.font).write(
            html, pictures=pictures, attached=attached, day=day
        )

    written = ours()
    times = least({"ours": ours, "verify": lambda: verify.pdf_facts(written)})
    with tempfile.TemporaryDirectory() as target:
        for end, data in {
            "html": html.encode(),
            "css": f'html {{ font-family: "{WORLD.font}", "{SYMBOLS}" }}\n'.encode()
            + templates.stylesheet("agreement").encode(),
            "png": qr_code.dots(draft.record.id),
            "yaml": attached[0].data,
        }.items():
            Path(target, f"1.{end}").write_bytes(data)
        times["plain"] = plainly(Path(target), ROUNDS + 1)["1"]
    pages = verify.pdf_facts(written).pages
    print(f"agreement of กอส, {pages} pages, parts new, processor time, least of {ROUNDS}")
    for name in ("plain", "ours", "verify"):
        ratio = times[name] / times["plain"]
        print(f"  {name:<8} {times[name] * 1000 / pages:7.1f} ms a page   {ratio:5.2f} × plain")
