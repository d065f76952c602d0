"""A unit's tasks in a browser: typed, told at the field, pasted, undone, saved."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from generator.api.editing.tasks import TASKS
from support.browser import Served, complaints, opened, served
from support.making import ROOT

UNIT = "ตัวอย่าง-ก"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped example; one of its indicators has a plan and a target table."""
    found = tmp_path_factory.mktemp("studio")
    folder = found / "agreements" / "example-2570"
    copytree(ROOT / "agreements" / "example-2570", folder)
    shipped = ROOT / "agreements" / "dsdw-2566"
    for name in ("plans/alerts.yaml", "tables/provinces.yaml", "tables/provinces.csv"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes((shipped / name).read_bytes())
    with (folder / "indicators" / "manuals.yaml").open("ab") as file:
        file.write(b"plan: alerts\ntables: [provinces]\n")
    return found


@pytest.fixture(scope="module")
def own(root: Path) -> Iterator[Served]:
    """A studio of a workspace that tests change; each goes back to what was there."""
    with served(root) as found:
        yield found


@pytest.fixture
def page(browser: Browser, own: Served) -> Iterator[Page]:
    with opened(browser, own) as found:
        # The page as it prints has tests of its own; here it would only take time.
        found.route("**/page?*", lambda route: route.abort())
        yield found


def go(page: Page, own: Served, task: str, unit: str = UNIT) -> None:
    page.goto(f"{own.address}/agency/example-2570/unit/{unit}/{task}")


def file_of(root: Path, unit: str = UNIT) -> Path:
    return root / "agreements" / "example-2570" / f"{unit}.yaml"


def weight(page: Page, number: int) -> Locator:
    return page.locator("#weights tbody tr").nth(number).locator("input[data-figure]").first


def saved(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("#stands")).to_contain_text("บันทึกแล้ว")


def back(page: Page, path: Path, before: bytes) -> None:
    """All that was done is undone, and the file has its bytes again."""
    undo = page.locator("[data-act=undo]")
    for _ in range(40):
        if undo.is_disabled():
            break
        with page.expect_response(lambda one: "/undo" in one.url):
            undo.click()
        page.wait_for_timeout(150)
    page.keyboard.press("Control+s")
    expect(page.locator("#stands")).to_contain_text("บันทึกแล้ว")
    assert path.read_bytes() == before


@pytest.mark.parametrize("task", TASKS)
def test_every_task_is_a_page_that_axe_finds_nothing_serious_on(
    page: Page, own: Served, task: str
) -> None:
    go(page, own, task)
    expect(page.locator(".tasks [aria-current]")).to_have_count(1)
    expect(page.locator("fieldset.bare")).to_be_visible()
    assert complaints(page) == []


def test_a_weight_is_typed_told_undone_and_saved_as_one_line(
    page: Page, own: Served, root: Path
) -> None:
    path = file_of(root)
    before = path.read_bytes()
    go(page, own, "weights")
    state = page.locator("[data-sum^=performance] .mark")
    expect(state).to_have_text("ครบ")
    weight(page, 0).fill("27.5")
    expect(state).to_have_text("ขาด 2.5")
    expect(page.locator("#faults")).to_contain_text("performance")
    expect(page.locator(".tasks [aria-current] .count")).to_have_text("1")
    assert path.read_bytes() == before
    weight(page, 0).fill("สามสิบ")
    expect(weight(page, 0)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#weights .at-field")).to_contain_text("ตัวเลข")
    weight(page, 0).fill("31")
    weight(page, 1).fill("24")
    expect(state).to_have_text("ครบ")
    expect(page.locator("#faults")).to_be_hidden()
    saved(page)
    pairs = zip(before.split(b"\n"), path.read_bytes().split(b"\n"), strict=True)
    assert sum(a != b for a, b in pairs) == 2
    page.reload()
    page.keyboard.press("Control+z")
    expect(weight(page, 1)).to_have_value("25")
    page.keyboard.press("Control+z")
    expect(weight(page, 0)).to_have_value("30")
    page.keyboard.press("Control+y")
    expect(weight(page, 0)).to_have_value("31")
    page.keyboard.press("Control+z")
    expect(weight(page, 0)).to_have_value("30")
    saved(page)
    assert path.read_bytes() == before


def test_arrows_go_from_cell_to_cell_and_move_rows(page: Page, own: Served, root: Path) -> None:
    path = file_of(root)
    before = path.read_bytes()
    go(page, own, "weights")
    weight(page, 0).focus()
    page.keyboard.press("ArrowDown")
    expect(weight(page, 1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#weights tbody tr").nth(1).locator("select")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("9")  # what stood there is replaced, as in Excel
    expect(weight(page, 1)).to_have_value("9")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    expect(weight(page, 1)).to_have_value("25")
    page.keyboard.press("Enter")
    expect(weight(page, 2)).to_be_focused()
    name = page.locator("#weights tbody tr").nth(2).locator("a").inner_text()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#weights tbody tr").nth(1).locator("a")).to_have_text(name)
    saved(page)
    assert path.read_text("utf-8").index("use: knowledge") < path.read_text("utf-8").index(
        "use: manuals"
    )
    back(page, path, before)


def test_a_row_is_dragged_to_another_place(page: Page, own: Served, root: Path) -> None:
    path = file_of(root)
    before = path.read_bytes()
    go(page, own, "weights")
    rows = page.locator("#weights tbody tr")
    name = rows.nth(0).locator("a").inner_text()
    rows.nth(0).locator(".handle").drag_to(rows.nth(2).locator(".handle"))
    expect(rows.nth(2).locator("a")).to_have_text(name)
    expect(rows.nth(2).locator(".handle")).to_contain_text("3")
    saved(page)
    back(page, path, before)


def paste(page: Page, html: str, text: str = "") -> None:
    page.evaluate(
        """([html, text]) => {
            const data = new DataTransfer();
            data.setData('text/html', html);
            data.setData('text/plain', text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent('paste',
                    {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        [html, text],
    )


def test_a_table_of_excel_lands_where_it_belongs_and_nothing_is_dropped_unheard(
    page: Page, own: Served, root: Path
) -> None:
    path = file_of(root)
    before = path.read_bytes()
    go(page, own, "weights")
    weight(page, 0).focus()
    rows = "<tr><td rowspan=2>๒๗.๕</td><td>เกิน</td></tr><tr></tr><tr><td>15%</td></tr>"
    paste(page, f"<table>{rows}<tr><td>มาก</td></tr></table>")
    told = page.locator("#pasted")
    expect(told).to_contain_text("วางลง 3 ช่องแล้ว")
    expect(told).to_contain_text("ผสานกัน 1 ช่อง")
    expect(told).to_contain_text("แถว 1 คอลัมน์ 2: เกิน")
    expect(told).to_contain_text("แถว 4 คอลัมน์ 1: มาก")
    for number, figure in enumerate(("27.5", "27.5", "15", "15")):
        expect(weight(page, number)).to_have_value(figure)
    page.keyboard.press("Control+z")  # one doing
    expect(weight(page, 0)).to_have_value("30")
    expect(weight(page, 1)).to_have_value("25")
    assert path.read_bytes() == before


def test_a_list_of_word_grows_the_table(page: Page, own: Served, root: Path) -> None:
    path = file_of(root)
    before = path.read_bytes()
    go(page, own, "duties")
    duties = page.locator("table.grid").first.locator("textarea")
    expect(duties).to_have_count(3)
    duties.nth(2).focus()
    paste(page, "", "ดูแลอาคาร\nจัดซื้อพัสดุ\nรับเรื่องร้องเรียน <b>ทุกวัน</b>")
    expect(duties).to_have_count(5)
    expect(duties.nth(4)).to_have_value("รับเรื่องร้องเรียน <b>ทุกวัน</b>")
    saved(page)
    assert "  - จัดซื้อพัสดุ\n".encode() in path.read_bytes()
    back(page, path, before)


def test_an_indicator_is_looked_at_and_taken(page: Page, own: Served, root: Path) -> None:
    path = file_of(root)
    before = path.read_bytes()
    go(page, own, "weights")
    page.locator("#add-key").select_option("self-development")
    expect(page.locator("#preview h3")).not_to_be_empty()
    expect(page.locator("#preview td").first).not_to_be_empty()
    page.locator("#add-use").click()
    expect(page.locator("#weights tbody tr")).to_have_count(6)
    expect(page.locator("#faults")).to_be_visible()
    page.locator("#own-name").fill("ร้อยละของงานใหม่")
    page.locator("#add-own").click()
    expect(page.locator("#weights tbody tr")).to_have_count(7)
    expect(page.locator("#weights tbody tr").nth(6).locator("a")).to_have_text("ร้อยละของงานใหม่")
    back(page, path, before)


def test_words_and_condition_disagree_and_82_is_tried(page: Page, own: Served, root: Path) -> None:
    shared = root / "agreements" / "example-2570" / "indicators" / "on-time.yaml"
    path, kept = file_of(root), shared.read_bytes()
    before = path.read_bytes()
    go(page, own, "criteria")
    card = page.locator("#use-0")
    words = card.locator(".words-of-level textarea").nth(4)
    words.fill("ร้อยละ 97.00 ขึ้นไป")
    expect(card.locator(".at-field").first).to_contain_text("97")
    figure = card.locator(".condition-of-level td").nth(4).locator("input").first
    figure.fill("97")
    expect(card.locator(".at-field").first).to_contain_text("ช่องว่าง")  # 95 to 96.99 is nobody's
    card.locator(".suppose input").fill("82")
    page.keyboard.press("Enter")
    expect(card.locator("output")).to_contain_text("ได้ 3 คะแนน")
    saved(page)
    assert shared.read_bytes() == kept, "the unit alone says it otherwise"
    assert "ร้อยละ 97.00 ขึ้นไป" in path.read_text("utf-8")
    back(page, path, before)


def test_what_is_typed_for_all_changes_the_indicator(page: Page, own: Served, root: Path) -> None:
    shared = root / "agreements" / "example-2570" / "indicators" / "on-time.yaml"
    kept = shared.read_bytes()
    go(page, own, "texts")
    card = page.locator("#use-0")
    card.get_by_label("ทุกหน่วยงานที่ใช้").check()
    card.get_by_label("หน่วยวัด").fill("ร้อยละของคำขอ")
    expect(page.locator("#stands")).to_contain_text("indicators/on-time.yaml")
    saved(page)
    assert shared.read_bytes() == kept.replace("ร้อยละ\n".encode(), "ร้อยละของคำขอ\n".encode(), 1)
    back(page, shared, kept)


def test_script_in_a_field_is_text(page: Page, own: Served, root: Path) -> None:
    path = file_of(root)
    before = path.read_bytes()
    go(page, own, "parties")
    evil = "<script>window.evil = 1</script>\"'><img src=x onerror='window.evil=1'>"
    page.locator("#unit-name").fill(evil)
    expect(page.locator("#stands")).to_contain_text("ยังไม่ได้บันทึก")
    for task in TASKS:
        go(page, own, task)
        assert page.evaluate("window.evil") is None
    go(page, own, "parties")
    expect(page.locator("#unit-name")).to_have_value(evil)
    page.locator("[data-act=discard]").click()
    expect(page.locator("#unit-name")).to_have_value("กองตัวอย่าง ก")
    assert path.read_bytes() == before


def test_bars_are_dragged_and_chosen(page: Page, own: Served, root: Path) -> None:
    plan = root / "agreements" / "example-2570" / "plans" / "alerts.yaml"
    before = plan.read_bytes()
    go(page, own, "plan")
    row = page.locator("[data-bar]").first
    row.locator("[data-month='2']").hover()
    page.mouse.down()
    row.locator("[data-month='4']").hover()
    page.mouse.up()
    expect(row.locator(".month.on")).to_have_count(3)
    expect(row.locator("[data-month-select=last]")).to_have_value("4")
    saved(page)
    assert "    from: พ.ย. 65\n    to: ม.ค. 66\n".encode() in plan.read_bytes()
    row.locator("[data-month-select=last]").select_option("2")
    expect(row.locator(".month.on")).to_have_count(1)
    back(page, plan, before)


def test_a_target_table_is_pasted_and_taken_from_a_workbook(
    page: Page, own: Served, root: Path
) -> None:
    table = root / "agreements" / "example-2570" / "tables" / "provinces.csv"
    before = table.read_bytes()
    go(page, own, "tables")
    cells = page.locator("table.grid tbody tr").first.locator("input")
    cells.nth(0).focus()
    paste(page, "", "base\tprovince\n๑,๒๓๔\tเมืองหนึ่ง\n99\tเมืองสอง\n")
    expect(page.locator("#pasted")).to_contain_text("หัวตาราง")
    expect(cells.nth(0)).to_have_value("เมืองหนึ่ง")
    expect(cells.nth(1)).to_have_value("1,234")
    saved(page)
    lines = table.read_text("utf-8").splitlines()
    assert lines[1:3] == ['เมืองหนึ่ง,"1,234"', "เมืองสอง,99"]
    assert lines[3:] == before.decode().splitlines()[3:]
    page.locator("input[type=file]").first.set_input_files(
        {
            "name": "ใหม่.csv",
            "mimeType": "text/csv",
            "buffer": "province;base\nก;5\n".encode("cp874"),
        }
    )
    page.get_by_role("button", name="ใช้ไฟล์นี้").first.click()
    expect(page.locator("table.grid tbody tr")).to_have_count(1)
    expect(page.locator("#faults")).to_contain_text("76")
    back(page, table, before)


def test_both_versions_are_shown_where_a_file_changed_outside(
    page: Page, own: Served, root: Path
) -> None:
    path = file_of(root)
    before = path.read_bytes()
    go(page, own, "weights")
    weight(page, 0).fill("31")
    expect(page.locator("#stands")).to_contain_text("ยังไม่ได้บันทึก")
    path.write_bytes(before.replace("กองตัวอย่าง ก\n".encode(), "กองใหม่\n".encode(), 1))
    page.reload()
    expect(page.locator("#outside")).to_be_visible()
    expect(page.locator("[data-act=save]")).to_be_disabled()
    page.locator("#outside a").click()
    expect(page.locator("ins").first).to_contain_text("กองตัวอย่าง ก")
    expect(page.locator("del").first).to_contain_text("กองใหม่")
    assert complaints(page) == []
    page.get_by_role("button", name="รวมการแก้ไขทั้งสอง").click()
    go(page, own, "weights")
    saved(page)
    text = path.read_text("utf-8")
    assert "กองใหม่" in text
    assert "weight: 31" in text
    path.write_bytes(before)


def test_what_is_typed_while_the_server_answers_is_sent_after(page: Page, own: Served) -> None:
    go(page, own, "weights")
    held: list[Route] = []
    page.route("**/edit?*", lambda route: held.append(route) if not held else route.continue_())
    weight(page, 0).fill("31")
    page.wait_for_timeout(400)
    assert len(held) == 1
    weight(page, 1).fill("24")
    page.wait_for_timeout(400)
    held[0].continue_()
    expect(page.locator("[data-sum^=performance] .mark")).to_have_text("ครบ")
    page.reload()
    expect(weight(page, 0)).to_have_value("31")
    expect(weight(page, 1)).to_have_value("24")
    page.locator("[data-act=discard]").click()
    expect(weight(page, 1)).to_have_value("25")


def test_what_is_typed_while_the_server_is_away_is_sent_when_it_is_back(
    page: Page, own: Served, root: Path
) -> None:
    path = file_of(root)
    before = path.read_bytes()
    go(page, own, "weights")
    page.route("**/edit?*", lambda route: route.abort())
    weight(page, 0).fill("31")
    expect(page.locator("#stands")).to_contain_text("เบราว์เซอร์นี้")
    page.unroute("**/edit?*")
    page.goto(f"{own.address}/")
    expect(page.locator("#drafts")).to_have_count(0)
    go(page, own, "weights")
    expect(weight(page, 0)).to_have_value("31")
    expect(page.locator("#stands")).to_contain_text("ยังไม่ได้บันทึก")
    page.goto(f"{own.address}/")  # the draft is offered again
    page.get_by_role("link", name=f"{UNIT}.yaml").click()
    page.get_by_role("link", name="ตัวชี้วัดและน้ำหนัก").click()
    expect(weight(page, 0)).to_have_value("31")
    page.locator("[data-act=discard]").click()
    expect(weight(page, 0)).to_have_value("30")
    assert path.read_bytes() == before


def test_all_tasks_are_done_by_keyboard_alone(page: Page, own: Served, root: Path) -> None:
    """From the first page to a saved file: by Tab, Enter, arrows and letters."""
    path = file_of(root)
    before = path.read_bytes()

    def tab_to(words: str) -> None:
        for _ in range(90):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                "[document.activeElement.innerText, document.activeElement.ariaLabel, "
                "document.activeElement.labels?.[0]?.innerText].join(' ')"
            )
            if words in seen:
                return
        raise AssertionError(words)

    go(page, own, "parties")
    tab_to("หน้าที่ เป้าประสงค์ และความเชื่อมโยง")
    page.keyboard.press("Enter")
    page.wait_for_url("**/duties")
    tab_to("หน้าที่ข้อ 1")
    page.keyboard.press("F2")
    page.keyboard.type(" ทุกวัน")
    page.keyboard.press("ArrowDown")  # within the words while they are edited
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "หน้าที่ข้อ 2")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("textarea[aria-label='หน้าที่ข้อ 2']")).to_have_value(
        "ให้บริการและตอบข้อหารือแก่ประชาชนผู้มาติดต่อ ทุกวัน"
    )
    tab_to("เพิ่มหน้าที่")
    page.keyboard.press("Space")
    expect(page.locator("textarea[aria-label='หน้าที่ข้อ 4']")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator("textarea[aria-label='หน้าที่ข้อ 4']")).to_have_count(0)
    go(page, own, "plan")
    tab_to("เดือนสุดท้าย")
    page.keyboard.press("End")
    expect(page.locator("[data-bar]").first.locator(".on")).to_have_count(13)
    go(page, own, "weights")
    tab_to("น้ำหนักของ")
    page.keyboard.type("29")
    expect(page.locator("#faults")).to_be_visible()
    tab_to("เลื่อนขึ้น: ระดับความสำเร็จ")
    page.keyboard.press("Enter")
    saved(page)
    assert "weight: 29" in path.read_text("utf-8")
    back(page, path, before)
