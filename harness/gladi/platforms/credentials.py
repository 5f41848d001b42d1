"""The developer's credentials for the platforms themselves: from the environment, or from a file outside of every repository.

1. A `repr` shows nothing, and no sentence repeats a value.
2. The file has the form that `gladi serve --credentials` writes, so that a stand-in is named in the same way as the platforms.
"""

from __future__ import annotations

import os
import shlex
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FILE", "Credentials", "CredentialsError"]

T = TypeVar("T")

FILE = "GLADI_LIVE_CREDENTIALS"
"""The environment variable that names the file."""

_VARIABLES = {
    "fs_id": "GLADI_LIVE_FS_ID",
    "client_id": "GLADI_LIVE_CLIENT_ID",
    "client_secret": "GLADI_LIVE_CLIENT_SECRET",
    "webhook_secret": "GLADI_LIVE_WEBHOOK_SECRET",
    "app_key": "GLADI_LIVE_APP_KEY",
    "app_secret": "GLADI_LIVE_APP_SECRET",
    "refresh_tokens": "GLADI_LIVE_REFRESH_TOKENS",
    "consents": "GLADI_LIVE_CONSENTS",
}
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class CredentialsError(Exception):
    """The credentials are missing or not kept well; the text is one sentence without any of them."""


class _Grant(msgspec.Struct, frozen=True):
    refresh_token: str


class _Tokopedia(msgspec.Struct, frozen=True):
    fs_id: int
    client_id: str
    client_secret: str
    webhook_secret: str


class _Shop(msgspec.Struct, frozen=True):
    app_key: str
    app_secret: str
    grants: tuple[_Grant, ...]


class _File(msgspec.Struct, frozen=True):
    tokopedia: _Tokopedia
    shop: _Shop
    urls: dict[str, str] = {}
    control: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """Both apps' keys and the sellers' refresh tokens. Its `repr` shows nothing."""

    fs_id: int
    client_id: str
    client_secret: str
    webhook_secret: str
    app_key: str
    app_secret: str
    refresh_tokens: tuple[str, ...]
    """One for each shop on Tokopedia & Shop whose owner has authorized the app, as they were once given; `Consents` has the newest."""
    consents: Path
    """Where the newest tokens are kept, for `Consents`."""
    base_urls: Mapping[str, str] = field(default_factory=dict[str, str])
    """Stand-ins on this machine, by host; empty for the platforms themselves."""
    control: str = ""
    """The control port of a stand-in that `gladi serve` serves: its clock, and its people's hands."""

    def __repr__(self) -> str:
        return "Credentials(***)"

    @classmethod
    def read(cls, environment: Mapping[str, str], *, outside: Path) -> Credentials:
        """Read the file that GLADI_LIVE_CREDENTIALS names, or else the other variables.

        No file may lie below `outside`, in its work tree, or in any other one of git.

        Raises:
            CredentialsError: something is missing, cannot be read, is open to others, or lies in a work tree.
        """
        tree = _tree(outside)
        named = environment.get(FILE, "")
        given = {name: environment.get(variable, "").strip() for name, variable in _VARIABLES.items()}
        if named:
            path = _kept(Path(named).expanduser(), tree)
            read = _read(path)
            kept = Path(given["consents"] or f"{path}.consents").expanduser()
            return cls(
                **msgspec.structs.asdict(read.tokopedia),
                app_key=read.shop.app_key,
                app_secret=read.shop.app_secret,
                refresh_tokens=tuple(grant.refresh_token for grant in read.shop.grants),
                consents=_outside(kept, tree, _VARIABLES["consents"]),
                base_urls=read.urls,
                control=read.control,
            )
        lacking = [_VARIABLES[name] for name, value in given.items() if not value]
        if lacking:
            raise CredentialsError(
                f"the live target has no credentials: name their file with {FILE}, or set all variables ({', '.join(lacking)} "
                f"{'is' if len(lacking) == 1 else 'are'} not set)"
            )
        if not (given["fs_id"].isascii() and given["fs_id"].isdigit()):
            raise CredentialsError(f"{_VARIABLES['fs_id']} is no App ID; write the digits that the developer console shows")
        return cls(
            fs_id=int(given["fs_id"]),
            client_id=given["client_id"],
            client_secret=given["client_secret"],
            webhook_secret=given["webhook_secret"],
            app_key=given["app_key"],
            app_secret=given["app_secret"],
            refresh_tokens=tuple(given["refresh_tokens"].split()),
            consents=_outside(Path(given["consents"]).expanduser(), tree, _VARIABLES["consents"]),
        )


def _tree(folder: Path) -> Path:
    """Give the top of the work tree that holds a folder; the folder itself where there is none."""
    folder = folder.resolve()
    return _repository(folder) or folder


def _repository(folder: Path) -> Path | None:
    # Asked of the disk and not of git, which is silent of a folder that it distrusts, or where it is missing.
    return next((above for above in (folder, *folder.parents) if os.path.lexists(above / ".git")), None)


def _outside(path: Path, tree: Path, where: str) -> Path:
    path = path.absolute()
    # A link counts where it lies and where it leads to: the one may be committed, and so may the other.
    for place in (Path(os.path.abspath(path)), path.resolve()):  # noqa: PTH100 - `..` is taken out, and links are left as they are
        if place.is_relative_to(tree):
            raise CredentialsError(f"{where} names {path.name}, which lies in the work tree; move it out, so that it is never committed")
        if (other := _repository(place.parent)) is not None:
            raise CredentialsError(
                f"{where} names {path.name}, which lies in another work tree of git ({other.name or other}); "
                "move it out of every repository, so that it is never committed"
            )
    return path


def _kept(path: Path, tree: Path) -> Path:
    given, path = path, _outside(path, tree, FILE)
    try:
        mode = path.stat().st_mode
    except OSError as wrong:
        raise CredentialsError(
            f"{FILE} names {path.name}, which cannot be read ({wrong.strerror}); name a file that you may read"
        ) from None
    if os.name == "posix" and mode & _OTHERS:
        raise CredentialsError(f"{FILE} names {path.name}, which others may read; type: chmod 600 {shlex.quote(str(given))}")
    return path


def _read(path: Path) -> _File:
    form = "write it as `gladi serve --credentials FILE` does, without urls and control"
    try:
        return msgspec.json.decode(path.read_bytes(), type=_File)
    except OSError as wrong:
        raise CredentialsError(
            f"{FILE} names {path.name}, which cannot be read ({wrong.strerror}); name a file that you may read"
        ) from None
    except msgspec.ValidationError as wrong:
        # It names the field and the types, and never a value.
        raise CredentialsError(f"{FILE} names {path.name}, in which something is wrong ({wrong}); {form}") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise CredentialsError(f"{FILE} names {path.name}, which is no JSON; {form}") from None
