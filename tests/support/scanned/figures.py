"""The figures of docs/scans.md, with confidence intervals, and the plot of what was measured."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from generator.scanning import judging

from .levels import LEVELS

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
"""Between these the page is written by ``make scans``."""

_POINTS = 500
_KINDS = {"empty": "#9a9a9a", "marked": "#1f5fbf", "unsure": "#d03020"}


def interval(count: int, of: int) -> tuple[float, float]:
    """The exact (Clopper-Pearson) 95 % interval of a share."""
    if not of:
        return 0.0, 1.0
    low = 0.0 if not count else _solved(lambda p: 1 - _at_most(count - 1, of, p), 0.025)
    high = 1.0 if count == of else _solved(lambda p: 1 - _at_most(count, of, p), 0.975)
    return low, high


def _solved(share: Any, wanted: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if share(middle) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_most(count: int, of: int, p: float) -> float:
    """The probability of at most so many."""
    if p <= 0 or p >= 1:
        return 1.0 if p <= 0 else float(count >= of)
    logs = math.log(p), math.log1p(-p)
    whole = math.lgamma(of + 1)
    return math.fsum(
        math.exp(
            whole - math.lgamma(k + 1) - math.lgamma(of - k + 1) + k * logs[0] + (of - k) * logs[1]
        )
        for k in range(count + 1)
    )


def sides(kept: Path) -> list[dict[str, Any]]:
    """What came of each side."""
    return [json.loads(line) for line in kept.read_text("utf-8").splitlines()]


def write(kept: Path, page: Path, plot: Path) -> None:
    """The figures of a run, in their place of the page; and the plot beside it."""
    every = sides(kept)
    text = page.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{tables(every)}\n{END}{after}", "utf-8")
    plot.write_text(drawn(every), "utf-8")


def tables(every: list[dict[str, Any]]) -> str:
    """All tables, as Markdown."""
    boxes = sum(side["boxes"] for side in every)
    found = [
        f"{len(every):,} sides, {boxes:,} boxes of accepted answers.",
        "",
        "By level:",
        "",
        *_table(
            every, [(level, lambda side, level=level: side["level"] == level) for level in LEVELS]
        ),
        "",
        "By what was done to the side:",
        "",
    ]
    counts = Counter(effect for side in every for effect in side["effects"])
    effects = [effect for effect, _ in sorted(counts.items())]
    found += _table(every, [(e, lambda side, e=e: e in side["effects"]) for e in effects])
    found += ["", "By what was drawn in the boxes of a question:", "", *_marks(every)]
    return "\n".join(found) + "\n"


def _table(every: list[dict[str, Any]], rows: Iterable[tuple[str, Any]]) -> Iterator[str]:
    yield (
        "| | sides | pages found | others' taken | accepted boxes | wrong | wrong in 1,000 (95 %)"
        " | questions | to a person (95 %) | s a side |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for name, fits in rows:
        some = [side for side in every if fits(side)]
        total: Counter[str] = Counter()
        for side in some:
            for key in ("pages", "found", "taken", "boxes", "wrong", "questions", "doubts"):
                total[key] += side[key]
        seconds = sorted(side["seconds"] for side in some)
        wrong, doubts = (
            interval(total["wrong"], total["boxes"]),
            interval(total["doubts"], total["questions"]),
        )
        yield (
            f"| {name} | {len(some):,} | {100 * total['found'] / max(1, total['pages']):.2f} %"
            f" | {total['taken']} | {total['boxes']:,} | {total['wrong']}"
            f" | {1000 * total['wrong'] / max(1, total['boxes']):.3f}"
            f" ({1000 * wrong[0]:.3f}–{1000 * wrong[1]:.3f})"
            f" | {total['questions']:,}"
            f" | {100 * total['doubts'] / max(1, total['questions']):.2f} %"
            f" ({100 * doubts[0]:.2f}–{100 * doubts[1]:.2f})"
            f" | {seconds[len(seconds) // 2] if seconds else 0:.2f} |"
        )


def _marks(every: list[dict[str, Any]]) -> Iterator[str]:
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for side in every:
        for key, count in side["by_mark"].items():
            what, _, kind = key.rpartition(" ")
            total[what][kind] += count
    yield "| | questions | to a person | wrong boxes |"
    yield "|---|---:|---:|---:|"
    for what, counts in sorted(total.items()):
        share = 100 * counts["doubts"] / max(1, counts["questions"])
        yield f"| {what} | {counts['questions']:,} | {share:.2f} % | {counts['wrong']} |"


def drawn(every: list[dict[str, Any]]) -> str:
    """The plot: how much of a box is ink against how dark it is, on scales of square roots."""
    chance = Random(1)
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for side in every:
        for what, cover, mean, state in side["features"]:
            left = what in ("empty", "ghost")
            kind = state if state == "unsure" else "empty" if left else "marked"
            if kind == "marked" and what in ("circle", "words"):
                continue  # drawn outside their box
            points[kind].append((cover, mean))
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 420" font-family="sans-serif"'
        ' font-size="12">',
        '<rect width="640" height="420" fill="#fff"/>',
    ]

    def x(cover: float) -> float:
        return 60 + 540 * math.sqrt(max(0.0, min(1.0, cover)))

    def y(mean: float) -> float:
        return 370 - 340 * math.sqrt(max(0.0, min(1.0, mean)))

    for share in (0, 0.01, 0.05, 0.1, 0.25, 0.5, 1):
        lines.append(f'<text x="{x(share):.0f}" y="388" text-anchor="middle">{share}</text>')
        lines.append(f'<text x="52" y="{y(share) + 4:.0f}" text-anchor="end">{share}</text>')
    lines.append('<path d="M60 30V370H600" fill="none" stroke="#000"/>')
    for bound, name in (
        (judging.EMPTY, "empty below"),
        (judging.MARKED, "marked above"),
        (judging.FILLED, "filled above"),
    ):
        lines.append(
            f'<path d="M{x(bound):.1f} 30V370" stroke="#000" stroke-dasharray="4 3"/>'
            f'<text x="{x(bound) + 3:.1f}" y="26">{name} {bound}</text>'
        )
    for index, (kind, colour) in enumerate(_KINDS.items()):
        some = points[kind]
        for cover, mean in chance.sample(some, min(_POINTS, len(some))):
            lines.append(
                f'<circle cx="{x(cover):.1f}" cy="{y(mean):.1f}" r="1.8" fill="{colour}"'
                ' fill-opacity=".6"/>'
            )
        lines.append(
            f'<circle cx="{70 + 110 * index}" cy="10" r="4" fill="{colour}"/>'
            f'<text x="{78 + 110 * index}" y="14">{kind}</text>'
        )
    lines.append(
        '<text x="330" y="410" text-anchor="middle">share of the inside that is ink</text>'
    )
    lines.append(
        '<text transform="translate(16 200) rotate(-90)" text-anchor="middle">'
        "how dark the inside is</text>"
    )
    return "\n".join([*lines, "</svg>"]) + "\n"
