"""gen doctor."""

from pathlib import Path

from generator.api import doctor
from generator.workspace.environment import Workspace


def test_everything_needed_is_found_here() -> None:
    findings = doctor.examine(Workspace(Path.cwd(), {}))
    assert all(finding.good for finding in findings if not finding.optional)
    names = " ".join(str(finding.what) for finding in findings)
    for wanted in ("Pango", "libthai", "WeasyPrint", "documents are set in", "soffice"):
        assert wanted in names


def test_a_missing_face_is_said_with_a_remedy() -> None:
    findings = doctor.examine(Workspace(Path.cwd(), {}, "No Such Face"))
    bad = [finding for finding in findings if not finding.good]
    assert [str(finding.what) for finding in bad] == ["font for documents"]
    assert "apt-get install" in bad[0].remedy
