"""What proves a result: words, or a file below the agency's folder."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, model_validator

from ..messages import message
from .fields import DataModel, Line, Text, printed, refusal, text_as, unprinted

_REPORT = printed("report")
_HASH = re.compile(r"[0-9a-f]{64}")


class EvidencePiece(DataModel):
    """Something that proves a result; plain words are its ``text``."""

    text: Annotated[Text | None, _REPORT] = Field(None, description="what proves it, in words")
    file: Annotated[Line | None, _REPORT] = Field(
        None, description="a file that proves it, below the agency's folder: evidence/2/รายงาน.pdf"
    )
    about: Annotated[Line | None, _REPORT] = Field(None, description="what the file shows")
    pages: Annotated[Line | None, _REPORT] = Field(
        None, description="where in the file, in the words that are printed: หน้า 4–6"
    )
    sha256: Annotated[Line | None, unprinted("a hash; people don't read it")] = Field(
        None, description="the file's SHA-256 when it was looked at: a later change is a fault"
    )

    @model_validator(mode="after")
    def _fits(self) -> EvidencePiece:
        if (self.text is None) == (self.file is None):
            raise refusal(message("evidence-in-words-or-file"))
        of_file = [name for name in ("about", "pages", "sha256") if getattr(self, name) is not None]
        if self.file is None and of_file:
            raise refusal(message("evidence-without-file", key=of_file[0]))
        if self.sha256 is not None and not _HASH.fullmatch(self.sha256):
            raise refusal(message("evidence-hash-is-none"))
        return self


Evidence = Annotated[EvidencePiece, text_as("text")]
