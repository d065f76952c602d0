"""A listing as PDF: it carries no source, since it is made of finished documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from .. import verify
from ..documents.common import DocumentSubject
from ..documents.kinds import LISTINGS
from ..workspace.environment import SYMBOLS, Workspace
from . import document


def write(
    workspace: Workspace, agency: str, kind: str, subject: DocumentSubject, day: date | None = None
) -> bytes:
    """A listing of a kind, opened again and compared with what its template says.

    ``day`` is that of the file, where it isn't what the listing says of itself. Raises
    TemplateFault, RenderingError, VerificationError.
    """
    from ..templates.html import CODE, EMBLEM
    from . import qr_code
    from .pdf.writer import PdfWriter

    context: Any = LISTINGS[kind].build(subject)
    document.refuse(workspace.template_roots, "html", agency, kind, f"{kind}.html")
    templates = document.html_templates(workspace.template_roots, agency)
    pictures = {CODE: ("image/png", qr_code.dots(context.page.id))}
    if subject.emblem is not None:
        pictures[EMBLEM] = ("image/png", subject.emblem.data)
    html = templates.render(kind, context)
    data = PdfWriter(templates.stylesheet(kind), workspace.font).write(
        html,
        pictures=pictures,
        day=day or context.properties.day,
        lettering=workspace.lettering.naming(context.page.named),
    )
    facts = verify.check_pdf(data, (workspace.font, SYMBOLS))
    verify.compare(verify.html_content(html), facts.content, ("template's text", "PDF"))
    return data
