"""A template's body by pieces: where they begin, what they take in, and when there are none."""

import pytest

from generator.templates import docx
from generator.templates.word_pieces import DividedTemplate, LoopTurn, divided
from generator.typesetting.lettering import AVERAGE

BEFORE = '<w:document xmlns:w="urn:w"><w:body>'
AFTER = "<w:sectPr><w:pgSz/></w:sectPr></w:body></w:document>"
ROW = "<w:tr><w:tc><w:p><w:r><w:t>{{ row }}</w:t></w:r></w:p></w:tc></w:tr>"
TAKEN = {"sheet.docx": "<w:p>{{ of_sheet }}</w:p>", "itself.docx": '{% include "itself.docx" %}'}


def pieces(body: str) -> DividedTemplate | None:
    return divided(docx.environment(TAKEN.get), BEFORE + body + AFTER, TAKEN.get)


def told(body: str) -> list[tuple[str, ...]]:
    found = pieces(body)
    assert found is not None
    assert (found.before, found.after) == (BEFORE, AFTER)
    return [
        (*piece.names, *([f"of {piece.items}"] if piece.items else [])) for piece in found.pieces
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<w:p>{{ title }}</w:p><w:p>ก</w:p>", [("title",)]),
        ("{% if a or b %}<w:p>{{ c }}</w:p>{% endif %}<w:p/>", [("a", "b", "c"), ()]),
        ("{% for one in every %}<w:p>{{ one }}{{ d }}</w:p>{% endfor %}", [("d", "of every")]),
        # A table is whole, whatever repeats in it.
        (
            f"<w:p>{{{{ a }}}}</w:p><w:tbl>{{% for row in rows %}}{ROW}{{% endfor %}}</w:tbl>"
            "{% if b %}<w:p/>{% endif %}",
            [("a",), ("rows",), ("b",)],
        ),
        # What is asked inside a tag, or closes runs and opens others.
        ('<w:p w:x="{% if a %}1{% endif %}">{{ b }}</w:p>', [("a", "b")]),
        ("<w:p><w:r>{% if m %}{{ m }}</w:r><w:r>{% endif %}{{ w }}</w:r></w:p>", [("m", "w")]),
        # What is taken in is a piece beside others, or part of one.
        ('<w:p/>{% include "sheet.docx" %}', [("of_sheet",)]),
        ('{% if a %}{% include "sheet.docx" %}{% endif %}', [("a", "of_sheet")]),
        # A loop that asks more of its turns than their place is one piece.
        ("{% for x in y %}<w:p>{{ loop.previtem }}</w:p>{% endfor %}", [("y",)]),
        ("{% for x in y if x %}<w:p>{{ x }}</w:p>{% endfor %}", [("y",)]),
        ("{% for x in y.z %}<w:p>{{ x }}</w:p>{% endfor %}", [("y",)]),
    ],
)
def test_a_piece_takes_in_what_it_names(body: str, expected: list[tuple[str, ...]]) -> None:
    assert told(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "{% set a = 1 %}<w:p>{{ a }}</w:p>",
        "{% if b %}{% set a = 1 %}{% endif %}<w:p>{{ a }}</w:p>",
        "{% macro m() %}<w:p/>{% endmacro %}{{ m() }}",
        '{% include "itself.docx" %}',
        '{% include "nowhere.docx" %}',
        "{% if a %}<w:p>{% else %}<w:p><w:r>{% endif %}</w:p>",
        "</w:body>",
        "{% if a %}",
    ],
)
def test_where_one_place_may_know_of_another_all_is_one_piece(body: str) -> None:
    assert pieces(body) is None


def test_a_piece_asks_of_the_loop_what_it_is_itself_and_not_those_inside() -> None:
    found = pieces(
        "{% for a in b %}<w:p>{% if loop.first %}1{% endif %}"
        "{% for c in a.d %}{{ loop.last }}{% endfor %}</w:p>{% endfor %}"
    )
    assert found is not None
    assert [piece.turn for piece in found.pieces] == [("first",)]


def test_a_turn_says_what_jinja_says() -> None:
    jinja = docx.environment()
    names = LoopTurn.__slots__
    asked = jinja.from_string(
        "{% for x in y %}" + " ".join(f"{{{{ loop.{name} }}}}" for name in names) + "\n{% endfor %}"
    ).render(y="กขค")
    own = [
        " ".join(str(getattr(LoopTurn.at(place, 3), name)) for name in names) for place in range(3)
    ]
    assert asked.split("\n")[:3] == own


def test_pieces_of_equal_statements_are_one_wherever_they_stand() -> None:
    first, second = (pieces(body) for body in ("{% if a %}<w:p/>{% endif %}", ""))
    again = pieces("<w:p>ก</w:p>\n\n{% if a %}<w:p/>{% endif %}")
    assert first is not None
    assert second is not None
    assert again is not None
    assert first.pieces[0].text == again.pieces[1].text != again.pieces[0].text
    assert second.pieces == ()


def test_what_a_piece_is_does_not_depend_on_ids() -> None:
    body = '<w:p><w:x r:id="{}"/></w:p>'
    jinja = docx.environment()
    one, other = (
        divided(jinja, BEFORE + body.format(id_) + AFTER, TAKEN.get, {id_: "\nname"})
        for id_ in ("rId1", "rId7")
    )
    assert one is not None
    assert other is not None
    assert one.pieces[0].text == other.pieces[0].text
    assert "&#10;name" in one.pieces[0].text


def test_the_letters_are_known_by_their_widths() -> None:
    assert AVERAGE.faces == AVERAGE.naming(AVERAGE.named).faces != ""
