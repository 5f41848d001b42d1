"""Whole numbers that people type: a wrong one is a sentence, and not the name of a Python type."""

from __future__ import annotations

from argparse import ArgumentTypeError

__all__ = ["whole"]


def whole(text: str) -> int:
    """Read a whole number of zero or more.

    Raises:
        ArgumentTypeError: it is none, which argparse tells the user.
    """
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(f"{text!r} is no whole number; write one such as 1")
    return int(text)
