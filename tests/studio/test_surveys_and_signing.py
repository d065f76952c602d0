"""A unit's surveys and signatures, in a browser."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from generator import api
from generator.agreements import lookup
from generator.survey import sheet_map
from support.authority import PASSPHRASE, ours
from support.browser import Served, complaints, opened, served
from support.small_copies import copied

HOSPITAL, CLINIC = "example-hospital-2570", "โรงพยาบาล-ก"
AGENCY, UNIT = "example-2570", "ตัวอย่าง-ก"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A studio of copies, which tests may change."""
    with served(copied(tmp_path_factory.mktemp("studio"), AGENCY, HOSPITAL)) as found:
        yield found


@pytest.fixture
def page(browser: Browser, own: Served) -> Iterator[Page]:
    with opened(browser, own) as found:
        yield found


def at(own: Served, agency: str, unit: str, task: str) -> str:
    return f"{own.address}/agency/{agency}/unit/{quote(unit)}/{task}"


def upload(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def test_counts_are_shown_as_bars_beside_their_figures(page: Page, own: Served) -> None:
    page.goto(at(own, HOSPITAL, CLINIC, "surveys") + "?survey=outpatients&round=q1")
    first = page.locator(".counted").first
    expect(first.locator("tbody td").first).to_have_text("13")
    assert first.locator("canvas").evaluate("one => window.Chart.getChart(one) !== undefined")
    assert complaints(page) == []


def test_answers_are_refused_by_row_and_counted_when_they_are_right(
    page: Page, own: Served
) -> None:
    page.goto(at(own, AGENCY, UNIT, "surveys"))
    form = page.locator("form[action$=answers]")
    wrong = "\n".join(["sex,age", "female,มาก", "ไม่รู้,30"]).encode()
    form.locator("input[type=file]").set_input_files(upload("คำตอบ.csv", wrong))  # type: ignore[arg-type]
    form.locator("button").click()
    expect(page.locator(".faults li").first).to_contain_text("คำตอบ.csv")
    assert complaints(page) == []
    folder = own.studio.workspace.agreements / AGENCY
    assert not (folder / "answers").exists(), "nothing is kept of what is refused"


def test_a_questionnaire_is_printed_in_copies(page: Page, own: Served) -> None:
    base = at(own, AGENCY, UNIT, "surveys") + "/printed?survey=visitors&form=pdf"
    one = page.request.get(base)
    assert one.body().startswith(b"%PDF")
    three = page.request.get(f"{base}&copies=3&serial=1")
    assert three.body().startswith(b"%PDF")
    maps = (own.studio.workspace.outputs / AGENCY).rglob("*.map.json")
    copies = {one: len(sheet_map.read(one.read_bytes()).copies) for one in maps}
    [kept] = [one for one, number in copies.items() if number == 3]
    pdf = kept.with_name(kept.name.replace(".map.json", ".pdf"))
    assert pdf.read_bytes() == three.body(), "their scans will be known"
    assert page.request.get(f"{base}&copies=999999").status == 422
    assert page.request.get(f"{base}&layout=huge").status == 422


def test_a_key_signs_once_and_is_kept_nowhere(page: Page, own: Served) -> None:
    root = own.studio.workspace.root
    target = lookup.find(own.studio.workspace, UNIT)
    made = api.documents.make(own.studio.workspace, "agreement", target)
    api.workspaces.publish(made.files)
    page.goto(at(own, AGENCY, UNIT, "signing"))
    assert complaints(page) == []
    key = ours().p12("ผู้ลงนามทดสอบ")
    page.locator("#sign-key").set_input_files(upload("key.p12", key))  # type: ignore[arg-type]
    page.locator("#sign-pass").fill(PASSPHRASE)
    page.locator("form[action$=sign] button").click(timeout=90_000)
    expect(page.locator("tbody .mark.good")).to_have_count(1)
    kept = [path for path in root.rglob("*") if path.is_file()]
    assert not [
        path for path in kept if key in (data := path.read_bytes()) or PASSPHRASE.encode() in data
    ]
    (signed,) = (root / "signed").rglob("*.pdf")
    page.locator("#verify-file").set_input_files(signed)
    page.locator("#verify button").click()
    expect(page.locator("#verdict .mark")).to_be_visible(timeout=90_000)
    expect(page.locator("#verdict")).to_contain_text("assess")
    page.locator("#sign-key").set_input_files(upload("key.p12", b"no key"))  # type: ignore[arg-type]
    page.locator("#sign-pass").fill("not it")
    page.locator("form[action$=sign] button").click(timeout=90_000)
    expect(page.locator("body")).not_to_contain_text("not it")
