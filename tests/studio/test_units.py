"""A unit is added to an agency and taken out again, in a browser."""

from playwright.sync_api import Page, expect

from support.browser import Served, complaints


def test_a_unit_is_added_and_taken_out(own_page: Page, own: Served) -> None:
    page, root = own_page, own.studio.workspace.root
    page.goto(f"{own.address}/agency/moi-2547")
    page.get_by_role("link", name="เพิ่มหน่วยงาน").click()
    assert complaints(page) == []
    page.get_by_label("ชื่อหน่วยงาน").fill("กองใหม่ <b>")
    page.get_by_label("ชื่อย่อ").fill("กม.")
    page.get_by_label("เริ่มจากหน่วยงาน").select_option(index=1)
    page.get_by_role("button", name="เริ่ม").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("กองใหม่ <b>")
    file = root / "agreements/moi-2547/กม.yaml"
    assert "level: division" in file.read_text("utf-8")

    page.goto(f"{own.address}/agency/moi-2547/new-unit")
    page.get_by_label("ชื่อหน่วยงาน").fill("กองอื่น")
    page.get_by_label("ชื่อย่อ").fill("กม.")
    page.get_by_role("button", name="เริ่ม").click()
    expect(page.locator("main")).to_contain_text("มีหน่วยงาน 'กม' อยู่แล้ว")

    page.goto(f"{own.address}/agency/moi-2547/unit/กม/parties")
    page.get_by_label("ชื่อหน่วยงาน").first.fill("กองที่ยังไม่ได้บันทึก")
    expect(page.locator("#stands")).to_contain_text("ยังไม่ได้บันทึก")
    page.goto(f"{own.address}/agency/moi-2547/unit/กม")
    page.get_by_role("link", name="นำหน่วยงานนี้ออก").click()
    assert complaints(page) == []
    page.get_by_role("button", name="นำออก").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("นำหน่วยงานออกแล้ว")
    assert complaints(page) == []
    assert not file.exists()
    page.get_by_role("link", name="ไปที่รายการหน่วยงาน").click()
    expect(page.locator("#units tr")).to_have_count(1)
    page.goto(f"{own.address}/")
    expect(page.locator("#drafts")).to_have_count(0)
