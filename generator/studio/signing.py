"""Who has signed a unit's agreement and reports; signing, scans, and what a signed file is worth.

A key that is sent is used once and kept nowhere: neither its file nor its passphrase is written,
told, or put into a page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import Response

from .. import api
from ..errors import UsageError
from ..messages import message
from . import frame
from .access import Role
from .asked import Asked
from .home import unit_frame
from .routing import StudioRoute


def signing(asked: Asked) -> Response:
    """The places to sign of a unit, and what became of each."""
    return frame.page(asked, "signing.html", **_given(asked))


def verify(asked: Asked) -> Response:
    """What a PDF that is sent is worth; it is read and not kept."""
    sent = asked.upload("file")
    if sent is None:
        raise UsageError(message("studio-request-unreadable"))
    path, data = Path(sent[0]), sent[1]
    with api.preview.as_it_would_be({path: data}):
        (verdict,) = api.signing.verify(asked.workspace, [path], so_far=True)
    given = {"lines": list(api.signing.verdict_lines(verdict)), "good": not verdict.problems}
    given["remarks"] = [str(one) for one in api.signing.remarks(verdict)]
    if asked.is_part:
        return frame.page(asked, "verdict.html", **given)
    return frame.page(asked, "signing.html", **_given(asked), **given)


def sign(asked: Asked) -> Response:
    """Sign the unit's agreement, or its report of a round, with a key that is sent along."""
    sent, who = asked.upload("key"), asked.field("who")
    if sent is None or not who:
        raise UsageError(message("studio-request-unreadable"))
    secret = asked.field("passphrase")
    outcomes = api.signing.sign(
        *(asked.workspace, _chosen(asked), [who], api.signing.KeySource(sent=sent[1])),
        lambda _: secret,
        timestamp=asked.field("timestamp") or None,
    )
    for one in outcomes:
        if one.state == api.signing.FAILED:
            raise UsageError(api.signing.told(one))
    return _back(asked)


def scan(asked: Asked) -> Response:
    """Keep the scan of what was signed on paper."""
    sent, who = asked.upload("scan"), asked.form.getlist("who")
    names = [one for one in who if isinstance(one, str) and one]
    if sent is None or not names:
        raise UsageError(message("studio-request-unreadable"))
    path = Path(sent[0])
    with api.preview.as_it_would_be({path: sent[1]}):
        api.signing.record_scan(asked.workspace, _chosen(asked), path, names, asked.field("day"))
    return _back(asked)


def _given(asked: Asked) -> dict[str, Any]:
    target = asked.target
    own = api.signing.status(asked.workspace, target.folder, only=target.unit)
    about = asked.user is not None and asked.user.role >= Role.OFFICER
    return unit_frame(asked) | {
        "rows": own,
        "may": about,
        "rounds": sorted({row.round for row in own}),
        "lines": [],
        "remarks": [],
        "good": False,
    }


def _chosen(asked: Asked) -> api.signing.ChosenAgreements:
    """The document of today's data: the agreement, or a round's report."""
    unit = str(asked.target.unit)
    return api.signing.chosen(asked.workspace, unit, None, asked.field("round") or None)


def _back(asked: Asked) -> Response:
    return frame.away("agency", asked.part("agency"), "unit", asked.part("unit"), "signing")


_BELOW = "/agency/{agency}/unit/{unit}/signing"
TABS = (frame.Tab("signing", "sign-signing"),)
ROUTES = (
    StudioRoute(_BELOW, signing, Role.READER),
    StudioRoute(f"{_BELOW}/verify", verify, Role.READER, "POST"),
    StudioRoute(f"{_BELOW}/sign", sign, Role.OFFICER, "POST"),
    StudioRoute(f"{_BELOW}/scan", scan, Role.OFFICER, "POST"),
)
