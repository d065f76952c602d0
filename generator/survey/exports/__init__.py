"""A questionnaire for the screen: the forms and tables of others that ask the same questions.

``xlsform`` is the workbook that ODK and Kobo read, ``google`` a script that builds a Google Form,
``csv-template`` an empty table for answers with its codebook. All have the codes of
``survey.columns``, so that their answers are read back by ``survey.headers``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from . import google, template, xlsform
from .screen import ScreenForm

ExportKind = Literal["xlsform", "google", "csv-template"]


def files(kind: ExportKind, asked: ScreenForm) -> Iterator[tuple[str, str, bytes]]:
    """The files of one kind: what each is, the ending of its name, its bytes."""
    if kind == "xlsform":
        yield "xlsform", "xlsx", xlsform.write(asked)
    elif kind == "google":
        yield "google", "gs", google.write(asked)
    else:
        yield "answers", "csv", template.answers(asked)
        yield "codebook", "csv", template.codebook(asked)
