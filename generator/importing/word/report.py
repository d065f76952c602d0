"""The page with each line of the source beside what became of it: sure, guessed, left over."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ...messages import message, spoken
from . import files
from .pieces import Line

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
td:first-child{
  width:11rem;
  color:#555}
tr.sure td:last-child{
  background:#e6f4e6}
tr.guess td:last-child{
  background:#fff3cd}
tr.left td:last-child{
  background:#f8d7da}
tr.form td:last-child{
  background:#eee}
.key{
  display:inline-block;
  min-width:1.4rem;
  border:1px solid #999;
  padding:0 .4rem;
  margin-right:1rem}
.key.sure{
  background:#e6f4e6}
.key.guess{
  background:#fff3cd}
.key.left{
  background:#f8d7da}
.key.form{
  background:#eee}
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
    for kind, words in _KINDS.items():
        out.append(f'<span class="key {kind}">{escape(str(words))}</span>')
    out.append("</p>")
    heads = "".join(f"<th>{escape(str(words))}</th>" for words in _HEADS)
    for text in made.texts:
        lines = list(text.lines())
        left = {id(one.line) for one in made.left}
        out.append(f"<h2>{escape(text.name)}</h2><p>")
        count = sum(1 for one in made.left if one.file == text.name)
        out.append(escape(str(message("import-report-count", lines=len(lines), left=count))))
        out.append(f"</p><table><thead><tr>{heads}</tr></thead><tbody>")
        for line in _lines(made, text.name) or lines:
            out.append(_row(made, line, id(line) in left, guesses))
        out.append("</tbody></table>")
    out.append("</body></html>\n")
    return "".join(out).encode()


def _lines(made: Imported, name: str) -> list[Line]:
    return [line for file, line in made.lines if file == name]


def _row(
    made: Imported,
    line: Line,
    is_left: bool,
    guesses: dict[tuple[str, tuple[str | int, ...]], list[str]],
) -> str:
    places = made.account.at.get(line, [])
    told: list[str] = []
    guessed: list[str] = []
    for file, path, words in places:
        name = f"{file}: {'.'.join(str(step) for step in path)}"
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
    return (
        f'<tr class="{kind}"><td>{escape(str(line.where.said()))}</td>'
        f"<td>{escape(line.said)}</td><td>{'<br>'.join(told)}</td></tr>"
    )
