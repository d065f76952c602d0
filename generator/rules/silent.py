"""What had nothing to say of an indicator has nothing to say of one with the same data.

Units of an agency use the same indicators, and a document is made again after one word changed.
Only that there was nothing is kept: a fault has a place, which is each file's own.
"""

from __future__ import annotations

import hashlib
import json

from ..agreements.yaml_tree import Plain
from ..workspace.recently_used import RecentlyUsed

MOST = 4000
"""So many indicators a process remembers."""


KNOWN = RecentlyUsed[bytes, bool](MOST)
"""Indicators of which there was nothing to say, by the hash of their data."""


def key_of(around: str, said: Plain) -> bytes:
    """The hash of an indicator's data, and of what else a rule looks at."""
    text = json.dumps([around, said], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
