"""WeasyPrint as its manual shows it, in a process of its own, where nothing of gen's adaptation is.

Arguments: a folder of documents (``1.html`` with ``1.css``, ``1.png`` being the code that it shows,
and ``1.yaml``, which is attached where it is there) and how often each is made. Writes ``1.pdf``
and prints the least processor time of each, in seconds, as JSON.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def main() -> None:
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    os.environ["FONTCONFIG_FILE"] = str(ROOT / "generator" / "workspace" / "fonts.conf")
    import weasyprint

    class Given(weasyprint.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            answer = weasyprint.urls.URLFetcherResponse
            data = path.with_suffix(".png").read_bytes()
            return answer(url, data, {"Content-Type": "image/png"})

    least: dict[str, float] = {}
    for path in sorted(folder.glob("*.html")):
        source = path.with_suffix(".yaml")
        for _ in range(rounds):
            start = time.process_time()
            sheet = weasyprint.CSS(string=path.with_suffix(".css").read_text("utf-8"))
            attached = [weasyprint.Attachment(filename=str(source))] if source.exists() else []
            weasyprint.HTML(string=path.read_text("utf-8"), url_fetcher=Given()).write_pdf(
                str(path.with_suffix(".pdf")),
                stylesheets=[sheet],
                pdf_variant="pdf/a-3a",
                attachments=attached,
            )
            spent = time.process_time() - start
            least[path.stem] = min(spent, least.get(path.stem, spent))
    assert not any(name.startswith("generator") for name in sys.modules)
    print(json.dumps(least))


if __name__ == "__main__":
    main()
