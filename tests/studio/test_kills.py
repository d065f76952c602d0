"""The server is killed while it saves: a file is the old or the new one, what is typed is there.

``KILLS=100`` kills so often; each kill costs a start of the server.
"""

import contextlib
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote

from generator import api
from generator.workspace.environment import Workspace
from support.making import ROOT
from support.studio_workspace import example

KILLS = int(os.environ.get("KILLS", "3"))
UNIT = "ตัวอย่าง-ก"


class Server:
    """A studio in a process of its own, as the command runs it, and somebody who was let in."""

    def __init__(self, root: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "generator", "studio", "--no-open"],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        out: IO[str] | None = self.process.stdout
        assert out is not None
        self.address, _, path = out.readline().strip().removeprefix("http://").partition("/")
        connection = http.client.HTTPConnection(self.address, timeout=60)
        connection.request("GET", f"/{path}")
        self.cookie = connection.getresponse().headers["Set-Cookie"].partition(";")[0]
        connection.close()

    def post(self, page: str, **sent: object) -> int:
        path = quote(f"/agency/example-2570/unit/{UNIT}/{page}")
        head = {
            "Origin": f"http://{self.address}",
            "Cookie": self.cookie,
            "Content-Type": "application/json",
        }
        connection = http.client.HTTPConnection(self.address, timeout=60)
        try:
            connection.request("POST", path, json.dumps(sent), head)
            return connection.getresponse().status
        finally:
            connection.close()

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def _save(server: Server) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):  # it was killed
        server.post("save")


def test_what_is_saved_is_whole_and_what_is_typed_is_kept(tmp_path: Path) -> None:
    root = example(tmp_path)
    workspace = Workspace(root, {})
    folder = root / "agreements" / "example-2570"
    path = folder / f"{UNIT}.yaml"
    place = api.editing.FieldPlace(path.name, ("duties", 0))
    chance, longest, kept, old = random.Random(7), 0.0, [0, 0], path.read_bytes()
    for number in range(KILLS):
        server = Server(root)
        try:
            typed = f"หน้าที่ครั้งที่ {number} " + "ก" * chance.randrange(2000)
            edit = {"do": "type", "at": place.address, "text": typed}
            assert server.post("edit", edits=[edit], what="duties") == 200
            assert path.read_bytes() == old
            new = api.editing.Desk(workspace, folder).file(path.name).data
            assert typed.encode() in new
            saving = threading.Thread(target=_save, args=(server,))
            began = time.monotonic()
            saving.start()
            if not number:
                saving.join()  # how long it takes, whole
                longest = time.monotonic() - began
            time.sleep(chance.random() ** 2 * longest)  # files are written early
        finally:
            server.kill()
        saving.join()
        there = path.read_bytes()
        assert there in (old, new)
        kept[there == new] += 1
        desk = api.editing.Desk(workspace, folder)
        assert desk.file(path.name).data == new, "what was typed is offered again"
        assert desk.unsaved() == (() if there == new else (path.name,))
        old = there
    print(f"{KILLS} kills: the old file {kept[0]} times, the new one {kept[1]} times")
