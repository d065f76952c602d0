"""What reading an archive (.docx, .xlsx) from a stranger may raise."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

NO_ARCHIVE = (
    *(zipfile.BadZipFile, EOFError, OSError, ValueError, struct.error),
    *(NotImplementedError, RuntimeError),  # another way of packing, and a password
)
"""What says that it is none, or none that can be opened."""

DAMAGED = (*NO_ARCHIVE, zlib.error, lzma.LZMAError)
"""What says that, or that a part of it can't be unpacked."""
