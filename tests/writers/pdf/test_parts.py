"""A document of parts is the one that is laid out in one piece, and its parts are laid out once."""

import io
import os
import random
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from generator import verify
from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.errors import RenderingError
from generator.writers.kept.folder import PartFolder
from generator.writers.kept.store import PartStore, key_of
from generator.writers.pdf import drawing, made_fonts, renderer
from generator.writers.pdf.jobs import PdfJob
from generator.writers.pdf.parts import recording, spelling
from generator.writers.pdf.parts.declared import declared
from generator.writers.pdf.parts.independence import stands_alone
from generator.writers.pdf.parts.kept_part import KeptObjects, KeptPart
from generator.writers.pdf.parts.recording import UnkeepableError
from support.making import WORLD, fresh, png
from support.outline import outline

STYLE = """
@page { size: A5; @top-right { content: element(mark) } @bottom-left { content: element(number) } }
@page wide { size: A5 landscape }
.page-mark { position: running(mark) } .page-number { position: running(number) }
.page-number .count::after { content: counter(page) "/" counter(pages) }
section { break-before: page } section:first-of-type { break-before: auto }
body { margin: 0 } .wide { page: wide } h1 { bookmark-level: 1 }
"""
HEAD = """<!DOCTYPE html>
<html lang="th"><head><meta charset="utf-8"><title>เอกสาร</title></head>
<body class="a">
<div class="page-mark">ร่าง</div><div class="page-number">หน้า <span class="count"></span></div>
<!-- parts -->
"""


def html(*sections: str) -> str:
    return HEAD + "\n".join(sections) + "\n</body>\n</html>\n"


def section(words: str, classes: str = "one") -> str:
    return f'<section data-part class="{classes}"><h1>{words}</h1><p>{words}</p></section>'


def job(text: str, style: str = STYLE, **pictures: bytes) -> PdfJob:
    shown = {f"gen:{name}": ("image/png", data) for name, data in pictures.items()}
    return PdfJob(style, WORLD.font, text, None, shown, (), date(2026, 1, 1))


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> PartStore:
    renderer.start()
    empty = PartStore()
    monkeypatch.setattr(drawing, "STORE", empty)
    return empty


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parts that are laid out from now on."""
    found: list[str] = []
    original = recording.recorded

    def recorded(document: Any, tidy: Any) -> KeptPart:
        words = "".join(document._html.etree_element.itertext())
        found.append(" ".join(words.split()))
        return original(document, tidy)

    monkeypatch.setattr(drawing, "recorded", recorded)
    return found


def pictures(data: bytes) -> list[bytes]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.render(scale=0.6).to_pil().tobytes() for page in pdf]


def in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise UnkeepableError

    monkeypatch.setattr(drawing, "_by_parts", refuse)


def same(one: bytes, other: bytes) -> None:
    left, right = (verify.pdf_facts(data) for data in (one, other))
    assert (left.content, left.lines, left.drawn) == (right.content, right.lines, right.drawn)
    assert (left.faults, left.pages) == ((), right.pages)
    assert outline(one) == outline(other)
    assert bookmarks(one) == bookmarks(other)
    assert pictures(one) == pictures(other)


def bookmarks(data: bytes) -> list[Any]:
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as found:
        pages = [page.obj.objgen for page in pdf.pages]

        def told(items: Any) -> list[Any]:
            return [
                (item.title, pages.index(item.destination[0].objgen), told(item.children))
                for item in items
            ]

        return told(found.root)


@pytest.mark.parametrize(
    ("kind", "subject"),
    [("report", "ตัวอย่าง-ก"), ("personal", "ตัวอย่าง-บุคคล")],
)
def test_a_document_of_parts_is_the_one_laid_out_in_one_piece(
    kind: str, subject: str, store: PartStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = fresh(kind, subject, formats=("pdf",))["pdf"]
    assert store.size > 0
    assert fresh(kind, subject, formats=("pdf",))["pdf"] == made, "what was kept"
    in_one_piece(monkeypatch)
    same(made, fresh(kind, subject, formats=("pdf",))["pdf"])


def test_pages_of_two_forms_and_a_part_over_several_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    long = section("ก" * 40).replace("</p>", "</p>" + "<p>ข้อความ</p>" * 90)
    text = html("<h2>ก่อน</h2>", section("หนึ่ง"), section("สอง", "wide"), long, section("สาม"))
    made = drawing.draw(job(text))
    in_one_piece(monkeypatch)
    whole = drawing.draw(job(text))
    assert made.pages == whole.pages > 5
    same(made.data, whole.data)


def test_only_what_changed_is_laid_out(laid_out: list[str]) -> None:
    words = [section(f"ส่วน {n}") for n in range(6)]
    drawing.draw(job(html(*words)))
    assert len(laid_out) == 6
    laid_out.clear()
    words[3] = words[3].replace("ส่วน 3", "อื่น")
    changed = drawing.draw(job(html(*words)))
    assert laid_out == ["อื่นอื่น"]
    laid_out.clear()
    other = html(*reversed(words)).replace("ร่าง", "ฉบับจริง").replace("<title>เ", "<title>แ")
    drawing.draw(job(other))
    assert laid_out == [], "another order, another head, another title"
    drawing.STORE.clear()
    assert drawing.draw(job(html(*words))).data == changed.data


def test_style_face_pictures_and_body_make_another_part(laid_out: list[str]) -> None:
    shown = '<section data-part class="one"><img src="gen:emblem" alt="ตรา"></section>'
    first = job(html(shown), emblem=png(8, 8))
    drawing.draw(first)
    for other in (
        job(html(shown), emblem=png(9, 8)),
        job(html(shown), STYLE + "p { color: red }", emblem=png(8, 8)),
        job(html(shown).replace('class="a"', 'class="b"'), emblem=png(8, 8)),
    ):
        laid_out.clear()
        drawing.draw(other)
        assert len(laid_out) == 1
    laid_out.clear()
    drawing.draw(first)
    assert laid_out == []


def test_a_picture_with_a_mask_and_hard_words_in_attributes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hard = "5 0 R %d %s (a) \\ 100 %"
    signed = f'<p data-signature="จ้าง" title="{hard}">ลงชื่อ</p>'
    shown = f'<img src="gen:emblem" alt="{hard}">'
    text = html(section(hard), f'<section data-part class="x">{shown}<div>{signed}</div></section>')
    parts = drawing.draw(job(text, emblem=png(8, 8, "RGBA"))).data
    with pikepdf.open(io.BytesIO(parts)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert (str(field.T), str(field.TU)) == ("จ้าง", hard)
        assert field.P.objgen == pdf.pages[1].obj.objgen
        assert field.StructParent == 2
        drawn = [i for i in pdf.objects if isinstance(i, pikepdf.Stream) and "/SMask" in i]
        assert len(drawn) == 1
        assert len(pdf.pages[1].obj.Contents) == 2
    in_one_piece(monkeypatch)
    same(parts, drawing.draw(job(text, emblem=png(8, 8, "RGBA"))).data)


def test_a_part_that_is_warned_of_is_not_kept(store: PartStore) -> None:
    text = html(section("ก"), section("\U0001f469"))
    for _ in range(2):
        with pytest.raises(RenderingError, match="notdef"):
            drawing.draw(job(text))
        assert store.size == 0


@pytest.mark.parametrize(
    "words",
    [
        '<a href="#x">ไป</a><p id="x">ที่นี่</p>',
        '<p style="opacity: 0.5">จาง</p>',
    ],
)
def test_what_cannot_be_put_into_another_document_is_laid_out_in_one_piece(
    words: str, store: PartStore
) -> None:
    text = html(section("ก"), f'<section data-part class="one">{words}</section>')
    assert drawing.draw(job(text)).pages == 2
    assert store.size == 0


def test_room_above_the_body_is_that_of_the_first_page(store: PartStore) -> None:
    text = html("<p>ก่อน</p>", section("ก"), section("ข"))
    for rule in ("body { padding-top: 1cm }", "html { margin-bottom: 1cm }"):
        assert drawing.draw(job(text, STYLE + rule)).pages == 2
        assert store.size == 0
    drawing.draw(job(text, STYLE + "body { padding-left: 1cm }"))
    assert store.size > 0


@pytest.mark.parametrize("layout", ["", "fillable"])
def test_a_questionnaire_made_once_more_is_not_laid_out_again(
    layout: str, store: PartStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn() -> dict[str, bytes]:
        options = DocumentOptions(survey="visitors", layout=layout)  # type: ignore[arg-type]
        unit = lookup.find(WORLD, "ตัวอย่าง-ก")
        found = documents.make(WORLD, "survey", unit, formats=("pdf",), options=options).files
        return {path.suffix: data for path, data in found.items()}

    first = drawn()
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "rendered", lambda *_: pytest.fail("laid out again"))
        assert drawn() == first
    store.clear()
    assert drawn() == first


def test_without_declared_parts_a_document_is_one_piece(store: PartStore) -> None:
    text = html(section("ก"), section("ข"))
    for other in (text.replace("<!-- parts -->", ""), text.replace(" data-part", "")):
        assert declared(other) is None
        assert drawing.draw(job(other)).pages == 2
    assert store.size == 0


@pytest.mark.parametrize(
    "rule",
    [
        "@page :first { margin-top: 3cm }",
        "@page wide:left { margin-left: 4cm }",
        "h1 { counter-increment: head }",
        "h1::before { content: counter(page) }",
        ".one + .one { margin-top: 1cm }",
        "section ~ .one { color: red }",
        ".one:nth-of-type(2) h1 { color: red }",
        "section:last-of-type { color: red }",
        ".stamp { position: fixed }",
        "h1 { string-set: head content() }",
        ".one { break-before: right }",
    ],
)
def test_a_stylesheet_that_looks_beyond_a_part_keeps_the_document_whole(
    rule: str, store: PartStore
) -> None:
    assert stands_alone(STYLE, frozenset({"one"}))
    assert not stands_alone(STYLE + rule, frozenset({"one"}))
    drawing.draw(job(html(section("ก"), section("ข")), STYLE + rule))
    assert store.size == 0


def test_rules_between_other_elements_let_parts_stand_alone() -> None:
    rules = "h1 + .one { margin: 0 } p + p { margin: 1em } tr:nth-child(2) td { color: red }"
    assert stands_alone(STYLE + rules + "/* section + section {} */", frozenset({"one"}))


def test_every_kind_declares_its_parts() -> None:
    folder = WORLD.template_roots[-1] / "html"
    names = {path.name for path in folder.glob("*.html") if not path.name.startswith("_")}
    assert len(names) > 9
    for name in names - {"survey.html", "indicators.html"}:
        text = (folder / name).read_text("utf-8")
        opened = re.findall(r"^<section[^>]*>", text, re.MULTILINE)
        assert opened, name
        # What flows on begins no page of its own.
        assert all("data-part" in tag or "flow" in tag for tag in opened), name


def spelt_parts() -> list[KeptPart]:
    text = html(
        section("ก"),
        '<section data-part class="wide"><img src="gen:emblem" alt="5 0 R"><div>'
        '<p data-signature="ข" title="%d">ลงชื่อ</p></div></section>',
    )
    drawing.draw(job(text, emblem=png(8, 8)))
    return list(drawing.STORE.kept().values())


def test_a_part_that_was_spelt_is_read_as_it_was() -> None:
    parts = spelt_parts()
    assert len(parts) == 2
    for kept in parts:
        assert spelling.read(spelling.spelt(kept)) == kept


def test_a_folder_serves_the_next_process(laid_out: list[str], tmp_path: Path) -> None:
    text = html(section("ก"), section("ข", "wide"), section("ค"))
    alone = drawing.draw(job(text)).data
    for expected in (3, 0):
        drawing.STORE = PartStore(folder=PartFolder(tmp_path / "parts", spelling))
        made_fonts._made.clear()
        laid_out.clear()
        assert drawing.draw(job(text)).data == alone
        assert len(laid_out) == expected


def test_damaged_and_foreign_entries_are_made_anew(tmp_path: Path) -> None:
    one, other = spelt_parts()
    folder = PartFolder(tmp_path, spelling)
    folder.put("aa1", one)
    folder.put("aa2", other)
    path = tmp_path / "aa" / "1.part"
    whole, chance = path.read_bytes(), random.Random(18)
    for _ in range(1000):
        data = bytearray(whole)
        match chance.randrange(4):
            case 0:
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            case 1:
                del data[chance.randrange(len(data)) :]
            case 2:
                data += chance.randbytes(chance.randrange(1, 40))
            case _:
                start = chance.randrange(len(data) - 20)
                data[start : start + 20] = chance.randbytes(20)
        path.write_bytes(data)
        assert folder.get("aa1") is None
        assert not path.exists()
    path.write_bytes((tmp_path / "aa" / "2.part").read_bytes())
    assert folder.get("aa1") is None, "another key's"
    path.write_bytes(whole)
    assert folder.get("aa1") == one


@pytest.mark.parametrize(
    "said",
    [
        b"[]",
        b"null",
        b"{",
        b'[[],["",[],[]],[5],[],[],[],[],[]]',
        b'[[],["%d",[],[]],[],[],[],[],[],[]]',
        b'[[],["%d",[28],[]],[],[],[],[],[],[]]',
        b'[[],["x",[],[[3,""]]],[],[],[],[],[],[]]',
        rb'[[],["\u0e01",[],[]],[],[],[],[],[],[]]',
        b'[[],["",[],[]],[],[],[],[],[],[["x",["",[],[]]]]]',
    ],
)
def test_what_is_whole_and_no_part_is_not_believed(said: bytes) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, IndexError)):
        spelling.read(said)


def test_an_entry_that_lies_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = fresh("agreement", "blank moi-2547", formats=("pdf",))["pdf"]
    honest = drawing.STORE
    folder = PartFolder(tmp_path, spelling)
    monkeypatch.setattr(drawing, "STORE", PartStore(folder=folder))
    fresh("agreement", "blank moi-2547", formats=("pdf",))
    (key,) = drawing.STORE.kept()
    (kept,) = honest.kept().values()
    pages = (replace(kept.pages[0], content=kept.pages[1].content), *kept.pages[1:])
    folder.put(key, replace(kept, pages=pages))
    drawing.STORE.clear()
    assert fresh("agreement", "blank moi-2547", formats=("pdf",))["pdf"] == right
    assert drawing.STORE.folder is None


def test_a_folder_has_bounds_and_forgets_what_a_kill_left(tmp_path: Path) -> None:
    one, _ = spelt_parts()
    folder = PartFolder(tmp_path, spelling)
    for number in range(8):
        folder.put(f"{number:02}x", one)
        os.utime(tmp_path / f"{number:02}" / "x.part", (number, 10_000 + number))
    left = tmp_path / "00" / "half.new"
    left.write_bytes(b"x")
    os.utime(left, (0, 0))
    size = (tmp_path / "07" / "x.part").stat().st_size
    PartFolder(tmp_path, spelling, most=3 * size).tidy()
    assert sorted(path.parent.name for path in tmp_path.glob("*/*")) == ["05", "06", "07"]
    monkey = PartFolder(tmp_path / "no" / "such", spelling)
    (tmp_path / "no").write_text("a file")
    monkey.put("abc", one)
    assert monkey.get("abc") is None


def test_an_entry_of_another_user_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = spelt_parts()
    folder = PartFolder(tmp_path, spelling)
    folder.put("abc", one)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert folder.get("abc") is None


def part(size: int) -> KeptPart:
    found = KeptPart((), KeptObjects(b"", b"", ()), (), (), (), (), (), ())
    return type("Sized", (), {"size": size, "pages": found.pages})()  # type: ignore[no-any-return]


def test_the_store_forgets_what_was_not_asked_for_longest() -> None:
    store = PartStore(most=120)
    for name in "abc":
        store.put(name, part(30))
        assert store.get(name) is not None
    store.put("d", part(30))
    assert store.get("a") is not None
    assert store.get("d") is not None
    store.put("e", part(30))
    assert store.get("e") is not None
    assert [name for name in "abcde" if store.get(name) is not None] == ["a", "c", "d", "e"]
    store.put("huge", part(121))
    assert store.get("huge") is None
    assert store.size <= 120


def test_what_nobody_asks_for_again_takes_little_room() -> None:
    store = PartStore(most=120)
    for name in "ab":
        store.put(name, part(30))
        assert store.get(name) is not None
    for number in range(100):
        store.put(f"alone {number}", part(10))
        assert store.size <= 60 + 20
    assert [name for name in "ab" if store.get(name) is not None] == ["a", "b"]
    store.put("large", part(50))
    assert store.get("large") is not None, "alone among what is new"


def test_keys_tell_where_a_piece_ends() -> None:
    assert key_of(["ab", "c"]) != key_of(["a", "bc"])
    assert key_of(["a"]) == key_of([b"a"])
