"""The page beside what is typed, in a browser."""

import time
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import Served, complaints, opened, served
from support.making import made
from support.small_copies import copied

AGENCY, UNIT = "example-2570", "ตัวอย่าง-ข"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A studio of a copy of the example, which tests may change."""
    with served(copied(tmp_path_factory.mktemp("studio"), AGENCY)) as found:
        yield found


@pytest.fixture
def unit(browser: Browser, own: Served) -> Iterator[Page]:
    with opened(browser, own) as page:
        page.goto(f"{own.address}/agency/{AGENCY}/unit/{quote(UNIT)}/weights")
        shown(page)
        yield page


def count(page: Page) -> int:
    return int(page.locator("#beside").get_attribute("data-shown") or 0)


def shown(page: Page, more_than: int = 0) -> None:
    """Wait for a picture. The policy of the page lets no test wait by script."""
    deadline = time.monotonic() + 60
    while count(page) <= more_than:
        assert time.monotonic() < deadline, page.locator("#beside-said").text_content()
        time.sleep(0.02)


def test_the_page_follows_the_field_and_what_is_typed(unit: Page) -> None:
    expect(unit.locator("#beside-count")).to_have_text("/ 15")
    field = unit.locator("#weights input.figure").first
    before = count(unit)
    field.click()
    shown(unit, before)
    here = unit.locator("#beside-boxes .here").first
    expect(here).to_be_attached()
    picture = unit.locator("#beside-picture").get_attribute("src")
    field.press_sequentially("1")
    expect(unit.locator("#beside-picture")).not_to_have_attribute("src", picture or "")
    assert complaints(unit) == []


def test_a_word_of_the_page_leads_to_its_field_here_or_in_another_task(unit: Page) -> None:
    unit.locator("#weights input.figure").first.click()
    here = unit.locator("#beside-boxes .here").first
    expect(here).to_be_attached()
    unit.locator("h1").click()
    here.click()
    expect(unit.locator("#weights input.figure").first).to_be_focused()
    before = count(unit)
    unit.locator("#beside-number").fill("1")
    unit.locator("#beside-number").press("Enter")
    shown(unit, before)
    unit.locator('#beside-boxes [data-of$="#name"]').first.click()
    unit.wait_for_url("**/parties?at=*")
    expect(unit.locator("main :focus")).to_be_attached()


def test_pages_and_fields_are_reached_by_keyboard(unit: Page) -> None:
    sheet = unit.locator("#beside-sheet")
    sheet.focus()
    before = count(unit)
    sheet.press("PageDown")
    shown(unit, before)
    expect(unit.locator("#beside-number")).to_have_value("2")
    sheet.press("ArrowDown")
    expect(unit.locator("#beside-boxes .on")).to_have_count(1)
    sheet.press("Enter")
    unit.wait_for_url("**?at=*")


def test_documents_to_keep_are_those_of_the_command(page: Page, shipped: Served) -> None:
    base = f"{shipped.address}/agency/{AGENCY}/unit/{quote(UNIT)}"
    for form in ("pdf", "docx"):
        answer = page.request.get(f"{base}/made/{form}")
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.body() == made("agreement", UNIT)[form]
    assert page.request.get(f"{base}/made/exe").status == 422
    assert page.request.get(f"{base}/page?kind=agreement&at=x&page=z&dots=z").ok
