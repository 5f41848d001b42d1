"""A repository of somebody else's, with tiny systems and scenarios of its own, and what a rehearsal of it does and says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from textwrap import dedent
from typing import Any

from gladi.play.catalogue import catalogue

ROOT = Path(__file__).parents[2]

SHIPPED = len(catalogue())
"""How many scenarios are shipped."""

PLAYS = sum(len(one.cells) or 1 for one in catalogue())
"""How often they are played in all: some once in each cell of the in-flight matrix."""

BY_WEBHOOK = "the_merge_is_noticed_by_webhook"
"""The one shipped scenario that needs no capability."""

LAST_MINUTE = "an_order_of_the_last_minute_leaves_once"

SYSTEMS = '''
from datetime import UTC, datetime, timedelta

import httpx

from gladi import Delivery, OrderState, SeenOrder, SeesOrders, SHOP, ShipsOrders, System, TOKOPEDIA, Venue


class Nothing(System):
    """Does nothing, and takes every webhook."""

    def __init__(self, venue: Venue) -> None:
        self.venue = venue

    def tick(self, now):
        return None

    def receive(self, delivery):
        return 200


class Listener(Nothing):
    """Registers for the merge webhook, and takes it."""

    version = "7.1"

    def __init__(self, venue):
        super().__init__(venue)
        keys, address = venue.tokopedia, f"{venue.tokopedia_token_url}/token?grant_type=client_credentials"
        token = httpx.post(address, auth=(keys.client_id, keys.client_secret)).json()["access_token"]
        bearer, app = {"authorization": f"Bearer {token}"}, f"{venue.tokopedia_url}/v1/fs/{keys.fs_id}"
        # What is left out becomes empty, so all that is registered is sent again.
        hooks = {**httpx.get(app, headers=bearer).json()["data"], "shop_merge_notification_url": f"{venue.webhook_url}/merge"}
        httpx.post(f"{app}/register", json=hooks, headers=bearer).raise_for_status()
'''

SCENARIOS = """
from gladi import EVERY_CELL, Rehearsal, SHOP, TOKOPEDIA, Stage, scenario, SeesOrders, ShipsOrders, LinksShops
from gladi import TellsSeller

RULE = "guide.overview.every-stage"
"""


@dataclass
class Run:
    """What a run of pytest did."""

    status: int
    out: str
    err: str
    folder: Path

    @cached_property
    def verdict(self) -> dict[str, Any]:
        """The verdict that it left."""
        found: dict[str, Any] = json.loads((self.folder / "reports" / "verdict.json").read_text(encoding="utf-8"))
        return found

    @property
    def scenarios(self) -> dict[str, dict[str, Any]]:
        """What the verdict says of each scenario."""
        return {one["id"]: one for one in self.verdict["scenarios"]}

    @property
    def errors(self) -> list[str]:
        """The sentences that pytest wrote as usage errors, and every other line that is not empty."""
        return [line for line in self.err.splitlines() if line]


@dataclass
class Repository:
    """A folder with a pytest ini, and with systems of its own in `systems.py`."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    bytecode: Path | None = None
    """Where Python keeps what it compiled, so that the second run of a session begins in half a second."""

    def __post_init__(self) -> None:
        self.settings = {"asyncio_default_fixture_loop_scope": "function", "pythonpath": f"{ROOT}"} | self.settings
        self.holds("systems.py", SYSTEMS)

    def holds(self, name: str, text: str) -> Path:
        """Write a file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    def system(self, text: str) -> None:
        """Write an adapter into `mine.py`, with all that `systems.py` has at hand."""
        self.holds("mine.py", "import asyncio\nfrom systems import *\n\n" + dedent(text))

    def scenario(self, text: str, name: str = "own.py") -> Path:
        """Write a file of scenarios."""
        return self.holds(name, SCENARIOS + dedent(text))

    def rehearses(self, *options: str, system: str = "mine:Mine", timeout: float = 60) -> Run:
        """Rehearse a system of this repository."""
        return self.runs("--rehearse", *(["--rehearse-system", system] if system else []), *options, timeout=timeout)

    def runs(self, *options: str, timeout: float = 60) -> Run:
        """Run pytest; nothing of the run around it comes through but the path to Python."""
        (self.folder / "pytest.ini").write_text(
            "\n".join(["[pytest]", *(f"{name} = {value}" for name, value in self.settings.items()), ""])
        )
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:schemathesis", *options]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON", "ALLURE_", "COV_"))}
        if self.bytecode is not None:
            environment["PYTHONPYCACHEPREFIX"] = str(self.bytecode)
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=timeout, check=False)
        return Run(done.returncode, done.stdout, done.stderr, self.folder)
