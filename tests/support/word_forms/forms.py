"""Word files as agencies would have typed them: units of the four sources, and others."""

from collections.abc import Callable

from generator.model import UnitIndicator
from support.word_forms import pages
from support.word_forms.others import OTHERS
from support.word_forms.sources import source
from support.word_forms.typing import Typist

DSDW, MOI, CDD, DIP = "dsdw-2566", "moi-2547", "cdd-2561", "dip-2558"


def _agreement_on_pages(hand: Typist) -> None:
    """A division's agreement; the table of two rounds breaks over pages and repeats its head."""
    one = source(DSDW, "กอส")
    pages.front(hand, one, tabs=True)
    pages.criteria(hand, one, one.items, page_of=3)


def _agreement_all_merged(hand: Typist) -> None:
    one = source(DSDW, "กคส")
    pages.front(hand, one, controls=True)
    pages.duties(hand, one)
    pages.criteria(hand, one, one.items, sections_as_bold=True)


def _summary(hand: Typist) -> None:
    """The summary with past years, in Thai digits."""
    one = source(DSDW, "กพพ")
    pages.summary(hand, one, one.items)


def _sheets_in_lines(hand: Typist) -> None:
    """Sheets by labels of other words and spacing, levels one below the other."""
    one = source(DSDW, "กสค")
    for item in one.items[:5]:
        pages.sheet(hand, one, item, other_labels=True, levels="below")


def _sheets_as_tables(hand: Typist) -> None:
    """Sheets as tables of two columns, labels on the left."""
    one = source(DSDW, "กยผ")
    for item in one.items[1:6]:
        pages.sheet_table(hand, one, item)


def _sheets_changed(hand: Typist) -> None:
    """Sheets with tracked changes, text boxes and a drawn equation."""
    one = source(DSDW, "กพพ")
    chosen = [item for item in one.items if item.key in ("bcg", "disbursement", "ita")]
    for item in chosen:
        pages.sheet(hand, one, item, changes=True, omml=True)


def _ministry(hand: Typist) -> None:
    """The agreement of a ministry: clauses, chapters, a table for each dimension."""
    one = source(MOI, "สำนักงานปลัดกระทรวงอุตสาหกรรม")
    pages.front(hand, one, names=True)
    pages.dimension_tables(hand, one)


def _ministry_tabs(hand: Typist) -> None:
    """The same indicators in columns that are tabs."""
    one = source(MOI, "สำนักงานปลัดกระทรวงอุตสาหกรรม")
    hand.line("ตัวชี้วัดผลการปฏิบัติราชการ", bold=True, centre=True)
    hand.line("สำนักงานปลัดกระทรวงอุตสาหกรรม", centre=True)
    hand.line("ประจำปีงบประมาณ พ.ศ. 2547", centre=True)
    pages.tabbed(hand, one, one.items[:12])


def _memorandum(hand: Typist) -> None:
    """A memorandum goal by goal, its head again on each of four pages."""
    one = source(CDD, "พัฒนาการอำเภอ")
    pages.memorandum(hand, one, page_of=3)


def _memorandum_boxed(hand: Typist) -> None:
    """The same in Thai digits, its title in a box, a goal merged over rows."""
    one = source(CDD, "พัฒนาการอำเภอ")
    pages.memorandum(hand, one, boxed=True, page_of=9)


def _one_round(hand: Typist) -> None:
    """A department's indicators with numbers of parts, one round, in plain cells."""
    one = source(DIP, "กรมส่งเสริมอุตสาหกรรม")
    pages.simple(hand, one, [item for item in one.items if _has_levels(item)])


def _provinces(hand: Typist) -> None:
    """A sheet with its table of provinces."""
    one = source(DSDW, "กคส")
    item = next(item for item in one.items if item.key == "household")
    pages.sheet(hand, one, item)
    pages.provinces(hand)


def _plan(hand: Typist) -> None:
    """A sheet with its plan: months in columns, shaded cells."""
    one = source(DSDW, "กยผ")
    item = next(item for item in one.items if item.key == "alerts")
    pages.sheet(hand, one, item)
    pages.plan(hand)


def _composite(hand: Typist) -> None:
    """Sheets whose levels are of two parts, beside the table that joins them in a cell."""
    one = source("example-2570", "ตัวอย่าง-ก")
    pages.criteria(hand, one, one.items)
    for item in one.items:
        pages.sheet(hand, one, item, other_labels=True)


def _report(hand: Typist) -> None:
    """A report of results: levels, result, score, weight."""
    one = source(DSDW, "กอส")
    chosen = [item for item in one.items if _has_levels(item)]
    pages.report(hand, one, chosen)


def _quarters(hand: Typist) -> None:
    """Four rounds, a table each, numbered by Word."""
    one = source("example-hospital-2570", "โรงพยาบาล-ก")
    pages.front(hand, one, tabs=True)
    pages.quarters(hand, one)


def _has_levels(item: UnitIndicator) -> bool:
    return any(c.levels for c in item.indicator.criteria.values())


FORMS: dict[str, tuple[Callable[[Typist], None], bool, int]] = {
    "agreement-on-pages": (_agreement_on_pages, False, 0),
    "agreement-merged": (_agreement_all_merged, False, 1),
    "summary-thai-digits": (_summary, True, 2),
    "sheets-in-lines": (_sheets_in_lines, False, 1),
    "sheets-as-tables": (_sheets_as_tables, False, 2),
    "sheets-changed": (_sheets_changed, False, 0),
    "ministry": (_ministry, False, 1),
    "ministry-tabs": (_ministry_tabs, False, 0),
    "memorandum-on-pages": (_memorandum, False, 2),
    "memorandum-boxed": (_memorandum_boxed, True, 0),
    "one-round": (_one_round, False, 1),
    "provinces": (_provinces, False, 0),
    "plan": (_plan, False, 2),
    "two-parts": (_composite, False, 0),
    "report": (_report, False, 1),
    "quarters": (_quarters, False, 2),
    **OTHERS,
}
"""By name: who types it, whether in Thai digits, and with which habits of spacing."""


def made(name: str) -> Typist:
    """One of the forms, typed."""
    form, thai_digits, mess = FORMS[name]
    hand = Typist(thai_digits=thai_digits, mess=mess)
    form(hand)
    return hand
