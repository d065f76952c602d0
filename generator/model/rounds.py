"""The rounds that a year can have; which of them an agency has, ``Agency.round_ids`` says."""

from __future__ import annotations

from typing import Literal

RoundId = Literal["1", "2"]
"""What a round is called wherever it is named: รอบ 6 เดือน, รอบ 12 เดือน."""
