"""What `--rehearse-record` leaves: one recording of each play, and a line that says where they are.

A recording that must not be written, because something secret was left in it, is not there; the run then says so and is no success.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from gladi.platforms.recording.recorder import exchanges_of, recorded, salt_of, secrets_in
from gladi.platforms.recording.recording import HAR, RecordingError, lying, target_of
from gladi.platforms.recording.salt import REAL, salt_beside
from gladi.platforms.recording.sidecar import Sidecar
from gladi.record.clock import moment
from gladi.record.journal import Exchange
from gladi.record.words import Target
from gladi.session.cells import file_name
from gladi.session.closing import HARNESS_FAULT

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from gladi.platforms.credentials import Credentials
    from gladi.play.adapter import Adapter
    from gladi.play.rehearsal import Rehearsal
    from gladi.play.scenario import Scenario
    from gladi.sandbox.app import App
    from gladi.sandbox.merge import InFlight
    from gladi.session.options import Options

__all__ = ["Recordings", "made_room"]

_WRITTEN, _REFUSED = "gladi recorded", "gladi not recorded"
"""What pytest carries from a worker to its controller, beside a play."""
_SHOWN = 5


def made_room(folder: Path, place: str) -> None:
    """Make sure, before anything is rehearsed, that recordings can be written into a folder.

    Raises:
        pytest.UsageError: it is a file, cannot be made, or nothing can be written into it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except OSError as wrong:
        what = "is a file" if folder.is_file() else f"cannot be written ({wrong.strerror})"
        raise pytest.UsageError(f"{place}: {folder.name} {what}; name a folder, in which each play leaves a recording") from None


class Recordings:
    """Writes the recordings of a run into a folder, and tells of them."""

    def __init__(self, options: Options, adapter: Adapter, folder: Path) -> None:
        """Write what is played with these options and this system into `folder`."""
        self._options = options
        self._adapter = adapter
        self._folder = folder
        self._written: set[str] = set()
        self._refused: dict[str, str] = {}

    def keeps(self, item: pytest.Item, scenario: Scenario, cell: InFlight, rehearsal: Rehearsal) -> None:
        """Write the recording of a play that has come to its end."""
        name, journal = file_name(scenario, cell), rehearsal.journal
        sandbox, live = rehearsal.backstage.sandbox, self._options.target is Target.LIVE
        sidecar = Sidecar(
            gladi=_version(),
            scenario=scenario.id,
            catalogue_of_scenario=scenario.source,
            cell=str(cell) if len(scenario.cells) > 1 else "",
            seed=self._options.seed,
            target=str(self._options.target),
            system=self._adapter.spec,
            recorded_at=(datetime.now(UTC).replace(microsecond=0) if live else moment(rehearsal.began_at)).isoformat(),
            settings=dict(self._options.assumed),
            salt=secrets.token_hex(16) if live else salt_of(self._options.seed),
        )
        exchanges = tuple(exchanges_of(journal))
        if self._options.target is not Target.SANDBOX:
            sidecar, exchanges = _with_course(sidecar, exchanges, rehearsal)
        known = {*_keys(sandbox.app), *(one.refresh_token for one in sandbox.consents), *secrets_in(exchanges)}
        if (stage := item.config.pluginmanager.get_plugin("gladi-live")) is not None:
            known |= {*_keys(stage.ground.credentials), *stage.ground.credentials.refresh_tokens}
        try:
            path = _free(self._folder / f"{name}{HAR}", datetime.now(UTC) if live else None)
            recorded(sidecar, exchanges, journal.entries).write(path, secrets=known)
        except RecordingError as error:
            item.user_properties.append((_REFUSED, str(error)))
        else:
            item.user_properties.append((_WRITTEN, name))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of what was written and of what was not."""
        for name, value in report.user_properties:
            if name == _WRITTEN:
                self._written.add(str(value))
            elif name == _REFUSED:
                self._refused[report.nodeid] = str(value)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None]:
        """Let no run say yes that could not leave what it was asked for."""
        yield
        if self._refused and session.exitstatus != pytest.ExitCode.TESTS_FAILED:
            session.exitstatus = HARNESS_FAULT

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say where the recordings are."""
        root = terminalreporter.config.rootpath
        shown = self._folder.relative_to(root) if self._folder.is_relative_to(root) else self._folder
        written = len(self._written)
        terminalreporter.write_line(f"  recorded: {written} {'play' if written == 1 else 'plays'}, in {shown}")
        for sentence in list(self._refused.values())[:_SHOWN]:
            terminalreporter.write_line(f"  not recorded: {sentence}", red=True)


def _free(path: Path, at: datetime | None) -> Path:
    """Give where a recording goes: never over one of something real, which cannot be had again; a live one then bears its instant.

    One that lies packed is replaced packed.

    Raises:
        RecordingError: one of something real is there, and this one is not live: it can be had again, in another folder.
    """
    target = target_of(path)
    is_real = target in REAL if target else salt_beside(path).exists()
    there = path if path.is_file() else lying(path)
    if not is_real:
        return there
    if at is None:
        raise RecordingError(f"{there.name} is of real shops, and is not replaced; name another folder with --rehearse-record")
    return path.with_name(f"{path.name.removesuffix(HAR)}-{at:%Y%m%dT%H%M%SZ}{HAR}")


def _with_course(sidecar: Sidecar, exchanges: tuple[Exchange, ...], rehearsal: Rehearsal) -> tuple[Sidecar, tuple[Exchange, ...]]:
    """Give both with the course of a play that stood on the platforms, and without where webhooks reached it, which is the run's own."""
    from gladi.play.live.backstage import LiveBackstage  # noqa: PLC0415 - only such a run pays
    from gladi.play.live.past import WEBHOOK_URL  # noqa: PLC0415 - as above

    backstage = rehearsal.backstage
    if not isinstance(backstage, LiveBackstage):
        return sidecar, exchanges
    here, there = (tuple(one.encode() for one in (url, url.replace("/", "\\/"))) for url in (backstage.kept.webhook_url, WEBHOOK_URL))

    def moved(body: bytes) -> bytes:
        for one, other in zip(here, there, strict=True):
            body = body.replace(one, other)
        return body

    cipher = backstage.sandbox.world.all_shops()[0].cipher
    return structs.replace(sidecar, course=backstage.kept.course(backstage.ground, cipher=cipher)), tuple(
        Exchange(replace(request, body=moved(request.body)), structs.replace(response, body=moved(response.body)))
        for request, response in exchanges
    )


def _keys(app: App | Credentials) -> tuple[str, str, str]:
    return app.client_secret, app.webhook_secret, app.app_secret


@lru_cache(maxsize=1)
def _version() -> str:
    return version("gladi")
