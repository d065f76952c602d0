"""Who answers for an indicator: name, position, telephone and e-mail off a line."""

from __future__ import annotations

import re

from ...messages import message
from .found import FoundFile
from .kept import Mapping, Typed
from .pieces import Line
from .words import DOTS, TITLES, is_dotted

_TELEPHONE = re.compile(r"(?:เบอร์)?(?P<word>โทร(?:ศัพท์)?\.?)\s{0,9}[:.]?")
_EMAIL = re.compile(r"(?P<word>อีเมล|อีเมล์|e-?mail)\s{0,9}[:.]?", re.I)
_POSITION = re.compile(
    r"\s(?=(?:ตำแหน่ง\s*)?(?:ผู้อำนวยการ|ผอ\.|ผู้ช่วย|ผู้เชี่ยวชาญ|หัวหน้า|หน\.|นักวิชาการ|นักวิเคราะห์|นักพัฒนา|นักทรัพยากร|"
    r"นักจัดการ|นักประชาสัมพันธ์|นักสังคม|นักสถิติ|เจ้าพนักงาน|เจ้าหน้าที่|นิติกร|นายช่าง|นายแพทย์|พยาบาล|บรรณารักษ์|"
    r"รอง|คณบดี|อธิบดี|ปลัด|อาจารย์|เลขานุการ|พนักงาน|วิศวกร|นัก[ก-ฮ]))"
)


def read_contacts(found: FoundFile, parts: list[tuple[Line, str]]) -> list[Mapping]:
    """The people on some lines; an open line is someone still to be named."""
    people: list[Mapping] = []
    waiting = ""
    for line, words in parts:
        # A label in a cell of its own: what it says stands in the next one.
        if waiting and people and (_is_number(words) if waiting == "telephone" else "@" in words):
            people[-1][waiting], waiting = Typed(words, line), ""
            continue
        waiting = ""
        rest = words
        telephone = _TELEPHONE.search(rest)
        begins = telephone is not None and not rest[: telephone.start()].strip()
        person = people[-1] if begins and people else Mapping()
        email = _EMAIL.search(rest)
        if email is not None:
            said, rest = rest[email.end() :].strip(), rest[: email.start()]
            found.word(("sheet", "email"), Typed(email["word"], line))
            if said and not is_dotted(said):
                person["email"] = Typed(said, line)
            waiting = "" if said else "email"
        telephone = _TELEPHONE.search(rest)
        if telephone is not None:
            said, rest = rest[telephone.end() :].strip(), rest[: telephone.start()]
            found.word(("sheet", "telephone"), Typed(telephone["word"], line))
            if said and not is_dotted(said):
                person["telephone"] = Typed(said, line)
            waiting = "" if said else "telephone"
        rest = DOTS.sub("", rest).strip(" .:")
        found.account.says(line, DOTS.sub("", ""))
        if rest:
            _name(person, line, rest)
        if person not in people or not begins:
            people.append(person)
    return people


def _is_number(words: str) -> bool:
    return bool(re.match(r"[+(]?[0-9๐-๙]", words))


def _name(person: Mapping, line: Line, words: str) -> None:
    words = re.sub(r"^(?:ชื่อ\s*[-:]\s*|ชื่อ\s+)", "", words) or words
    labelled = re.match(r"^(.*?)\s*ตำแหน่ง\s*:?\s*(.+)$", words)
    parted = _POSITION.search(f" {words}")
    if labelled:
        name, position = labelled.groups()
    elif parted:
        at = parted.start()
        name, position = words[: max(at - 1, 0)].strip() if at else "", words[at:].strip()
    elif words.startswith(TITLES) or len(words.split()) == 2:
        name, position = words, ""
    else:
        name, position = "", words
    if name:
        person["name"] = Typed(name.strip(), line)
    if position:
        person["position"] = Typed(position.strip(), line)
    if name and position and not labelled:
        person.guess("name", message("import-name-parted"))
