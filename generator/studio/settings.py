"""What one studio is: its workspace, who may come in, and what is going on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .access import EntryToken, Sessions
from .standings import Standings
from .work import WorkGoingOn

if TYPE_CHECKING:
    from .. import api

LOCAL = ("127.0.0.1", "localhost")
"""What a browser on the same machine may call this one."""


@dataclass(slots=True)
class Studio:
    """A running studio. ``hosts`` and ``origins`` are what browsers may have called it."""

    workspace: api.workspaces.Workspace
    language: str = "th"
    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    token: EntryToken = field(default_factory=EntryToken)
    sessions: Sessions = field(default_factory=Sessions)
    cookie: str = "gen-studio"
    standings: Standings = field(default_factory=Standings)
    work: WorkGoingOn = field(default_factory=WorkGoingOn)

    @property
    def is_behind_tls(self) -> bool:
        """Whether browsers come by https alone, through a proxy."""
        return bool(self.origins) and all(one.startswith("https:") for one in self.origins)

    def answers_to(self, port: int) -> None:
        """Be known as what this machine calls itself, at a port."""
        self.hosts = frozenset(f"{name}:{port}" for name in LOCAL)
        self.origins = frozenset(f"http://{host}" for host in self.hosts)
        # Cookies don't know ports: two studios on one machine keep theirs apart by name.
        self.cookie = f"gen-studio-{port}"

    def end(self) -> None:
        """End what goes on beside pages."""
        self.standings.end()
        self.work.end()
