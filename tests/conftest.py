"""No test hears of the machine that it runs on: what CI, a person's ledger or another pytest set in the environment is taken out of it."""

from __future__ import annotations

import os

import pytest

_OF_THE_MACHINE = ("CI", "GLADI_LEDGER", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "PYTEST_ADDOPTS")


@pytest.fixture(autouse=True)
def _apart_from_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _OF_THE_MACHINE:
        # Most machines set none of them, and a test costs nothing then.
        if name in os.environ:
            monkeypatch.delenv(name)
