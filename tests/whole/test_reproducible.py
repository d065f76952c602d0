"""The same data gives the same bytes, whenever, wherever and beside whatever it is made."""

import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest

from generator.documents.kinds import KINDS
from generator.workspace.environment import PARTS
from support import readers, remake
from support.making import OTHERS, stream, subjects
from support.shared import FOLDER, once

FIRST_YEARS = {
    "กอส": 2022,
    "ตัวอย่าง-ข": 2026,
    "blank dsdw-2566": 2022,
    "blank dip-2558": 2014,
    OTHERS["moi-2547"]: 2003,
    OTHERS["cdd-2561"]: 2017,
}
"""The years in whose October the fiscal years begin: 2566 in that of 2022, and so on."""

NAMES = (
    *("agreement/กอส", "agreement/ตัวอย่าง-ข"),
    *(f"agreement/{unit}" for unit in OTHERS.values()),
    *(
        f"{kind.name}/{subject}"
        for kind in sorted(KINDS.values(), key=lambda kind: kind.name)
        for subject in subjects(kind)
        if subject.startswith(("blank dsdw-2566", "blank dip-2558"))
    ),
)
ONE_OF_EACH = NAMES[4:]
"""A blank form of each kind."""

_APART = 3
"""So many processes make the documents, each a few that aren't neighbours."""
EPOCH = datetime(2031, 5, 17, 22, 45, tzinfo=UTC)
DATE_KEYS = ("/CreationDate", "/ModDate")
OTHER_DATES = ("/M", "/LastModified")
"""Of annotations and page pieces (PDF 1.7, 12.5.2 and 14.5): there are none."""

DATED_PARTS = ("docProps/core.xml", "docProps/app.xml")
XMP_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:]+Z?)?")
OTHERWISE = ("SOURCE_DATE_EPOCH", "GEN_FACE", FOLDER, PARTS)
PLAIN = {"PYTHONHASHSEED": "0", "TZ": "UTC"}


def remade(
    names: Sequence[str], folder: Path, environment: Mapping[str, str], cwd: Path
) -> dict[str, bytes]:
    """Documents made in one process of their own, by the names of their files."""
    folder.mkdir(exist_ok=True)
    kept = {k: v for k, v in os.environ.items() if k not in OTHERWISE}
    subprocess.run(
        [sys.executable, str(Path(remake.__file__)), str(folder), *names],
        env={**kept, **PLAIN, **environment},
        cwd=cwd,
        check=True,
    )
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@once
def first_made() -> dict[str, bytes]:
    """What all others are compared with."""
    with TemporaryDirectory() as folder:
        return remade(NAMES, Path(folder), {}, Path(folder))


def assert_same(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> None:
    """Without pytest's own comparison: a difference of archives says nothing to anybody."""
    assert one.keys() == other.keys()
    # A questionnaire has the map of its boxes beside it.
    maps = sum(name.startswith("survey/") for name in NAMES)
    assert len(one) == 2 * len(NAMES) + maps
    differ = [name for name in one if one[name] != other[name]]
    assert differ == []


@pytest.mark.parametrize(
    ("environment", "processes"),
    [
        (
            {"PYTHONHASHSEED": "4321", "TZ": "Asia/Bangkok", "LC_ALL": "C.UTF-8"},
            [list(NAMES[first::_APART]) for first in range(_APART)],
        ),
        (
            {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "USER": "somebody"},
            [NAMES[::-1]],
        ),
    ],
    ids=["in other company", "the other way round"],
)
def test_when_where_by_whom_and_after_what_change_nothing(
    environment: dict[str, str], processes: Sequence[Sequence[str]], tmp_path: Path
) -> None:
    before = first_made()
    time.sleep(2.1)  # Zip archives count in steps of two seconds, PDFs in seconds.
    found: dict[str, bytes] = {}
    for number, names in enumerate(processes):
        found |= remade(names, tmp_path / str(number), environment, Path(__file__).parent)
    assert_same(before, found)


def dated(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The dictionaries that hold dates: that of the document, and those of its attachments."""
    attachments = [item.Params for item in pdf.objects if "/Params" in readers.entries(item)]
    return [pdf.docinfo, *attachments]


def dates_of_pdf(data: bytes) -> set[str]:
    """Every date in a PDF, as YYYYMMDDhhmmss."""
    with pikepdf.open(stream(data)) as pdf:
        assert not any(key in readers.entries(item) for item in pdf.objects for key in OTHER_DATES)
        found = {str(item[key]) for item in dated(pdf) for key in DATE_KEYS if key in item}
        found |= set(XMP_DATE.findall(pdf.Root.Metadata.read_bytes().decode("utf-8")))
    return {re.sub(r"\D", "", text).ljust(14, "0")[:14] for text in found}


def dates_of_docx(data: bytes) -> set[str]:
    """Every date in a DOCX's properties, as YYYYMMDDhhmmss."""
    with zipfile.ZipFile(stream(data)) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        parts = [archive.read(name).decode("utf-8") for name in DATED_PARTS]
    return {re.sub(r"\D", "", text) for part in parts for text in XMP_DATE.findall(part)}


def documents() -> dict[str, bytes]:
    """What was made, without maps: these hold no date."""
    return {name: data for name, data in first_made().items() if not name.endswith(".json")}


DATES = {".pdf": dates_of_pdf, ".docx": dates_of_docx}


def test_files_are_dated_to_the_fiscal_years_first_day() -> None:
    for name, data in documents().items():
        path = Path(name)
        about = path.stem.partition("-")[2]
        year = next(year for subject, year in FIRST_YEARS.items() if about.startswith(subject))
        assert DATES[path.suffix](data) == {f"{year}1001000000"}, name


def undated_pdf(data: bytes) -> bytes:
    """A PDF without its dates and the hash of its bytes, as readable text."""
    with pikepdf.open(stream(data)) as pdf:
        for item in dated(pdf):
            for key in DATE_KEYS:
                if key in item:
                    del item[key]
        metadata = XMP_DATE.sub("", pdf.Root.Metadata.read_bytes().decode("utf-8"))
        pdf.Root.Metadata.write(metadata.encode("utf-8"))
        del pdf.trailer["/ID"]
        target = stream(b"")
        pdf.save(target, static_id=True, qdf=True)
    return target.getvalue()


def undated_docx(data: bytes) -> dict[str, bytes]:
    """The parts of a DOCX, its properties without dates."""
    with zipfile.ZipFile(stream(data)) as archive:
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
    for name in DATED_PARTS:
        parts[name] = XMP_DATE.sub("", parts[name].decode("utf-8")).encode("utf-8")
    return parts


def test_source_date_epoch_changes_the_dates_and_nothing_else(tmp_path: Path) -> None:
    environment = {"SOURCE_DATE_EPOCH": str(int(EPOCH.timestamp())), "TZ": "Asia/Bangkok"}
    later = remade(ONE_OF_EACH, tmp_path, environment, tmp_path)
    assert {Path(name).suffix for name in later} >= DATES.keys()
    for name, data in documents().items():
        if name not in later:
            continue
        extension = Path(name).suffix
        assert data != later[name]
        # The day counts, in universal time; the hour does not.
        assert DATES[extension](later[name]) == {f"{EPOCH:%Y%m%d}000000"}, name
        if extension == ".pdf":
            same = undated_pdf(data) == undated_pdf(later[name])
        else:
            same = undated_docx(data) == undated_docx(later[name])
        assert same, name
