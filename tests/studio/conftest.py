"""A browser and a studio of the shipped agencies, shared by a module's tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import Served, chromium, opened, served
from support.making import ROOT
from support.studio_workspace import example

# Machines that do other things as well take their time.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for the tests of one module."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def shipped() -> Iterator[Served]:
    """A studio of the shipped agencies, which no test changes."""
    with served(ROOT) as found:
        yield found


@pytest.fixture
def page(browser: Browser, shipped: Served) -> Iterator[Page]:
    """A page of the shipped agencies' studio, let in."""
    with opened(browser, shipped) as found:
        yield found


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A studio of a copy of the example agency, which the module's tests change."""
    with served(example(tmp_path_factory.mktemp("workspace"))) as found:
        yield found


@pytest.fixture
def own_page(browser: Browser, own: Served) -> Iterator[Page]:
    """A page of that studio, let in."""
    with opened(browser, own) as found:
        yield found
