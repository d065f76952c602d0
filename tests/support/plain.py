"""WeasyPrint as it comes, for comparison: HTML on stdin, the face as argument, PDF on stdout.

Run as a program of its own, so that gen's adaptation is not there.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Write the PDF as gen's writer does, without what it changes."""
    os.environ["FONTCONFIG_FILE"] = str(ROOT / "generator" / "workspace" / "fonts.conf")
    import weasyprint

    sheet = (ROOT / "templates" / "html" / "print.css").read_text("utf-8")
    style = weasyprint.CSS(
        string=f'html {{ font-family: "{sys.argv[1]}", "DejaVu Sans" }}\n{sheet}'
    )
    document = weasyprint.HTML(string=sys.stdin.buffer.read().decode("utf-8"))
    data = document.write_pdf(stylesheets=[style], pdf_variant="pdf/a-3a")
    assert not any(name.startswith("generator") for name in sys.modules)
    sys.stdout.buffer.write(data)


if __name__ == "__main__":
    main()
