"""The people who may come into a studio that serves several."""

from __future__ import annotations

from pathlib import Path

from .. import thai
from ..agreements.files import read_file
from ..diagnostics import fault
from ..errors import stop_on
from ..model.accounts import Account, Accounts, TrustedProxy

__all__ = ["Account", "Accounts", "TrustedProxy", "read"]


def read(path: Path) -> Accounts:
    """The users that a file names. Raises DataError with the places of what is wrong, FileError."""
    file = read_file(path, Accounts)
    stop_on(file.faults)
    assert file.model is not None, "a file without a model has an error"
    seen: set[str] = set()
    faults = []
    for place, one in enumerate(file.model.users):
        name = thai.folded(one.name)
        if name in seen:
            where = file.node.find(("users", place, "name")).location
            faults.append(fault("user-named-twice", where, name=one.name))
        seen.add(name)
    stop_on(faults)
    return file.model
