"""The house rules that a machine can hold: who imports whom, what a pytest start costs, and which names are taken."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import gladi

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(gladi.__file__).parent
ROOMS = ("record", "sandbox", "platforms", "faces", "judge", "play", "attempts", "reports", "session", "cli", "plugin")

BELOW: dict[str, set[str]] = {
    "record": set(),
    "sandbox": {"record"},
    "platforms": {"record"},
    "faces": {"record"},
    "judge": {"record"},
    "reports": {"record", "judge"},
    "play": {"record", "judge", "platforms", "faces", "sandbox"},
    "attempts": {"record", "judge", "platforms"},
    "session": {"record", "judge", "platforms", "faces", "sandbox", "play", "attempts", "reports"},
    "cli": {"record", "judge", "platforms", "faces", "sandbox", "play", "attempts", "reports"},
    "plugin": {"record", "judge", "platforms", "faces", "sandbox", "play", "attempts", "reports", "session"},
}
"""Which rooms each room may import, beside itself. docs/architecture.md says the same in prose."""

GUESTS: dict[str, set[str]] = {
    "record": {"msgspec"},
    "sandbox": {"msgspec"},
    "platforms": {"msgspec"},
    "faces": {"msgspec", "httpx", "httpx2", "respx", "uvicorn"},
    "judge": {"msgspec"},
    "play": {"msgspec", "hypothesis", "pypdf"},
    "attempts": {"msgspec", "psycopg"},
    "reports": {"msgspec", "allure", "allure_commons", "allure_pytest", "pytest"},
    "session": {"msgspec", "pytest"},
    "cli": set(),
    "plugin": {"pytest"},
}
"""Which packages of others each room may import."""

ALONE: dict[str, set[str]] = {"gladi.platforms.live": {"httpx"}}
"""Which packages of others a single module may import beside those: the platforms themselves are called from one place."""

WORLD_MAY = {"gladi.record.clock", "gladi.record.journal", "gladi.record.words", "gladi.sandbox.merge", "gladi.sandbox.settings"}
"""What `sandbox.world` may import of ours beside itself: nothing that speaks HTTP, and no API."""


def modules() -> Iterator[tuple[str, Path]]:
    """Give every module of the package below its root, with its file."""
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(HOUSE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name != "gladi" and "scenarios" not in parts[:2]:
            yield name, path


def imports(source: str, package: str) -> Iterator[str]:
    """Give all that a module imports by full name, at run time, in a function or for its types alone; `from a import b` gives a.b."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            home = ".".join(part for part in (base, node.module) if part)
            yield from (f"{home}.{alias.name}" for alias in node.names)
        elif (
            isinstance(node, ast.Call)
            and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("import_module", "__import__")
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)


def faults(name: str, source: str) -> list[str]:
    """Say what a module imports and may not."""
    room = name.split(".")[1]
    package = name if (HOUSE.parent / Path(*name.split("."))).is_dir() else name.rpartition(".")[0]
    found: list[str] = []
    for imported in imports(source, package):
        parts = imported.split(".")
        if parts[0] != "gladi":
            if parts[0] not in sys.stdlib_module_names and parts[0] not in GUESTS[room] | ALONE.get(name, set()):
                found.append(f"{name} imports {imported}, and {room} has no such guest")
        elif len(parts) == 1:
            if room not in ("play", "session"):
                found.append(f"{name} imports gladi itself, which only play and session do, to find its folder")
        elif parts[1] not in ROOMS:
            found.append(f"{name} takes {imported} from the front door; name the module it lives in")
        elif parts[1] != room and parts[1] not in BELOW[room]:
            found.append(f"{name} imports {imported}, and {room} stands not above {parts[1]}")
        found += inside_the_sandbox(name, imported)
    return found


def inside_the_sandbox(name: str, imported: str) -> list[str]:
    """Say what breaks the two rules inside the sandbox."""
    for here, there in (("tokopedia", "shop"), ("shop", "tokopedia")):
        if within(name, f"gladi.sandbox.{here}") and within(imported, f"gladi.sandbox.{there}"):
            return [f"{name} imports {imported}, and the two APIs do not know each other"]
    ours = imported.startswith("gladi.") and not within(imported, "gladi.sandbox.world")
    if within(name, "gladi.sandbox.world") and ours and not any(within(imported, one) for one in WORLD_MAY):
        return [f"{name} imports {imported}, and the world knows no platform's API"]
    return []


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


class WithoutTypes(ast.NodeTransformer):
    """Takes out what a module imports for its types alone."""

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        return node.orelse if getattr(node.test, "id", "") == "TYPE_CHECKING" else node


def circle(sources: dict[str, str]) -> list[str]:
    """Give the modules that wait for each other at run time, in a circle; nothing where none do."""
    waits: dict[str, set[str]] = {}
    for name, source in sources.items():
        runs = ast.unparse(WithoutTypes().visit(ast.parse(source)))
        found = {full if full in sources else full.rpartition(".")[0] for full in imports(runs, name)}
        waits[name] = found & sources.keys()
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_every_room_of_the_house_is_known_to_these_rules() -> None:
    rooms = {name.split(".")[1] for name, _ in modules()}

    assert rooms == set(ROOMS) == set(BELOW) == set(GUESTS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_stands_below_it(room: str) -> None:
    files = [(name, path) for name, path in modules() if name.split(".")[1] == room]

    found = [fault for name, path in files for fault in faults(name, path.read_text(encoding="utf-8"))]

    assert files
    assert found == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("gladi.record.wire", "import httpx"),
        ("gladi.record.wire", "from gladi.sandbox.merge import Stage"),
        ("gladi.judge.verdict", "from gladi.sandbox.settings import Settings"),
        ("gladi.judge.verdict", "from gladi import Stage"),
        ("gladi.judge.verdict", "import gladi"),
        ("gladi.platforms.credentials", "import httpx"),
        ("gladi.faces.door", "if TYPE_CHECKING:\n    from gladi.platforms.journalled import journalled"),
        ("gladi.faces.door", "def opens():\n    from ..sandbox import sandbox"),
        ("gladi.reports.terminal", "import gladi.play.catalogue"),
        ("gladi.play.people", "from gladi import session"),
        ("gladi.cli.serve", "import_module('gladi.session.options')"),
        ("gladi.sandbox.shop.orders", "from gladi.sandbox.tokopedia import refusals"),
        ("gladi.sandbox.shop.orders", "from gladi.sandbox import tokopedia"),
        ("gladi.sandbox.tokopedia.api", "import gladi.sandbox.shop.api"),
        ("gladi.sandbox.world.world", "from gladi.record.wire import Request"),
        ("gladi.sandbox.world.world", "from gladi.sandbox import shop"),
    ],
)
def test_a_breach_of_the_import_rules_is_seen(module: str, source: str) -> None:
    assert len(faults(module, source)) >= 1


def test_no_module_waits_for_itself_at_run_time() -> None:
    sources = {name: path.read_text(encoding="utf-8") for name, path in modules()}

    assert circle(sources) == []


def test_a_circle_is_seen_and_one_of_types_alone_is_none() -> None:
    there, back = "from gladi.play.b import B", "def late():\n    from gladi.play import a"

    waiting = circle({"gladi.play.a": there, "gladi.play.b": back})
    typed = circle({"gladi.play.a": there, "gladi.play.b": "if TYPE_CHECKING:\n    from gladi.play.a import A"})

    assert set(waiting) == {"gladi.play.a", "gladi.play.b"}
    assert typed == []


def test_no_public_name_is_also_a_module_where_it_is_imported_from() -> None:
    beside = {path.stem for path in HOUSE.iterdir() if path.suffix == ".py" or path.is_dir()} | {"scenarios", "fixtures"}

    taken = beside & set(gladi.__all__)

    assert taken == set()


def test_every_public_name_is_found_at_its_home() -> None:
    missing = [name for name in gladi.__all__ if getattr(gladi, name, None) is None]

    assert missing == []


def test_a_pytest_run_that_does_not_rehearse_pays_for_four_small_modules(tmp_path: Path) -> None:
    (tmp_path / "test_theirs.py").write_text("def test_theirs(): pass\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")

    added = imported(tmp_path, "-p", "gladi.plugin") - imported(tmp_path)

    assert added == {"gladi", "gladi.plugin", "gladi.session", "gladi.session.options"}


def imported(folder: Path, *words: str) -> set[str]:
    """Give the modules that a run of pytest has imported when it ends, with the plugins of others left out."""
    code = "import sys, pytest; status = pytest.main(sys.argv[1:]); print(*sys.modules, file=sys.stderr); sys.exit(status)"
    done = subprocess.run(
        [sys.executable, "-c", code, "-q", *words],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
        | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return set(done.stderr.split())
