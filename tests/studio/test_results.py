"""A unit's results of a round, in a browser."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from support.browser import Served, complaints, opened, served
from support.small_copies import copied

AGENCY, UNIT = "example-2570", "ตัวอย่าง-ก"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A studio of a copy of the example, which tests may change."""
    with served(copied(tmp_path_factory.mktemp("studio"), AGENCY)) as found:
        yield found


@pytest.fixture
def results(browser: Browser, own: Served) -> Iterator[Page]:
    with opened(browser, own) as page:
        page.goto(f"{own.address}/agency/{AGENCY}/unit/{quote(UNIT)}/results")
        yield page


def test_a_figure_is_typed_scored_and_saved_by_keyboard(results: Page, own: Served) -> None:
    assert results.url.endswith("?round=1")
    card = results.locator("#result-on-time")
    before = card.locator(".score output").text_content()
    card.locator(".number input").first.fill("700")
    expect(card.locator(".score output")).not_to_have_text(before or "")
    card.locator(".why summary").press("Enter")
    expect(card.locator(".why .lines")).to_contain_text("58.33")
    results.keyboard.press("Control+s")
    expect(results.locator("#stands")).to_contain_text("results/1/")
    file = own.studio.workspace.agreements / AGENCY / "results" / "1" / f"{UNIT}.yaml"
    expect(results.locator("[data-act=save]")).to_be_disabled()
    assert yaml.safe_load(file.read_text("utf-8"))["results"]["on-time"]["inputs"]["on_time"] == 700
    assert complaints(results) == []


def test_what_if_is_shown_beside_what_was_reported(results: Page) -> None:
    results.locator("#if-knowledge").fill("1")
    expect(results.locator("#supposed tbody tr")).to_have_count(4)
    expect(results.locator("[data-act=save]")).to_be_disabled()


def test_a_file_proves_a_result_and_who_reported_is_listed(results: Page) -> None:
    form = results.locator("form[action*='/proof']")
    sent = {"name": "รายงาน.pdf", "mimeType": "application/pdf", "buffer": b"x"}
    form.locator("input[type=file]").set_input_files(sent)  # type: ignore[arg-type]
    form.locator("button").click()
    expect(results.locator("#result-on-time .proofs")).to_contain_text("evidence/1/รายงาน.pdf")
    results.goto(results.url.partition("/unit/")[0] + "/reported")
    expect(results.locator("tbody tr")).to_have_count(3)
    assert complaints(results) == []


def test_a_workbook_is_taken_along_and_taken_in(results: Page, own: Served) -> None:
    data = results.request.get(results.url.replace("results?", "results/workbook?")).body()
    sent = {"name": "x.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    form = results.locator("form[action*='/workbook']")
    form.locator("input[type=file]").set_input_files(sent)  # type: ignore[arg-type]
    form.locator("button").click()
    results.wait_for_url("**/results?round=1")
    wrong = {**sent, "buffer": b"PK no workbook"}
    form.locator("input[type=file]").set_input_files(wrong)  # type: ignore[arg-type]
    form.locator("button").click()
    expect(results.locator("main")).to_contain_text("x.xlsx")
