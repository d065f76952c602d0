"""Every document of every unit: made by several processes, only where something changed.

``plan`` says what is to be made, ``fingerprint`` what it depends on beside the data,
``manifest`` what was made before, ``rendering`` makes one document, ``workers`` and
``cluster`` have many made, and ``run`` holds it together.
"""
