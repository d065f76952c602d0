"""The kinds of value a field can hold: how each is read, and how an editor may check it.

Every value arrives as the text that was typed (see ``agreements.yaml_tree``). A field's type says
what the text stands for; a refusal's sentence comes from the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .. import thai
from ..messages import Message, message

MAX_TEXT = 20_000

MOST_LEVEL = 10
"""The highest level of a competency that any agency has."""


class DataModel(BaseModel):
    """Base of all data: frozen, and a key that isn't known is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)


@dataclass(frozen=True, slots=True)
class PrintedIn:
    """Names the documents that print a text field.

    ``tests/documents/test_coverage.py`` holds them to it.

    ``why`` explains a text that is printed nowhere.
    """

    documents: tuple[str, ...]
    why: str = ""


def printed(*documents: str) -> PrintedIn:
    """Mark a text field as printed by these kinds of document."""
    return PrintedIn(documents)


def unprinted(why: str) -> PrintedIn:
    """Mark a text field that no document prints, and say why."""
    return PrintedIn((), why)


def parts(annotation: Any, metadata: Iterable[Any]) -> Iterator[Any]:
    """All that an annotation is made of, itself, its marks, and the same of what is in it."""
    yield annotation
    yield from metadata
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from parts(inner, ())


@dataclass(frozen=True, slots=True, eq=False)
class Shorthand:
    """Lets one plain value stand for a mapping: ``expand`` makes the mapping of it."""

    expand: Callable[[str], Any]
    schema: dict[str, Any]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def before(value: Any) -> Any:
            return self.expand(value) if isinstance(value, str) else value

        return core_schema.no_info_before_validator_function(before, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [self.schema, handler(schema)]}


@dataclass(frozen=True, slots=True)
class InEnglish:
    """Marks a text that is in English: its digits stay as typed, and it has no Thai letters."""


def text_as(key: str) -> Shorthand:
    """Plain text stands for a mapping with that one key."""
    return Shorthand(lambda text: {key: text}, {"type": ["string", "number", "boolean"]})


def refusal(said: Message) -> PydanticCustomError:
    """A validator's refusal, whose sentence reaches the user with the place of the value."""
    return PydanticCustomError("gen", "{said}", {"said": said})


def expected(wanted: Message, found: object) -> Message:
    """That a value of another kind is expected in a place."""
    return message("value-expected", wanted=wanted, found=shown(found))


def shown(value: object) -> Message | str:
    """A value as it was typed, as messages name it."""
    if isinstance(value, dict):
        return message("a-mapping")
    if isinstance(value, list):
        return message("a-list")
    if value is None:
        return message("no-value")
    text = str(value)
    return f"'{text if len(text) <= 40 else text[:40] + '…'}'"


def _nothing_more(_: str) -> Message | None:
    return None


def _reading(
    wanted: Message,
    read: Callable[[str], Any],
    why_not: Callable[[str], Message | None] = _nothing_more,
) -> BeforeValidator:
    """A validator that gives typed text to ``read`` and refuses everything else.

    ``why_not`` knows what is wrong with a text that is nearly of the kind.
    """

    def validate(value: Any) -> Any:
        if not isinstance(value, str):
            if isinstance(value, (Decimal, Fraction, date, bool, int)):
                return value
            raise refusal(expected(wanted, value))
        result = read(value.strip())
        if result is None:
            raise refusal(why_not(value.strip()) or expected(wanted, value))
        return result

    return BeforeValidator(validate)


_NUMBER = re.compile(r"-?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,10})?")


def number(text: str) -> Decimal | None:
    """The number that a text is, or None."""
    text = thai.folded(text)
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def _positive(text: str) -> Decimal | None:
    found = number(text)
    return found if found is not None and found > 0 else None


def _whole(text: str) -> int | None:
    text = thai.folded(text)
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None


def _year(text: str) -> int | None:
    year = _whole(text)
    return year if year is not None and 2400 <= year <= 2700 else None


def _level(text: str) -> int | None:
    level = _whole(text)
    return level if level is not None and 0 <= level <= MOST_LEVEL else None


def _flag(text: str) -> bool | None:
    return {"true": True, "false": False}.get(thai.folded(text))


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise refusal(expected(message("some-text"), value))
    if len(value) > MAX_TEXT:
        raise refusal(message("text-too-long", length=str(len(value)), most=str(MAX_TEXT)))
    return value.strip("\n ")


_THAI = re.compile("[\u0e01-\u0e7f]")


def _english(value: Any) -> Any:
    text = _line(value)
    if _THAI.search(text):
        raise refusal(message("second-name-in-thai"))
    if not text:
        raise refusal(expected(message("some-text"), None))
    return text


def _line(value: Any) -> Any:
    text = _text(value)
    if "\n" in text:
        raise refusal(message("text-of-several-lines"))
    return text


_KEY = re.compile(r"[^\s/\\:*?\"<>|\[\]{}.]{1,60}")


def _folded(value: Any) -> Any:
    return thai.folded(_line(value))


def _key(value: Any) -> Any:
    text = _folded(value)
    if not _KEY.fullmatch(text):
        raise refusal(message("no-name", found=shown(value)))
    return text


_ANY_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(_ANY_SCALAR)]
"""Text of any length, with the markup of ``documents.parts.rich``."""

Line = Annotated[str, BeforeValidator(_line), WithJsonSchema(_ANY_SCALAR)]
"""Text on one line, printed as typed."""

SecondName = Annotated[str, BeforeValidator(_english), WithJsonSchema(_ANY_SCALAR), InEnglish()]
"""What something is called in English, beside its Thai name."""

Key = Annotated[str, BeforeValidator(_key), WithJsonSchema({"type": ["string", "number"]})]
"""A name by which files and fields refer to each other, folded (``thai.folded``)."""

FOLDED = BeforeValidator(_folded)
Name = Annotated[str, FOLDED, WithJsonSchema(_ANY_SCALAR)]
"""What something is called in a file that isn't ours, folded; blanks may stand in it."""

Number = Annotated[
    Decimal,
    _reading(message("a-number"), number),
    WithJsonSchema({"type": ["number", "string"], "pattern": r"^-?[0-9๐-๙,]+(\.[0-9๐-๙]+)?$"}),
]
"""An exact decimal number; Thai digits and thousands separators are understood."""

Positive = Annotated[
    Decimal,
    _reading(message("a-figure-above-nought"), _positive),
    WithJsonSchema({"type": ["number", "string"], "pattern": r"^[0-9๐-๙,]+(\.[0-9๐-๙]+)?$"}),
]

Figure = Annotated[
    Decimal | Fraction,
    _reading(message("a-number"), number),
    WithJsonSchema({"type": ["number", "string"], "pattern": r"^-?[0-9๐-๙,]+(\.[0-9๐-๙]+)?$"}),
]
"""A number that is typed, or worked out exactly: a share of what was counted, a mean."""

Whole = Annotated[
    int,
    _reading(message("a-whole-number"), _whole),
    WithJsonSchema({"type": ["integer", "string"]}),
]
Level = Annotated[
    int,
    _reading(message("a-level"), _level),
    WithJsonSchema({"type": ["integer", "string"]}),
]
"""ระดับสมรรถนะ: expected of a position, or assessed."""

Year = Annotated[
    int,
    _reading(message("a-year"), _year),
    WithJsonSchema({"type": ["integer", "string"]}),
]
Flag = Annotated[
    bool, _reading(message("true-or-false"), _flag), WithJsonSchema({"type": "boolean"})
]
Date = Annotated[
    date,
    _reading(
        message("a-date"),
        thai.parse_date,
        thai.no_such_day,
    ),
    WithJsonSchema({"type": "string"}),
]
"""A calendar date; held in the Common Era, written in either era (2400 and later is B.E.)."""
