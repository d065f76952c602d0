"""Texts made by chance, for more than one test."""

from __future__ import annotations

from hypothesis import strategies as st

yaml_like = st.text(st.sampled_from(" \n\t\r:-[]{},#&*!|>'\"%@`?~<.0aก่\\x\u2028\ufeff\x07"))
