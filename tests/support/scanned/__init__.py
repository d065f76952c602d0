"""Questionnaires that were filled in and scanned, made by chance from a seed, with known truth.

``strokes`` draws what a hand draws, ``filling`` answers a sheet, ``effects`` does to it what
printers, paper, scanners and telephones do, ``levels`` says how much of it; ``measuring`` reads
what was made and compares it with the truth.
"""
