"""What a rehearsing run collects: the shipped scenarios wherever they are installed, or the paths given, by file.

The user's `python_files`, `python_functions` and `python_classes` speak of his tests, not of scenarios, and are passed over.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gladi.play.catalogue import catalogue, module_of, scenarios_folder, shipped
from gladi.play.faults import ScenarioError
from gladi.play.scenario import Scenario, of
from gladi.session.cells import multiply

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from gladi.session.options import Options

__all__ = ["Collecting", "ScenarioModule"]


_KNOWN = pytest.StashKey[dict[str, Scenario]]()
"""Every id that is taken in this session, with the scenario that bears it."""


class ScenarioModule(pytest.Module):
    """A file of scenarios: of all that it defines, only functions made by `@scenario` are collected."""

    def _getobj(self) -> Any:  # noqa: ANN401 - pytest's own signature
        if not shipped(self.path):
            _rewrite_assertions(self.path, self.config.rootpath)
        try:
            # Imported by name, not by path: a team's own package `scenarios` would otherwise be taken for ours, or ours for it.
            return importlib.import_module(module_of(self.path)) if shipped(self.path) else super()._getobj()  # type: ignore[no-untyped-call]
        except ScenarioError as error:
            raise self.CollectError(str(error)) from None

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Collect the scenarios, and say so where two bear one id, or where a fixture of the user's hides ours."""
        found = list(super().collect())
        known = self.config.stash.setdefault(_KNOWN, {name: one for one in catalogue() for name in (one.id, *one.formerly)})
        for item in found:
            scenario = of(getattr(item, "obj", None))
            if scenario is None:
                continue
            for name in (scenario.id, *scenario.formerly):
                other = known.setdefault(name, scenario)
                if (other.path, other.line) != (scenario.path, scenario.line):
                    raise self.CollectError(
                        f"two scenarios are called {name!r}: {other.path.name} and {scenario.path.name}; ids are never reused"
                    )
            given = getattr(item, "_fixtureinfo").name2fixturedefs.get("rehearsal", ())  # noqa: B009 - pytest shows it nowhere else
            if given and given[-1].func.__module__ != "gladi.plugin":
                theirs = Path(given[-1].func.__code__.co_filename).name
                raise self.CollectError(
                    f"the fixture `rehearsal` of {theirs} hides the one that scenarios are given; give yours another name"
                )
        return found

    def funcnamefilter(self, name: str) -> bool:
        """Take a scenario, whatever its name."""
        return of(getattr(self.obj, name, None)) is not None

    def isnosetest(self, obj: object) -> bool:
        """Take a scenario, whatever `__test__` says."""
        return of(obj) is not None

    def classnamefilter(self, name: str) -> bool:  # noqa: ARG002 - pytest's own signature
        """Take no class."""
        return False


def _rewrite_assertions(path: Path, root: Path) -> None:
    """Have pytest rewrite the assertions of a file, as it does of files that `python_files` names: they say nothing otherwise.

    It asks for the name under which the file is imported, which hangs on the import mode.
    """
    package = path.with_suffix("")
    while (package.parent / "__init__.py").is_file():
        package = package.parent
    by_package = path.with_suffix("").relative_to(package.parent)
    by_root = path.with_suffix("").relative_to(root) if path.is_relative_to(root) else by_package
    names = {".".join(part.replace(".", "_") for part in one.parts) for one in (by_package, by_root)}
    pytest.register_assert_rewrite(*(name for name in names if name not in sys.modules))


class Collecting:
    """The hooks around collection."""

    def __init__(self, config: pytest.Config, options: Options) -> None:
        """Point pytest at the scenarios, unless the user named paths himself."""
        self.options = options
        named = config.args_source is pytest.Config.ArgsSource.ARGS
        if not named:
            own = [str(config.rootpath / path) for path in options.scenarios]
            missing = [path for path in own if not Path(path).exists()]
            if missing:
                raise pytest.UsageError(f"rehearse_scenarios names {missing[0]}, which does not exist; name folders or files of scenarios")
            config.args = [str(scenarios_folder()), *own]

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> Generator[None, list[Any], list[Any]]:
        """Collect scenario files as such, and nothing else."""
        yield
        if file_path.suffix != ".py" or file_path.name == "conftest.py":
            return []
        # A file that was named is collected in any case: that it holds no scenario is then said by the verdict.
        if not (shipped(file_path) or parent.session.isinitpath(file_path)) and b"scenario" not in file_path.read_bytes():
            return []
        return [ScenarioModule.from_parent(parent, path=file_path)]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Collect a scenario once for each cell of the in-flight matrix in which it is played."""
        multiply(metafunc, self.options)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Rehearse in the order of the merge; reports list groups in the order in which they began."""
        items.sort(
            key=lambda item: (scenario.phase.label, scenario.process) if (scenario := of(getattr(item, "function", None))) else ("", "")
        )
