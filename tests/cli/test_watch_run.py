"""`gladi watch` from its beginning to Ctrl-C: what it asks, where it takes webhooks, and with which status it ends."""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from gladi.cli import main
from gladi.cli.watch import _status
from tests.attempts.practice import Practice
from tests.attempts.watching import Stand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Terminal(io.StringIO):
    """A terminal whose person `does` something with the URL for webhooks, and presses Ctrl-C as soon as `last` is there."""

    def __init__(self, last: str, does: Callable[[str], object] = str) -> None:
        super().__init__()
        self._last = last
        self._does = does

    def write(self, line: str) -> int:
        written = super().write(line)
        if "webhooks at" in line:
            self._does(line.rpartition(" ")[2].strip())
        if self._last in line:
            os.kill(os.getpid(), signal.SIGINT)
        return written


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Practice]:
    """Give a repository with credentials for a served sandbox, and stand in it."""
    with Practice(tmp_path) as practice:
        monkeypatch.chdir(tmp_path / "repository")
        monkeypatch.setenv("GLADI_LIVE_CREDENTIALS", str(tmp_path / "credentials.json"))
        yield practice


def watches(practice: Practice, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", terminal)
        return main(["watch", "--system-url", f"{practice.system}/merge", "--port", "0", *words])


def test_a_poll_that_was_not_answered_is_not_repeated_at_once(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    practice.busy_with = 1

    status = watches(practice, Terminal("poll 1: "), monkeypatch)

    assert (status, practice.refused, practice.polls()) == (11, 1, [])


def test_webhooks_are_taken_at_the_path_that_was_named_and_nowhere_else(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[int] = []

    def posts(url: str) -> None:
        answers.extend(httpx.post(one, content=b"{}", trust_env=False).status_code for one in (url, f"{url}/more", url[: -len("/merge")]))

    watches(practice, Terminal("webhooks at", posts), monkeypatch, "--path", "/merge")

    assert answers == [200, 404, 404]


@pytest.mark.parametrize(
    ("sellers", "own", "status"),
    [
        ((), True, 0),
        ((), False, 11),
        (("7499999999999999999",), True, 10),
        (("7499999999999999999", None), False, 10),
    ],
    ids=["the ids agree", "no webhook to compare with", "one of two does not agree", "a later one agrees"],
)
def test_the_status_of_a_merged_shop_is_0_only_if_the_ids_agree(
    sellers: tuple[str | None, ...],
    own: bool,  # noqa: FBT001 - whether the platform's own webhook comes
    status: int,
    tmp_path: Path,
) -> None:
    stand = Stand(tmp_path)
    if not own:
        stand.sandbox.world.when_merged = lambda shop: None  # noqa: ARG005 - it is lost
    for seller in sellers:
        stand.tells(stand.merge(seller=seller))

    stand.merges()

    assert _status(stand.watch) == status
    stand.ends()


def test_the_status_before_the_merge_is_11_whatever_a_webhook_says(tmp_path: Path) -> None:
    stand = Stand(tmp_path)
    stand.tells(stand.merge())

    stand.passes(minutes=6)

    assert _status(stand.watch) == 11
    stand.ends()


def test_ids_that_do_not_agree_end_the_watch_with_status_10(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    practice.room.deed("link_shops", {})
    practice.passes(70)
    practice.seller = "7499999999999999999"

    status = watches(practice, Terminal("held against Get Shop Info", practice.tells), monkeypatch)

    assert status == 10
