"""The studio in a real browser: one Chromium a module of tests, a server in a thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from generator.studio import serving
from generator.studio.settings import Studio
from generator.workspace.environment import Workspace

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
SIZE = {"width": 1280, "height": 720}
SERIOUS = ("serious", "critical")


@dataclass(frozen=True)
class Served:
    """A studio that runs: its address, and the one that lets a browser in once."""

    studio: Studio
    address: str
    entry: str


@contextmanager
def served(root: Path, studio: Studio | None = None) -> Iterator[Served]:
    """A studio of a workspace, served by a thread of this process until the block ends."""
    studio = studio or Studio(Workspace(root, {}))
    listening, entry = serving.local(studio, 0)
    server = serving.server(studio)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        deadline = time.monotonic() + 20
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        yield Served(studio, entry.partition("/enter")[0], entry)
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
        studio.end()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser. It ends with the block: the loop that it needs is in others' way."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, at: Served) -> Iterator[Page]:
    """A page that was let in. What its scripts complain of, and what its policy refuses, fails."""
    context: BrowserContext = browser.new_context(viewport=SIZE, locale="th-TH")  # type: ignore[arg-type]
    said: list[str] = []
    try:
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "console",
            lambda one: said.append(one.text) if "Content Security Policy" in one.text else None,
        )
        at.studio.token.renew()
        page.goto(f"{at.address}/enter?token={at.studio.token.value}")
        yield page
    finally:
        context.close()
    assert said == []


def complaints(page: Page) -> list[str]:
    """What axe finds on a page that is serious: the rule and where, a line each."""
    # As a script of the tool's own, past the policy of the page, which stays as it is.
    page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
        ".then(found => found.violations)"
    )
    return [
        f"{one['id']}: {node['html']}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


@cache
def _axe() -> str:
    path = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    assert path.is_file(), "make setup gets what pages are looked at with (.ci/npm)"
    return path.read_text("utf-8")
