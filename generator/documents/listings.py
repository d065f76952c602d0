"""What a listing is made from: finished documents or their signatures, not an agency's data."""

from __future__ import annotations

import hashlib

from ..agreements import reading, record
from ..agreements.files import ValidAgency
from ..typesetting.lettering import AVERAGE, Lettering
from .common import (
    DocumentSubject,
    ListedDocument,
    Picture,
    SignatureState,
)
from .version_changes import VersionChanges


def subject(
    folder: ValidAgency,
    emblem: bytes | None,
    content: bytes,
    *,
    lettering: Lettering = AVERAGE,
    documents: tuple[ListedDocument, ...] = (),
    signatures: SignatureState | None = None,
    changes: VersionChanges | None = None,
) -> DocumentSubject:
    """What a listing of an agency is about; its id is that of ``content``, all that it lists."""
    return DocumentSubject(
        folder.agency.model,
        folder.wording.model,
        reading.read_form(folder).unit,
        (),
        Picture(emblem, "") if emblem is not None else None,
        record.document_id(hashlib.sha256(content).hexdigest()),
        scope="agency",
        documents=documents,
        signatures=signatures,
        changes=changes,
        lettering=lettering,
    )
