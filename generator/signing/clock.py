"""The time of day in Thailand, which has one zone and no summer time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

THAI_TIME = timezone(timedelta(hours=7), "ICT")


def shown(moment: datetime) -> str:
    """``2026-11-20 14:35``, in Thailand."""
    return moment.astimezone(THAI_TIME).strftime("%Y-%m-%d %H:%M")
