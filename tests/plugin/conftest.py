"""What the tests of the plugin share: a repository of somebody else's, and one whole rehearsal of it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.plugin.repository import LAST_MINUTE, Repository

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugin.repository import Run


@pytest.fixture(scope="session")
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder in which all runs of a session share what Python compiled."""
    return tmp_path_factory.mktemp("bytecode")


@pytest.fixture
def repository(tmp_path: Path, bytecode: Path) -> Repository:
    """Give a fresh repository."""
    return Repository(tmp_path, bytecode=bytecode)


@pytest.fixture(scope="session")
def listened(tmp_path_factory: pytest.TempPathFactory, bytecode: Path) -> Run:
    """Rehearse the whole catalogue with a system that declares no capability and takes the merge webhook, in a repository under git."""
    repository = Repository(tmp_path_factory.mktemp("listened"), bytecode=bytecode)
    repository.holds(".gitignore", "reports/\npytest.ini\n")
    for words in (
        ("init", "--quiet"),
        ("add", "."),
        ("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "-m", "all"),
    ):
        subprocess.run(["git", *words], cwd=repository.folder, check=True)
    return repository.rehearses(system="systems:Listener")


@pytest.fixture(scope="session")
def twice(tmp_path_factory: pytest.TempPathFactory, bytecode: Path) -> Run:
    """Rehearse one scenario with the rogue that ships twice, named by the ini, so that its story ends with a short command."""
    settings = {"rehearse_system": "examples.rogues.ships_twice:ShipsTwice"}
    repository = Repository(tmp_path_factory.mktemp("twice"), settings=settings, bytecode=bytecode)
    return repository.rehearses("-k", f"{LAST_MINUTE} and both/both", system="")
