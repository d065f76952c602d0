"""From the finished agreement to the signed one, and to the proof that it is.

A signature is added to the file (PAdES, ISO 32000-2, 12.8; ETSI EN 319 142) and changes nothing
in it. What was signed lies in ``signed/<agency>/<unit>/``; no other part of gen writes there.
"""

from __future__ import annotations

import logging


def _quiet() -> None:
    """Keep what the signing libraries log to themselves; it may quote a document or a name."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)


_quiet()
