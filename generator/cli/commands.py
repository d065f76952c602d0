"""The command ``gen``: the only module that prints, asks and exits.

What a command needs is imported when it runs, so that ``gen --help`` starts at once.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import click

from .. import __version__
from ..errors import ExitCode, FileError, GenError, UsageError, VerificationError
from ..visible import in_json, visible
from ..workspace import supervision

if TYPE_CHECKING:
    from ..batch.rendering import RenderJob, RenderOutcome, WorkerSetup
    from ..diagnostics import Diagnostic
    from ..signing import keys, runs
    from ..workspace.environment import Workspace
    from ..writers.document import Copies

Look = Literal["large", "fillable", "booklet"]
"""What forms a questionnaire takes beside the usual one."""

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="gen")
@click.option(
    "--seconds",
    type=click.IntRange(1, 1_000_000),
    help="What one file or document may take, in seconds of computing (120).",
)
@click.option(
    "--memory", type=click.IntRange(256, 1 << 20), help="MiB that the command may use (1024)."
)
def cli(seconds: int | None, memory: int | None) -> None:
    """Official performance-agreement documents (คำรับรองการปฏิบัติราชการ) from YAML files."""
    supervision.limit(seconds, memory)


class WithDefault(click.Group):
    """A group whose command ``form`` is meant where the first word is none of its commands.

    So ``gen survey FILE`` makes the questionnaire beside ``gen survey score FILE``; a file that
    is called like a command is named by its path (``./score``).
    """

    default = "form"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command before words that name no command."""
        known = {*self.commands, *ctx.help_option_names}
        if args and args[0] not in known and self.default in self.commands:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


def document_options(*, blank: bool = True) -> Callable[[Callable[..., None]], Any]:
    """The options of every command that makes a document; ``blank``: also as an empty form."""
    options = [
        click.option("--json", "as_json", is_flag=True, help="Answer as JSON."),
        *([click.option("--blank", is_flag=True, help="The agency's empty form.")] * blank),
        click.option("--agency", help="Which agency, where several have such a unit."),
        click.option(
            "-o",
            "--output",
            type=click.Path(file_okay=False, path_type=Path),
            help="Instead of outputs/.",
        ),
        click.option("--format", "form", type=click.Choice(["docx", "pdf", "all"]), default="all"),
        click.argument("file"),
    ]
    return lambda command: reduce(lambda made, decorate: decorate(made), options, command)


@cli.command()
@document_options()
@click.option("--sheets/--no-sheets", default=True, help="With the indicators' sheets, or without.")
def agreement(sheets: bool, **options: Any) -> None:
    """Make the agreement of FILE: the form both parties sign, with its tables and sheets.

    FILE is a unit's file, or just its name (กอส.yaml, กอส); with --blank also an agency.
    """
    _make("agreement", sheets=sheets, **options)


@cli.command()
@document_options()
def indicators(**options: Any) -> None:
    """Make the sheets of FILE's indicators alone; --blank prints the two empty sheets."""
    _make("indicators", **options)


@cli.command()
@document_options(blank=False)
@click.option("--chart", is_flag=True, help="The department's framework on one page.")
@click.option(
    "--paper", type=click.Choice(["a3", "a4"]), help="The size of that page; a3 where not given."
)
@click.option("--trace", metavar="INDICATOR", help="Show how this indicator comes down instead.")
def framework(
    chart: bool, paper: Literal["a3", "a4"] | None, trace: str | None, **options: Any
) -> None:
    """Make the framework of FILE, an agency: the cascade matrix and every unit's frame.

    With --chart one page for the wall: weights, strategies, indicators, projects, levels. With
    --trace no file is written: it shows from which unit's indicator each unit's derives, of a
    whole agency or of one unit.
    """
    if paper and not chart:
        raise UsageError("only the chart comes in several sizes", "add --chart")
    if trace is not None:
        if chart:
            raise UsageError("a trace is no chart", "take either --chart or --trace")
        _trace(trace, options["file"], options["agency"], options["as_json"])
        return
    _make("chart" if chart else "framework", paper=paper or "a3", **options)


def _trace(indicator: str, file: str, agency: str | None, as_json: bool) -> None:
    """Print how an indicator comes down."""
    from ..agreements import cascade, lookup
    from ..api import tracing

    found = lookup.find(_world(), file, agency)
    if found.remark:
        _say(found.remark)
    tops = tracing.trace(found, indicator)
    if as_json:
        _answer(cascade.as_json(tops), indent=1)
    else:
        _out("\n".join(cascade.lines(tops)))


ROUND = click.option("--round", "round_", type=click.Choice(["1", "2"]), help="Which round.")


@cli.command()
@document_options()
@ROUND
def report(**options: Any) -> None:
    """Make the report of FILE's results in a round, with every score and how it came about.

    Of an agency it is the summary: every unit by level, ranked or why not, scores, grades.
    """
    _make("report", **options)


@cli.command()
@document_options()
@ROUND
def personal(**options: Any) -> None:
    """Make the forms of FILE, a person: duties, results of work (ปผ.2), competencies (ปผ.3).

    Both rounds ahead, without results; with --round that round, with scores.
    """
    _make("personal", **options)


@cli.command()
@click.argument("file")
@ROUND
@click.option("--agency", help="Which agency, where several have such a unit.")
@click.option("--explain", metavar="INDICATOR", help="How this indicator's score came about.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def score(
    file: str, round_: str | None, agency: str | None, explain: str | None, as_json: bool
) -> None:
    """Show the scores of FILE's results in a round; no files are written."""
    from .. import thai
    from ..agreements import lookup
    from ..api import scores
    from . import scoreboard

    if round_ is None:
        raise UsageError("scores are of one round", "add --round 1 or --round 2")
    world = _world()
    found = lookup.find(world, file, agency)
    if found.remark:
        _say(found.remark)
    explain = thai.folded(explain) if explain is not None else None
    scored = scores.score(found, "1" if round_ == "1" else "2")
    if as_json:
        _answer(scoreboard.as_json(scored, explain), indent=1)
    else:
        for line, colour in scoreboard.lines(scored, explain):
            _out(line, fg=colour)
    _print_faults(scored.score.faults, world.root)
    if scored.score.faults:
        sys.exit(ExitCode.DATA)


def _make(
    kind: str,
    file: str,
    *,
    form: str,
    output: Path | None,
    agency: str | None,
    as_json: bool,
    blank: bool = False,
    sheets: bool = True,
    round_: Literal["1", "2"] | None = None,
    paper: Literal["a3", "a4"] = "a3",
    surveys: Sequence[str] = ("",),
    look: Look | Literal[""] = "",
    copies: Copies | None = None,
) -> None:
    """Make one document, or one a survey, publish it, and say where it is."""
    from ..agreements import lookup
    from ..agreements.record import DocumentOptions
    from ..api import documents
    from ..documents.kinds import KINDS
    from ..workspace import publishing
    from ..writers import document

    world = _world()
    found = lookup.find(world, file, agency)
    if found.remark:
        _say(found.remark)
    if kind == "report" and found.unit is None and not blank:
        kind = "summary"
    if found.unit is None and not blank and not KINDS[kind].of_agency:
        raise UsageError(
            f"'{file}' is an agency; this document is made of a unit", "name a unit, or add --blank"
        )
    files: dict[Path, bytes] = {}
    warnings: dict[Diagnostic, None] = {}
    for name in surveys:
        made = documents.make(
            world,
            kind,
            found,
            formats=document.FORMATS if form == "all" else (form,),
            options=DocumentOptions(blank, sheets, round_ or "", name, look, paper=paper),
            base=output,
            copies=copies or document.ONE,
        )
        files |= made.files
        warnings |= dict.fromkeys(made.warnings)
    publishing.publish(files)
    _print_faults(warnings, world.root)
    paths = [_shown(path) for path in files]
    _answer({"files": paths}) if as_json else _out("\n".join(paths))


@cli.command()
@click.argument("name", metavar="AGENCY")
@click.option(
    "--documents", default="", help="Which, with commas between; without it, those every unit has."
)
@click.option("--units", default="", help="Only these units, with commas between.")
@ROUND
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Instead of outputs/."
)
@click.option("-j", "--jobs", type=click.IntRange(1, 256), help="So many processes.")
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler (tcp://…) has it all done.")
@click.option("--seconds", type=float, default=120.0, help="What one document may take (120).")
@click.option("--memory", type=int, default=1024, help="MiB that one process may use (1024).")
@click.option("--force", is_flag=True, help="Also replace documents that were edited by hand.")
@click.option("--prune", is_flag=True, help="Remove documents whose unit is gone.")
@click.option("--zip", is_flag=True, help="An archive a unit, and one of all with its contents.")
@click.option("--merge", is_flag=True, help="One PDF of all documents, to print.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def batch(name: str, as_json: bool, **options: Any) -> None:
    """Make the documents of all units of AGENCY, where something changed.

    Every fault is listed, and none stops the other documents. A unit's data, the templates, the
    fonts and the versions decide whether its documents are made again.
    """
    from ..batch import run
    from ..batch.report import PlainProgress, Watcher
    from ..batch.request import BatchRequest, WantedDocuments
    from ..diagnostics import shown_first

    world = _world()
    wanted = WantedDocuments(
        _listed(options["documents"]), _listed(options["units"]), options["round_"] or ""
    )
    base = (options["output"] or world.outputs).resolve()
    flags = {flag: options[flag] for flag in ("force", "prune", "zip", "merge")}
    request = BatchRequest(run.find(world, name), base, wanted, **flags)
    watcher: Watcher = PlainProgress(_say)
    if sys.stderr.isatty():
        from ..batch.progress import ProgressBar

        watcher = ProgressBar()

    def engine(
        bench: WorkerSetup, jobs: Iterable[RenderJob]
    ) -> Generator[tuple[RenderJob, RenderOutcome]]:
        from ..batch import cluster, workers

        if options["cluster"]:
            return cluster.run(options["cluster"], bench, jobs, options["seconds"])
        limits = workers.ProcessLimits(options["seconds"], options["memory"])
        return workers.run(bench, jobs, options["jobs"] or workers.processors(), limits)

    with watcher:
        report = run.run(world, request, engine, watcher)
    _print_faults(report.faults, world.root)
    for note in report.notes:
        _say(note, note=True)
    for path in report.removed:
        _say(f"removed {_shown(path)}")
    watcher.close(report)
    paths = [_shown(path) for path in report.paths]
    if as_json:
        answer = {
            "files": paths,
            "faults": [_as_json(f, world.root) for f in shown_first(report.faults)],
        }
        _answer({**answer, "notes": report.notes})
    elif paths:
        _out("\n".join(paths))
    if report.faults:
        sys.exit(ExitCode.BATCH)


@cli.command()
@document_options()
@click.option("--document", "kind", default="agreement", help="Which (agreement).")
@ROUND
def watch(kind: str, **options: Any) -> None:
    """Make a document of FILE, and again each time something it is made of is saved.

    Faults are listed and waited out. Ctrl-C ends it.
    """
    from ..agreements import lookup
    from ..api import watching
    from ..documents.kinds import KINDS
    from ..writers import document

    world = _world()
    if kind not in KINDS:
        raise UsageError(f"there is no document '{kind}'", f"known: {', '.join(KINDS)}")
    folder = lookup.find(world, options["file"], options["agency"]).folder
    saves = watching.saves([folder, *world.template_roots])
    while True:
        try:
            _make(kind, **options)
        except GenError as error:
            _print_error(error)
        sys.stdout.flush()
        next(saves)
        document.forget_templates()


def _listed(text: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))


@cli.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def check(paths: tuple[str, ...], as_json: bool) -> None:
    """Check PATHS (files, agencies' folders, or names) and list every fault."""
    from ..agreements import lookup
    from ..api import checking
    from ..diagnostics import errors, shown_first

    world = _world()
    targets = []
    for name in paths:
        if Path(name).exists():
            targets.append(Path(name))
        else:
            found = lookup.find(world, name)
            targets.append(found.unit or found.folder)
    faults, count = checking.check(world, targets)
    wrong = len(errors(faults))
    if as_json:
        shown = [_as_json(f, world.root) for f in shown_first(faults)]
        _answer(shown)
    else:
        _print_faults(faults, world.root)
        files = "1 file" if count == 1 else f"{count} files"
        warnings = _counted(len(faults) - wrong, "warning")
        _say(f"{files} checked: {_counted(wrong, 'error')}, {warnings}")
    if wrong:
        sys.exit(ExitCode.DATA)


@cli.command()
@click.option("--check", "only_check", is_flag=True, help="Only say whether they are current.")
def schema(only_check: bool) -> None:
    """Write the JSON Schema of every kind of YAML file to schema/, for editors."""
    from ..agreements import schema
    from ..workspace import publishing

    world = _world()
    files = {world.root / "schema" / name: data for name, data in schema.files().items()}
    stale = [p for p, data in files.items() if not p.is_file() or p.read_bytes() != data]
    if only_check:
        for path in stale:
            _say(f"{_shown(path)} is not current; run: gen schema")
        if stale:
            sys.exit(ExitCode.DATA)
        return
    publishing.publish(files)
    _out("\n".join(_shown(path) for path in files))


@cli.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--from", "source", help="This year's agency, to make next year's from.")
@click.option(
    "--add",
    "additions_",
    multiple=True,
    metavar="KIND",
    help="What an agency that is there lacks for this kind of document; several where wanted.",
)
def init(directory: Path, source: str | None, additions_: tuple[str, ...]) -> None:
    """Make a new agency in DIRECTORY: a small commented example, or next year's from this year's.

    With --from, results become baselines, and names and dates are emptied. With --add, the words
    and the data of a kind of document (framework, chart, personal, form …) are added to an agency
    that is there; nothing is written over.
    """
    from ..agreements import lookup
    from ..api import additions, starting
    from ..workspace import publishing

    world = _world()
    if additions_:
        if source is not None:
            raise UsageError("--add and --from don't go together", "first --from, then --add")
        is_there = (directory / "agency.yaml").is_file()
        folder = directory if is_there else lookup.find(world, str(directory)).folder
        made = additions.add(folder, additions_)
    elif source is None:
        made = starting.example(directory)
    else:
        made = starting.next_year(lookup.find(world, source).folder, directory)
    publishing.publish(made.files)
    for remark in made.remarks:
        _say(remark)
    if made.files:
        _out("\n".join(_shown(path) for path in made.files))


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", "is_honest", is_flag=True, help="Say whether it is what it says.")
@click.option(
    "--extract",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write what it was made from, and its text, to DIR.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def inspect(file: Path, is_honest: bool, extract: Path | None, as_json: bool) -> None:
    """Say what FILE is, a PDF that gen made: its id, hashes, attachments, signature fields.

    What --extract writes makes the same document again: gen agreement DIR/source.yaml.
    """
    from ..api import inspection as description
    from ..workspace import publishing

    found = description.examine(file)
    answer: dict[str, object] = {}
    lines: list[str] = []
    remarks: list[str] = []
    wrong: tuple[str, ...] = ()
    if extract is not None:
        files, remarks = description.extracted(found, extract)
        publishing.publish(files)
        answer["files"] = lines = [_shown(path) for path in files]
    if is_honest:
        wrong, more = description.problems(_world(), found)
        answer["problems"] = wrong
        lines, remarks = [*lines, *(wrong or ["the file is what it says"])], [*remarks, *more]
    if not answer:
        answer, lines = description.as_json(found), list(description.lines(found))
    for remark in remarks:
        _say(remark)
    _answer(answer) if as_json else _out("\n".join(lines))
    if wrong:
        raise VerificationError(f"{file.name} is not what it says")


@cli.command()
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
@click.option("--agency", help="Which agency, where several have such a unit.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def sign(
    file: str,
    who: tuple[str, ...],
    position: str | None,
    agency: str | None,
    scan: Path | None,
    day: str | None,
    **options: Any,
) -> None:
    """Sign FILE, an agreement, by certificate: a unit, a PDF, or an agency for all of them.

    The signed document lies in signed/AGENCY/UNIT/. The passphrase (or PIN) is asked for, or
    comes from GEN_PASSPHRASE or --passphrase-fd; it is never an argument.

    With --scan and --date it is recorded that the paper was signed in ink.
    """
    from ..agreements import lookup
    from ..signing import runs

    as_json = options.pop("as_json")
    world = _world()
    path = Path(file)
    whole = None
    if path.suffix.lower() != ".pdf":
        found = lookup.find(world, file, agency)
        if found.remark:
            _say(found.remark)
        whole = found.folder if found.unit is None else None
        path = path if whole else runs.document_of(world, found)
    if scan is not None or day is not None:
        if whole is not None or scan is None or day is None:
            raise UsageError("a scan is of one document", "FILE --scan SCAN.pdf --as … --date …")
        _record_scan(world, path, scan, who, day, as_json)
        return
    if len(who) > 1:
        raise UsageError("one key signs for one person", "only a scan can show several: --scan")
    timestamp = options.pop("timestamp")
    with _key(**options) as key:
        hand = runs.SigningRequest(who[0], key, timestamp)
        if whole is None:
            outcomes = [runs.sign(world, path, hand)]
        else:
            outcomes = _sign_all(world, whole, hand, position)
    _tell(outcomes, as_json)


def _record_scan(
    world: Workspace, document: Path, scan: Path, who: Sequence[str], day: str, as_json: bool
) -> None:
    """Keep a scan, and say where it is."""
    from .. import thai
    from ..signing import scans

    signed = thai.parse_date(day)
    if signed is None:
        reason = thai.no_such_day(day) or f"'{day}' is no date"
        raise UsageError(reason, "such as 1 ตุลาคม 2569, or 2026-10-01")
    recorded = scans.record(world, document, scan, who, signed)
    for remark in recorded.remarks:
        _say(remark)
    path = _shown(recorded.path)
    answer = {"file": path, "fields": recorded.fields, "remarks": recorded.remarks}
    _answer(answer) if as_json else _out(path)


def _sign_all(
    world: Workspace, folder: Path, hand: runs.SigningRequest, position: str | None
) -> list[runs.SigningOutcome]:
    """Sign all agreements that wait, saying how far it is."""
    from ..signing import runs

    known = list(runs.waiting(world, folder, hand.who, position))
    outcomes = [one for one in known if isinstance(one, runs.SigningOutcome)]
    todo = [one for one in known if isinstance(one, runs.WaitingAgreement)]
    runs.refuse_several(todo)
    for number, outcome in enumerate(runs.sign_all(world, todo, hand), start=1):
        _say(f"[{number}/{len(todo)}] {outcome.unit}: {outcome.state}")
        outcomes.append(outcome)
    return outcomes


def _tell(outcomes: Iterable[runs.SigningOutcome], as_json: bool) -> None:
    """The report of a run: paths on stdout, what was left on stderr; exit 9 after a failure."""
    from ..signing import runs

    counts: dict[str, int] = {}
    for one in outcomes:
        counts[one.state] = counts.get(one.state, 0) + 1
        if one.state == runs.SIGNED and one.path and not as_json:
            _out(_shown(one.path))
        elif one.reason:
            _say(f"{one.unit}: {one.state}: {one.reason}")
    if as_json:
        said = [
            {
                "unit": one.unit,
                "state": one.state,
                "field": one.field,
                "file": _shown(one.path) if one.path else "",
                "reason": one.reason,
            }
            for one in outcomes
        ]
        _answer(said)
    _say(", ".join(f"{count} {state}" for state, count in counts.items()) or "nothing to sign")
    if counts.get(runs.FAILED):
        sys.exit(ExitCode.BATCH)


@contextmanager
def _key(
    p12: Path | None,
    pkcs11_lib: Path | None,
    token: str | None,
    key_label: str | None,
    passphrase_fd: int | None,
) -> Iterator[keys.SigningKey]:
    """The key that the options name, open while it is used."""
    from ..signing import keys

    if (p12 is None) == (pkcs11_lib is None):
        raise UsageError("which key signs?", "--p12 FILE, or --pkcs11-lib LIBRARY --key-label NAME")
    if p12 is not None:
        yield keys.from_p12(p12, _passphrase(passphrase_fd, "passphrase"))
    elif pkcs11_lib is not None:
        if key_label is None:
            raise UsageError("which key of the token?", "--key-label NAME")
        pin = _passphrase(passphrase_fd, "PIN")
        with keys.from_token(pkcs11_lib, token, key_label, pin) as key:
            yield key


def _passphrase(descriptor: int | None, word: str) -> str:
    """What opens the key: from a file descriptor, the environment, or the officer."""
    if descriptor is not None:
        try:
            with os.fdopen(descriptor, "r", encoding="utf-8", closefd=False) as file:
                return file.readline().rstrip("\r\n")
        except (OSError, ValueError):
            raise UsageError(f"there is no file descriptor {descriptor}") from None
    if "GEN_PASSPHRASE" in os.environ:
        return os.environ["GEN_PASSPHRASE"]
    return str(click.prompt(word, hide_input=True, default="", show_default=False, err=True))


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--root",
    "roots",
    multiple=True,
    envvar="GEN_ROOTS",
    type=click.Path(path_type=Path),
    help="The certificate of an authority that is trusted; several where there are several.",
)
@click.option("--so-far", is_flag=True, help="Not everybody has to have signed yet.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def verify(files: tuple[Path, ...], roots: tuple[Path, ...], so_far: bool, as_json: bool) -> None:
    """Say whether FILES, signed agreements, are good: signed by all, by whom, and unchanged.

    Good are signatures that cover all of the document and lead to a given root, on pages that
    say what the document's finished text says. Anything short of that ends with exit code 6.
    """
    from ..signing import store, validation, verification

    world = _world()
    trusted = validation.roots([(path.name, store.read(path)) for path in roots])
    verdicts = [
        verification.final(
            world, store.read(path), _shown(path), roots=trusted, now=world.now, so_far=so_far
        )
        for path in files
    ]
    if as_json:
        _answer([*map(verification.as_json, verdicts)])
    for verdict in verdicts:
        if not as_json:
            _out("\n".join(verification.lines(verdict)))
        for remark in verification.remarks(verdict):
            _say(f"{verdict.name}: {remark}")
    bad = [verdict for verdict in verdicts if verdict.problems]
    if bad:
        raise VerificationError(f"{len(bad)} of {_counted(len(verdicts), 'file')} not good")


@cli.command()
@click.argument("agency")
@click.option(
    "--root",
    "roots",
    multiple=True,
    envvar="GEN_ROOTS",
    type=click.Path(path_type=Path),
    help="The certificate of an authority that is trusted; without one nobody asks.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Write a CSV.")
@click.option("--pdf", "as_pdf", is_flag=True, help="Write a PDF, to print.")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Instead of outputs/."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
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
    from dataclasses import asdict

    from ..agreements import lookup
    from ..signing import status, store, validation
    from ..workspace import publishing

    world = _world()
    folder = lookup.find(world, agency).folder
    trusted = validation.roots([(path.name, store.read(path)) for path in roots])
    rows = list(status.rows(world, folder, trusted or None))
    base = output or world.outputs
    files = {}
    if as_csv:
        files[publishing.target(base, folder.name, folder.name, "status", "csv")] = status.csv(rows)
    if as_pdf:
        data = status.page(world, folder, rows)
        files[publishing.target(base, folder.name, folder.name, "status", "pdf")] = data
    if files:
        _publish(files, as_json)
    elif as_json:
        _answer([asdict(row) for row in rows])
    else:
        _out("\n".join(status.lines(rows)))


@cli.group()
def targets() -> None:
    """Work out target levels as the manual does."""


@targets.command("around")
@click.argument("baseline")
@click.argument("step")
@click.option("--measure", default="", help="The word before each figure, such as ร้อยละ.")
def targets_around(baseline: str, step: str, measure: str) -> None:
    """Five levels a STEP apart with BASELINE in the middle, ready for an indicator's file."""
    from ..scoring import targets

    try:
        values = targets.around(_number(baseline), _number(step))
    except ValueError as error:
        raise UsageError(str(error)) from error
    _out(targets.as_yaml(values, measure))


@targets.command("six-months")
@click.option("--year", type=click.Choice(["quantity", "steps"]), required=True)
@click.option("--half", type=click.Choice(["quantity", "steps"]), required=True)
@click.option("--target", help="The year's basic target, where it is a quantity.")
def targets_six_months(
    year: Literal["quantity", "steps"], half: Literal["quantity", "steps"], target: str | None
) -> None:
    """The first six months' target, by what the criteria of the year and of the half are."""
    from ..scoring import targets

    try:
        _out(targets.six_months(year, half, _number(target) if target else None))
    except ValueError as error:
        raise UsageError(str(error)) from error


def _number(text: str) -> Decimal:
    """A number as officers write it: 1,200,000 or ๕๓.๑๙. Raises ValueError."""
    from .. import thai

    plain = thai.arabic_digits(text).replace(",", "")
    try:
        found = Decimal(plain)
    except ArithmeticError:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found.adjusted()) > 20:
        raise ValueError(f"'{text}' is no number")
    return found


@cli.group()
def template() -> None:
    """Look at templates and check them."""


@template.command("check")
def template_check() -> None:
    """Check every template: tags, names, unused fields, header rows, Thai fonts.

    Templates are rendered once with example data. An error stops the documents of its template;
    what changes their looks alone, and what editors left in a file (tracked changes, comments,
    names), which documents leave out, is a warning.
    """
    from ..templates import check

    world = _world()
    found = check.findings(world.template_roots)
    for fault in sorted(found, key=lambda fault: fault.error):
        _out(str(fault) if fault.error else f"warning: {fault}", err=True)
    if any(fault.error for fault in found):
        sys.exit(ExitCode.TEMPLATE)
    _say("all templates are in order")


@template.command("show")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def template_show(file: Path) -> None:
    """Print a Word template (or document) as text; git uses it to compare .docx files."""
    from ..templates import word_as_text

    _out(word_as_text.text(file))


@cli.group()
def results() -> None:
    """Report results in an Excel workbook."""


@results.command("template")
@click.argument("file")
@click.option("--round", "round_id", required=True, help="The round that is reported (1 or 2).")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Instead of outputs/."
)
@click.option("--agency", help="Which agency, where several have such a unit.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def results_template(
    file: str, round_id: str, output: Path | None, agency: str | None, as_json: bool
) -> None:
    """Make the workbook in which FILE, a unit, reports a round's results.

    What is reported already is filled in.
    """
    from ..agreements import lookup
    from ..importing import workbook

    world = _world()
    found = lookup.find(world, file, agency)
    if found.remark:
        _say(found.remark)
    _publish(workbook.template(world, found, round_id, output).files, as_json)


@results.command("import")
@click.argument("file", metavar="WORKBOOK", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="In place of the results that are there.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def results_import(file: Path, replace: bool, as_json: bool) -> None:
    """Write what stands in a filled-in WORKBOOK to results/ROUND/UNIT.yaml.

    Every cell that is at fault is named, and then nothing is written.
    """
    from ..importing import workbook

    world = _world()
    made = workbook.take_in(world, file, over=replace)
    _print_faults(made.warnings, world.root)
    _publish(made.files, as_json)


@cli.group(cls=WithDefault)
def survey() -> None:
    """Questionnaires: gen survey FILE makes the forms of FILE's surveys, ready to print."""


@survey.command("form")
@document_options()
@click.option("--survey", metavar="ID", help="This survey alone.")
@click.option("--large-print", "look", flag_value="large", help="All words of 20 points or more.")
@click.option("--fillable", "look", flag_value="fillable", help="To be filled in on screen.")
@click.option(
    "--booklet", "look", flag_value="booklet", help="A5 pages on A4 sheets, to fold and stitch."
)
@click.option("--copies", type=click.IntRange(1, 5000), default=1, help="So many in one file.")
@click.option("--serial", is_flag=True, help="An id of its own on every copy.")
@click.option(
    "--export",
    "twin",
    type=click.Choice(["xlsform", "google", "csv-template"]),
    help="For other programs, in place of the printed form.",
)
def survey_form(
    file: str,
    survey: str | None,
    look: Look | None,
    copies: int,
    serial: bool,
    twin: Literal["xlsform", "google", "csv-template"] | None,
    **options: Any,
) -> None:
    """Make the questionnaires of FILE, a unit: those that its indicators name.

    FILE may also be a survey's own file (surveys/ID.yaml): its form for the agency.

    A unit that names none makes all of the agency's; --blank makes the agency's own forms.
    Beside each PDF stands the map of its boxes (.map.json). Large print, forms to fill in on
    screen, booklets and copies are PDF alone.
    """
    from ..agreements import lookup
    from ..documents import inputs
    from ..writers import document

    world = _world()
    found = lookup.find(world, file, options["agency"], of_surveys=True)
    if found.survey:
        if survey not in (None, found.survey):
            raise UsageError(f"{file} is not the survey '{survey}'", "take --survey out")
        # A survey belongs to no unit: the form is the agency's own.
        file, survey, options["blank"] = str(found.folder), found.survey, True
    if twin is not None:
        from ..api import exports

        made = exports.export(world, found, survey, twin, options["output"])
        _publish(made.files, options["as_json"])
        return
    several = document.Copies(copies, serial)
    if look == "fillable" and several != document.ONE:
        raise UsageError("a form to fill in on screen has no copies", "take --copies out")
    names = [survey] if survey else inputs.surveys_of(found, blank=options["blank"])
    _make("survey", file, surveys=names, look=look or "", copies=several, **options)


SURVEY = click.option("--survey", "survey_id", required=True, help="Which survey of surveys/.")


@survey.command("score")
@click.argument("file")
@click.argument(
    "responses",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
)
@SURVEY
@click.option("--round", "round_id", required=True, help="The round they count for (1 or 2).")
@click.option("--replace", is_flag=True, help="In place of the answers counted before.")
@click.option(
    "--rejected", is_flag=True, help="Count submissions too that were rejected in ODK or Kobo."
)
@click.option("--agency", help="Which agency, where several have such a unit.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def survey_score(
    file: str,
    responses: tuple[Path, ...],
    survey_id: str,
    round_id: str,
    replace: bool,
    rejected: bool,
    agency: str | None,
    as_json: bool,
) -> None:
    """Count RESPONSES, files of answers to a survey of FILE, a unit.

    CSV or Excel: with our codes, as ODK and Kobo export them, or as Google Forms does. The
    counts are written to answers/ROUND/UNIT/SURVEY.yaml; every cell that is at fault is named,
    and then nothing is written.
    """
    from ..agreements import lookup
    from ..importing import responses as answers
    from ..workspace import publishing
    from . import answers_board

    world = _world()
    found = lookup.find(world, file, agency)
    if found.remark:
        _say(found.remark)
    counted = answers.count(
        world, found, survey_id, round_id, responses, over=replace, with_rejected=rejected
    )
    publishing.publish(counted.files)
    thin = answers.thin(counted)
    _print_faults((*counted.remarks, *([] if thin is None else [thin])), world.root)
    paths = [_shown(path) for path in counted.files]
    if as_json:
        made = {"files": paths, **answers_board.as_json(counted)}
        _answer(made)
        return
    for line, colour in answers_board.lines(counted):
        _out(line, fg=colour, err=True)
    _out("\n".join(paths))


@survey.command("report")
@document_options(blank=False)
@SURVEY
@ROUND
def survey_report(survey_id: str, **options: Any) -> None:
    """Make the report on the counted answers to a survey of FILE, a unit."""
    _make("survey-report", surveys=(survey_id,), **options)


def _publish(files: Mapping[Path, bytes], as_json: bool) -> None:
    from ..workspace import publishing

    publishing.publish(files)
    paths = [_shown(path) for path in files]
    _answer({"files": paths}) if as_json else _out("\n".join(paths))


@cli.command()
def doctor() -> None:
    """Say which fonts and programs are there, which are missing, and how to install them."""
    from ..api import doctor

    findings = doctor.examine(_world())
    for finding in findings:
        sign, colour = ("ok     ", "green") if finding.good else ("MISSING", "red")
        _out(f"{sign} {finding.what}: {finding.found}", sign, colour)
        if not finding.good:
            _out(f"        {finding.remedy}")
    if not all(finding.good or finding.optional for finding in findings):
        sys.exit(ExitCode.MISSING)


def main() -> NoReturn:
    """Run ``gen`` and end with one of the codes of ``ExitCode``."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _run()
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        code = ExitCode.FILES
    except OSError as error:
        with contextlib.suppress(OSError):
            _say(f"error: can't write: {error.strerror}")
        code = ExitCode.FILES
    if code == ExitCode.FILES:
        _leave_stdout()
    sys.exit(code)


def _run() -> int:
    """Run the command; the code it ends with. Raises OSError where nothing can be printed."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:
        # click ends with 1 where nobody reads on; gen itself ends with codes of its own.
        return ExitCode.FILES if stop.code == ExitCode.BUG else int(stop.code or 0)
    except click.ClickException as error:
        said = io.StringIO()
        error.show(said)
        _out(said.getvalue().rstrip("\n"), err=True)
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted")
        return ExitCode.INTERRUPTED
    except GenError as error:
        _print_error(error)
        return error.exit_code
    except MemoryError:
        supervision.out_of_memory()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What a system refuses (a name that is too long, a disk that fails) is no bug in gen.
        where = f" {error.filename}" if error.filename else ""
        _print_error(
            FileError(f"can't use{where}: {error.strerror}", "check the name and the disk")
        )
        return ExitCode.FILES
    except Exception:
        _out(traceback.format_exc(), err=True)
        _say("this is a bug in gen; please report it with the lines above")
        return ExitCode.BUG
    return ExitCode.DONE


def _leave_stdout() -> None:
    """Nobody reads on: what is left to be printed at the end is lost without another word."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())


def _world() -> Workspace:
    world = _here()
    _ = world.day  # refused now rather than in the middle of the work
    return world


def _here() -> Workspace:
    from ..workspace.environment import here

    return here(Path.cwd(), os.environ)


def _out(text: str, word: str = "", fg: str | None = None, *, err: bool = False) -> None:
    """Print text, which may come from strangers, in a colour: all of it or one ``word``.

    Nothing is printed anywhere else, so that no sign of a stranger's reaches the terminal.
    """
    text = visible(text, lines=True)
    word = visible(word) or text
    click.echo(text.replace(word, click.style(word, fg=fg), 1) if fg and word else text, err=err)


def _answer(data: object, indent: int | None = None) -> None:
    """Print data as JSON."""
    click.echo(in_json(json.dumps(data, ensure_ascii=False, indent=indent)))


def _say(text: str, *, note: bool = False) -> None:
    text = visible(text)
    if note:
        _out(f"note: {text}", "note:", "yellow", err=True)
    else:
        _out(text, err=True)


def _print_error(error: GenError) -> None:
    _print_faults(error.diagnostics, _here().root)
    _out(f"error: {visible(error.message)}", "error:", "red", err=True)
    if error.hint:
        _out(f"  hint: {visible(error.hint)}", err=True)


def _print_faults(faults: Iterable[Diagnostic], root: Path) -> None:
    from ..diagnostics import shown_first

    for fault in shown_first(faults):
        word = f"{fault.severity.value}:"
        place, message = visible(fault.location.shown(root)), visible(fault.message)
        _out(f"{place}: {word} {message}", word, "red" if word == "error:" else "yellow", err=True)
        if fault.hint:
            _out(f"  hint: {visible(fault.hint)}", err=True)


def _as_json(fault: Diagnostic, root: Path) -> dict[str, object]:
    return {
        "file": fault.location.shown(root).split(":")[0],
        "line": fault.location.line,
        "column": fault.location.column,
        "severity": fault.severity.value,
        "message": fault.message,
        "hint": fault.hint,
    }


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _shown(path: Path) -> str:
    """A path relative to where the officer stands, when it lies below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
