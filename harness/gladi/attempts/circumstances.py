"""Under which circumstances an attempt may be opened: by a person who sees it, once, and never by a test that may come again."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Circumstances"]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who is there, and what might do the same again."""

    terminal: bool
    """Whether a person sees what is written and can type an answer."""
    worker: str = ""
    """The pytest-xdist worker that this is, such as `gw0`."""
    test: str = ""
    """The test that is running."""
    reruns: bool = False
    """Whether what fails is run again by itself."""

    @classmethod
    def of(cls, environment: Mapping[str, str], *, terminal: bool) -> Circumstances:
        """Read them from the environment; reruns that pytest's command line or ini asks for show by the test that is running."""
        try:
            words = shlex.split(environment.get("PYTEST_ADDOPTS", ""))
        except ValueError:
            words = environment["PYTEST_ADDOPTS"].split()
        return cls(
            terminal=terminal,
            worker=environment.get("PYTEST_XDIST_WORKER", ""),
            test=environment.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0],
            reruns=any(word.partition("=")[0] in ("--reruns", "--force-flaky") for word in words),
        )

    def against(self, *, named: bool) -> str | None:
        """Say what speaks against opening an attempt, in one sentence, or None; `named` says that a flag names the shop."""
        if self.worker:
            return f"this is worker {self.worker} of pytest-xdist, and several workers would open several attempts; open it without -n"
        if self.reruns:
            return "tests that fail are run again here, and each run would open an attempt; open it without --reruns"
        if self.test:
            return f"this runs inside the test {self.test}, which may be run again at any time; open the attempt by hand"
        if not self.terminal and not named:
            return "there is no terminal on which a person could type the shop's name; name it with --confirm-shop NAME"
        return None
