"""`gladi init` makes a repository ready to rehearse: all or nothing, never over a file, and a second time it does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gladi.cli import main
from gladi.cli.ini import IniError
from gladi.cli.init import _carry_out, _Plan
from gladi.cli.skeleton import skeleton

if TYPE_CHECKING:
    from pathlib import Path


def held(folder: Path) -> dict[str, str]:
    """Give every file of a folder with what it holds."""
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}


def test_an_empty_folder_gets_an_ini_and_a_skeleton(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["init", str(tmp_path)])

    assert status == 0
    assert held(tmp_path) == {"pytest.ini": "[pytest]\nrehearse_system = rehearsing:Adapter\n", "rehearsing.py": skeleton()}
    assert capsys.readouterr().out == (
        f"wrote {tmp_path / 'rehearsing.py'}: the skeleton of your adapter, with every capability to choose from\n"
        f"wrote {tmp_path / 'pytest.ini'}: the line rehearse_system = rehearsing:Adapter\n"
        "\nnext: pytest --rehearse\n"
    )


def test_the_folder_is_the_one_it_is_run_in_unless_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    main(["init"])

    assert set(held(tmp_path)) == {"pytest.ini", "rehearsing.py"}
    assert "wrote rehearsing.py: " in capsys.readouterr().out


def test_a_second_run_changes_nothing_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", str(tmp_path)])
    (tmp_path / "rehearsing.py").write_text("# all ours now\n")
    before = held(tmp_path)
    capsys.readouterr()

    status = main(["init", str(tmp_path)])

    assert (status, held(tmp_path)) == (0, before)
    assert capsys.readouterr().out == (
        "nothing to write: pytest.ini names rehearse_system = rehearsing:Adapter already\n\nnext: pytest --rehearse\n"
    )


def test_an_adapter_that_is_named_already_is_let_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tox.ini").write_text("[pytest]\nrehearse_system = ours:Ours\n")

    status = main(["init", str(tmp_path)])

    assert (status, set(held(tmp_path))) == (0, {"tox.ini"})
    assert "tox.ini names rehearse_system = ours:Ours already\n" in capsys.readouterr().out


@pytest.mark.parametrize("lost", ["rehearsing.py", "pytest.ini"])
def test_only_what_is_missing_is_written(lost: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", str(tmp_path)])
    whole = held(tmp_path)
    (tmp_path / lost).unlink()
    capsys.readouterr()

    status = main(["init", str(tmp_path)])

    assert (status, held(tmp_path)) == (0, whole)
    assert capsys.readouterr().out.count("wrote ") == 1


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "rehearsing.py",
            "x = 1\n",
            (
                "rehearsing.py is there already and holds no class Adapter; "
                "write rehearse_system = module:class, with your own names, into pytest.ini yourself"
            ),
        ),
        (
            "rehearsing/__init__.py",
            "",
            "rehearsing is a package here; write an adapter into it and rehearse_system = rehearsing:Adapter into pytest.ini yourself",
        ),
        (
            "pyproject.toml",
            "[tool]\npytest.ini_options.addopts = '-q'\n",
            (
                "pyproject.toml is written in a way that cannot be changed safely, so nothing was written; "
                'add rehearse_system = "rehearsing:Adapter" to its [tool.pytest.ini_options] yourself, then run this again'
            ),
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_writes_nothing(
    name: str, text: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text)

    status = main(["init", str(tmp_path)])

    said = capsys.readouterr()
    assert (status, said.out, said.err) == (2, "", f"gladi init: {sentence}\n")
    assert held(tmp_path) == {name: text}


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["init", str(tmp_path / "typo")])

    assert status == 2
    assert capsys.readouterr().err == (
        f"gladi init: {tmp_path / 'typo'} is no folder; make it first, or name the one in which your pytest ini lies\n"
    )
    assert not (tmp_path / "typo").exists()


def test_nothing_half_done_is_left_when_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "there.py").write_text("theirs")
    plans = [
        _Plan({tmp_path / "a.py": "a", tmp_path / "there.py": "ours"}, {}),
        _Plan({tmp_path / "a.py": "a"}, {tmp_path / "missing" / "pytest.ini": "b"}),
    ]

    for plan in plans:
        with pytest.raises(IniError, match=r"cannot be written \(.*\), so nothing was$"):
            _carry_out(plan)

    assert held(tmp_path) == {"there.py": "theirs"}


def test_an_ini_that_is_changed_keeps_its_permissions_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    shared = tmp_path / "shared" / "all.ini"
    shared.write_text("[pytest]\n")
    shared.chmod(0o640)
    (tmp_path / "pytest.ini").symlink_to(shared)

    main(["init", str(tmp_path)])

    assert (tmp_path / "pytest.ini").is_symlink()
    assert (shared.read_text(), shared.stat().st_mode & 0o777) == ("[pytest]\nrehearse_system = rehearsing:Adapter\n", 0o640)
    assert [path.name for path in shared.parent.iterdir()] == ["all.ini"]


def test_help_says_what_it_writes_and_what_its_status_means(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["init", "--help"])

    said = " ".join(capsys.readouterr().out.split())
    assert left.value.code == 0
    assert "`rehearse_system = rehearsing:Adapter`" in said
    assert "No file that is there is overwritten" in said
    assert "0 all is there, 2 it cannot be done and nothing was written" in said
