"""Commands on signatures: to sign, to verify, to see who has signed."""

from __future__ import annotations

import os
from pathlib import Path

import click

from .. import api
from ..errors import ExitCode, UsageError, VerificationError
from ..messages import message
from .helped import command
from .options import AGENCY, AS_JSON, OUTPUT, ROOTS
from .output import answer, ask, deliver, end, found, out, say, shown


@command()
@click.argument("file")
@click.option(
    "--as",
    "who",
    required=True,
    multiple=True,
    metavar="SIGNER",
)
@click.option("--p12", type=click.Path(path_type=Path))
@click.option("--pkcs11-lib", type=click.Path(path_type=Path))
@click.option("--token")
@click.option("--key-label")
@click.option("--passphrase-fd", type=int, metavar="N")
@click.option("--timestamp", metavar="URL")
@click.option("--position")
@click.option("--scan", type=click.Path(path_type=Path))
@click.option("--date", "day")
@click.option("--round", "round_")
@AGENCY
@AS_JSON
def sign(
    file: str,
    who: tuple[str, ...],
    p12: Path | None,
    pkcs11_lib: Path | None,
    token: str | None,
    key_label: str | None,
    passphrase_fd: int | None,
    timestamp: str | None,
    position: str | None,
    scan: Path | None,
    day: str | None,
    round_: str | None,
    agency: str | None,
    as_json: bool,
) -> None:
    workspace = api.workspaces.around()
    chosen = api.signing.chosen(workspace, file, agency, round_)
    if chosen.remark:
        say(chosen.remark)
    if scan is not None or day is not None:
        recorded = api.signing.record_scan(workspace, chosen, scan, who, day)
        for remark in recorded.remarks:
            say(remark)
        (path,) = shown([recorded.path])
        told = {"file": path, "fields": recorded.fields, "remarks": recorded.remarks}
        answer(told) if as_json else out(path)
        return
    source = api.signing.KeySource(p12, pkcs11_lib, token, key_label)
    outcomes = api.signing.sign(
        workspace,
        chosen,
        who,
        source,
        lambda word: _secret(passphrase_fd, word),
        timestamp=timestamp,
        position=position,
        tell=say,
    )
    for one in outcomes:
        if one.state == api.signing.SIGNED and one.path and not as_json:
            out(*shown([one.path]))
        elif one.reason:
            say(api.signing.told(one))
    if as_json:
        answer(api.signing.as_json(outcomes))
    say(api.signing.summary(outcomes))
    if any(one.state == api.signing.FAILED for one in outcomes):
        end(ExitCode.BATCH)


def _secret(descriptor: int | None, word: str) -> str:
    """What opens the key: from a file descriptor, the environment, or the officer."""
    if descriptor is not None:
        try:
            with os.fdopen(descriptor, "r", encoding="utf-8", closefd=False) as file:
                return file.readline().rstrip("\r\n")
        except (OSError, ValueError):
            raise UsageError(message("no-such-descriptor", number=str(descriptor))) from None
    if "GEN_PASSPHRASE" in os.environ:
        return os.environ["GEN_PASSPHRASE"]
    return ask(message("passphrase") if word == "passphrase" else message("pin"))


@command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@ROOTS
@click.option("--so-far", is_flag=True)
@AS_JSON
def verify(files: tuple[Path, ...], roots: tuple[Path, ...], so_far: bool, as_json: bool) -> None:
    verdicts = api.signing.verify(api.workspaces.around(), files, roots, so_far=so_far)
    if as_json:
        answer([*map(api.signing.verdict_as_json, verdicts)])
    for verdict in verdicts:
        if not as_json:
            out("\n".join(api.signing.verdict_lines(verdict)))
        for remark in api.signing.remarks(verdict):
            say(f"{verdict.name}: {remark}")
    bad = sum(bool(verdict.problems) for verdict in verdicts)
    if bad:
        raise VerificationError(message("files-not-good", bad=str(bad), count=len(verdicts)))


@command()
@click.argument("agency")
@ROOTS
@click.option("--csv", "as_csv", is_flag=True)
@click.option("--pdf", "as_pdf", is_flag=True)
@OUTPUT
@AS_JSON
def status(
    agency: str,
    roots: tuple[Path, ...],
    as_csv: bool,
    as_pdf: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    workspace = api.workspaces.around()
    folder = found(workspace, agency).folder
    rows = api.signing.status(workspace, folder, roots)
    if as_csv or as_pdf:
        files = api.signing.status_files(
            workspace, folder, rows, csv=as_csv, pdf=as_pdf, base=output
        )
        deliver(workspace, files, as_json=as_json)
    elif as_json:
        answer(api.signing.status_as_json(rows))
    else:
        out("\n".join(api.signing.status_lines(rows)))


COMMANDS = (sign, verify, status)
