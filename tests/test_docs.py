"""The pages are true: what is generated is fresh, what is code compiles, and nothing that exists goes unmentioned."""

from __future__ import annotations

import argparse
import re
import shlex
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from docs import generate, rogues
from gladi import cli
from gladi.attempts.policy import Policy
from gladi.session.options import OPTIONS, Option

ROOT = Path(__file__).parent.parent
PAGES = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("changelog/*.md"), *ROOT.glob("reports/*.md")))
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(path: Path, language: str) -> list[str]:
    """Give a page's blocks of code in a language."""
    return [code for name, code in FENCE.findall(path.read_text(encoding="utf-8")) if name == language]


def mentioned() -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/usage.md"))


def test_every_generated_page_is_what_the_code_says_now() -> None:
    pages = generate.pages()

    stale = [path for path, text in pages.items() if (ROOT / path).read_text(encoding="utf-8") != text]

    assert stale == [], "run `python -m docs.generate`"


def test_a_page_that_lost_its_markers_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.md").write_text("<!-- begin options, printed by docs.generate -->\n")
    monkeypatch.setattr(generate, "ROOT", tmp_path)

    with pytest.raises(SystemExit, match="lacks its two markers"):
        generate._filled("page.md", options=["text"])


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ('{"ships_twice": {}}', "matrix.json has no row for `drops_orders`, so"),
        ('{"ships_twice": {}, "drops_orders": {}, "is_gone": {}}', "matrix.json has a row for `is_gone`, so"),
        ('{"is_gone": {}}', "matrix.json has no row for `drops_orders`, `ships_twice` and has a row for `is_gone`, so"),
    ],
    ids=["a rogue without a row", "a row without a rogue", "both"],
)
def test_a_matrix_of_other_rogues_than_there_are_is_not_printed(
    rows: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("__init__.py", "ships_twice.py", "drops_orders.py"):
        (tmp_path / name).write_text('"""A rogue."""\n')
    (tmp_path / "matrix.json").write_text(rows)
    monkeypatch.setattr(rogues, "_ROGUES", tmp_path)

    with pytest.raises(SystemExit) as caught:
        list(rogues.matrix())

    assert str(caught.value) == f"{sentence} it is not about the rogues in examples/rogues; run `python -m tests.rogues.matrix`"


def test_a_matrix_of_the_rogues_there_are_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "__init__.py").write_text("")
    (tmp_path / "ships_twice.py").write_text('"""Ships twice."""\n')
    (tmp_path / "matrix.json").write_text('{"ships_twice": {}}')
    monkeypatch.setattr(rogues, "_ROGUES", tmp_path)

    page = "\n".join(rogues.matrix())

    assert "| [`ships_twice`](../examples/rogues/ships_twice.py) | Ships twice. | no assertion | none |" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_python_on_a_page_compiles(page: Path) -> None:
    for code in blocks(page, "python"):
        compile(code, str(page), "exec")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_on_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    broken = [link for link in links if link and not (page.parent / link).exists()]

    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_never_says_the_older_brand(page: Path) -> None:
    text = page.read_text(encoding="utf-8").replace("API changelog, Solely on TikTok Shop", "")  # a heading of that document

    said = re.findall(r"TikTok(?! Shop Open API).{0,20}", text)

    assert said == []


def test_readme_shows_code_by_its_fifteenth_line() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()

    assert any(line.startswith("```") for line in lines[:15])


def test_readme_shows_a_scenario_as_it_is_shipped() -> None:
    first = blocks(ROOT / "README.md", "python")[0]

    assert any(body_of(first) in path.read_text(encoding="utf-8") for path in ROOT.glob("scenarios/*/*.py"))


def body_of(code: str) -> str:
    return code[code.index("@scenario") :].rstrip()


def test_readmes_two_commands_are_the_ones_that_run_knows() -> None:
    shown = [shlex.split(line, comments=True) for code in blocks(ROOT / "README.md", "sh") for line in code.splitlines()]

    assert {words[2] for words in shown if words[:2] == ["python3", "run.py"]} >= {"rehearse", "test"}


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_option_is_in_the_docs(option: Option) -> None:
    text = mentioned()

    assert f"`{option.dest}`" in text
    assert option.ini_only or f"--rehearse-{option.name}" in text


def test_every_command_is_in_the_docs() -> None:
    text = mentioned()

    assert [name for name in cli._COMMANDS if f"gladi {name.replace('_', '-')}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_command_on_a_page_can_be_typed(page: Path) -> None:
    parser = argparse.ArgumentParser(prog="gladi")
    subparsers = parser.add_subparsers()
    for name in cli._COMMANDS:
        import_module(f"gladi.cli.{name}").add(subparsers)
    lines = [line for code in blocks(page, "sh") for line in code.splitlines() if line.startswith("gladi ")]

    typed = [parser.parse_args(shlex.split(part, comments=True)[1:]) for line in lines for part in line.split(" && ")]

    assert len(typed) >= len(lines)


def test_the_gladi_toml_of_the_live_target_is_one_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "gladi.toml").write_text(blocks(ROOT / "docs" / "live.md", "toml")[0], encoding="utf-8")

    policy = Policy.read(tmp_path)

    assert (policy.developer, [shop.name for shop in policy.test_shops]) == ("Acme", ["Toko Uji"])


def test_what_is_said_of_attempts_preflight_and_ci_is_found_from_the_readme_and_from_usage() -> None:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/usage.md")]

    assert all(f"{page}.md)" in text for text in texts for page in ("attempts", "preflight", "ci"))


def test_readme_gives_a_reason_for_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for extra, lines in project["optional-dependencies"].items() if extra != "test" for line in lines]
    names = [re.split(r"[<>=~!\[; ]", line)[0] for line in (*project["dependencies"], *extras)]
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Dependencies")[2].partition("\n## ")[0]

    assert extras
    assert [name for name in names if f"| {name} |" not in section] == []


def test_constraints_pin_by_version_and_name_no_index() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

    wrong = [line for line in lines if not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)]

    assert wrong == []
