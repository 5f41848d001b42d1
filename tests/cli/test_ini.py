"""The line is put into whichever file pytest reads, nothing else in it changes, and what is not safe is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _pytest.config.findpaths import locate_config

from gladi.cli.ini import IniError, find

if TYPE_CHECKING:
    from pathlib import Path

SPEC = "mine:Mine"
LINE = "rehearse_system = mine:Mine"
TOML = 'rehearse_system = "mine:Mine"'
SINCE_9 = pytest.mark.skipif(pytest.version_tuple < (9,), reason="pytest looks there since 9")

GROWS = [
    ("pytest.ini", "", f"[pytest]\n{LINE}\n"),
    ("pytest.ini", "[pytest]", f"[pytest]\n{LINE}\n"),
    ("pytest.ini", "# ours\n[pytest]  # theirs\naddopts = -q  # quiet\n", f"# ours\n[pytest]  # theirs\n{LINE}\naddopts = -q  # quiet\n"),
    ("pytest.ini", "[pytest]\r\naddopts =\r\n    -q\r\n    -x\r\n", f"[pytest]\r\n{LINE}\r\naddopts =\r\n    -q\r\n    -x\r\n"),
    (".pytest.ini", "[other]\na = 1", f"[other]\na = 1\n[pytest]\n{LINE}\n"),
    ("tox.ini", "[tox]\na = b\n\n[pytest]\nmarkers =\n    a: 100%\n", f"[tox]\na = b\n\n[pytest]\n{LINE}\nmarkers =\n    a: 100%\n"),
    ("setup.cfg", "[metadata]\na = b\n[tool:pytest]\n# why\nc = d\n", f"[metadata]\na = b\n[tool:pytest]\n{LINE}\n# why\nc = d\n"),
    (
        "pyproject.toml",
        '[tool.pytest.ini_options] # ours\naddopts = ["-q"] # quiet\n\n[tool.ruff]\nline-length = 100\n',
        f'[tool.pytest.ini_options] # ours\n{TOML}\naddopts = ["-q"] # quiet\n\n[tool.ruff]\nline-length = 100\n',
    ),
    pytest.param("pyproject.toml", "[tool.pytest]\nstrict = true\n", f"[tool.pytest]\n{TOML}\nstrict = true\n", marks=SINCE_9),
    pytest.param("pytest.toml", "[pytest]\nstrict = true\n", f"[pytest]\n{TOML}\nstrict = true\n", marks=SINCE_9),
]  # fmt: skip
"""A file, what it holds, and what it holds then."""

UNSAFE = [
    ("pyproject.toml", '[tool.pytest]\nini_options = { addopts = "-q" }\n'),
    ("pyproject.toml", '[tool]\npytest.ini_options.addopts = "-q"\n'),
    ("pyproject.toml", 'about = """\n[tool.pytest.ini_options]\n"""\n[tool.pytest.ini_options]\naddopts = "-q"\n'),
    ("tox.ini", "[pytest]\naddopts = -q\n[testenv]\ndeps = a\ndeps = b\n"),
]


def pytests_own(folder: Path) -> tuple[str, str]:
    """Give the name of the file that pytest itself reads in a folder, and what `rehearse_system` says there."""
    found = locate_config(folder, [folder])
    value = found[2]["rehearse_system"]
    return str(found[1].name if found[1] else None), str(getattr(value, "value", value))


@pytest.mark.parametrize(("name", "before", "after"), GROWS)
def test_the_line_is_put_into_the_file_that_pytest_reads(name: str, before: str, after: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(before.encode())

    ini = find(tmp_path)
    (tmp_path / name).write_bytes(ini.naming(SPEC).encode())

    assert ini.system is None
    assert (tmp_path / name).read_bytes().decode() == after
    assert pytests_own(tmp_path) == (name, SPEC)
    assert find(tmp_path).system == SPEC


@pytest.mark.parametrize(("name", "text"), UNSAFE)
def test_what_cannot_be_changed_safely_is_left_alone_with_the_line_to_add(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)

    with pytest.raises(IniError) as refused:
        _ = (ini := find(tmp_path)).system or ini.naming(SPEC)

    assert str(refused.value).startswith(f"{name} is written in a way that cannot be changed safely, so nothing was written; add rehearse_")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [("pyproject.toml", "[project]\nname = 'a'\n"), ("tox.ini", "[tox]\n"), ("setup.cfg", "[metadata]\n"), ("README.md", "[pytest]\n")],
)
def test_a_file_in_which_pytest_finds_nothing_is_not_touched(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)

    ini = find(tmp_path)

    assert (ini.path.name, ini.exists, ini.naming(SPEC)) == ("pytest.ini", False, f"[pytest]\n{LINE}\n")


def test_the_first_file_that_pytest_would_take_is_taken(tmp_path: Path) -> None:
    for name in ("setup.cfg", "tox.ini", ".pytest.ini", "pytest.ini"):
        (tmp_path / name).write_text("[tool:pytest]\nrehearse_system = a:A\n[pytest]\nrehearse_system = b:B\n")

    assert find(tmp_path).path.name == pytests_own(tmp_path)[0] == "pytest.ini"


def test_an_ini_in_a_folder_above_is_named_because_a_new_one_would_hide_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -q\n")
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")

    with pytest.raises(IniError) as refused:
        find(tmp_path / "sub")

    assert str(refused.value) == f"the pytest ini in force in {tmp_path / 'sub'} is ../pytest.ini; run gladi init .., where it lies"


@pytest.mark.parametrize(("name", "content"), [("pyproject.toml", b"[tool\n"), ("pytest.ini", b"[pytest]\n# \xff\n")])
def test_a_file_that_cannot_be_read_is_one_sentence(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(IniError, match=rf"^{name} cannot be read \(.*\); mend it, then run this again$"):
        find(tmp_path)
