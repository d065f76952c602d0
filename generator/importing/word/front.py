"""The first pages: title, clauses, parties, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...thai import no_such_day, parse_date
from .found import FoundFile, FoundParty
from .kept import Mapping, Typed
from .pieces import Block, Line, WordTable, core, lines_of, squashed
from .words import DOTS, is_dotted, line_text, numbered, plain_number, year_of

_FIRST = re.compile(r"ระหว่าง|จัดทำขึ้นระหว่าง")
_BETWEEN = ("และ", "กับ")
_ROLE = re.compile(
    r"(ผู้รับคำรับรอง|ผู้ทำคำรับรอง|ผู้ประเมิน|ผู้รับการประเมิน|ผู้บังคับบัญชา|ผู้ใต้บังคับบัญชา|"
    r"ผู้มอบหมาย|ผู้รับมอบหมาย|ผู้ให้คำรับรอง|ผู้ทำข้อตกลง|ผู้รับข้อตกลง)$"
)
_ASSESSOR = ("ผู้รับคำรับรอง", "ผู้ประเมิน", "ผู้บังคับบัญชา", "ผู้มอบหมาย", "ผู้รับข้อตกลง")
_FORM = re.compile(r"คำรับรอง|การประเมิน|ข้อตกลง|แบบ|ตัวชี้วัด")
_UNIT = re.compile(
    r"^(?:ของ\s*)?((?:กรม|กอง|สำนัก|สถาบัน|ศูนย์|กลุ่ม|ฝ่าย|หน่วย|คณะ|ภาควิชา|โรงพยาบาล|เครือข่าย|นิคม|สถาน|"
    r"เทศบาล|องค์การ|มหาวิทยาลัย|วิทยาลัย|โรงเรียน|เขต|จังหวัด|อำเภอ|แขวง|สาขา|พัฒนาการ|งาน).{0,110})$"
)
_AGENCY = re.compile(
    r"^(?:กรม(?!การพัฒนาชุมชนจังหวัด)|กระทรวง|สำนักงานปลัด|สำนักงานคณะกรรมการ|มหาวิทยาลัย|องค์การ)"
)
_YEAR = re.compile(r"ปีงบประมาณ|พ\.ศ\.|รอบการประเมิน")
_BESIDE = re.compile(r"ระหว่าง|สิ่งที่ส่งมาด้วย|เอกสารแนบ|ภาคผนวก")
_SIGN = re.compile(r"^(?:\(?ลงชื่อ|ลงนาม)")
_DAY = re.compile(r"^(?:วันที่|ลงวันที่|ณ วันที่)\s*")


def _bare_name(text: str) -> str:
    """A name without the year behind it."""
    return re.sub(r"\s*(?:ประจำ)?ปีงบประมาณ.*$", "", text).strip()


def is_signature(table: WordTable) -> bool:
    """Whether a table is the place to sign on."""
    said = [squashed(line.text) for row in table.rows for c in row.cells for line in c.lines]
    brackets = [text for text in said if re.fullmatch(r"\(.*\)", text)]
    days = [text for text in said if text.startswith("วันที่")]
    signs = [text for text in said if _SIGN.match(text)]
    return len(said) <= 60 and bool(signs or (brackets and days))


def signers(table: WordTable) -> list[list[Line]]:
    """The lines of each signer, as they are read: a cell each, or a column each."""
    cells = [cell.lines for row in table.rows for cell in row.cells if cell.lines]
    if all(any(_SIGN.match(squashed(ln.text)) for ln in lines) for lines in cells):
        return cells
    return [
        [line for row in table.rows for c in row.cells if c.column == column for line in c.lines]
        for column in range(table.width)
    ]


def is_to_sign(line: Line) -> bool:
    """Whether a line, out of any table, is one to sign on, a name in brackets, or the day."""
    text = squashed(line.text)
    dotted = is_dotted(re.sub(r"^วันที่", "", text)) or parse_date(_DAY.sub("", line.text)) is not None
    if _SIGN.match(text) or (text.startswith("วันที่") and len(text) < 60 and dotted):
        return True
    return bool(re.fullmatch(r"\((?:[.…_]+|(?:นาย|นาง).{2,60})\)", text))


def is_clause(line: Line, number: int) -> bool:
    """Whether a line is the clause of a number."""
    return plain_number(numbered(line)[0]) == str(number) and len(line.text) > 8


def begins(blocks: list[Block]) -> int | None:
    """Where the first clause stands; None where the form has none."""
    for index, block in enumerate(blocks[:60]):
        if isinstance(block, WordTable):
            return None
        if is_clause(block, 1) and _FIRST.search(block.text) and len(block.text) < 160:
            return index
    return None


def read_title(found: FoundFile, lines: list[Line]) -> None:
    """The title, and what it names: the form, the unit, the agency, the year."""
    found.title = lines
    own = _second_party(lines)
    if found.unit is None and own is not None:
        found.unit, found.unit_is_guess = own, True
    for line in lines:
        text = line.text
        heading = re.search(r"(?:ตารางสรุป|ตัวชี้วัด|รายงานผล).*ของ\s*(\S.*)$", text)
        if heading and found.unit is None and _UNIT.match(_bare_name(heading[1])):
            found.unit = Typed(_bare_name(heading[1]), line)
        if found.year is None and (year := year_of(text)):
            found.year = Typed(year, line, bare=True)
        rest = _bare_name(re.sub(r"^(?:ตัวชี้วัด|รายละเอียดตัวชี้วัด)?ของ\s*", "", text))
        named = text.startswith(("ตัวชี้วัดของ", "รายละเอียดตัวชี้วัดของ"))
        if is_dotted(text) or text.startswith(("ประจำปี", "ปีงบ")):
            continue
        if _FORM.search(text[:14]) and not named:
            continue
        if not re.search("[ก-ฮ]", text) and found.unit is not None:
            found.unit_en = Typed(text, line)
        if (_YEAR.search(text) and not named) or len(text) > 120 or not re.search("[ก-ฮ]", text):
            continue
        if found.unit is None and not _BESIDE.search(text):
            found.unit = Typed(rest, line)
            found.unit_is_guess = _UNIT.match(text) is None
        elif _UNIT.match(text) and found.agency is None and found.unit is not None:
            found.agency = Typed(rest, line)
    at_end = next(filter(None, map(_unit_at_end, lines)), None) if found.unit is None else None
    if at_end is not None:
        found.unit, found.unit_is_guess = at_end, True
    if found.unit is not None and found.agency is None and _AGENCY.match(found.unit):
        found.agency = Typed(str(found.unit), *(line for line, _ in found.unit.sources))
    english = [line for line, _ in found.unit_en.sources] if found.unit_en is not None else []
    words = [Typed(line.said, line) for line in lines if line not in english]
    if words:
        found.words("agreement")["title"] = words


_OFFICE = re.compile(
    r"^(?:รักษาการ(?:ในตำแหน่ง)?|รอง|ผู้ช่วย)?\s*(?:ผู้อำนวยการ|อธิการบดี|อธิบดี|คณบดี|หัวหน้า|ปลัด(?=เทศบาล|องค์การ|อำเภอ)|"
    r"ผู้ว่าราชการ(?=จังหวัด)|นายก(?=เทศ|องค์การ)|สาธารณสุข(?=อำเภอ|จังหวัด))\s*"
)


def _second_party(lines: list[Line]) -> Typed | None:
    """The unit of a title that names both sides: ``ระหว่าง`` an office, ``กับ`` the one below it."""
    said = [squashed(line.text) for line in lines]
    if "ระหว่าง" not in said:
        return None
    after = said.index("ระหว่าง")
    between = next((n for n in range(after + 2, len(said)) if said[n] in _BETWEEN), len(said))
    for line in lines[between + 1 :]:
        name = _bare_name(_OFFICE.sub("", line.text))
        if name != line.text and len(name) > 4 and not is_dotted(name):
            return Typed(name, line, words=name)
    return None


def read_clauses(found: FoundFile, blocks: list[Block], at: int) -> int:
    """The clauses from the first on, with the parties below it; where they end."""
    number, clauses = 1, []
    current: list[Line] = []
    parties: list[Line] = []
    index = at
    while index < len(blocks):
        block = blocks[index]
        if isinstance(block, WordTable):
            if number == 1 and not is_signature(block):  # parties typed in a table without lines
                parties += [line for line in lines_of([block]) if line.said]
                index += 1
                continue
            break
        if block.said:
            if is_clause(block, number + (1 if current else 0)):
                if current:
                    clauses.append(_clause(found, current))
                    number += 1
                current = [block]
            elif number == 1:
                parties.append(block)
            elif _is_end(block):
                break
            else:
                current.append(block)
        index += 1
    if current:
        clauses.append(_clause(found, current))
    if clauses:
        first = clauses[0]
        first["parties"] = "true"
        found.words("agreement")["clauses"] = clauses
        term = re.match(r"(.{3,60}?)\s*(?:ฉบับนี้|นี้|ระหว่าง)", str(first["text"]))
        if term:
            line = first["text"].sources[0][0]
            found.term = Typed(term[1], line)
    _parties(found, parties)
    return index


def _is_end(line: Line) -> bool:
    """Whether a line is no clause any more: a signature, a heading."""
    text = squashed(line.text)
    if _SIGN.match(text) or re.fullmatch(r"\(.*\)", text) or text.startswith("วันที่"):
        return True
    if re.match(r"(?:ตาราง|เอกสารแนบ(?:ท้าย)?|ภาคผนวก)(?:ที่)?[0-9ก-ฮ]", text) and len(text) < 90:
        return True
    return line.style.startswith("Heading") or (line.bold and len(text) < 90)


def _clause(found: FoundFile, lines: list[Line]) -> Mapping:
    number, words = numbered(lines[0])
    found.account.says(lines[0], number)
    text = Typed(" ".join([words, *(line.said for line in lines[1:])]))
    text.sources = [(lines[0], words), *((line, line.said) for line in lines[1:])]
    return Mapping(text=text)


def _parties(found: FoundFile, lines: list[Line]) -> None:
    """Who signs for both sides, and how their lines are written."""
    sides: list[list[Line]] = [[]]
    for line in lines:
        if line.text.strip() in _BETWEEN:
            if sides[-1]:
                sides.append([])
            found.word(("agreement", "between"), Typed(line.text, line))
        else:
            sides[-1].append(line)
    for place, side in enumerate(sides):
        number = place
        for group in _signers(side):
            party, template = _party(group)
            if party.role is not None:
                known = next((word for word in _ASSESSOR if str(party.role) == word), None)
                number = 0 if known else 1 if number else number
            (found.assessees if number else found.assessors).append(party)
            old = found.words("agreement").get("party")
            if old is None:
                found.words("agreement")["party"] = template
            elif [str(one) for one in old] == [str(one) for one in template]:
                for mine, other in zip(old, template, strict=True):
                    mine.stand_for(other)
    for party in (*found.assessors[:1], *found.assessees[:1]):
        if party.position is not None and found.agency is None:
            owner = re.search(r"(กรม\S+|มหาวิทยาลัย\S+|กระทรวง\S+)(?:\s*\(.*)?$", str(party.position))
            if owner:
                found.agency = Typed(owner[1], *(line for line, _ in party.position.sources))


def _signers(side: list[Line]) -> Iterable[list[Line]]:
    group: list[Line] = []
    for line in side:
        group.append(line)
        if _ROLE.search(squashed(line.text)):
            yield group
            group = []
    if group:
        yield group


def _party(lines: list[Line]) -> tuple[FoundParty, list[Typed]]:
    party = FoundParty()
    template: list[Typed] = []
    for index, line in enumerate(lines):
        text, pattern = line.said, line.said
        role = _ROLE.search(text.rstrip())
        if role:
            party.role = Typed(role[1], line)
            pattern = text[: role.start()] + "[[role]]"
            text = text[: role.start()]
        head = re.match(
            r"^(ชื่อ\s*(?=[.…_:]|นาย|นาง)|ชื่อ[\s:-]+)?(.*?)(?:\s*(ตำแหน่ง)\s*(.*?))?\s*$", text
        )
        assert head is not None
        lead, name, label, position = head.groups()
        if name and (label is not None or lead or not index) and not (role and not text.strip()):
            if not index or lead:
                pattern = pattern.replace(name, "[[name]]", 1)
                if not is_dotted(name):
                    party.name = Typed(name.strip(), line)
            else:
                label, position = "", text.strip()
        elif name and label is None:
            label, position = "", name.strip()
        if position:
            pattern = pattern.replace(position, "[[position]]", 1)
            if not is_dotted(position):
                party.position = Typed(position.strip(), line)
        template.append(Typed(pattern, line, words=DOTS.sub("", line.said)))
    return party, template


def read_signatures(found: FoundFile, lines: list[Line]) -> None:
    """The block to sign on, from the dotted line down; the day where it is filled in."""
    words = found.words("agreement", "signature")
    side = found.signers - 1
    for line in lines:
        text = line.said
        kind, pattern = "position", "[[position]]"
        if _SIGN.match(squashed(text)):
            kind, pattern, side = "line", text, side + 1
            found.signers += 1
        elif re.fullmatch(r"\(.*\)", text):
            inner = text[1:-1].strip()
            kind, pattern = "name", _open("name", inner, text)
            if "line" not in words:
                side, found.signers = side + 1, found.signers + 1
            if not is_dotted(inner):
                _name(found, side, Typed(inner, line))
        elif match := _DAY.match(text):
            rest = text[match.end() :].strip()
            kind, pattern = "date", _open("date", rest, text)
            if rest and not is_dotted(rest):
                if parse_date(rest) is not None and no_such_day(rest) is None:
                    if found.signed is None:
                        found.signed = Typed(rest, line)
                    elif core(found.signed) == core(rest):
                        found.signed.also(line, rest)
                else:
                    pattern = text
        else:
            _position(found, side, line)
            label = re.match(r"^(ตำแหน่ง\s*)", text)
            pattern = f"{label[1] if label else ''}[[position]]"
        if kind not in words:
            words[kind] = Typed(pattern, line, words=DOTS.sub("", text))
        elif str(words[kind]) == pattern:
            label = re.match(r"^(ตำแหน่ง)", text) if kind == "position" else None
            said = DOTS.sub("", text) if kind != "position" else label[1] if label else ""
            words[kind].also(line, said)
        elif kind == "date" and text.startswith("วันที่"):
            words[kind].also(line, "วันที่")


def _open(field: str, inner: str, text: str) -> str:
    if is_dotted(inner):
        return text.replace(inner, f"[[{field}|{inner}]]", 1)
    return text.replace(inner, f"[[{field}]]", 1) if inner else text


def _side(found: FoundFile, side: int) -> list[FoundParty]:
    everyone = [*found.assessors, *found.assessees]
    return everyone[side : side + 1] if 0 <= side < len(everyone) else []


def _name(found: FoundFile, side: int, name: Typed) -> None:
    for party in _side(found, side):
        if party.name is None:
            party.name = name
        elif core(party.name) == core(name):
            party.name.stand_for(name)
        return
    (found.assessors if side == 0 else found.assessees).append(FoundParty(name=name))


def _position(found: FoundFile, side: int, line: Line) -> None:
    text = re.sub(r"^ตำแหน่ง\s*", "", line.said)
    if is_dotted(text):
        return
    for party in _side(found, side):
        if party.position is None:
            party.position = Typed(text, line)
        elif core(party.position) == core(text):
            party.position.also(line, text)
        return
    (found.assessors if side == 0 else found.assessees).append(
        FoundParty(position=Typed(text, line))
    )


def unit_in(lines: Iterable[Line]) -> Typed | None:
    """The unit that a line of a title names, the year behind it or not."""
    for line in lines:
        name = _bare_name(_LEAD.sub("", line.text))
        if _UNIT.match(name) and not DOTS.search(name):
            return Typed(name, line)
    return next(filter(None, map(_unit_at_end, lines)), None)


_LEAD = re.compile(
    r"^(?:ชื่อ)?(?:หน่วยงาน|ส่วนราชการ)(?:ที่รับ(?:การ)?ประเมิน|เจ้าภาพ|ผู้รายงาน)?\s?[:：]?\s*(?=[ก-ฮ])"
)


def _unit_at_end(line: Line) -> Typed | None:
    """The unit that a line of a title ends with: ``รายงานผล… กอง…``."""
    text = _bare_name(line.text)
    for blank in re.finditer(r"\s", text):
        name = text[blank.end() :]
        if _UNIT.match(name) and len(name) > 4 and not DOTS.search(name):
            return Typed(name, line, words=name)
    return None


def name_of_unit(found: FoundFile) -> None:
    """The unit's name off a heading: ``ตารางสรุปตัวชี้วัด … ของ กอง…``."""
    if any(is_dotted(line.text) for line in found.title):
        return
    agreement = found.wording.get("agreement", {})
    headings = [part.get("heading") for part in agreement.values() if isinstance(part, dict)]
    headings += [found.wording.get("sheet", {}).get("title")]
    for line in (
        line for heading in headings if heading is not None for line, _ in heading.sources
    ):
        if match := re.search(r"ของ\s*((?:กอง|สำนัก|ศูนย์|กลุ่ม|คณะ|โรงพยาบาล|กรม).{2,90})$", line.text):
            if found.unit is None and not DOTS.search(match[1]):
                found.unit = Typed(_bare_name(match[1]), line)
            return


__all__ = ["begins", "is_signature", "line_text", "name_of_unit", "read_clauses", "read_signatures"]
