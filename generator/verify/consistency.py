"""Whether a PDF is what it says: its attachments, its record, its text, its pages.

Every finding is one sentence. What is drawn as lines and pictures is not looked at, nor
where on a page a text stands: for that the document is made again from its source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

from ..agreements import record
from ..agreements.yaml_tree import Plain
from ..diagnostics import errors
from ..errors import with_place
from ..messages import Message, message
from .content import squeezed
from .finished_pdf import OWN, FinishedPdf
from .html import ExpectedPdf
from .page_consistency import page_problems
from .pdf import PdfFacts

_HASH = re.compile("[0-9a-f]{64}")
MOST = 5
"""How many findings of one sort are told one by one."""


def problems(found: FinishedPdf, wanted: ExpectedPdf | None = None) -> tuple[Message, ...]:
    """Everything in which a PDF is not what it says; nothing when it is.

    ``wanted`` is what it has to say by its source, where that is known.
    """
    sorts: tuple[Iterable[Message], ...] = (
        attachment_problems(found.facts),
        _foreign(found),
        _record_problems(found),
        _picture_problems(found),
        text_problems(found.facts),
        found.facts.faults,
        *page_problems(found, wanted),
        _source_problems(found, wanted) if wanted is not None else (),
    )
    return tuple(sentence for sort in sorts for sentence in _first(list(sort)))


def text_problems(facts: PdfFacts) -> Iterator[Message]:
    """The pages say the finished text, line by line."""
    text = next((file.data for file in facts.attached if file.name == record.TEXT), None)
    if text is not None and (other := _difference(facts.lines, _lines(text))):
        yield message("finished-text-not-on-pages", file=record.TEXT, difference=other)


def _source_problems(found: FinishedPdf, wanted: ExpectedPdf) -> Iterator[Message]:
    """The text, the title and the places to sign are what the source gives."""
    text = found.attached(record.TEXT)
    if text is not None and (other := _difference(_lines(text), _lines(wanted.text.encode()))):
        yield message("text-is-not-of-source", file=record.TEXT, difference=other)
    if squeezed(found.properties.title) != squeezed(wanted.title):
        yield message("title-is-not-of-source", title=found.properties.title[:60])
    fields = {(field.name, field.purpose) for field in found.properties.fields}
    for name, purpose in wanted.fields:
        if (name, purpose) not in fields:
            yield message("signature-field-missing", name=name, purpose=purpose)
    for name, purpose in sorted(fields - set(wanted.fields)):
        yield message("signature-field-not-of-source", name=name, purpose=purpose)


def _lines(text: bytes) -> list[str]:
    return [line for line in map(squeezed, text.decode("utf-8", "replace").split("\n")) if line]


def _difference(said: Sequence[str], wanted: Sequence[str]) -> Message | None:
    """The first line that is another, or nothing."""
    for number, (line, right) in enumerate(zip(said, wanted, strict=False), start=1):
        if line != right:
            return message(
                "line-says-other-words",
                said=_around(line, right),
                wanted=_around(right, line),
                line=str(number),
            )
    if len(said) > len(wanted):
        return message("line-too-much", words=said[len(wanted)][:60])
    if len(said) < len(wanted):
        return message("line-left-out", words=wanted[len(said)][:60])
    return None


def attachment_problems(facts: PdfFacts) -> Iterator[Message]:
    """Every document carries its source, its text and its record, once."""
    count = Counter(file.name for file in facts.attached)
    for name in OWN:
        if name not in count:
            yield message("own-attachment-missing", name=name)
    for name, times in count.items():
        if times > 1:
            yield message("attachment-name-repeated", times=str(times), name=name)


def _foreign(found: FinishedPdf) -> Iterator[Message]:
    for file in found.facts.attached:
        if file.name not in OWN and file.name not in found.pictures:
            yield message("attachment-not-of-source", name=file.name)


def _record_problems(found: FinishedPdf) -> Iterator[Message]:
    """The record fits the source and the text."""
    said, text, plain = found.said, found.attached(record.TEXT), found.plain_source
    if found.unsaid:
        yield message("record-is-none", file=record.ABOUT, reason=found.unsaid)
    if plain is None:
        plain = yield from _flawed_source(found)
    if not said:
        return
    if (id_ := _id_of(said)) != said["id"]:
        yield message("id-is-not-of-recorded-data", id=said["id"], other=id_)
    if text is not None and record.sha256(text) != said["text_hash"]:
        yield message("text-is-not-the-recorded", file=record.TEXT)
    if plain is None:
        return
    if record.hash_of(plain) != record.source_hash_of(said):
        yield message("source-is-not-the-recorded", file=record.SOURCE)
    head = plain.get(record.HEAD) if isinstance(plain, dict) else None
    for key in ("kind", "agency", "unit"):
        if not isinstance(head, dict) or head.get(key) != said[key]:
            yield message("record-names-another", file=record.ABOUT, key=key, source=record.SOURCE)


def _flawed_source(found: FinishedPdf) -> Generator[Message, None, Plain]:
    """What is wrong with a source that has faults; what it says, where they are warnings."""
    made_of = found.source
    if made_of is None:
        return None
    wrong = errors(made_of.faults)
    if wrong:
        reason = with_place(wrong[0])
        yield message("attached-source-unreadable", file=record.SOURCE, reason=reason)
    elif made_of.node is None:
        yield message("attached-source-empty", file=record.SOURCE)
    else:
        return made_of.node.plain()
    return None


def _id_of(said: Mapping[str, str]) -> str:
    """The id of the data hash that a record says; nothing where that is no hash."""
    hash_ = said["data_hash"]
    return record.document_id(hash_) if _HASH.fullmatch(hash_) else ""


def _picture_problems(found: FinishedPdf) -> Iterator[Message]:
    for name, hash_ in found.pictures.items():
        picture = found.attached(name)
        if picture is None:
            yield message("picture-missing", name=name)
        elif record.sha256(picture) != hash_:
            yield message("picture-is-not-of-source", name=name)


def _around(text: str, other: str) -> str:
    """The part of a text where it begins to differ from another."""
    same = next(
        (n for n, (one, two) in enumerate(zip(text, other, strict=False)) if one != two),
        min(len(text), len(other)),
    )
    start = max(0, same - 20)
    return ("…" if start else "") + text[start : same + 30] + ("…" if same + 30 < len(text) else "")


def _first(sentences: list[Message]) -> list[Message]:
    """The first few, and how many more there are."""
    more = len(sentences) - MOST
    if more <= 0:
        return sentences
    return [*sentences[:MOST], message("more-of-this-sort", number=str(more))]
