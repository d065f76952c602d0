"""The Python that README prints runs as it stands there."""

import re
import shutil
from pathlib import Path

import pytest

from support.making import ROOT

BLOCKS = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)


def test_readme_has_python() -> None:
    assert BLOCKS
    assert any("from generator import api" in block for block in BLOCKS)


@pytest.mark.parametrize("block", BLOCKS)
def test_python_of_readme_runs(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "agreements" / "dsdw-2566", tmp_path / "agreements" / "dsdw-2566")
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "README.md", "exec"), {"__name__": "readme"})
    printed = capsys.readouterr().out
    made = sorted(path.name for path in (tmp_path / "outputs").rglob("*.*"))
    assert made == ["กอส-agreement.docx", "กอส-agreement.pdf"]
    assert "1.9000" in printed
