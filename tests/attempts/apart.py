"""A child of this process for what a test must not do to itself: give up its rights, or live under a limit."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

NOBODY = 65534


def apart(act: Callable[[], str]) -> str:
    """Run something in a forked child and give what it returns, or the class and text of what it raises."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads, from Python 3.12 on; the child starts none
        child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            said = act()
        except BaseException as raised:  # noqa: BLE001 - whatever it is, the parent judges it
            said = f"{type(raised).__name__}: {raised}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


def without_rights() -> None:
    """Stop being root, for whom no folder is read-only."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
