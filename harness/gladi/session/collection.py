"""What a rehearsing run collects: the shipped scenarios wherever they are installed, or the paths given, by file.

The user's `python_files`, `python_functions` and `python_classes` speak of his tests, not of scenarios, and are passed over.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gladi.play.catalogue import module_of, scenarios_folder, shipped
from gladi.play.faults import ScenarioError
from gladi.play.scenario import of

if TYPE_CHECKING:
    from collections.abc import Generator

    from gladi.session.options import Options

__all__ = ["Collecting", "ScenarioModule"]


class ScenarioModule(pytest.Module):
    """A file of scenarios: of all that it defines, only functions made by `@scenario` are collected."""

    def _getobj(self) -> Any:  # noqa: ANN401 - pytest's own signature
        try:
            # Imported by name, not by path: a team's own package `scenarios` would otherwise be taken for ours, or ours for it.
            return importlib.import_module(module_of(self.path)) if shipped(self.path) else super()._getobj()  # type: ignore[no-untyped-call]
        except ScenarioError as error:
            raise self.CollectError(str(error)) from None

    def funcnamefilter(self, name: str) -> bool:
        """Take a scenario, whatever its name."""
        return of(getattr(self.obj, name, None)) is not None

    def isnosetest(self, obj: object) -> bool:
        """Take a scenario, whatever `__test__` says."""
        return of(obj) is not None

    def classnamefilter(self, name: str) -> bool:  # noqa: ARG002 - pytest's own signature
        """Take no class."""
        return False


class Collecting:
    """The hooks around collection."""

    def __init__(self, config: pytest.Config, options: Options) -> None:
        """Point pytest at the scenarios, unless the user named paths himself."""
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
        if not shipped(file_path) and b"scenario" not in file_path.read_bytes():
            return []
        return [ScenarioModule.from_parent(parent, path=file_path)]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Rehearse in the order of the merge; reports list groups in the order in which they began."""
        items.sort(
            key=lambda item: (scenario.phase.label, scenario.process) if (scenario := of(getattr(item, "function", None))) else ("", "")
        )
