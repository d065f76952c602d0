"""The studio: a workspace's year in a browser, for officers who don't use a terminal.

A face like the command: pages ask ``api`` and show what it answers. No rule, no path and no score
is known here; words stand in the catalogues, which pages (``pages/*.html``) name by code.
"""
