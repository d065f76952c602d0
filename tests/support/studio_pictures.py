"""Pictures of the studio's main pages, as README shows them: ``make pictures``."""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from support.browser import ROOT, Served, chromium, opened, served

PLACE = ROOT / "docs" / "pictures"
AGENCY, UNIT = "example-2570", "ตัวอย่าง-ก"
_COLOURS = 48
"""So few colours are enough for letters, and make a picture small."""


def main() -> None:
    """Draw them."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "agreements" / AGENCY, root / "agreements" / AGENCY)
        with served(root) as at, chromium() as browser, opened(browser, at) as page:
            _draw(at, page)


def _draw(at: Served, page: Page) -> None:
    unit = f"{at.address}/agency/{AGENCY}/unit/{UNIT}"
    page.goto(f"{at.address}/agency/{AGENCY}")
    page.wait_for_selector("#units:not([aria-busy])")
    _keep(page, "home")
    page.goto(f"{unit}/weights")
    page.locator("#weights input[data-figure]").first.fill("27.5")
    page.wait_for_timeout(2000)  # the page beside follows
    _keep(page, "weights")
    page.locator("[data-act=discard]").click()
    page.wait_for_timeout(1500)
    page.goto(f"{unit}/criteria")
    _keep(page, "criteria")
    page.goto(f"{unit}/results?round=2")
    if page.locator(".result").count():
        _keep(page, "results")


def _keep(page: Page, name: str) -> None:
    said = page.locator("#beside-said")
    if said.count():
        expect(said).to_contain_text("ตามที่จะพิมพ์", timeout=60_000)
    shot = Image.open(io.BytesIO(page.screenshot()))
    few = shot.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    PLACE.mkdir(parents=True, exist_ok=True)
    few.save(PLACE / f"studio-{name}.png", optimize=True)


if __name__ == "__main__":
    main()
