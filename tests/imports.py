"""Renews the figures of docs/import.md: ``make imports``."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from support.word_forms import FORMS, made, measure

PAGE = Path(__file__).parents[1] / "docs" / "import.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def table() -> str:
    """The figures of every typed form, a row each."""
    rows = [
        "| form | cells | at the right key | figures altered | words lost | lines left over |",
        "|---|---|---|---|---|---|",
    ]
    cells = right = 0
    for name, (form, _, _) in FORMS.items():
        hand = made(name)
        found, _ = measure(hand.bytes(), hand.expected, hand.words, Path("/agreements/typed"))
        cells, right = cells + found.cells, right + found.right
        about = (form.__doc__ or name).strip().split("\n")[0].rstrip(".")
        rows.append(
            f"| {name}: {about[0].lower()}{about[1:]} | {found.cells} | {found.share:.1%} | "
            f"{len(found.figures)} | {len(found.lost)} | {found.left} |"
        )
    rows.append(f"| all | {cells} | {right / cells:.1%} | | | |")
    return "\n".join(rows)


def main() -> None:
    """Write the table into the page."""
    text = PAGE.read_text("utf-8")
    made_table = f"{BEGIN}\n\n{table()}\n\n{END}"
    new = re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: made_table, text, flags=re.S)
    PAGE.write_text(new, "utf-8")


if __name__ == "__main__":
    main()
