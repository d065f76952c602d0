"""What comes from outside."""

from pathlib import Path

import pytest

from generator.errors import MissingError
from generator.workspace.environment import FACES, Workspace, here, installed_fonts


def test_the_workspace_is_the_nearest_folder_with_agreements(tmp_path: Path) -> None:
    (tmp_path / "agreements" / "x").mkdir(parents=True)
    inner = tmp_path / "agreements" / "x"
    assert here(inner, {}).root == tmp_path
    assert here(tmp_path, {"GEN_FACE": "Garuda"}).face == "Garuda"


def test_a_face_that_is_not_installed_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(MissingError) as caught:
        _ = Workspace(tmp_path, {}, "No Such Face").font
    assert "apt-get install" in caught.value.hint


def test_the_best_installed_face_is_taken(tmp_path: Path) -> None:
    families = {font.family for font in installed_fonts()}
    assert Workspace(tmp_path, {}).font == next(face for face in FACES if face in families)


def test_only_known_faces_are_seen() -> None:
    families = {font.family for font in installed_fonts()}
    assert families <= {
        *FACES,
        "Garuda",
        "DejaVu Sans",
        "DejaVu Sans Condensed",
        "DejaVu Sans Light",
    }


def test_own_templates_come_before_the_shipped_ones(tmp_path: Path) -> None:
    roots = Workspace(tmp_path, {}).template_roots
    assert roots[0] == tmp_path / "templates"
    assert (roots[1] / "docx" / "agreement.docx").is_file()
