"""A whole year of the example agency, done in the browser: the files are those of the command."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from generator import api
from generator.agreements.record import DocumentOptions
from generator.workspace.environment import Workspace
from support.browser import Served, opened, served

AGENCY, UNIT = "กรมทดลอง-2570", "ตัวอย่าง-ก"


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A studio of a workspace that holds nothing yet."""
    root = tmp_path_factory.mktemp("year")
    (root / "agreements").mkdir()
    with served(root) as found:
        yield found


@pytest.fixture(scope="module")
def page(browser: Browser, at: Served) -> Iterator[Page]:
    """One page for the whole year."""
    with opened(browser, at) as found:
        yield found


def folder(at: Served) -> Path:
    return at.studio.workspace.root / "agreements" / AGENCY


def go(page: Page, at: Served, task: str) -> None:
    page.goto(f"{at.address}/agency/{AGENCY}/unit/{UNIT}/{task}")


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("#stands")).to_contain_text("บันทึกแล้ว")


def of_command(at: Served, kind: str, form: str, round_: str = "") -> bytes:
    """The document as the command makes it of the files as they stand."""
    workspace = Workspace(at.studio.workspace.root, {})
    target = api.workspaces.find(workspace, UNIT, AGENCY)
    options = DocumentOptions(round=round_)
    made = api.documents.make(workspace, kind, target, formats=(form,), options=options)
    return next(data for path, data in made.files.items() if path.suffix == f".{form}")


def test_1_the_agency_is_begun(page: Page, at: Served) -> None:
    page.get_by_role("link", name="ส่วนราชการหรือปีใหม่").click()
    page.get_by_label("ชื่อโฟลเดอร์").fill(AGENCY)
    page.get_by_role("button", name="เริ่ม").click()
    page.get_by_role("link", name="ไปที่รายการหน่วยงาน").click()
    expect(page.locator("#units tr")).to_have_count(3)
    assert "ปีงบประมาณ" in (folder(at) / "agency.yaml").read_text("utf-8")


def test_2_the_agreement_is_written(page: Page, at: Served) -> None:
    go(page, at, "duties")
    page.locator("table.grid").first.locator("textarea").first.fill("ดูแลระบบคำรับรองของหน่วยงาน")
    save(page)
    go(page, at, "weights")
    figures = page.locator("#weights input[data-figure]")
    figures.nth(0).fill("31")
    figures.nth(1).fill("24")
    expect(page.locator("[data-sum^=performance] .mark")).to_have_text("ครบ")
    save(page)
    text = (folder(at) / f"{UNIT}.yaml").read_text("utf-8")
    assert "ดูแลระบบคำรับรองของหน่วยงาน" in text
    assert "น้ำหนัก: 31" in text


def test_3_everything_is_checked(page: Page, at: Served) -> None:
    page.goto(f"{at.address}/agency/{AGENCY}")
    page.get_by_role("link", name="ตรวจข้อมูลทั้งหมด").click()
    expect(page.locator("main")).to_contain_text("ข้อผิดพลาด 0 แห่ง")
    checked = api.checking.check(Workspace(at.studio.workspace.root, {}), [folder(at)])
    assert checked.errors == 0


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_4_the_agreement_is_that_of_the_command(page: Page, at: Served, form: str) -> None:
    go(page, at, "weights")
    address = page.locator(f"#page a[href*='/made/{form}']").first.get_attribute("href")
    assert address
    got = page.request.get(f"{at.address}{address}" if address[0] == "/" else address)
    assert got.body() == of_command(at, "agreement", form)
    assert UNIT in unquote(got.headers["content-disposition"]) or "ตย" in unquote(
        got.headers["content-disposition"]
    )
