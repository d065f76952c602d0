"""What one studio is: its workspace, who may come in, and what is going on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .access import EntryToken, Sessions
from .door import Door
from .presence import Presence
from .standings import Standings
from .work import WorkGoingOn

if TYPE_CHECKING:
    from .. import api

IDLE, LONGEST = 3600.0, 12 * 3600.0
"""Seconds after which somebody of several has to come in again: since the last page, in all."""

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
    presence: Presence = field(default_factory=Presence)
    door: Door | None = None
    """Who lets several people in; without it one person comes in by the token."""
    commits: bool = False
    """Whether each save is a commit."""

    @property
    def is_behind_tls(self) -> bool:
        """Whether browsers come by https alone, through a proxy."""
        return bool(self.origins) and all(one.startswith("https:") for one in self.origins)

    def serves(self, door: Door) -> None:
        """Let several people in, as browsers call the studio that they come to."""
        origin = door.accounts.origin
        self.door, self.token, self.cookie = door, EntryToken(""), "gen-studio"
        self.origins = frozenset({origin})
        self.hosts = frozenset({origin.partition("://")[2]})
        self.sessions = Sessions(idle=IDLE, longest=LONGEST)

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
