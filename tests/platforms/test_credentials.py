"""Credentials for the platforms: where they may lie, what is said when they do not, and that nothing repeats them."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from gladi.platforms.credentials import Credentials, CredentialsError

if TYPE_CHECKING:
    from pathlib import Path

GIVEN: dict[str, Any] = {
    "tokopedia": {"fs_id": 13000, "client_id": "CANARY-1", "client_secret": "CANARY-2", "webhook_secret": "CANARY-3", "shop_ids": [1]},
    "shop": {"app_key": "CANARY-4", "app_secret": "CANARY-5", "grants": [{"auth_code": "CANARY-6", "refresh_token": "CANARY-7"}]},
}
VARIABLES = {
    "GLADI_LIVE_FS_ID": "13000",
    "GLADI_LIVE_CLIENT_ID": "CANARY-1",
    "GLADI_LIVE_CLIENT_SECRET": "CANARY-2",
    "GLADI_LIVE_WEBHOOK_SECRET": "CANARY-3",
    "GLADI_LIVE_APP_KEY": "CANARY-4",
    "GLADI_LIVE_APP_SECRET": "CANARY-5",
    "GLADI_LIVE_REFRESH_TOKENS": "CANARY-7 CANARY-8",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A work tree in which the commands run in a folder below its top."""
    (tmp_path / "tree" / ".git").mkdir(parents=True)
    (tmp_path / "tree" / "app").mkdir()
    return tmp_path / "tree" / "app"


def written(path: Path, said: object = GIVEN, *, mode: int = 0o600) -> dict[str, str]:
    path.write_text(said if isinstance(said, str) else json.dumps(said))
    path.chmod(mode)
    return {"GLADI_LIVE_CREDENTIALS": str(path)}


def test_a_file_outside_the_work_tree_is_read(tmp_path: Path, tree: Path) -> None:
    found = Credentials.read(written(tmp_path / "keys.json"), outside=tree)

    assert (found.fs_id, found.app_secret, found.refresh_tokens) == (13000, "CANARY-5", ("CANARY-7",))
    assert (found.consents, found.base_urls) == (tmp_path / "keys.json.consents", {})


def test_variables_do_without_a_file(tmp_path: Path, tree: Path) -> None:
    found = Credentials.read({**VARIABLES, "GLADI_LIVE_CONSENTS": str(tmp_path / "newest")}, outside=tree)

    assert (found.fs_id, found.refresh_tokens, found.consents) == (13000, ("CANARY-7", "CANARY-8"), tmp_path / "newest")


def test_a_repr_shows_nothing(tmp_path: Path, tree: Path) -> None:
    found = Credentials.read(written(tmp_path / "keys.json"), outside=tree)

    assert (repr(found), f"{found}") == ("Credentials(***)", "Credentials(***)")


@pytest.mark.skipif(os.name != "posix", reason="permissions of a file are POSIX's")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_file_that_others_may_read_is_refused(tmp_path: Path, tree: Path, mode: int) -> None:
    environment = written(tmp_path / "keys.json", mode=mode)

    with pytest.raises(CredentialsError) as refused:
        Credentials.read(environment, outside=tree)

    assert str(refused.value) == f"GLADI_LIVE_CREDENTIALS names keys.json, which others may read; type: chmod 600 {tmp_path / 'keys.json'}"


@pytest.mark.parametrize("place", ["keys.json", "../keys.json"])
def test_a_file_in_the_work_tree_is_refused(tree: Path, place: str) -> None:
    environment = written(tree / place)

    with pytest.raises(
        CredentialsError, match=r"names keys\.json, which lies in the work tree; move it out, so that it is never committed$"
    ):
        Credentials.read(environment, outside=tree)


def test_a_file_beside_the_work_tree_may_be_named_from_within(tmp_path: Path, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "keys.json")
    monkeypatch.chdir(tree)

    found = Credentials.read({"GLADI_LIVE_CREDENTIALS": "../../keys.json"}, outside=tree)

    assert found.consents.resolve() == tmp_path / "keys.json.consents"


@pytest.mark.parametrize("variable", ["GLADI_LIVE_CREDENTIALS", "GLADI_LIVE_CONSENTS"])
def test_another_work_tree_of_git_is_no_better_place(tmp_path: Path, tree: Path, variable: str) -> None:
    (tmp_path / "dotfiles" / ".git").mkdir(parents=True)
    (tmp_path / "dotfiles" / "keys").mkdir()
    file = tmp_path / "dotfiles" / "keys" / "live.json"
    environment = written(tmp_path / "keys.json") | {variable: str(file)}
    written(file)

    with pytest.raises(CredentialsError) as refused:
        Credentials.read(environment, outside=tree)

    assert str(refused.value) == (
        f"{variable} names live.json, which lies in another work tree of git (dotfiles); "
        "move it out of every repository, so that it is never committed"
    )


@pytest.mark.parametrize("place", ["keys.json", "../keys.json"])
def test_a_linked_work_tree_whose_git_is_a_file_is_one_too(tree: Path, place: str) -> None:
    (tree.parent / ".git").rmdir()
    (tree.parent / ".git").write_text("gitdir: /elsewhere/.git/worktrees/tree\n")
    environment = written(tree / place)

    with pytest.raises(CredentialsError, match=r"names keys\.json, which lies in the work tree; move it out"):
        Credentials.read(environment, outside=tree)


def test_another_linked_work_tree_is_no_better_place(tmp_path: Path, tree: Path) -> None:
    (tmp_path / "linked" / "keys").mkdir(parents=True)
    (tmp_path / "linked" / ".git").write_text("gitdir: /elsewhere/.git/worktrees/linked\n")
    environment = written(tmp_path / "linked" / "keys" / "live.json")

    with pytest.raises(CredentialsError, match=r"names live\.json, which lies in another work tree of git \(linked\); move it out"):
        Credentials.read(environment, outside=tree)


def test_a_link_into_the_work_tree_is_refused(tmp_path: Path, tree: Path) -> None:
    written(tree / "keys.json")
    (tmp_path / "link").symlink_to(tree / "keys.json")

    with pytest.raises(CredentialsError, match="lies in the work tree"):
        Credentials.read({"GLADI_LIVE_CREDENTIALS": str(tmp_path / "link")}, outside=tree)


def test_the_newest_tokens_may_not_lie_in_the_work_tree_either(tmp_path: Path, tree: Path) -> None:
    environment = written(tmp_path / "keys.json") | {"GLADI_LIVE_CONSENTS": str(tree / "newest")}

    with pytest.raises(CredentialsError, match=r"^GLADI_LIVE_CONSENTS names newest, which lies in the work tree"):
        Credentials.read(environment, outside=tree)


@pytest.mark.parametrize("lacking", [*VARIABLES, "GLADI_LIVE_CONSENTS"])
def test_a_variable_that_is_missing_is_named(tmp_path: Path, tree: Path, lacking: str) -> None:
    environment = {**VARIABLES, "GLADI_LIVE_CONSENTS": str(tmp_path / "newest")}
    del environment[lacking]

    with pytest.raises(CredentialsError) as refused:
        Credentials.read(environment, outside=tree)

    assert str(refused.value) == (
        f"the live target has no credentials: name their file with GLADI_LIVE_CREDENTIALS, or set all variables ({lacking} is not set)"
    )


def test_an_app_id_is_digits(tmp_path: Path, tree: Path) -> None:
    environment = {**VARIABLES, "GLADI_LIVE_FS_ID": "CANARY", "GLADI_LIVE_CONSENTS": str(tmp_path / "newest")}

    with pytest.raises(CredentialsError, match=r"^GLADI_LIVE_FS_ID is no App ID; write the digits that the developer console shows$"):
        Credentials.read(environment, outside=tree)


@pytest.mark.parametrize(
    "said",
    [
        "CANARY",
        {"tokopedia": {**GIVEN["tokopedia"], "fs_id": "CANARY-9"}, "shop": GIVEN["shop"]},
        {"tokopedia": GIVEN["tokopedia"]},
        {**GIVEN, "shop": {**GIVEN["shop"], "grants": "CANARY-9"}},
    ],
)
def test_a_file_of_another_form_is_one_sentence_without_a_secret(tmp_path: Path, tree: Path, said: object) -> None:
    environment = written(tmp_path / "keys.json", said)

    with pytest.raises(CredentialsError) as refused:
        Credentials.read(environment, outside=tree)

    assert str(refused.value).startswith("GLADI_LIVE_CREDENTIALS names keys.json, ")
    assert "CANARY" not in str(refused.value)


def test_a_file_that_is_gone_is_one_sentence(tmp_path: Path, tree: Path) -> None:
    with pytest.raises(CredentialsError, match=r"^GLADI_LIVE_CREDENTIALS names gone\.json, which cannot be read \(No such file"):
        Credentials.read({"GLADI_LIVE_CREDENTIALS": str(tmp_path / "gone.json")}, outside=tree)
