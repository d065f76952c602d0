"""Home and the frame of all pages, in a browser."""

import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator import api
from generator.studio.access import Role, User
from generator.studio.work import StoppedError, Work, WorkGoingOn
from support.browser import Served, complaints, opened
from support.command import change


def test_agencies_lead_to_units(page: Page, shipped: Served) -> None:
    assert page.url == f"{shipped.address}/", "the token isn't left in the address"
    assert complaints(page) == []
    page.get_by_role("link", name="กรมพัฒนาสังคมและสวัสดิการ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2566")
    assert complaints(page) == []
    page.get_by_role("link", name="กองกิจการอาสาสมัครและภาคประชาสังคม", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("กองกิจการอาสาสมัคร")
    assert complaints(page) == []


def test_the_frame_is_used_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("ข้ามไปยังเนื้อหา")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "/agency/example-2570")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2570")


def test_pages_speak_the_language_that_is_chosen(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Agencies")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="ไทย").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ส่วนราชการ")


def test_thai_is_set_in_the_machines_own_face(page: Page) -> None:
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].some(face => face.status == 'loaded')")


def settled(page: Page) -> None:
    """Wait until the units were looked at."""
    expect(page.locator("#units")).not_to_have_attribute("aria-busy", "true", timeout=60_000)


def test_units_say_how_they_stand_and_are_filtered(page: Page, shipped: Served) -> None:
    page.goto(f"{shipped.address}/agency/dsdw-2566")
    settled(page)
    rows = page.locator("#units tr")
    expect(rows).to_have_count(15)
    row = rows.filter(has_text="กองกิจการอาสาสมัคร")
    expect(row).to_contain_text("ร่าง")
    expect(row).to_contain_text("คำเตือน")
    assert complaints(page) == []
    page.get_by_label("ค้นหา").fill("อาสาสมัคร")
    expect(rows.filter(visible=True)).to_have_count(1)
    expect(page.locator("[data-filtered]")).to_have_text("1 / 15")
    page.get_by_label("ค้นหา").fill("")
    page.get_by_label("ระดับ").select_option("field")
    expect(rows.filter(visible=True)).to_have_count(2)
    page.get_by_label("สถานะ").select_option("final")
    expect(rows.filter(visible=True)).to_have_count(0)


def test_all_documents_are_made_and_found_current(own_page: Page, own: Served) -> None:
    page, root = own_page, own.studio.workspace.root
    page.goto(f"{own.address}/agency/moi-2547")
    settled(page)
    expect(page.locator("#units")).to_contain_text("ยังไม่ได้จัดทำ")
    page.get_by_role("button", name="จัดทำเอกสารทั้งหมด").click()
    expect(page.locator("#work progress")).to_be_visible()
    expect(page.locator("#work")).to_contain_text("เสร็จแล้ว", timeout=90_000)
    page.reload()
    settled(page)
    expect(page.locator("#units .good", has_text="เป็นปัจจุบัน")).to_have_count(1)
    made = sorted(path.name for path in (root / "outputs").rglob("*.pdf"))
    assert len(made) == 1
    link = page.get_by_role("link", name="-agreement.pdf").first
    address = link.get_attribute("href")
    got = page.request.get(f"{own.address}{address}")
    assert got.body()[:5] == b"%PDF-"
    assert got.headers["content-disposition"].startswith("inline")
    assert got.headers["content-security-policy"]

    unit = next((root / "agreements" / "moi-2547").glob("สำนักงาน*.yaml"))
    unit.write_text(unit.read_text("utf-8") + "\n# อีกบรรทัด\n", "utf-8")
    page.reload()
    settled(page)
    # A comment is no other data.
    expect(page.locator("#units .good", has_text="เป็นปัจจุบัน")).to_have_count(1)
    change(unit, "status: final", "status: draft")
    page.reload()
    settled(page)
    expect(page.locator("#units .warn", has_text="ข้อมูลเปลี่ยนหลังจัดทำ")).to_have_count(1)


def test_work_is_stopped_after_the_document_that_is_being_made() -> None:
    """What is made stays: nothing but a batch's own way of ending is used."""
    work = Work("")
    work.begin(3)
    made = api.batch.DocumentDone("a-agreement", "agreement", api.batch.DocumentState.MADE)
    work.tell(made)
    work.stop()
    with pytest.raises(StoppedError):
        work.tell(made)
    assert (work.done, work.total) == (2, 3)


def test_a_batch_that_goes_on_is_not_begun_again(tmp_path: Path) -> None:
    """And another agency's may be."""
    going, end = WorkGoingOn(), threading.Event()
    first = going.begin(tmp_path, Work("a"), lambda work: end.wait(20))
    assert going.begin(tmp_path, Work("b"), lambda work: None) is first
    assert going.begin(tmp_path / "other", Work("c"), lambda work: None) is not first
    first.stop()
    end.set()


def test_faults_of_a_batch_are_listed(own_page: Page, own: Served) -> None:
    """And those that stop it are told in the same place."""
    page = own_page
    unit = next((own.studio.workspace.root / "agreements" / "moi-2547").glob("สำนักงาน*.yaml"))
    kept = unit.read_text("utf-8")
    change(unit, "status:", "statis:")
    try:
        page.goto(f"{own.address}/agency/moi-2547")
        settled(page)
        expect(page.locator("#units .wrong").first).to_contain_text("ข้อผิดพลาด")
        page.get_by_role("button", name="จัดทำเอกสารทั้งหมด").click()
        expect(page.locator("#work .faults")).to_contain_text("statis", timeout=90_000)
        expect(page.locator("#work .faults")).to_contain_text("สำนักงานปลัด")
        page.get_by_role("link", name="ตรวจข้อมูลทั้งหมด").click()
        expect(page.locator(".faults .error").first).to_contain_text("statis")
        assert complaints(page) == []
    finally:
        unit.write_text(kept, "utf-8")


def test_documents_of_the_whole_agency_are_made(own_page: Page, own: Served) -> None:
    page = own_page
    for name, file in (("ใบสรุปการลงนาม", "status.pdf"),):
        page.goto(f"{own.address}/agency/example-2570")
        page.get_by_role("button", name=name).click()
        address = page.get_by_role("link", name=file).get_attribute("href")
        assert page.request.get(f"{own.address}{address}").body()[:5] == b"%PDF-"
        assert complaints(page) == []
    page.goto(f"{own.address}/agency/example-2570")
    page.get_by_role("button", name="จัดทำแผนผังติดผนัง").click()
    expect(page.locator("h1")).to_have_text("ดำเนินการไม่สำเร็จ")
    assert complaints(page) == []


def test_a_new_agency_is_begun_and_its_next_year(own_page: Page, own: Served) -> None:
    page, agreements = own_page, own.studio.workspace.root / "agreements"
    page.goto(f"{own.address}/new")
    assert complaints(page) == []
    page.get_by_label("ชื่อโฟลเดอร์").fill("../เล็ด")
    page.get_by_role("button", name="เริ่ม").click()
    expect(page.locator("h1")).to_have_text("ดำเนินการไม่สำเร็จ")
    assert not (agreements.parent / "เล็ด").exists()
    page.goto(f"{own.address}/new")
    page.get_by_label("ชื่อโฟลเดอร์").fill("กรมใหม่-2570")
    page.get_by_role("button", name="เริ่ม").click()
    expect(page.locator("h1")).to_have_text("สร้างส่วนราชการแล้ว")
    assert "ปีงบประมาณ" in (agreements / "กรมใหม่-2570" / "agency.yaml").read_text("utf-8")
    page.get_by_role("link", name="ไปที่รายการหน่วยงาน").click()
    page.get_by_role("link", name="เริ่มปีถัดไป").click()
    page.get_by_label("ชื่อโฟลเดอร์").fill("กรมใหม่-2571")
    page.get_by_role("button", name="เริ่ม").click()
    expect(page.locator("h1")).to_have_text("สร้างส่วนราชการแล้ว")
    page.goto(own.address)
    expect(page.locator(".cards")).to_contain_text("2571")


def test_whoever_only_reads_is_offered_nothing_to_make(browser: Browser, shipped: Served) -> None:
    with opened(browser, shipped) as page:
        key = shipped.studio.sessions.begin(User("ผู้อ่าน", Role.READER))
        page.context.add_cookies(
            [{"name": shipped.studio.cookie, "value": key, "url": shipped.address}]
        )
        page.goto(f"{shipped.address}/agency/dsdw-2566")
        expect(page.get_by_role("button", name="จัดทำเอกสารทั้งหมด")).to_have_count(0)
        expect(page.get_by_role("link", name="เริ่มปีถัดไป")).to_have_count(0)
        expect(page.get_by_role("link", name="ตรวจข้อมูลทั้งหมด")).to_be_visible()
