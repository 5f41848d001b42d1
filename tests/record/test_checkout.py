"""What git says of a folder, and that nothing is said where there is no git."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from gladi.record.checkout import Checkout, checkout

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    return subprocess.run(["git", *identity, *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def committed(folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    git(folder, "init", "--quiet")
    (folder / "one.txt").write_text("one\n")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "one")
    return git(folder, "rev-parse", "HEAD")


def test_a_clean_checkout_is_its_commit_seen_from_any_folder_in_it(tmp_path: Path) -> None:
    commit = committed(tmp_path)
    (tmp_path / "below").mkdir()

    assert checkout(tmp_path / "below") == Checkout(commit, dirty=False, changed=False, top=tmp_path)


def test_a_new_file_is_dirty_and_a_known_one_that_differs_is_changed_too(tmp_path: Path) -> None:
    committed(tmp_path)
    (tmp_path / "new.txt").write_text("")
    new = checkout(tmp_path)
    (tmp_path / "one.txt").write_text("two\n")

    differs = checkout(tmp_path)

    assert (new.dirty, new.changed) == (True, False)
    assert (differs.dirty, differs.changed) == (True, True)


def test_outside_of_git_and_before_the_first_commit_nothing_is_known(tmp_path: Path) -> None:
    outside = checkout(tmp_path)
    git(tmp_path, "init", "--quiet")

    before = checkout(tmp_path)

    assert outside == Checkout()
    assert before == Checkout(top=tmp_path)
    assert checkout(tmp_path / "nowhere") == Checkout()


def test_a_git_hook_around_us_does_not_answer_for_another_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = committed(tmp_path / "here")
    there = tmp_path / "there"
    committed(there)
    git(there, "commit", "--quiet", "--allow-empty", "-m", "two")
    monkeypatch.setenv("GIT_DIR", str(there / ".git"))

    assert checkout(tmp_path / "here").commit == commit


def test_a_git_that_does_not_answer_in_a_checkout_has_refused(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: nowhere\n")
    (tmp_path / "below").mkdir()

    assert checkout(tmp_path / "below") == Checkout(refused=True)


def test_a_git_that_does_not_tell_what_differs_has_refused(tmp_path: Path) -> None:
    commit = committed(tmp_path)
    (tmp_path / ".git" / "index").write_text("no index")

    assert checkout(tmp_path) == Checkout(commit, top=tmp_path, refused=True)
