"""The terminal behind pytest's capturing, at which a person is asked; whoever interrupts the run is waited for no longer."""

from __future__ import annotations

import select
import sys
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator

    import pytest

__all__ = ["Terminal"]

_GLANCE = 0.1
"""Seconds between two looks at whether the run ends: nothing wakes a thread that reads a terminal."""


class Terminal:
    """The terminal behind pytest's capturing."""

    def __init__(self, config: pytest.Config) -> None:
        """Find out whether a person sits there, before anything is captured anew."""
        self._capturing: Any = config.pluginmanager.getplugin("capturemanager")
        self._broken_off = Event()
        with self._open():
            self._there = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()

    @contextmanager
    def _open(self) -> Generator[None]:
        if self._capturing is None:
            yield
            return
        captured = getattr(self._capturing, "_global_capturing", None)
        # To resume what is not captured yet would swallow what pytest writes from then on.
        resumes = captured is None or captured.is_started()
        self._capturing.suspend(in_=True)
        try:
            yield
        finally:
            if resumes:
                self._capturing.resume()

    @property
    def is_there(self) -> bool:
        """Whether a person sees what is shown and can answer."""
        return self._there

    def shows(self, text: str) -> None:
        """Show a text."""
        with self._open():
            sys.stdout.write(f"\n{text}\n")
            sys.stdout.flush()

    def asks(self, question: str) -> str | None:
        """Ask; None where the answer was broken off."""
        with self._open():
            sys.stdout.write(question)
            sys.stdout.flush()
            if not hasattr(select, "poll"):
                # Windows: nothing there can look whether a terminal has something to read.
                return sys.stdin.readline().strip()
            while not self._broken_off.is_set():
                # A terminal has something to read once a whole line was typed.
                if select.select([sys.stdin], [], [], _GLANCE)[0]:
                    typed = sys.stdin.readline()
                    return typed.strip() if typed else None
        return None

    def breaks_off(self) -> None:
        """Let go of whoever is asked, on another thread, now and from here on: the run ends."""
        self._broken_off.set()
