"""Who may come into a studio that serves several people."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from ..messages import message
from .fields import DataModel, Line, refusal


def _argon2(hash_: str) -> str:
    if not hash_.startswith("$argon2id$"):
        raise refusal(message("no-hash-of-password"))
    return hash_


def _of_a_unit(name: str) -> str:
    agency, slash, unit = name.partition("/")
    if not (agency and slash and unit) or "/" in unit:
        raise refusal(message("no-unit-of-agency", name=name))
    return name


def _origin(address: str) -> str:
    scheme, _, host = address.partition("://")
    if scheme not in ("https", "http") or not host or "/" in host or host != host.lower():
        raise refusal(message("no-origin", name=address))
    return address


class Account(DataModel):
    """Somebody who may come in; without a ``password`` only by the proxy's header."""

    name: Line
    password: Annotated[Line, AfterValidator(_argon2)] | None = None
    role: Literal["planning", "unit", "reader"]
    units: list[Annotated[Line, AfterValidator(_of_a_unit)]] = []


class TrustedProxy(DataModel):
    """A header in which the organisation's proxy names whoever it has let in."""

    header: Line
    addresses: list[Line] = Field(["127.0.0.1"], min_length=1)


class Accounts(DataModel):
    """The file of users: how browsers call the studio, and who may come in."""

    origin: Annotated[Line, AfterValidator(_origin)]
    proxy: TrustedProxy | None = None
    users: list[Account] = Field(min_length=1)
