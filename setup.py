"""Compiles the catalogues of sentences; everything else stands in ``pyproject.toml``."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

LANGUAGES = ("en", "th")
CATALOGUE = Path(__file__).parent / "generator/messages/catalogue.py"


class BuildWithCatalogues(build_py):
    """Writes ``<language>.mo`` beside the catalogues before files are collected."""

    def run(self) -> None:
        """Compile, then build as ever."""
        spec = spec_from_file_location("catalogue", CATALOGUE)
        catalogue = module_from_spec(spec)
        sys.modules[spec.name] = catalogue  # its dataclasses look themselves up there
        spec.loader.exec_module(catalogue)
        for language in LANGUAGES:
            catalogue.write(language)
        super().run()


setup(cmdclass={"build_py": BuildWithCatalogues})
