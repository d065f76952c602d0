"""What the tests share: the workspace, and the documents, each made once a run."""

import gc
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from generator.agreements import lookup
from generator.messages import LANGUAGES, catalogue
from generator.workspace.environment import PARTS, Workspace
from support import making, shared

# How long a case takes says how busy the machine is, and nothing of gen.
settings.register_profile("plain", deadline=None)
settings.load_profile("plain")


def pytest_configure(config: pytest.Config) -> None:
    """Speak English, and name folders for what the run's processes make only once.

    The processes take both over. Documents are made of parts that others have laid out already:
    what a part is, doesn't depend on who laid it out, and tests that show so keep none.
    """
    os.environ["GEN_LANG"] = "en"
    gc.set_threshold(100_000, 20, 50)  # most of what tests hold lives to the end
    for language in LANGUAGES:
        catalogue.load(language)  # compiled before anybody else needs it
    if shared.FOLDER not in os.environ:
        folder = tempfile.mkdtemp(prefix="gen-tests-")
        os.environ |= {shared.FOLDER: folder, PARTS: str(Path(folder, "parts"))}

        def clear() -> None:
            del os.environ[shared.FOLDER], os.environ[PARTS]
            shutil.rmtree(folder, ignore_errors=True)

        config.add_cleanup(clear)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that fork come before those that start Java in their process.

    A child that is forked from a process with many threads may wait for ever for a lock that one
    of them held.
    """
    items.sort(key=lambda item: "/test_hostile_inputs.py::" not in item.nodeid)


class Agreements(dict[str, Mapping[str, bytes]]):
    """Agreements without sheets, by unit, or by agency for its blank form; then by format."""

    def __missing__(self, name: str) -> Mapping[str, bytes]:
        found = lookup.find(making.WORLD, name)
        subject = name if found.unit is not None else f"blank {name}"
        self[name] = making.made("agreement", subject, sheets=False)
        return self[name]


@pytest.fixture(scope="session")
def world() -> Workspace:
    """The repository as a workspace, whatever the environment says."""
    return making.WORLD


@pytest.fixture(scope="session")
def made() -> Mapping[str, Mapping[str, bytes]]:
    """The agreements: ``made["กอส"]["pdf"]``, ``made["dsdw-2566"]["docx"]`` (the blank form)."""
    return Agreements()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with copies of the shipped agencies, for tests that change or write."""
    shutil.copytree(making.ROOT / "agreements", tmp_path / "agreements")
    return tmp_path
