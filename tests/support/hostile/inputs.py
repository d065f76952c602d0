"""Hostile inputs: kinds, each a function of a source of chance that spoils a workspace.

An input is a command line, with what it needs put into the workspace before. The same kind and
number make the same input.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pikepdf

from generator.agreements import lookup, reading
from generator.cli import cli
from generator.importing import workbook
from generator.survey import columns
from generator.workspace.environment import Workspace
from support.authority import PASSPHRASE, ours
from support.hostile.arena import AGENCY
from support.making import ROOT, in_word, made
from support.signed import both

Arguments = tuple[str | bytes, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """A command line and its environment; ``wanted`` is what the document has to say."""

    arguments: Arguments
    environ: Mapping[str, str] = field(default_factory=dict)
    wanted: str = ""


UNIT = "ตัวอย่าง-ก"
WORDS = (
    *("{{ 7*7 }}", "{% raw %}", "{%tr for x in y %}", "<script>x</script>", "<w:t>x</w:t>", "]]>"),
    *("&amp;", "<5%", "=1+1", "=cmd|' /C calc'!A0", "'; DROP TABLE x; --", "../../../outside/x"),
    *(
        "/etc/passwd",
        "C:\\x",
        "NUL",
        "con.yaml",
        "ก\u200bข",
        "เเก้",
        "ํา",
        "\uf70a\uf712",
        "漢字",
        "😀",
    ),
    *("\u202eabc", "\u2028", "\x1b[31mx", "\x1b]0;x\x07", "\x9b31m", "๐๑๒", "1e999", "-0", "NaN"),
    *("inf", "9" * 400, "0.1" + "0" * 300, "1/0", "²", "½", "31 กุมภาพันธ์ 2570", "29 ก.พ. 2569"),
    *("2569-13-45", "ร้อยละ 81.52", "3,181 คน", "21,480", "1,2,3", "x" * 30_000, "ก" * 5_000),
    *(
        "**a " * 4_000,
        "**" * 9_000,
        "= " + "a // " * 4_000,
        "= //",
        "- \n- \n",
        "[[" * 3_000,
        "[[x",
    ),
    *("[[a|b]]", "[[agency]]", "~", "", " ", "\t", "#x", "text #1 more", "true", "no", "null"),
    *("0x1F", "0o17", "1_000", "+5", "5 %", "๕๐%", "https://" + "a" * 300, "-" * 500, "\ufeff"),
    *("a: b: c", "{a: b}", "[a, b]", "&x", "*x", "!!python/object:os.system x", "@x", "`x`", "%x"),
)


def spoil_text(text: str, chance: Random, words: tuple[str, ...] = WORDS) -> str:
    """A text with a few mistakes, and worse, put into its lines."""
    lines = text.split("\n")
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        at = chance.randrange(len(lines))
        line, word = lines[at], chance.choice(words)
        head = re.match(r"^(\s*(?:- )?(?:[^:#]+:)?\s?)", line)
        kind = chance.randrange(12)
        if kind <= 3:
            lines[at] = (head[1] if head else "") + word
        elif kind == 4:
            lines[at] = (head[1] if head else "") + json.dumps(word, ensure_ascii=False)
        elif kind == 5:
            del lines[at : at + chance.choice((1, 1, 3))]
            lines = lines or [""]
        elif kind == 6:
            lines.insert(at, line)
        elif kind == 7:
            lines[at] = " " * chance.randrange(6) + line.lstrip()
        elif kind == 8:
            lines[at] = line.replace(":", chance.choice(("", ";", "::", " :")), 1)
        elif kind == 9:
            lines[at] = (head[1] if head else "") + chance.choice(
                ("[" * 60, "{a: " * 60, "[" * 30 + "]" * 30, ", ".join(["x"] * 3_000))
            )
        elif kind == 10:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        else:
            cut = chance.randrange(len(line) + 1)
            lines[at] = line[:cut] + chance.choice(word or "x") + line[cut:]
    return "\n".join(lines)


def spoil_bytes(data: bytes, chance: Random) -> bytes:
    """Bytes cut off, flipped, doubled, or with others in between."""
    found = bytearray(data)
    kind = chance.randrange(5)
    if kind == 0:
        return bytes(found[: chance.randrange(len(found))])
    if kind == 1:
        for _ in range(chance.choice((1, 10, 200))):
            found[chance.randrange(len(found))] = chance.randrange(256)
    elif kind == 2:
        at = chance.randrange(len(found))
        found[at:at] = chance.choice(
            (b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[2J", b"9" * 5_000)
        )
    elif kind == 3:
        at = chance.randrange(len(found))
        del found[at : at + chance.choice((1, 100, 5_000))]
    else:
        number = re.search(rb"\d+", bytes(found[chance.randrange(len(found)) :]))
        if number:
            return data.replace(number[0], chance.choice((b"-1", b"0", b"99999999999")), 3)
    return bytes(found)


def _put(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)


_COMMANDS: tuple[Arguments, ...] = (
    ("check", f"agreements/{AGENCY}"),
    ("check", f"agreements/{AGENCY}"),
    ("score", UNIT, "--round", "1"),
    ("agreement", UNIT, "--format", "docx"),
    ("report", UNIT, "--round", "1", "--format", "docx"),
    ("report", AGENCY, "--round", "1", "--format", "docx"),
    ("survey", UNIT, "--export", "xlsform"),
    ("framework", AGENCY, "--trace", "satisfaction"),
    ("init", "agreements/next-2571", "--from", AGENCY),
    ("results", "template", UNIT, "--round", "2"),
    ("status", AGENCY),
)


def of_yaml(chance: Random, where: Path) -> Input:
    """A file of any kind, with mistakes."""
    agency = where / "agreements" / AGENCY
    file = chance.choice(sorted(agency.rglob("*.yaml")))
    if chance.random() < 0.8:
        _put(file, spoil_text(file.read_text("utf-8"), chance))
    else:
        _put(file, spoil_bytes(file.read_bytes(), chance))
    return Input(chance.choice(_COMMANDS))


_AS_TYPED = tuple(
    word
    for word in WORDS
    if 0 < len(word.strip()) <= 60
    and not re.search(
        "[\x00-\x1f\x7f-\x9f\u2028\u202e\u200b\ufeff\uf700-\uf7ff]|^\\*\\*|^[=-] ", word
    )
    and word not in ("漢字", "😀", "เเก้", "ํา")
)


def of_texts(chance: Random, where: Path) -> Input:
    """Words that mean something elsewhere come out as they were typed."""
    word = chance.choice(_AS_TYPED)
    typed = f"งาน {word} จบ"
    file = where / "agreements" / AGENCY / f"{UNIT}.yaml"
    text = file.read_text("utf-8")
    quoted = json.dumps(typed, ensure_ascii=False)
    assert "\nduties:\n" in text
    _put(file, text.replace("\nduties:\n", f"\nduties:\n  - {quoted}\n", 1))
    form = "pdf" if chance.random() < 0.1 else "docx"
    # What the agency's own words may hold is refused where the unit's words aren't looked at.
    return Input(("agreement", UNIT, "--no-sheets", "--format", form), wanted=typed)


_ATOMS = (
    "a",
    "b",
    "0",
    "1",
    "base",
    "๑",
    "9" * 30,
    "0.1",
    "1e9",
    "จำนวน",
    "x" * 200,
    "a.b",
    "²",
    "",
)
_OPERATORS = (
    " + ",
    " - ",
    " * ",
    " / ",
    " ** ",
    " // ",
    " % ",
    " << ",
    " if ",
    ", ",
    " @ ",
    "(",
    ")",
)


def of_formulas(chance: Random, where: Path) -> Input:
    """A formula, of a table or of an indicator."""
    parts = [chance.choice(_ATOMS)]
    for _ in range(chance.choice((1, 2, 3, 10, 3_000))):
        parts += [chance.choice(_OPERATORS[:5]), chance.choice(_ATOMS)]
    formula = "".join(parts)
    kind = chance.randrange(8)
    if kind == 0:
        formula = "(" * 3_000 + formula + ")" * 3_000
    elif kind == 1:
        formula = "-" * 5_000 + "a"
    elif kind == 2:
        formula = "a / (a - a)"
    elif kind == 3:
        formula = " * ".join(["999999999999999"] * 2_000)
    elif kind == 4:
        formula = chance.choice(
            ("__import__('os')", "a.__class__", "lambda: 1", "[a][0]", "f'{a}'")
        )
    elif kind == 5:
        formula = "".join(chance.choice(_OPERATORS + _ATOMS) for _ in range(6))
    agency = where / "agreements" / AGENCY
    quoted = json.dumps(formula, ensure_ascii=False)
    if chance.random() < 0.5:
        table = agency / "tables" / "provinces.yaml"
        text = re.sub(
            r"formula: .*", lambda _: f"formula: {quoted}", table.read_text("utf-8"), count=1
        )
        _put(table, text)
        indicator = agency / "indicators" / "energy.yaml"
        _put(indicator, indicator.read_text("utf-8") + "\ntables: [provinces]\n")
        return Input(("indicators", UNIT, "--format", "docx"))
    value = f"\nvalue:\n  inputs: {{a: จำนวน ก, b: จำนวน ข}}\n  formula: {quoted}\n"
    indicator = agency / "indicators" / "satisfaction.yaml"
    text = re.sub(r"\nvalue:\n(?:[ ].*\n)*", "\n", indicator.read_text("utf-8"))
    _put(indicator, text + value)
    results = agency / "results" / "1" / f"{UNIT}.yaml"
    text = re.sub(
        r"\n  satisfaction:.*\n(?:    .*\n)*",
        "\n  satisfaction:\n    inputs: {a: 1, b: 0}\n",
        results.read_text("utf-8"),
    )
    _put(results, text)
    return Input(
        chance.choice((("score", UNIT, "--round", "1"), ("check", f"agreements/{AGENCY}")))
    )


@cache
def _workbook() -> bytes:
    made_ = workbook.template(
        Workspace(ROOT, {}), lookup.find(Workspace(ROOT, {}), UNIT, "example-2570"), "1", None
    )
    return next(iter(made_.files.values()))


def of_workbooks(chance: Random, where: Path) -> Input:
    """A workbook of results with hostile cells, or one whose parts are spoilt."""
    import openpyxl

    kind = chance.randrange(4)
    path = where / "filled.xlsx"
    if kind <= 1:
        book = openpyxl.load_workbook(io.BytesIO(_workbook()))
        for sheet in book.worksheets:
            for row in sheet.iter_rows(max_row=40):
                for cell in row:
                    protected = getattr(cell, "protection", None)
                    if protected is not None and not protected.locked and chance.random() < 0.4:
                        word = chance.choice((*WORDS, 5, -4, 0.8152, True, 1e308))
                        if isinstance(word, str):
                            word = re.sub("[\x00-\x08\x0b-\x1f\ufeff]", "", word)[:30_000]
                        cell.value = word
                        if chance.random() < 0.2:
                            cell.number_format = chance.choice(("0%", "yyyy", "@", "[Red]0"))
        for sheet in book.worksheets:
            for cell in (row[0] for row in sheet.iter_rows(max_row=6)):
                if sheet.sheet_state != "visible" and chance.random() < 0.2:
                    cell.value = chance.choice(("../../../outside/x", "", None, 7))
        book.save(path)
        _put(path, path.read_bytes().replace(b"example-2570", AGENCY.encode()))
        return Input(("results", "import", "filled.xlsx", "--replace"))
    if kind == 2:
        _put(path, spoil_bytes(_workbook(), chance))
    else:
        _put(path, _spoilt_parts(_workbook(), chance))
    return Input(("results", "import", "filled.xlsx", "--replace"))


_ENTITIES = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;&a;">]>'


def _spoilt_parts(data: bytes, chance: Random) -> bytes:
    """An archive with one of its parts spoilt, gone, doubled or far too large."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = old.namelist()
        chosen, kind = chance.choice(names), chance.randrange(7)
        for name in names:
            part = old.read(name)
            if name == chosen and kind == 0:
                continue
            if name == chosen and kind == 1:
                part = spoil_bytes(part or b"x", chance)
            elif name == chosen and kind == 2:
                part = part.replace(b"?>", b"?>" + _ENTITIES.encode(), 1)
            elif name == chosen and kind == 3:
                part = part + b" " * (80 << 20)
            elif name == chosen and kind == 4:
                part = spoil_text(part.decode("utf-8", "replace"), chance).encode(
                    "utf-8", "replace"
                )
            elif kind == 5 and name.endswith(".rels"):
                part = part.replace(b'Target="', b'Target="http://192.0.2.1/', 1)
            new.writestr("../../../outside/x.txt" if name == chosen and kind == 6 else name, part)
    return buffer.getvalue()


def of_answers(chance: Random, where: Path) -> Input:
    """A file of answers, as strangers fill it in."""
    heads = list(_columns())
    rows = [
        [
            chance.choice(("", "1", "5", "male", "x", *WORDS)) if chance.random() < 0.3 else "1"
            for _ in heads
        ]
        for _ in range(chance.choice((0, 1, 5, 300)))
    ]
    if chance.random() < 0.4:
        heads[chance.randrange(len(heads))] = chance.choice(WORDS)
    if chance.random() < 0.2 and rows:
        rows[0] = rows[0][: chance.randrange(len(heads))]
    text = io.StringIO()
    csv.writer(text, delimiter=chance.choice(",,,;\t")).writerows([heads, *rows])
    data = text.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "utf-16")), "replace")
    if chance.random() < 0.3:
        data = spoil_bytes(data, chance)
    name = chance.choice(("a.csv", "a.csv", "a.xlsx", "คำตอบ.csv"))
    _put(where / name, data)
    return Input(("survey", "score", UNIT, name, "--survey", "visitors", "--round", "1"))


@cache
def _columns() -> tuple[str, ...]:
    folder = reading.read_agency(ROOT / "agreements" / "example-2570")
    model = folder.surveys["visitors"].model
    assert model is not None
    return tuple(column.code for column in columns(model))


_TAGS = (
    *("{{ 7 * 7 }}", "{{ x }}", "{{ ''.__class__.__mro__ }}", "{{ title[", "{{ config }}", "{# x"),
    *(
        "{% for a in range(10**9) %}a{% endfor %}",
        "{{ 'x'.center(10**9) }}",
        "{% for a in title %}",
    ),
    *("{% include '../../../outside/x.txt' %}", "{% import '/etc/passwd' as x %}", "{% do %}"),
    *("{{ ('x' * 9999)|list|join('y') }}", "{{ cycler.__init__.__globals__ }}"),
    *("{% set x = 9 ** 9 ** 9 %}", "{{ '%s' % title }}"),
)


def of_templates(chance: Random, where: Path) -> Input:
    """A template that somebody edited."""
    shipped, form = ROOT / "templates", chance.choice(("docx", "html"))
    name = f"agreement.{form}"
    path, data = where / "templates" / form / name, (shipped / form / name).read_bytes()
    if form == "html":
        text = data.decode()
        if chance.random() < 0.7:
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(_TAGS) + text[at:]
        else:
            text = spoil_text(text, chance)
        _put(path, text)
    elif chance.random() < 0.5:
        buffer = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
            for part in old.namelist():
                content = old.read(part)
                if part == "word/document.xml":
                    places = [m.end() for m in re.finditer(b"<w:t[^>]*>", content)]
                    at = chance.choice(places)
                    tag = chance.choice(_TAGS).replace("'", "&apos;").encode()
                    content = content[:at] + tag + content[at:]
                new.writestr(part, content)
        _put(path, buffer.getvalue())
    else:
        _put(path, chance.choice((_spoilt_parts, spoil_bytes))(data, chance))
    if chance.random() < 0.5:
        return Input(("template", "check"))
    form = "pdf" if form == "html" else "docx"
    return Input(("agreement", UNIT, "--no-sheets", "--format", form))


@cache
def _pdf(signed: bool = False) -> bytes:
    return both() if signed else made("agreement", UNIT, sheets=False)["pdf"]


_PDF_COMMANDS: tuple[Arguments, ...] = (
    ("inspect", "x.pdf"),
    ("inspect", "x.pdf", "--check"),
    ("inspect", "x.pdf", "--extract", "taken"),
    ("verify", "x.pdf"),
    ("sign", "x.pdf", "--as", "assessee", "--p12", "key.p12"),
)


def of_pdfs(chance: Random, where: Path) -> Input:
    """A PDF that was changed, damaged or made to do harm."""
    data = _pdf(chance.random() < 0.4)
    kind = chance.randrange(5)
    if kind <= 2:
        data = spoil_bytes(data, chance)
    elif kind == 3:
        data = _odd_pdf(chance)
    else:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            page = pdf.pages[0]
            page.Contents = pdf.make_stream(
                chance.choice((b"q " * 200_000, b"BT (x) Tj", b"\xff" * 999))
            )
            page.MediaBox = chance.choice(([0, 0, 1e9, 1e9], [0, 0, 0, 0], [0, 0, 4320, 4320]))
            buffer = io.BytesIO()
            pdf.save(buffer)
        data = buffer.getvalue()
    _put(where / "x.pdf", data)
    _put(where / "key.p12", ours().p12("Signer"))
    environ = {"GEN_PASSPHRASE": PASSPHRASE}
    if kind == 3 and chance.random() < 0.5:
        _put(where / "made.pdf", _pdf())
        scan = ("--scan", "x.pdf", "--as", "assessee", "--date", "2026-10-01")
        return Input(("sign", "made.pdf", *scan), environ)
    return Input(chance.choice(_PDF_COMMANDS), environ)


def _odd_pdf(chance: Random) -> bytes:
    side = chance.choice((72, 595, 4320, 4321, 14_400))
    box = f"[0 0 {side} {side}]"
    odd = chance.choice(("", "/Rotate 45", "/UserUnit 1000", "/Parent 2 0 R /Parent 3 0 R"))
    kids = chance.choice(("[3 0 R]", "[3 0 R 3 0 R]", "[2 0 R]", "[" + "3 0 R " * 5_000 + "]"))
    return (
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        f"2 0 obj<</Type/Pages/Kids{kids}/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox{box}{odd}>>endobj\n"
        "trailer<</Root 1 0 R/Size 4>>\n%%EOF\n"
    ).encode()


def of_sources(chance: Random, where: Path) -> Input:
    """The source inside a document, changed."""
    with pikepdf.open(io.BytesIO(_pdf())) as pdf:
        source = bytes(pdf.attachments["source.yaml"].get_file().read_bytes())
        text = spoil_text(source.decode(), chance)
        if chance.random() < 0.3:
            key = chance.choice(("agency", "unit", "kind", "round", "survey", "form", "paper"))
            text = re.sub(
                rf"(?m)^  {key}: .*$", lambda _: f"  {key}: {chance.choice(WORDS)}", text, count=1
            )
        if chance.random() < 0.5:
            _put(where / "source.yaml", text)
            return Input(("agreement", "source.yaml", "--format", "docx", "--no-sheets"))
        name = chance.choice(("source.yaml", "record.json", "text.txt"))
        old = bytes(pdf.attachments[name].get_file().read_bytes())
        changed = (
            text.encode("utf-8", "replace") if name == "source.yaml" else spoil_bytes(old, chance)
        )
        del pdf.attachments[name]
        spec = pikepdf.AttachedFileSpec(pdf, changed, filename=name)  # type: ignore[call-arg]
        pdf.attachments[chance.choice((name, name, "../../../outside/x.txt"))] = spec
        buffer = io.BytesIO()
        pdf.save(buffer)
    _put(where / "x.pdf", buffer.getvalue())
    return Input(chance.choice(_PDF_COMMANDS[:4]))


def of_records(chance: Random, where: Path) -> Input:
    """Certificates, keys, and what gen notes beside documents."""
    kind = chance.randrange(4)
    if kind == 0:
        key = spoil_bytes(ours().p12("Signer"), chance)
        _put(where / "key.p12", key)
        _put(where / "x.pdf", _pdf())
        secret = PASSPHRASE
        secret = chance.choice((secret, "", "wrong", "ก" * 999))
        arguments = ("sign", "x.pdf", "--as", "assessee", "--p12", "key.p12")
        return Input(arguments, {"GEN_PASSPHRASE": secret})
    if kind == 1:
        _put(where / "x.pdf", _pdf(signed=True))
        _put(
            where / "ca.pem",
            chance.choice(
                (
                    b"",
                    b"\0" * 99,
                    spoil_bytes(_pdf(), chance)[:9_999],
                    b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                )
            ),
        )
        return Input(("verify", "x.pdf", "--root", "ca.pem"))
    signed = where / "signed" / AGENCY / "ตย-ก"
    if kind == 2:
        _put(signed / "ตย-ก-agreement.pdf", _pdf(signed=chance.random() < 0.5))
        record: dict[str, Any] = {
            "id": "x",
            "data_hash": "x",
            "scan": "x.pdf",
            "sha256": "0",
            "fields": ["assessee-1"],
            "signed": "2026-10-01",
            "recorded": "2026-10-01",
            "method": "ink",
        }
        odd: list[Any] = [*WORDS, 3, None, [], {}, ["a"]]
        record[chance.choice(sorted(record))] = chance.choice(odd)
        text = json.dumps(record)
        if chance.random() < 0.3:
            text = chance.choice(("", "[" * 99_999, "[]", "{", "null", text[:-9]))
        _put(signed / "ตย-ก-agreement-ink-1.json", text)
        return Input(("status", AGENCY))
    entry: dict[str, Any] = {
        "name": "x",
        "unit": "x",
        "source": "x",
        "kind": "agreement",
        "round": "",
        "key": "x",
        "id": "x",
        "pages": 1,
        "files": {"x/x.pdf": "0"},
        "about": {"unit": "", "weight": "", "signers": []},
    }
    other: list[Any] = [*WORDS, 3, None, [], {"../../../../outside/x.txt": ""}]
    entry[chance.choice(sorted(entry))] = chance.choice(other)
    _put(
        where / "outputs" / AGENCY / "manifest.jsonl",
        json.dumps(entry) + "\n" + chance.choice(WORDS),
    )
    options = ("--prune", "--zip", "--merge")
    return Input(
        ("batch", AGENCY, "-j", "1", "--units", UNIT, "--documents", "indicators", *options)
    )


def of_commands(chance: Random, where: Path) -> Input:
    """A command line that nobody means."""
    words: list[str] = []
    command: Any = cli
    while hasattr(command, "commands"):
        name = chance.choice(sorted(command.commands))
        words.append(name)
        command = command.commands[name]
    if "watch" in words:
        words[:] = ["check"]
        command = cli.commands["check"]
    if "batch" in words or "schema" in words or "sign" in words:
        words.append(chance.choice(WORDS).replace("\0", "")[:200] or "x")
    for option in getattr(command, "params", ()):
        if chance.random() < 0.35 and option.opts[0].startswith("--") and option.name != "cluster":
            words.append(option.opts[0])
            if not option.is_flag and option.flag_value is None:
                words.append(_word(chance))
        elif not option.opts[0].startswith("-") and chance.random() < 0.9:
            words.append(_word(chance))
    if chance.random() < 0.1:
        return Input((*words, b"\xa1\xd2\xc3.yaml"))
    return Input(tuple(word.replace("\0", "") for word in words), {
        name: chance.choice(("", "x", "²", "9" * 30, "-1", "๑"))
        for name in ("SOURCE_DATE_EPOCH", "GEN_FACE", "GEN_ROOTS") if chance.random() < 0.15
    })  # fmt: skip


def _word(chance: Random) -> str:
    if chance.random() < 0.5:
        known = (
            UNIT,
            AGENCY,
            "1",
            "2",
            "visitors",
            "assessee",
            "satisfaction",
            "docx",
            ".",
            "agreements",
        )
        return chance.choice(known)
    return chance.choice(WORDS)[:3_000]


def of_files(chance: Random, where: Path) -> Input:
    """A workspace as a file system may leave it."""
    agency = where / "agreements" / AGENCY
    victim = chance.choice(sorted(path for path in agency.rglob("*") if path.is_file()))
    kind = chance.randrange(9)
    if kind == 0:
        os.mkfifo(victim.with_name(f"fifo{victim.suffix}"))
    elif kind == 1:
        victim.unlink()
        victim.mkdir()
    elif kind == 2:
        victim.unlink()
        victim.symlink_to(where.parent / "outside" / "x.yaml")
    elif kind == 3:
        victim.unlink()
        victim.symlink_to(victim.name)
    elif kind == 4:
        with open(os.fsencode(victim.parent) + b"/\xa1\xd2\xc3.yaml", "wb") as file:
            file.write(victim.read_bytes())
    elif kind == 5:
        with victim.open("r+b") as file:
            file.truncate(3 << 30)
    elif kind == 6:
        name = chance.choice((f"outputs/{AGENCY}", "outputs", f"outputs/{AGENCY}/ตย-ก", "signed"))
        path = where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(where.parent / "outside")
    elif kind == 7:
        path = where / chance.choice(("outputs", "signed")) / AGENCY / "ตย-ก" / "ตย-ก-agreement.pdf"
        path.mkdir(parents=True)
    else:
        victim.unlink()
    return Input(chance.choice((*_COMMANDS, ("batch", AGENCY, "-j", "1", "--units", UNIT))))


def of_versions(chance: Random, where: Path) -> Input:
    """A Word document to be compared or read back, changed or damaged: its parts, its source."""
    data = _made_word()
    kind = chance.randrange(4)
    if kind == 0:
        data = spoil_bytes(data, chance)
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice(("word/document.xml", "customXml/item1.xml", "word/numbering.xml"))
        parts[name] = spoil_bytes(parts.get(name, b"<x/>"), chance)
        if kind == 2:
            parts[name] = chance.choice(_ODD_XML)
        if kind == 3:
            del parts[chance.choice(sorted(parts))]
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        data = buffer.getvalue()
    _put(where / "x.docx", data)
    _put(where / "made.docx", _made_word())
    return Input(chance.choice(_VERSION_COMMANDS))


def of_old_words(chance: Random, where: Path) -> Input:
    """An old agreement in Word to be imported, damaged in one of many ways."""
    data = _made_word()
    kind = chance.randrange(4)
    if kind == 0:
        data = spoil_bytes(data, chance)
    elif kind <= 2:
        data = _spoilt_parts(data, chance)
    else:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ("[Content_Types].xml", "word/document.xml", "word/numbering.xml"):
                archive.writestr(name, chance.choice(_ODD_XML))
        data = buffer.getvalue()
    suffix = chance.choice((".docx", ".docx", ".docx", ".pdf"))
    _put(where / f"old{suffix}", data)
    more = chance.choice(((), ("--json",), ("--report", "page.html"), ("--dry-run",)))
    return Input(("import", f"old{suffix}", "--into", chance.choice(("imported", AGENCY)), *more))


_ODD_XML = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>',
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    b"<x>" * 3_000 + b"</x>" * 3_000,
    b"",
    b'<source xmlns="urn:gen:source">a: [1, {b: &amp;x}]</source>',
)
_VERSION_COMMANDS = (
    ("diff", "x.docx", "made.docx", "--format", "none"),
    ("diff", "made.docx", "x.docx"),
    ("diff", "x.docx", UNIT, "--format", "list", "--json"),
    ("diff", "HEAD", "x.docx"),
    ("read-back", "x.docx"),
    ("read-back", "x.docx", "--of", UNIT, "--dry-run", "--json"),
)


@cache
def _made_word() -> bytes:
    """A Word document that gen made."""
    return in_word("agreement", UNIT)


KINDS: Mapping[str, tuple[Callable[[Random, Path], Input], int]] = {
    "yaml": (of_yaml, 60),
    "texts": (of_texts, 20),
    "formulas": (of_formulas, 30),
    "workbooks": (of_workbooks, 24),
    "answers": (of_answers, 30),
    "templates": (of_templates, 16),
    "pdfs": (of_pdfs, 24),
    "sources": (of_sources, 16),
    "records": (of_records, 16),
    "commands": (of_commands, 40),
    "files": (of_files, 24),
    "versions": (of_versions, 24),
    "old-words": (of_old_words, 12),
}
"""The kinds, and how many of three hundred inputs are of each."""
