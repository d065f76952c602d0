"""Why the system refuses a file is said in the language of whoever reads it."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from generator.errors import FileError
from generator.messages import speaking
from generator.workspace import confined, reasons

KNOWN = sorted(reasons._REASONS)


@pytest.mark.parametrize("number", KNOWN, ids=errno.errorcode.get)
def test_a_reason_is_the_systems_own_in_english_and_thai_in_thai(number: int) -> None:
    error = OSError(number, os.strerror(number), "ก")
    if number not in (errno.ETXTBSY, errno.ENFILE):  # told as their likes are
        assert str(reasons.why(error)) == os.strerror(number)
    with speaking("th"):
        assert not re.search("[A-Za-z]", str(reasons.why(error)))


def test_a_reason_that_is_not_known_is_said_as_the_system_does() -> None:
    error = OSError(errno.ENOTBLK, os.strerror(errno.ENOTBLK))
    with speaking("th"):
        assert reasons.why(error) == os.strerror(errno.ENOTBLK)
    assert reasons.why(OSError()) == "OSError"


def test_a_file_that_is_none_is_told_in_thai(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.yaml"):
        with pytest.raises(FileError) as caught:
            confined.read_bytes(path)
        with speaking("th"):
            assert not re.search("[a-z]{3} [a-z]", caught.value.message)
