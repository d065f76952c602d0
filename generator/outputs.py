"""Where documents go, and how they get there: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .errors import FileError


def target(base: Path, agency: str, unit: str, kind: str, extension: str) -> Path:
    """``<base>/<agency>/<unit>/<unit>-<kind>.<extension>``."""
    return base / agency / unit / f"{unit}-{kind}.{extension}"


TEMPORARY = ".gen-batch-"
"""How the names of a batch's files begin before they stand in their places."""


def publish(files: Mapping[Path, bytes], prefix: str = ".gen-") -> None:
    """Put all files in place, each by an atomic replace.

    Everything is on disk under temporary names, which begin with ``prefix``, before the first
    file is replaced; when that fails nothing is published. Raises FileError.
    """
    ready: dict[Path, str] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=prefix, dir=path.parent)
            ready[path] = name
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o644)
        for path, name in ready.items():
            os.replace(name, path)
    except OSError as error:
        raise FileError(
            f"can't write {error.filename or 'the documents'}: {error.strerror}",
            "close the file if it is open, and check the folder and the free space",
        ) from error
    finally:
        for name in ready.values():
            with contextlib.suppress(OSError):
                os.unlink(name)
