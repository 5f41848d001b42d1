"""The policy of a repository: `gladi.toml` beside its pyproject.toml, with the developer account, the known gaps and the test shops.

1. A wrong file is one sentence: which file, which key, what to write instead.
2. A ledger's URL may hold a password, so no sentence and no report repeats it.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gladi.attempts.events import MOST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FILE", "LEDGER", "KnownGap", "Policy", "PolicyError", "TestShop"]

FILE = "gladi.toml"
LEDGER = "GLADI_LEDGER"
"""The environment variable that takes the place of `ledger`, so that a secret need not stand in the file."""

_DEFAULT_LEDGER = "gladi-attempts.sqlite"
_HOST = r"(?:[^\[\]@:/?#,\s]*|\[[0-9a-fA-F:.]+\])(?::[0-9]+)?"
_URL = re.compile(
    rf"postgres(?:ql)?://(?:[^:@/?#\s]*(?::[^:@/?#\s]*)?@)?(?P<hosts>{_HOST}(?:,{_HOST})*)(?P<database>/[^@/?#\s]*)?(?:\?[^@#\s]*)?"
)
"""Strict, so that no part of a password that was not encoded is ever taken for a host or a database, which are printed."""

_CONNECTION = re.compile(r"postgres(?:ql)?:|.*:.*@|.*(?:password|passfile|dbname|hostaddr|host|service)\s*=", re.IGNORECASE | re.DOTALL)
"""How PostgreSQL is named without `://`: a URL half written, `user:password@host`, or libpq's `key=value`; none of it is a path."""

_ID = re.compile(r"[0-9]{1,19}")
_AN_ID = "write its digits in quotes, at most nineteen of them"


class PolicyError(ValueError):
    """A `gladi.toml` is wrong; the text is one sentence that names file and key and says what to write."""


@dataclass(frozen=True, slots=True)
class KnownGap:
    """A scenario that is known to break: the gate lets it pass until its date, and not a day longer."""

    scenario: str
    reason: str
    owner: str
    until: date
    """The last day, in UTC, on which the gap passes."""


@dataclass(frozen=True, slots=True)
class TestShop:
    """A test shop that may be spent: its two ids, one on each platform, and the name that a person types."""

    __test__ = False  # pytest would collect it by its name

    tokopedia_shop_id: int
    shop_id: str
    """Nineteen digits; a text, because a float parser loses them."""
    name: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What a repository has decided; where there is no file, nothing has been."""

    root: Path
    developer: str | None = None
    """The Tokopedia developer account whose attempts are counted; None where the file names none."""
    ledger: str | Path = field(default=Path(_DEFAULT_LEDGER), repr=False)
    """An absolute path of a SQLite file, or a `postgresql://` URL with whatever secret is in it: for `Ledger.at`, never for print."""
    quota: int = MOST
    known_gaps: tuple[KnownGap, ...] = ()
    test_shops: tuple[TestShop, ...] = ()

    @property
    def shown(self) -> str:
        """The ledger as it may be printed: the path as seen from the policy's folder, or the URL without user, password and parameters."""
        if isinstance(self.ledger, Path):
            inside = self.ledger.is_relative_to(self.root)
            return str(self.ledger.relative_to(self.root) if inside else self.ledger)
        found = _URL.fullmatch(self.ledger)
        return f"postgresql://{found['hosts']}{found['database'] or ''}" if found else "a PostgreSQL URL"

    @classmethod
    def find(cls, start: Path) -> Path:
        """Give the folder whose policy holds at `start`: the nearest one upwards with a `gladi.toml`, else `start` itself."""
        start = start.absolute()
        return next((folder for folder in (start, *start.parents) if (folder / FILE).is_file()), start)

    @classmethod
    def read(cls, root: Path) -> Policy:
        """Read `root/gladi.toml`; the environment's GLADI_LEDGER wins over its `ledger`, and a missing file is an empty policy.

        Raises:
            PolicyError: the file cannot be read, or a key, a type or a date in it is wrong.
        """
        root = root.absolute()
        file = _file(root)
        attempts = _Table(file.pop("attempts", {}), "[attempts]")
        gaps = tuple(_gap(table) for table in _several(file, "known-gaps"))
        shops = tuple(_shop(table) for table in _several(file, "test-shops"))
        _known(file, ("attempts", "known-gaps", "test-shops"), "")
        _once("known-gaps", "scenario", [gap.scenario for gap in gaps])
        _once("test-shops", "name", [shop.name for shop in shops])
        policy = cls(
            root=root,
            developer=attempts.takes("developer", _text, needed=False),
            ledger=_ledger(root, attempts.takes("ledger", _text, needed=False)),
            quota=attempts.takes("quota", _quota, needed=False) or MOST,
            known_gaps=gaps,
            test_shops=shops,
        )
        attempts.ends()
        return policy


class _Table:
    """One table of the file, whose keys are taken one by one; what is left over at the end is unknown."""

    def __init__(self, given: object, place: str) -> None:
        if not isinstance(given, dict):
            raise PolicyError(f"{FILE}: {place} is no table; write {place} on a line of its own and its keys below it")
        self.values: dict[str, Any] = dict(given)
        self.place = place
        self.taken: list[str] = []

    def takes(self, key: str, reads: Callable[[Any, str], Any], *, needed: bool = True) -> Any:  # noqa: ANN401 - each key has its type
        """Give the value of a key as `reads` makes it; None where it is missing and not needed."""
        self.taken.append(key)
        if key not in self.values:
            if needed:
                raise PolicyError(f"{FILE}: {self.place} lacks {key}; write {_EXAMPLES[key]}")
            return None
        return reads(self.values.pop(key), f"{FILE}: {key} in {self.place}")

    def ends(self) -> None:
        """Refuse what nobody took."""
        _known(self.values, self.taken, f" in {self.place}")


_EXAMPLES = {
    "scenario": 'scenario = "the id of a scenario, as the verdict names it"',
    "reason": 'reason = "why it breaks, and why that can wait"',
    "owner": 'owner = "who closes the gap"',
    "until": "until = 2027-01-31, the last day on which it passes",
    "tokopedia_shop_id": "tokopedia_shop_id = 480000123, its shop id on Tokopedia",
    "shop_id": 'shop_id = "7495000000000000001", its shop id on Tokopedia & Shop',
    "name": 'name = "the shop\'s name, as it is typed before an attempt is opened"',
}


def _file(root: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((root / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as wrong:
        raise PolicyError(f"{FILE} cannot be read ({wrong.strerror}); make it a file that you may read") from None
    except UnicodeDecodeError:
        raise PolicyError(f"{FILE} is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as wrong:
        raise PolicyError(f"{FILE} is no TOML: {wrong}; docs/ci.md shows one that is") from None


def _several(file: dict[str, Any], name: str) -> list[_Table]:
    given = file.pop(name, [])
    if not isinstance(given, list):
        raise PolicyError(f"{FILE}: {name} is one table or a value; write [[{name}]] with two brackets, once for each")
    return [_Table(one, f"[[{name}]] number {n}") for n, one in enumerate(given, start=1)]


def _known(left: Mapping[str, object], names: tuple[str, ...] | list[str], where: str) -> None:
    for name in left:
        near = difflib.get_close_matches(name, names, n=1)
        meant = f"did you mean {near[0]}?" if near else f"write one of {', '.join(names)}"
        raise PolicyError(f"{FILE}: there is no {name!r}{where}; {meant}")


def _once(place: str, key: str, values: list[str]) -> None:
    for value in values:
        if values.count(value) > 1:
            raise PolicyError(f"{FILE}: two of [[{place}]] have the {key} {value!r}; keep one of them")


def _gap(table: _Table) -> KnownGap:
    gap = KnownGap(
        scenario=table.takes("scenario", _text).removeprefix("test_"),
        reason=table.takes("reason", _text),
        owner=table.takes("owner", _text),
        until=table.takes("until", _day),
    )
    table.ends()
    return gap


def _shop(table: _Table) -> TestShop:
    shop = TestShop(
        tokopedia_shop_id=table.takes("tokopedia_shop_id", _number),
        shop_id=table.takes("shop_id", _digits),
        name=table.takes("name", _text),
    )
    table.ends()
    return shop


def _text(value: Any, place: str) -> str:  # noqa: ANN401 - TOML comes in, here and below
    if not isinstance(value, str) or not value.strip():
        raise PolicyError(f"{place} is no text; write it in quotes, and not empty")
    return value.strip()


def _number(value: Any, place: str) -> int:  # noqa: ANN401
    if type(value) is not int or value <= 0:
        raise PolicyError(f"{place} is no id of a shop; write its digits without quotes")
    return value


def _digits(value: Any, place: str) -> str:  # noqa: ANN401
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise PolicyError(f"{place} is no id of a shop; {_AN_ID}")
    return value


def _day(value: Any, place: str) -> date:  # noqa: ANN401
    if not isinstance(value, date) or isinstance(value, datetime):
        raise PolicyError(f"{place} is no date; write a day without quotes and without a time, such as 2027-01-31")
    return value


def _quota(value: Any, place: str) -> int:  # noqa: ANN401
    if type(value) is not int or not 1 <= value <= MOST:
        raise PolicyError(f"{place} is {value!r}, and a developer account has {MOST} attempts, ever; write a whole number from 1 to {MOST}")
    return value


def _ledger(root: Path, written: str | None) -> str | Path:
    from_environment = os.environ.get(LEDGER, "").strip()
    place = LEDGER if from_environment else f"{FILE}: ledger in [attempts]"
    given = from_environment or written or _DEFAULT_LEDGER
    scheme, colon, _ = given.partition("://")
    if not colon and not _CONNECTION.match(given):
        try:
            return root / Path(given).expanduser()
        except RuntimeError:  # ~somebody, who has no home here
            raise PolicyError(f"{place} names the home of somebody who has none here; write a path without ~") from None
    if not _URL.fullmatch(given):
        if not colon:
            what = "names a server, and not by a URL"
        else:
            what = "is no URL that can be read" if scheme in ("postgresql", "postgres") else "is a URL of another kind"
        raise PolicyError(
            f"{place} {what}; write the path of a SQLite file, or postgresql://user@host/database with "
            "every special character of a password percent-encoded"
        )
    return given
