"""What exact text and verifying cost a page, against WeasyPrint as it is, for ``make bench``."""

import statistics
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from datetime import time as clock

import weasyprint
from weasyprint.draw import text as draw_text
from weasyprint.pdf import stream as pdf_stream
from weasyprint.pdf import tags as pdf_tags
from weasyprint.text.fonts import FontConfiguration

from generator import verify
from generator.agreements import lookup, reading
from generator.agreements.files import valid_agency
from generator.agreements.record import DocumentInput, DocumentOptions
from generator.documents import building
from generator.workspace.environment import SYMBOLS
from generator.writers import document, qr_code
from generator.writers.pdf import adaptation, drawing, jobs, renderer, writer
from support.making import WORLD

ROUNDS = 9


def median(work: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median seconds of each piece of work, all taking turns."""
    spent: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(ROUNDS + 1):
        for name, run in work.items():
            start = time.perf_counter()
            run()
            if turn:  # the first turn warms up
                spent[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in spent.items()}


@contextmanager
def as_in_the_manual() -> Generator[None]:
    """WeasyPrint without gen's adaptation."""
    renderer.start()
    draw_text.draw_first_line = adaptation._original_line
    weasyprint.pdf.build_fonts_dictionary = adaptation._original_fonts
    pdf_tags._build_box_tree = adaptation._original_tree
    pdf_stream.Stream.marked = adaptation._original_marked
    try:
        yield
    finally:
        adaptation.apply()


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
        return writer.PdfWriter(templates.stylesheet("agreement"), WORLD.font).write(
            html, pictures=pictures, attached=attached, day=day
        )

    def plain() -> bytes:
        with as_in_the_manual():
            fonts = FontConfiguration()
            fetcher = drawing._Fetcher(pictures)
            face = f'html {{ font-family: "{WORLD.font}", "{SYMBOLS}" }}\n'
            sheet = weasyprint.CSS(
                string=face + templates.stylesheet("agreement"),
                font_config=fonts,
                url_fetcher=fetcher,
            )
            moment = datetime.combine(day, clock())
            data: bytes = weasyprint.HTML(
                string=html, url_fetcher=fetcher, base_url="gen:document"
            ).write_pdf(
                font_config=fonts,
                stylesheets=[sheet],
                pdf_variant="pdf/a-3a",
                attachments=[
                    weasyprint.Attachment(
                        string=attached[0].data, name="source.yaml", created=moment, modified=moment
                    )
                ],
            )
            return data

    written = ours()
    times = median({"plain": plain, "ours": ours, "verify": lambda: verify.pdf_facts(written)})
    pages = verify.pdf_facts(written).pages
    print(f"agreement of กอส, {pages} pages, median of {ROUNDS}")
    for name in ("plain", "ours", "verify"):
        ratio = times[name] / times["plain"]
        print(f"  {name:<8} {times[name] * 1000 / pages:7.1f} ms a page   {ratio:5.2f} × plain")
