"""A repository whose developer has a policy, a ledger and a green rehearsal, and the command `gladi` in it."""

from __future__ import annotations

import argparse
import os
import subprocess
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from gladi.attempts.checks import ATTESTABLE
from gladi.attempts.ledger import Ledger
from gladi.cli import attempts, can_i_rehearse, preflight
from gladi.judge.verdict import write
from gladi.record.checkout import checkout
from tests.attempts.verdicts import result, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gladi.judge.verdict import Verdict

NOW = datetime(2025, 3, 4, 9, tzinfo=UTC)
UNTIL = date(2025, 6, 30)
SYSTEM = "tests.attempts.systems:Ready"

POLICY = """
[attempts]
developer = "Acme"
ledger = "ledger.sqlite"

[[test-shops]]
tokopedia_shop_id = 6500001
shop_id = "7495000000000000001"
name = "Toko Melati"

[[test-shops]]
tokopedia_shop_id = 6500002
shop_id = "7495000000000000002"
name = "Toko Kenanga"
"""


class Repository:
    """A folder in which everything speaks for an attempt."""

    def __init__(self, root: Path) -> None:
        """Write it."""
        self.root = root
        (root / "gladi.toml").write_text(POLICY)
        self.rehearsed(whole(result("one")))
        with self.ledger(create=True) as ledger:
            for check in ATTESTABLE:
                ledger.attest(check, "Ayu", UNTIL)

    def rehearsed(self, said: Verdict, *, commit: str | None = None) -> None:
        """Leave a verdict of this system, finished an hour ago, at a commit of this folder or installed."""
        at = None if commit is None else {"id": commit, "dirty": False, "root": "."}
        system: dict[str, Any] = {"adapter": SYSTEM, "version": "7.1", "capabilities": [], "commit": at}
        given = {**_fields(said), "system": system, "finished_at": "2025-03-04T08:00:00+00:00"}
        write(self.root / "reports" / "verdict.json", type(said)(**given))

    def commits(self, text: str) -> str:
        """Commit a file to git, which this folder lies in from then on, and give the commit."""
        (self.root / "system.py").write_text(text)
        for words in (("init", "--quiet"), ("add", "--force", "system.py"), ("commit", "--quiet", "-m", text)):
            subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.com", *words], cwd=self.root, check=True)
        return checkout(self.root).commit or ""

    def ledger(self, *, create: bool = False) -> Ledger:
        """Open the ledger once more, as another process would."""
        return Ledger.at(self.root / "ledger.sqlite", developer="acme", create=create, now=lambda: NOW)

    @property
    def events(self) -> list[str]:
        """What the ledger has recorded of attempts."""
        with self.ledger() as ledger:
            return [str(event.kind) for attempt in ledger.attempts() for event in attempt.events]

    def gladi(self, *words: str, now: datetime = NOW, environment: Mapping[str, str] | None = None) -> int:
        """Run a command as it would be typed, outside pytest and on the morning of `now`, and give its exit status."""
        parser = argparse.ArgumentParser(prog="gladi")
        subparsers = parser.add_subparsers()
        for command in (attempts, can_i_rehearse, preflight):
            command.add(subparsers)
        given = ("--system", SYSTEM, "--merge-url", "https://system.example.com/merge")
        asks = words[0] in ("preflight", "can-i-rehearse") or words[:2] == ("attempts", "open")
        head = 2 if words[0] == "attempts" else 1
        args = parser.parse_args([*words[:head], *(given if asks else ()), *words[head:]])
        outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "CI", "GLADI_"))}
        with patch.dict(os.environ, {**outside, **(environment or {})}, clear=True):
            status: int = args.run(args, now=now) if asks else args.run(args)
        return status


def _fields(said: Verdict) -> dict[str, Any]:
    return {name: getattr(said, name) for name in said.__struct_fields__}
