"""Beginning a rehearsing session: options, system, catalogue, and the hooks that only such a session has."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import pytest

from gladi.session.options import read
from gladi.session.performing import Performing

if TYPE_CHECKING:
    from collections.abc import Generator

    from gladi.play.adapter import Adapter
    from gladi.session.options import Options

__all__ = ["begin"]


def begin(config: pytest.Config) -> Performing:
    """Check everything that can be checked before collection, then register the session's hooks.

    Raises:
        pytest.UsageError: an option, the adapter or a scenario is wrong.
    """
    from gladi.judge.verdict import write  # noqa: PLC0415 - after pytest's own start
    from gladi.play.adapter import load  # noqa: PLC0415
    from gladi.play.catalogue import catalogue  # noqa: PLC0415
    from gladi.play.faults import AdapterError, ScenarioError  # noqa: PLC0415
    from gladi.session.closing import Closing  # noqa: PLC0415
    from gladi.session.collection import Collecting  # noqa: PLC0415
    from gladi.session.junit import JUnit  # noqa: PLC0415
    from gladi.session.logged import CleanLogs  # noqa: PLC0415
    from gladi.session.progress import Progress  # noqa: PLC0415
    from gladi.session.spent import earlier, spent, unbegun  # noqa: PLC0415

    pytest.register_assert_rewrite("gladi.scenarios")
    reports = config.rootpath / "reports"
    before = earlier(reports / "verdict.json")
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        # What cannot even begin must not leave yesterday's verdict to be read as today's, nor lose what that one knew of the ledger.
        with _writing(config.rootpath, reports):
            if before:
                write(reports / "verdict.json", unbegun(before))
            else:
                (reports / "verdict.json").unlink(missing_ok=True)
    options = read(config)
    try:
        adapter = load(options.system, root=config.rootpath)
        catalogue()
    except (AdapterError, ScenarioError) as error:
        raise pytest.UsageError(str(error)) from None
    performing = Performing(options, adapter, journals=reports / "journals")
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        _make_room(config.rootpath, reports, reports / "journals")
    config.pluginmanager.register(Collecting(config, options), "gladi-collecting")
    config.pluginmanager.register(performing, "gladi-performing")
    config.pluginmanager.register(CleanLogs(), "gladi-clean-logs")
    if options.target == "live" and not config.option.collectonly:
        from gladi.session.live import opened  # noqa: PLC0415 - only a run on the platforms pays

        stage = opened(config, trouble=options.trouble)
        performing.makes = stage.rehearsal
        config.pluginmanager.register(stage, "gladi-live")
    if options.record is not None:
        from gladi.session.recordings import Recordings  # noqa: PLC0415 - only a run that records pays

        performing.recordings = Recordings(options, adapter, options.record)
        config.pluginmanager.register(performing.recordings, "gladi-recordings")
    _searches(config, options, adapter, performing)
    if not hasattr(config, "workerinput"):
        closing = Closing(config, options, adapter, spent(config.rootpath, before))
        config.pluginmanager.register(closing, "gladi-closing")
        if getattr(config.option, "xmlpath", None):
            config.pluginmanager.register(JUnit(config, closing), "gladi-junit")
        config.pluginmanager.register(Progress(config), "gladi-progress")
    if getattr(config.option, "allure_report_dir", None) and not config.option.collectonly:
        _reports_to_allure(config, options, adapter, performing)
    return performing


def _searches(config: pytest.Config, options: Options, adapter: Adapter, performing: Performing) -> None:
    if options.search is not None:
        from gladi.session.searching import Searching  # noqa: PLC0415 - only a run that searches pays

        config.pluginmanager.register(Searching(options, adapter, performing.served), "gladi-searching")


def _make_room(root: Path, *folders: Path) -> None:
    """Make sure, before anything is rehearsed, that what it leaves can be written.

    Raises:
        pytest.UsageError: a folder cannot be made, or nothing can be written into it.
    """
    for folder in folders:
        with _writing(root, folder):
            folder.mkdir(parents=True, exist_ok=True)
            TemporaryFile(dir=folder).close()


@contextmanager
def _writing(root: Path, folder: Path) -> Generator[None]:
    try:
        yield
    except OSError as wrong:
        shown = folder.relative_to(root)
        if folder.exists() and not folder.is_dir():
            what = "is a file"
        elif folder.parent != root and folder.parent.exists() and not folder.parent.is_dir():
            shown, what = shown.parent, "is a file"
        else:
            what = f"cannot be written ({wrong.strerror})"
        raise pytest.UsageError(f"{shown} {what}, and a rehearsal leaves its verdict and its journals there; move it away") from None


def _reports_to_allure(config: pytest.Config, options: Options, adapter: Adapter, performing: Performing) -> None:
    import platform  # noqa: PLC0415 - only a run that reports to Allure pays for these
    from importlib.metadata import version  # noqa: PLC0415

    from gladi.platforms.troubles.refusal import ASSUMPTIONS  # noqa: PLC0415
    from gladi.record.clock import WIB, moment  # noqa: PLC0415
    from gladi.reports.allure import Recorder  # noqa: PLC0415
    from gladi.reports.surroundings import Surroundings  # noqa: PLC0415
    from gladi.sandbox.assumptions import assumptions  # noqa: PLC0415
    from gladi.sandbox.seed import BEGINNING  # noqa: PLC0415

    performing.recorder = Recorder(performing.describes)
    config.pluginmanager.register(performing.recorder, "gladi-allure")
    if hasattr(config, "workerinput"):
        return
    closing = config.pluginmanager.get_plugin("gladi-closing")
    facts = {
        "target": str(options.target),
        "face": str(options.face),
        "seed": str(options.seed),
        "in_flight": options.in_flight,
        "strict": str(options.strict).lower(),
        "trouble": str(options.trouble),
        "assumed": options.switched or "none",
        "system": " ".join(word for word in (adapter.spec, adapter.version) if word),
        "gladi": version("gladi"),
        "python": platform.python_version(),
        **({"attempts": closing.spent.said} if closing is not None and closing.spent.said else {}),
        "clock_start": f"{moment(BEGINNING) + WIB:%Y-%m-%d %H:%M} WIB",
    }
    config.pluginmanager.register(
        Surroundings(
            Path(config.option.allure_report_dir),
            facts,
            journals=performing.journals,
            verdict=lambda: closing.verdict if closing is not None else None,
            known=assumptions() | ASSUMPTIONS,
        ),
        "gladi-allure-surroundings",
    )
