"""docs/architecture.md speaks of modules and folders that are there."""

import re

from support.making import ROOT


def test_the_docs_name_what_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = re.findall(r"`([\w/.-]+/[\w.-]*)`", text)
    assert len(named) > 50
    inputs = {"signed/", "docx/", "html/"}
    places = (ROOT, ROOT / "generator", ROOT / "templates")
    missing = [
        name
        for name in named
        if name not in inputs
        and not any((place / name).exists() or (place / f"{name}.py").exists() for place in places)
    ]
    assert missing == []
