"""Scanned questionnaires: pages found, straightened, and their boxes judged.

``prints`` are the sheets as they were printed; ``pictures`` opens what was scanned; ``finding``
says which page a picture shows, ``straightening`` lays it on the print, ``ink`` is what was added
to it, ``strokes`` whose it is, ``judging`` what a box says and ``answering`` what a question does.
"""
