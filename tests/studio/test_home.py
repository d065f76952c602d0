"""Home and the frame of all pages, in a browser."""

from playwright.sync_api import Page, expect

from support.browser import Served, complaints


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
