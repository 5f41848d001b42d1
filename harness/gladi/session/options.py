"""The options of a rehearsal: one table for the command line, the ini file, the help and the documentation.

Every option is read when pytest is configured, because a wrong value in an ini file is otherwise noticed late or never.
The command line wins over the ini file, the ini file over the default.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from shlex import quote
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gladi.record.words import Face, Target, TroubleLevel
    from gladi.sandbox.merge import InFlight
    from gladi.sandbox.settings import Settings
    from gladi.session.asked import Asked

__all__ = ["EVERY", "OPTIONS", "Option", "Options", "add", "read"]

EVERY = "every"
"""What `--rehearse-in-flight` says for the whole in-flight matrix."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option: `--rehearse-<name>` and its ini twin `rehearse_<name>`."""

    name: str
    default: str
    metavar: str
    help: str
    flag: bool = False
    ini_only: bool = False
    several: bool = False
    """Whether it may be given several times; in an ini file, spaces or lines lie between the values."""

    @property
    def dest(self) -> str:
        """The name under which pytest keeps it, and of its ini twin."""
        return f"rehearse_{self.name.replace('-', '_')}"


OPTIONS = (
    Option("system", "", "MODULE:NAME", "the adapter of the system under rehearsal: a class or factory that takes a gladi.Venue"),
    Option(
        "face", "inprocess", "FACE", "how the platforms are put in front of the system: inprocess (respx, for httpx) or served (real HTTP)"
    ),
    Option("seed", "0", "N", "the seed of the sandbox; the same seed gives the same seller, the same merge and the same journal"),
    Option(
        "in-flight",
        EVERY,
        "CELL",
        "where orders in flight live once the shops merge: {origin,both,neither}/{origin,shop,both}; every plays a scenario that "
        "depends on it once in each of the nine cells",
    ),
    Option(
        "trouble",
        "off",
        "LEVEL",
        "what befalls the system's calls throughout: off, normal (awkward and legal: lists in another order, unknown fields, short pages) "
        "or harsh (also what goes wrong: lost and late answers, refusals, faults, tokens that end, webhooks that suffer)",
    ),
    Option("strict", "false", "", "refuse what no document promises (leniencies), and let warnings fail", flag=True),
    Option(
        "assume",
        "",
        "NAME=VALUE",
        "a switch of the sandbox, for what is assumed and what you know better, such as stock_at_merge=sum or webhook_delay=15m; "
        "may be given several times; the page on assumptions lists all",
        several=True,
    ),
    Option(
        "target",
        "sandbox",
        "TARGET",
        "who answers the system: sandbox (embedded), recorded (recordings of earlier plays) or live (the platforms' own test shops)",
    ),
    Option("record", "", "DIR", "write a recording of each play into this folder: a HAR with nothing private left in it, and a sidecar"),
    Option("fixtures", "", "DIR", "the folder of recordings that --rehearse-target recorded replays, else the shipped ones"),
    Option("search", "false", "", "beside the scenarios, search for a play that breaks the system; it needs gladi[search]", flag=True),
    Option("search-examples", "60", "N", "how many plays the search draws"),
    Option("search-steps", "12", "N", "how many steps each play of the search has"),
    Option("search-seed", "", "N", "the seed of the search's draws; by default a random one, which is told, and in a CI always the same"),
    Option("scenarios", "", "PATHS", "folders or files of your own scenarios, rehearsed beside the shipped ones", ini_only=True),
)


@dataclass(frozen=True, slots=True)
class Options:
    """The options in force."""

    system: str
    face: Face
    seed: int
    strict: bool
    settings: Settings
    scenarios: tuple[str, ...]
    target: Target
    """Who answers the system."""
    trouble: TroubleLevel
    """What befalls the system's calls throughout."""
    fixtures: Path | None = None
    """The folder of the recordings that are replayed; None for the shipped ones."""
    record: Path | None = None
    """The folder into which a recording of each play is written."""
    search: Asked | None = None
    """The search that was asked for."""
    typed: tuple[str, ...] = ()
    """What must be typed again to get the same system and scenarios, because no ini file says it."""
    cell: InFlight | None = None
    """The one cell of the in-flight matrix that was asked for; None for every cell."""
    assumed: Mapping[str, str] = field(default_factory=dict)
    """The switches of the sandbox that were given, as they are written; `settings` holds them too."""

    @property
    def in_flight(self) -> str:
        """The cell in force, such as `both/shop`, or `every`."""
        return str(self.cell) if self.cell is not None else EVERY

    @property
    def switched(self) -> str:
        """The switches that were given in a row, such as `merge_fails=true, webhook_delay=15m`; empty where none was."""
        return ", ".join(f"{name}={value}" for name, value in self.assumed.items())

    @property
    def command(self) -> str:
        """What to type to get the same run again, short of the selection; whoever wraps pytest says how in `GLADI_COMMAND`."""
        return self.command_in(self.cell)

    def command_in(self, cell: InFlight | None) -> str:
        """Give the same for the part of the run that was played in one cell of the in-flight matrix."""
        words = [
            os.environ.get("GLADI_COMMAND", "pytest --rehearse"),
            *self.typed,
            f"--rehearse-seed {self.seed}",
            f"--rehearse-face {self.face}",
        ]
        if cell is not None:
            words.append(f"--rehearse-in-flight {cell}")
        if self.trouble != "off":
            words.append(f"--rehearse-trouble {self.trouble}")
        if self.strict:
            words.append("--rehearse-strict")
        words += [f"--rehearse-assume {name}={value}" for name, value in self.assumed.items()]
        return " ".join((*words, *self._target_in_words()))

    def _target_in_words(self) -> tuple[str, ...]:
        if self.target == "sandbox":
            return ()
        named = () if self.fixtures is None else (f"--rehearse-fixtures={quote(str(self.fixtures))}",)
        return (f"--rehearse-target {self.target}", *named)


def add(parser: pytest.Parser) -> None:
    """Register every option."""
    group = parser.getgroup("rehearse", "rehearsal of the merge into Tokopedia & Shop")
    group.addoption(
        "--rehearse",
        action="store_true",
        default=False,
        help="rehearse the merge instead of running tests; paths given beside it name scenarios",
    )
    for option in OPTIONS:
        shown = option.help if option.flag or not option.default else f"{option.help} (default: {option.default})"
        if not option.ini_only:
            if option.flag:
                group.addoption(f"--rehearse-{option.name}", dest=option.dest, action="store_true", default=None, help=shown)
            else:
                action = "append" if option.several else "store"
                group.addoption(
                    f"--rehearse-{option.name}", dest=option.dest, metavar=option.metavar, action=action, default=None, help=shown
                )
        parser.addini(option.dest, shown, type="string", default=option.default)


def check_alone(config: pytest.Config) -> None:
    """Refuse an option of a rehearsal on the command line of a run that does not rehearse: it would be passed over in silence.

    Raises:
        pytest.UsageError: `--rehearse` is missing.
    """
    given = [option.name for option in OPTIONS if not option.ini_only and config.getoption(option.dest) is not None]
    if given and not config.getoption("rehearse"):
        raise pytest.UsageError(f"--rehearse-{given[0]} speaks of a rehearsal, and this is none; write --rehearse beside it")


def read(config: pytest.Config) -> Options:
    """Read and check every option.

    Raises:
        pytest.UsageError: a value is wrong; the sentence says which, where, and what to write instead.
    """
    from gladi.record.words import Face, TroubleLevel  # noqa: PLC0415 - start-up: only a rehearsing run pays
    from gladi.sandbox.merge import InFlight  # noqa: PLC0415
    from gladi.sandbox.settings import Settings  # noqa: PLC0415
    from gladi.sandbox.switches import written  # noqa: PLC0415
    from gladi.session.asked import asked  # noqa: PLC0415
    from gladi.session.target import agree, chosen, recorded_into, recordings  # noqa: PLC0415

    given = {option.name: _value(config, option) for option in OPTIONS if not option.several}

    def wrong(name: str, sentence: str) -> pytest.UsageError:
        return pytest.UsageError(f"{given[name][1]}: {sentence}")

    system = given["system"][0]
    if not system:
        raise pytest.UsageError(
            "--rehearse needs a system: write rehearse_system = mymodule:MyAdapter in your pytest ini, "
            "or pass --rehearse-system mymodule:MyAdapter" + (_without_ini(config) if config.inipath is None else "")
        )
    face_name, seed, in_flight, strict = (given[name][0] for name in ("face", "seed", "in-flight", "strict"))
    if face_name not in tuple(Face):
        raise wrong("face", f"{face_name!r} is no face; write one of {', '.join(Face)}")
    if (trouble := given["trouble"][0]) not in tuple(TroubleLevel):
        raise wrong("trouble", f"{trouble!r} is no level of trouble; write one of {', '.join(TroubleLevel)}")
    if not (seed.isascii() and seed.isdigit()) or len(seed) > 9:  # noqa: PLR2004 - a seed is typed by hand
        raise wrong("seed", f"{seed!r} is no seed; write a whole number from 0 to 999999999")
    try:
        cell = None if in_flight == EVERY else InFlight.parse(in_flight)
    except ValueError as error:
        raise wrong("in-flight", f"{error}, or {EVERY}") from None
    if strict.lower() not in ("true", "false", "1", "0", "yes", "no", "on", "off"):
        raise wrong("strict", f"{strict!r} is neither true nor false")
    target = chosen(*given["target"])
    is_strict = strict.lower() in ("true", "1", "yes", "on")
    switches = _switches(config)
    fixtures, record = recordings(config, *given["fixtures"], target), recorded_into(config, *given["record"])
    agree(target, trouble=given["trouble"], fixtures=fixtures, record=(record, given["record"][1]))
    return Options(
        system=system,
        face=Face(face_name),
        seed=int(seed),
        strict=is_strict,
        settings=Settings(strict=is_strict, in_flight=cell or InFlight(), **switches),
        cell=cell,
        assumed={name: written(value) for name, value in switches.items()},
        scenarios=tuple(given["scenarios"][0].split()),
        target=target,
        trouble=TroubleLevel(trouble),
        fixtures=fixtures,
        record=record,
        search=asked(config, given, target, TroubleLevel(trouble)),
        typed=_typed(config, given["system"]),
    )


def _without_ini(config: pytest.Config) -> str:
    """Say where pytest looked for its ini: a folder that is there, after an option and a blank, is taken for one to be tested."""
    return (
        f"; pytest found no ini, with {config.rootpath} for its root: a folder that an option names is written with = "
        "(--rehearse-fixtures=FOLDER), or pytest looks for its ini there"
    )


def _typed(config: pytest.Config, system: tuple[str, str]) -> tuple[str, ...]:
    from gladi.play.catalogue import scenarios_folder  # noqa: PLC0415 - start-up: only a rehearsing run pays

    named = config.args if config.args_source is pytest.Config.ArgsSource.ARGS else []
    if str(scenarios_folder()) in named:  # an xdist worker is told the paths that its controller chose
        named = []
    spec, place = system
    return (*map(quote, named), *(("--rehearse-system", quote(spec)) if place == "--rehearse-system" else ()))


def _switches(config: pytest.Config) -> dict[str, Any]:
    """Read the switches of the sandbox; one on the command line wins over the same one of the ini file, and leaves the others."""
    from gladi.sandbox.switches import agree, switch  # noqa: PLC0415 - start-up: only a rehearsing run pays

    option = next(option for option in OPTIONS if option.several)
    words = [(word, _in_ini(config, option)) for word in str(config.getini(option.dest)).split()]
    words += [(word, f"--rehearse-{option.name}") for word in config.getoption(option.dest) or ()]
    switches: dict[str, Any] = {}
    try:
        for word, place in words:
            where = place
            name, value = switch(word)
            switches[name] = value
        agree(switches)
    except ValueError as error:
        raise pytest.UsageError(f"{where}: {error}") from None
    return switches


def _value(config: pytest.Config, option: Option) -> tuple[str, str]:
    """Give a value and the place it came from."""
    on_command_line = None if option.ini_only else config.getoption(option.dest)
    if on_command_line is not None:
        return str(on_command_line), f"--rehearse-{option.name}"
    return str(config.getini(option.dest)).strip(), _in_ini(config, option)


def _in_ini(config: pytest.Config, option: Option) -> str:
    return f"{option.dest} in {config.inipath.name if config.inipath else 'the ini file'}"
