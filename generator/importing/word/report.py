"""The page with each line of the source beside what became of it: sure, guessed, left over."""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ...messages import message, spoken
from . import files
from .pieces import Line, WordText

if TYPE_CHECKING:
    from . import Imported

_STYLE = """
body{
  font:16px/1.5 "TH Sarabun New","TH SarabunPSK",Laksaman,sans-serif;
  margin:2rem auto;
  max-width:75rem;
  padding:0 1rem;
  color:#222}
h1{
  font-size:1.6rem}
h2{
  font-size:1.3rem;
  margin-top:2rem}
table{
  border-collapse:collapse;
  width:100%}
th,td{
  border:1px solid #bbb;
  padding:.3rem .5rem;
  text-align:left;
  vertical-align:top;
  overflow-wrap:anywhere}
th{
  position:sticky;
  top:0;
  background:#fff}
td:first-child{
  width:9rem;
  color:#555}
td:nth-child(2){
  width:36%}
tr.sure td:last-child,.key.sure{
  background:#e6f4e6;
  border-left:4px solid #2e7d32}
tr.guess td:last-child,.key.guess{
  background:#fff3cd;
  border-left:8px double #8a6100}
tr.left td:last-child,.key.left{
  background:#f8d7da;
  border-left:10px solid #a01020}
tr.left td{
  font-weight:bold}
tr.form td:last-child,.key.form{
  background:#eee;
  border-left:4px dotted #777}
.key{
  display:inline-block;
  border:1px solid #999;
  padding:0 .5rem;
  margin:0 .6rem .4rem 0}
.key input{
  margin-right:.4rem}
.sign{
  display:inline-block;
  width:1.3rem;
  font-weight:bold}
body:has(#show-sure:not(:checked)) tr.sure,
body:has(#show-guess:not(:checked)) tr.guess,
body:has(#show-left:not(:checked)) tr.left,
body:has(#show-form:not(:checked)) tr.form{
  display:none}
@media print{
  body{
    margin:0;
    max-width:none;
    print-color-adjust:exact;
    -webkit-print-color-adjust:exact}
  tr{
    break-inside:avoid}
  .key input{
    display:none}}
code{
  font-size:.85em;
  color:#333}
"""


_KINDS = {
    "sure": message("import-report-sure"),
    "guess": message("import-report-guess"),
    "left": message("import-report-left"),
    "form": message("import-report-form"),
}
_SIGNS = {"sure": "✓", "guess": "?", "left": "✗", "form": "–"}
"""What tells the kinds apart where there are no colours."""

_HEADS = (
    message("import-report-place"),
    message("import-report-source"),
    message("import-report-result"),
)


def page(made: Imported, folder: Path) -> bytes:
    """The page, whole in one file: no script, nothing from elsewhere."""
    guesses = {
        (name, path): [str(one)]
        for name, data in made.drafted.files.items()
        for path, one in files.notes(data)
    }
    title = escape(str(message("import-report-title", agency=folder.name)))
    out = [
        f'<!DOCTYPE html><html lang="{spoken()}"><head><meta charset="utf-8">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1><p>",
    ]
    rows = {
        text.name: [_row(made, line, guesses) for line in _lines(made, text)] for text in made.texts
    }
    counts = Counter(kind for one in rows.values() for kind, _ in one)
    for kind, words in _KINDS.items():
        sign = f'<span class="sign">{_SIGNS[kind]}</span>'
        out.append(
            f'<label class="key {kind}"><input type="checkbox" id="show-{kind}" checked>'
            f"{sign}{escape(str(words))}: {counts[kind]:,}</label>"
        )
    out.append("</p>")
    heads = "".join(f"<th>{escape(str(words))}</th>" for words in _HEADS)
    for text in made.texts:
        out.append(f"<h2>{escape(text.name)}</h2><p>")
        count = sum(1 for one in made.left if one.file == text.name)
        lines = len(rows[text.name])
        out.append(escape(str(message("import-report-count", lines=lines, left=count))))
        out.append(f"</p><table><thead><tr>{heads}</tr></thead><tbody>")
        out += [row for _, row in rows[text.name]]
        out.append("</tbody></table>")
    out.append("</body></html>\n")
    return "".join(out).encode()


def _lines(made: Imported, text: WordText) -> list[Line]:
    return [line for file, line in made.lines if file == text.name] or list(text.lines())


def _row(
    made: Imported,
    line: Line,
    guesses: dict[tuple[str, tuple[str | int, ...]], list[str]],
) -> tuple[str, str]:
    """What became of a line, and its row."""
    is_left = any(one.line is line for one in made.left)
    places = made.account.at.get(line, [])
    told: list[str] = []
    guessed: list[str] = []
    for file, path, words in places:
        steps = (str(step + 1) if isinstance(step, int) else step for step in path)
        name = f"{file}: {'/'.join(steps)}"
        entry = f"<code>{escape(name)}</code> {escape(words)}"
        if entry not in told:
            told.append(entry)
        for length in range(len(path), 0, -1):
            for one in guesses.get((file, path[:length]), ()):
                if one not in guessed:
                    guessed.append(one)
    kind = "left" if is_left else "guess" if guessed else "sure" if places else "form"
    if is_left:
        told.append(escape(str(message("import-report-left"))))
    elif not places:
        told.append(escape(str(message("import-report-form"))))
    told += [f"<em>{escape(one)}</em>" for one in guessed]
    return kind, (
        f'<tr class="{kind}"><td>{escape(str(line.where.said()))}</td>'
        f'<td>{escape(line.said)}</td><td><span class="sign">{_SIGNS[kind]}</span>'
        f"{'<br>'.join(told)}</td></tr>"
    )
