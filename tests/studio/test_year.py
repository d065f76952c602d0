"""A whole year of the example agency, done in the browser: the files are those of the command."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from generator import api
from generator.agreements.record import DocumentOptions
from generator.workspace.environment import Workspace
from support.answer_files import GOOD
from support.authority import PASSPHRASE, ours
from support.browser import Served, opened, served
from support.command import gen

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
    got = page.request.get(
        f"{at.address}{address}" if address[0] == "/" else address, timeout=180_000
    )
    assert got.body() == of_command(at, "agreement", form)
    assert UNIT in unquote(got.headers["content-disposition"]) or "ตย" in unquote(
        got.headers["content-disposition"]
    )


def test_5_it_is_made_and_signed_by_both(page: Page, at: Served) -> None:
    page.goto(f"{at.address}/agency/{AGENCY}")
    page.get_by_label("ค้นหา").fill(UNIT)
    expect(page.locator("[data-only]")).to_contain_text("1")
    page.get_by_role("button", name="จัดทำเอกสารทั้งหมด").click()
    expect(page.locator("#work")).to_contain_text("เสร็จแล้ว", timeout=120_000)
    root = at.studio.workspace.root
    for number in (1, 2):
        go(page, at, "signing")
        key = ours().p12(f"Test Signer {number}")
        sent = {"name": "key.p12", "mimeType": "application/octet-stream", "buffer": key}
        page.locator("#sign-key").set_input_files(sent)  # type: ignore[arg-type]
        page.locator("#sign-pass").fill(PASSPHRASE)
        page.locator("form[action$=sign] button").click()
        expect(page.locator("tbody .mark.good")).to_have_count(number, timeout=60_000)
    assert len(list((root / "signed").rglob("*-agreement*.pdf"))) == 1
    page.goto(f"{at.address}/agency/{AGENCY}/signatures")
    row = page.locator("tbody tr", has_text="ลงนามแล้ว")
    expect(row).to_have_count(2)


def test_6_results_are_reported(page: Page, at: Served) -> None:
    page.goto(f"{at.address}/agency/{AGENCY}/unit/{UNIT}/results?round=2")
    page.locator("#result-on-time .number input").first.fill("1100")
    save(page)
    expect(page.locator("#totals")).to_contain_text(re.compile(r"\d"))
    text = (folder(at) / "results" / "2" / f"{UNIT}.yaml").read_text("utf-8")
    assert "1100" in text
    address = page.locator("#page a[href*='/made/pdf']").first.get_attribute("href")
    got = page.request.get(f"{at.address}{address}", timeout=180_000)
    assert got.status == 200, got.text()
    assert got.body() == of_command(at, "report", "pdf", "2")


def test_7_answers_are_counted(page: Page, at: Served) -> None:
    """What was typed until then is taken out: a survey's figures are counted, not typed."""
    page.goto(f"{at.address}/agency/{AGENCY}/unit/{UNIT}/results?round=2")
    for typed in page.locator("#result-satisfaction .number input").all():
        typed.fill("")
    save(page)
    page.goto(f"{at.address}/agency/{AGENCY}/unit/{UNIT}/surveys?survey=visitors&round=2")
    form = page.locator("form[action$=answers]")
    sent = {"name": "answers.csv", "mimeType": "text/csv", "buffer": GOOD.encode()}
    form.locator("input[type=file]").set_input_files(sent)  # type: ignore[arg-type]
    form.locator("select[name=round]").select_option("2")
    form.locator("button").click()
    expect(page.locator(".counted").first).to_be_visible(timeout=30_000)
    (answers,) = (folder(at) / "answers" / "2").rglob("*.yaml")
    assert answers.stem == "visitors"


def test_8_the_files_that_result_pass_the_check(at: Served) -> None:
    done = gen("check", f"agreements/{AGENCY}", cwd=at.studio.workspace.root)
    assert done.returncode == 0, done.stderr
