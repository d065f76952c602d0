"""Commands on signatures: to sign, to verify, to see who has signed."""

from __future__ import annotations

import os
from pathlib import Path

import click

from .. import api
from ..errors import ExitCode, UsageError, VerificationError
from ..messages import message
from .options import AGENCY, AS_JSON, OUTPUT, roots
from .output import answer, ask, deliver, end, found, out, say, shown


@click.command()
@click.argument("file")
@click.option(
    "--as",
    "who",
    required=True,
    multiple=True,
    metavar="SIGNER",
    help="assessee, assessor, assessee-2; several where a scan shows several.",
)
@click.option("--p12", type=click.Path(path_type=Path), help="The key: a PKCS#12 file.")
@click.option("--pkcs11-lib", type=click.Path(path_type=Path), help="The key: a token's library.")
@click.option("--token", help="Which token, by its label.")
@click.option("--key-label", help="Which key of the token.")
@click.option("--passphrase-fd", type=int, metavar="N", help="Read the passphrase from there.")
@click.option("--timestamp", metavar="URL", help="An authority that stamps the time (RFC 3161).")
@click.option("--position", help="Of an agency: only where the signer holds this position.")
@click.option("--scan", type=click.Path(path_type=Path), help="Signed in ink: the scan, a PDF.")
@click.option("--date", "day", help="Signed in ink: the day, such as 1 ตุลาคม 2569.")
@click.option("--round", "round_", help="The report of this round, not the agreement.")
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
    """Sign FILE, an agreement, by certificate: a unit, a PDF, or an agency for all of them.

    With --round it is the report of that round, where the agency's form has it signed.

    The signed document lies in signed/AGENCY/UNIT/. The passphrase (or PIN) is asked for, or
    comes from GEN_PASSPHRASE or --passphrase-fd; it is never an argument.

    With --scan and --date it is recorded that the paper was signed in ink.
    """
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


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@roots("several where there are several.")
@click.option("--so-far", is_flag=True, help="Not everybody has to have signed yet.")
@AS_JSON
def verify(files: tuple[Path, ...], roots: tuple[Path, ...], so_far: bool, as_json: bool) -> None:
    """Say whether FILES, signed agreements, are good: signed by all, by whom, and unchanged.

    Good are signatures that cover all of the document and lead to a given root, on pages that
    say what the document's finished text says. Anything short of that ends with exit code 6.
    """
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


@click.command()
@click.argument("agency")
@roots("without one nobody asks.")
@click.option("--csv", "as_csv", is_flag=True, help="Write a CSV.")
@click.option("--pdf", "as_pdf", is_flag=True, help="Write a PDF, to print.")
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
    """Say who has signed AGENCY's agreements, when and how, and what is missing.

    It also says which signed version differs from today's data.
    """
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
