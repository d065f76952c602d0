"""Makes documents in a process of its own, under its environment: ``remake.py FOLDER NAME…``.

A name is kind and subject as in making.py (``agreement/blank dsdw-2566``); so are the files.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Write the documents, in the order they are named."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    from generator.workspace.environment import Workspace
    from support import making

    making.WORLD = Workspace(ROOT, os.environ)
    target, *names = sys.argv[1:]
    for name in names:
        kind, _, subject = name.partition("/")
        for extension, data in making.fresh(kind, subject).items():
            Path(target, f"{kind}-{subject}.{extension}".replace(":", "-")).write_bytes(data)


if __name__ == "__main__":
    main()
