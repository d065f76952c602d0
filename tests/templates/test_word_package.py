"""Word templates as people save them: parts go by relationship, what editors leave stays behind."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from generator import verify
from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents.kinds import KINDS
from generator.errors import TemplateFault
from generator.templates import check, word_package
from generator.workspace.environment import Workspace
from generator.writers import document
from support import making

DOCUMENT = "word/document.xml"
PLACEHOLDER = 100
"""A picture of fewer bytes is the dot that holds another one's place."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARAGRAPH = "{{ clause.text }}</w:t></w:r>"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in ("agreements/example-2570", "templates"):
        shutil.copytree(making.ROOT / name, tmp_path / name)
    return tmp_path


def parts_of(data: bytes | Path) -> dict[str, bytes]:
    with zipfile.ZipFile(data if isinstance(data, Path) else io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edit(workspace: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Change the parts of the agreement's template."""
    path = workspace / "templates/docx/agreement.docx"
    parts = parts_of(path)
    change(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def replaced(parts: dict[str, bytes], name: str, *pairs: tuple[str, str]) -> None:
    for old, new in pairs:
        assert old.encode() in parts[name], old
        parts[name] = parts[name].replace(old.encode(), new.encode())


def make(workspace: Path) -> dict[str, bytes]:
    document.forget_templates()
    world = Workspace(workspace, {})
    found = lookup.find(world, "ตัวอย่าง-ก")
    files = documents.make(
        world, "agreement", found, formats=("docx",), options=DocumentOptions(sheets=False)
    ).files
    return parts_of(next(data for path, data in files.items() if path.suffix == ".docx"))


def faults(workspace: Path, *, error: bool = True) -> list[str]:
    """What the check finds in the agreement's Word template, errors or warnings."""
    roots = [workspace / "templates"]
    _, found = check.of_template(roots, "docx", "", KINDS["agreement"], "agreement.docx")
    return [str(fault) for fault in found if fault.error is error]


def renamed(parts: dict[str, bytes], names: dict[str, str]) -> None:
    """Call parts by other names, as another program does."""
    for old, new in names.items():
        parts[new] = parts.pop(old)
        folder, _, file = old.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels"
        if rels in parts:
            parts[f"{new.rpartition('/')[0]}/_rels/{new.rpartition('/')[2]}.rels"] = parts.pop(rels)
        targets = [re.escape(name) for name in (old, file, old.removeprefix("word/"))]
        target = re.compile(f'Target="({"|".join(targets)})"'.encode())
        for key, data in parts.items():
            if key.endswith(".rels"):
                parts[key] = target.sub(f'Target="/{new}"'.encode(), data)
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            f'"/{old}"'.encode(), f'"/{new}"'.encode()
        )


NAMES = {
    DOCUMENT: "word/document2.xml",
    "word/styles.xml": "word/styles2.xml",
    "word/settings.xml": "word/other/settings7.xml",
    "word/header1.xml": "word/head.xml",
    "word/footer1.xml": "word/footer7.xml",
    "word/media/code.png": "word/media/image1.png",
    "word/media/emblem.png": "word/media/image2.png",
}


def test_parts_are_found_whatever_they_are_called(workspace: Path) -> None:
    before = make(workspace)
    edit(workspace, lambda parts: renamed(parts, NAMES))
    assert faults(workspace) == []
    after = make(workspace)
    assert verify.check_docx(packed(after)) == verify.check_docx(packed(before))
    assert after["word/media/code.png"] == before["word/media/code.png"]
    assert len(after["word/media/code.png"]) > PLACEHOLDER
    assert_whole(after)


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def assert_whole(parts: dict[str, bytes]) -> None:
    """Relationships lead to parts, references to relationships; each part has a type."""
    types = etree.fromstring(parts["[Content_Types].xml"])
    overrides = {e.get("PartName") for e in types.iter("{*}Override")}
    endings = {e.get("Extension") for e in types.iter("{*}Default")}
    for name, data in parts.items():
        assert f"/{name}" in overrides or name.rpartition(".")[2] in endings
        if name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("/")
        rels = parts.get(f"{folder}/_rels/{file}.rels")
        known = {}
        if rels:
            known = {e.get("Id"): e.get("Target") for e in etree.fromstring(rels)}
            assert all(str(target).lstrip("/") in parts for target in known.values())
        if name.endswith(".xml") and name.startswith("word/"):
            for element in etree.fromstring(data).iter(etree.Element):
                for key, value in element.attrib.items():
                    if str(key).startswith(f"{{{REL}}}"):
                        assert value in known


def test_one_placeholder_for_both_pictures(workspace: Path) -> None:
    """Programs keep equal pictures once: the code is then not the emblem's picture."""

    def merge(parts: dict[str, bytes]) -> None:
        renamed(parts, {"word/media/code.png": "word/media/image1.png"})
        del parts["word/media/emblem.png"]
        replaced(parts, "word/_rels/document.xml.rels", ("media/emblem.png", "media/image1.png"))

    edit(workspace, merge)
    shutil.copy(making.ROOT / "docs/agreement.png", workspace / "agreements/example-2570/e.png")
    agency = workspace / "agreements/example-2570/agency.yaml"
    agency.write_text(agency.read_text("utf-8") + "\nemblem: e.png\n", "utf-8")
    found = make(workspace)
    emblem = (making.ROOT / "docs/agreement.png").read_bytes()
    assert found["word/media/emblem.png"] == emblem
    assert PLACEHOLDER < len(found["word/media/code.png"]) != len(emblem)
    assert_whole(found)


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_a_document_has_the_type_of_one(workspace: Path, kind: str) -> None:
    document = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    edit(workspace, lambda parts: replaced(parts, "[Content_Types].xml", (document, kind)))
    types = make(workspace)["[Content_Types].xml"].decode()
    assert document in types
    assert kind not in types


def related(word: str, target: str, mode: str = "") -> str:
    outside = f' TargetMode="{mode}"' if mode else ""
    return (
        f'<Relationship Id="rIdX" Type="{REL}/{word}" Target="{target}"{outside}/></Relationships>'
    )


@pytest.mark.parametrize(
    ("part", "word", "target", "mode", "fault"),
    [
        (DOCUMENT, "vbaProject", "vbaProject.bin", "", "macros"),
        ("word/settings.xml", "attachedTemplate", "http://x.test/a.dotm", "External", "outside"),
        (DOCUMENT, "image", "https://x.test/a.png", "External", "outside"),
        (DOCUMENT, "image", "file:///etc/passwd", "External", "outside"),
        (DOCUMENT, "oleObject", "https://x.test/a.xls", "External", "outside"),
        (DOCUMENT, "oleObject", "embeddings/a.bin", "", "object of another program"),
        (DOCUMENT, "aFChunk", "a.html", "", "another document"),
        (DOCUMENT, "frobnicate", "a.bin", "", "part of another kind"),
        ("word/footer1.xml", "hyperlink", "https://x.test", "External", "outside"),
    ],
)
def test_what_the_check_objects_to_a_run_refuses(
    workspace: Path, part: str, word: str, target: str, mode: str, fault: str
) -> None:
    def change(parts: dict[str, bytes]) -> None:
        folder, _, file = part.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels"
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        parts.setdefault(rels, empty)
        replaced(parts, rels, ("</Relationships>", related(word, target, mode)))
        if not mode:
            parts[f"word/{target}"] = b"x"

    edit(workspace, change)
    assert any("agreement.docx" in one and fault in one for one in faults(workspace))
    with pytest.raises(TemplateFault, match=fault):
        make(workspace)


def test_the_code_has_its_picture_or_nothing_is_made(workspace: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        for name in ("word/footer1.xml", "word/footer2.xml"):
            replaced(parts, name, ("QR: {{ page.id }}", "a picture"), ('name="code"', 'name="x"'))

    edit(workspace, change)
    assert any("QR code isn't there" in one for one in faults(workspace))
    with pytest.raises(TemplateFault, match=r"picture of one dot|QR code"):
        make(workspace)


@pytest.mark.parametrize("data", [b"", b"PK", b"<html>"])
def test_what_is_no_word_file_is_said(workspace: Path, data: bytes) -> None:
    (workspace / "templates/docx/agreement.docx").write_bytes(data)
    with pytest.raises(TemplateFault, match="no Word document"):
        make(workspace)


def test_strict_files_are_refused_with_a_remedy(workspace: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    edit(workspace, lambda parts: replaced(parts, "_rels/.rels", (REL, strict)))
    with pytest.raises(TemplateFault, match="Strict"):
        make(workspace)


# What editors leave

NAME = "นามสมมติ"
INSERTED = f'<w:ins w:id="1" w:author="{NAME}"><w:r><w:t>กขค</w:t></w:r></w:ins>'
DELETED = (
    f'<w:del w:id="2" w:author="{NAME}"><w:r><w:delText>{{{{ titel }}}}</w:delText></w:r></w:del>'
)
LEFT = {
    "insertion": (INSERTED, f"tracked changes by '{NAME}'"),
    "deletion": (DELETED, f"tracked changes by '{NAME}'"),
    "formatting": (
        f'<w:r><w:rPr><w:b/><w:bCs/><w:rPrChange w:id="3" w:author="{NAME}"><w:rPr/></w:rPrChange>'
        "</w:rPr><w:t>.</w:t></w:r>",
        f"tracked changes by '{NAME}'",
    ),
    "place": ('<w:bookmarkStart w:id="9" w:name="_GoBack"/><w:bookmarkEnd w:id="9"/>', "_GoBack"),
    "comment": ('<w:commentRangeStart w:id="4"/><w:commentRangeEnd w:id="4"/>', "comments"),
}


@pytest.mark.parametrize("what", list(LEFT))
def test_what_editors_leave_stays_behind_and_is_named(workspace: Path, what: str) -> None:
    added, said = LEFT[what]
    edit(workspace, lambda p: replaced(p, DOCUMENT, (PARAGRAPH, PARAGRAPH + added)))
    assert [note for note in faults(workspace, error=False) if said in note]
    document = make(workspace)[DOCUMENT].decode()
    for word in (NAME, "_GoBack", "w:del", "w:ins ", "rPrChange", "commentRange", "titel"):
        assert word not in document
    assert ("กขค" in document) == (what == "insertion")


def test_names_in_properties_comments_and_settings_stay_behind(workspace: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        replaced(
            parts,
            "docProps/app.xml",
            ("</Properties>", f"<Manager>{NAME}1</Manager><Company>{NAME}2</Company></Properties>"),
        )
        replaced(
            parts,
            "docProps/core.xml",
            ("<dc:title>", f"<dc:creator>{NAME}3</dc:creator><dc:title>"),
        )
        parts["docProps/custom.xml"] = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
            f'<property name="{NAME}4"/></Properties>'
        ).encode()
        parts["word/comments.xml"] = (
            f'<w:comments xmlns:w="{W}"><w:comment w:id="4" w:author="{NAME}5"/></w:comments>'
        ).encode()
        parts["word/people.xml"] = (
            '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
            f'<w15:person w15:author="{NAME}6"/></w15:people>'
        ).encode()
        replaced(
            parts,
            "_rels/.rels",
            ("</Relationships>", related("custom-properties", "docProps/custom.xml")),
        )
        for number, name in enumerate(("comments", "people")):
            replaced(
                parts,
                "word/_rels/document.xml.rels",
                ("</Relationships>", related(name, f"{name}.xml").replace("rIdX", f"rIdX{number}")),
            )
        replaced(
            parts,
            "word/settings.xml",
            (
                "<w:zoom",
                f'<w:rsids><w:rsid w:val="00AA11BB"/></w:rsids><w:trackRevisions/>'
                f'<w:docVars><w:docVar w:name="x" w:val="{NAME}7"/></w:docVars><w:zoom',
            ),
        )
        replaced(parts, DOCUMENT, ("<w:p>", '<w:p w:rsidR="00AA11BB">'))

    edit(workspace, change)
    found = make(workspace)
    for name, data in found.items():
        assert NAME.encode() not in data, name
        assert b"00AA11BB" not in data, name
    assert b"trackRevisions" not in found["word/settings.xml"]
    assert not {"word/comments.xml", "word/people.xml", "docProps/custom.xml"} & set(found)
    said = "\n".join(faults(workspace, error=False))
    for number in range(1, 7):
        assert f"{NAME}{number}" in said
    assert_whole(found)


# Tags as programs write them


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{%p for clause in clauses %}", "{%p\u00a0for clause in clauses %}"),
        ("{%p for clause in clauses %}", "{%p for\u00a0clause\u200b in clauses\u00a0%}"),
        ("{{ clause.text }}", "{{\u00a0clause.text\u202f}}"),
        ("{{ clause.text }}", "{{ clause.text|default(&quot;x&quot;) }}"),
        (
            "{{ clause.text }}",
            "{{ clause.text|default(&quot;</w:t></w:r><w:r><w:t>x&quot;) }}",
        ),
        (
            "{% widths block.widths small block.small %}",
            "{%\u00a0widths block.\u200bwidths small block.small\u00a0%}",
        ),
        (
            "{{ clause.text }}",
            "{{ clause.</w:t><w:tab/></w:r><w:r><w:br/><w:t>text }}",
        ),
        (' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"', ""),
    ],
)
def test_tags_as_programs_write_them(workspace: Path, old: str, new: str) -> None:
    before = make(workspace)
    edit(workspace, lambda parts: replaced(parts, DOCUMENT, (old, new)))
    assert faults(workspace) == []
    assert verify.check_docx(packed(make(workspace))) == verify.check_docx(packed(before))


def test_notes_are_refused_for_the_pdf_has_none(workspace: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["word/footnotes.xml"] = (
            f'<w:footnotes xmlns:w="{W}">'
            '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
            '<w:footnote w:id="2"><w:p><w:r><w:t>{{ titel }}</w:t></w:r></w:p></w:footnote>'
            "</w:footnotes>"
        ).encode()
        replaced(
            parts,
            "word/_rels/document.xml.rels",
            ("</Relationships>", related("footnotes", "footnotes.xml")),
        )
        replaced(
            parts, DOCUMENT, (PARAGRAPH, PARAGRAPH + '<w:r><w:footnoteReference w:id="2"/></w:r>')
        )

    edit(workspace, change)
    assert any("footnotes" in one for one in faults(workspace))
    with pytest.raises(TemplateFault, match="footnotes"):
        make(workspace)


# What nothing fills in


@pytest.mark.parametrize(
    ("name", "xml"),
    [
        (
            "numbering",
            '<w:numbering xmlns:w="{W}"><w:abstractNum><w:lvl>'
            '<w:lvlText w:val="{{{{ unit }}}} %1."/></w:lvl></w:abstractNum></w:numbering>',
        ),
        (
            "endnotes",
            '<w:endnotes xmlns:w="{W}"><w:endnote w:type="separator"><w:p><w:r><w:t>{{{{ ti'
            "</w:t></w:r><w:r><w:t>tle }}}}</w:t></w:r></w:p></w:endnote></w:endnotes>",
        ),
        (
            "fontTable",
            '<w:fonts xmlns:w="{W}"><w:font w:name="{{% if title %}}"/></w:fonts>',
        ),
    ],
)
def test_a_tag_in_a_part_that_nothing_fills_in(workspace: Path, name: str, xml: str) -> None:
    def change(parts: dict[str, bytes]) -> None:
        if f"word/{name}.xml" not in parts:
            replaced(
                parts,
                "word/_rels/document.xml.rels",
                ("</Relationships>", related(name, f"{name}.xml")),
            )
        parts[f"word/{name}.xml"] = xml.format(W=W).encode()

    edit(workspace, change)
    [found] = faults(workspace)
    assert f"{name} holds {{" in found
    assert "nothing fills in" in found
    with pytest.raises(TemplateFault, match="nothing fills in"):
        make(workspace)


def test_words_in_a_text_box_are_refused_for_the_pdf_has_none(workspace: Path) -> None:
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>{{ title[0] }}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    edit(workspace, lambda parts: replaced(parts, DOCUMENT, (PARAGRAPH, PARAGRAPH + box)))
    assert any("text box" in one for one in faults(workspace))
    with pytest.raises(TemplateFault, match="text box"):
        make(workspace)


# Programs join runs, and move the ends of sections


def test_tags_of_runs_that_stand_in_one_run(workspace: Path) -> None:
    before = make(workspace)

    def change(parts: dict[str, bytes]) -> None:
        run = '<w:r><w:t xml:space="preserve">{%r if title %}{{ clause.text }}{%r endif %}</w:t>'
        old = '<w:r><w:t xml:space="preserve">{{ clause.text }}</w:t>'
        replaced(parts, DOCUMENT, (old, run))

    edit(workspace, change)
    assert faults(workspace) == []
    assert verify.check_docx(packed(make(workspace))) == verify.check_docx(packed(before))


def test_a_section_that_ends_in_a_tags_paragraph(workspace: Path) -> None:
    before = make(workspace)[DOCUMENT]

    def change(parts: dict[str, bytes]) -> None:
        text = parts[DOCUMENT].decode()
        pattern = (
            r'(<w:p><w:pPr><w:pStyle w:val="TemplateTag"/>)(</w:pPr>(?:(?!</w:p>).)*</w:p>)'
            r'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>(<w:sectPr>.*?</w:sectPr>)</w:pPr></w:p>'
        )
        text, count = re.subn(pattern, r"\1\3\2", text)
        assert count
        parts[DOCUMENT] = text.encode()

    edit(workspace, change)
    assert faults(workspace) == []
    assert make(workspace)[DOCUMENT].count(b"<w:sectPr") == before.count(b"<w:sectPr")


def test_a_template_that_is_taken_in_keeps_its_own_feet(workspace: Path) -> None:
    """A page across the sheet has another foot than one upright, whatever it is called."""
    path = workspace / "templates/docx/_sheets.docx"
    parts = parts_of(path)
    renamed(parts, {"word/footer2.xml": "word/foot.xml", "word/media/code.png": "word/media/c.png"})
    replaced(parts, "word/foot.xml", ("{{ page.footer }}", "{{ page.footer }} กว้าง"))
    for name in (DOCUMENT, "word/_rels/document.xml.rels"):
        # What the template that takes this one in calls the foot of upright pages.
        replaced(parts, name, ('"rIdFooter1"', '"rIdX"'), ('"rIdFooter2"', '"rIdFooter1"'))
    path.write_bytes(packed(parts))
    shutil.copytree(making.ROOT / "agreements/dsdw-2566", workspace / "agreements/dsdw-2566")
    document.forget_templates()
    world = Workspace(workspace, {})
    found = lookup.find(world, "กพพ")
    files = documents.make(world, "indicators", found, formats=("docx",)).files
    made = parts_of(next(iter(files.values())))
    assert_whole(made)
    rels = etree.fromstring(made["word/_rels/document.xml.rels"])
    targets = {rel.get("Id"): str(rel.get("Target")).lstrip("/") for rel in rels}
    seen = set()
    for section in etree.fromstring(made[DOCUMENT]).iter("{*}sectPr"):
        foot = section.find(f"{{{W}}}footerReference")
        size = section.find(f"{{{W}}}pgSz")
        assert foot is not None
        assert size is not None
        wide = size.get(f"{{{W}}}orient") == "landscape"
        seen.add(wide)
        assert ("กว้าง" in made[targets[foot.get(f"{{{REL}}}id")]].decode()) is wide
    assert seen == {True, False}


# Size


def test_a_part_of_many_megabytes_is_refused_before_it_is_read(workspace: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        much = f"<w:p><w:r><w:t>{'{{' * (word_package.MAX_XML // 2)}</w:t></w:r></w:p>"
        replaced(parts, DOCUMENT, ("<w:body>", f"<w:body>{much}"))

    edit(workspace, change)
    [found] = faults(workspace)
    assert "more than 2 MiB" in found
    with pytest.raises(TemplateFault, match="more than 2 MiB"):
        make(workspace)
