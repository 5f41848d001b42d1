"""Who answers in a run: the target that was chosen, and the folder of the recordings where those answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from gladi.record.words import Target

__all__ = ["agree", "chosen", "recorded_into", "recordings"]


def chosen(name: str, place: str) -> Target:
    """Read the target that `place`, an option or a line of the ini, names.

    Raises:
        pytest.UsageError: there is no such target.
    """
    if name not in tuple(Target):
        raise pytest.UsageError(f"{place}: {name!r} is no target; write one of {', '.join(Target)}")
    return Target(name)


def recordings(config: pytest.Config, named: str, place: str, target: Target) -> Path | None:
    """Give the folder of the recordings: named on the command line it lies here, in the ini it lies beside that; None for the shipped.

    Raises:
        pytest.UsageError: there is no such folder, or it is named on the command line of a run that replays nothing.
    """
    typed = place.startswith("--")
    if target is not Target.RECORDED:
        if named and typed:
            raise pytest.UsageError(f"{place} names recordings, and nothing is replayed; write --rehearse-target recorded beside it")
        return None
    if not named:
        return None
    folder = Path(named) if typed or config.inipath is None else config.inipath.parent / named
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "is not there"
        raise pytest.UsageError(f"{place}: {named} {what}; write the folder into which --rehearse-record wrote")
    return folder


def recorded_into(config: pytest.Config, named: str, place: str) -> Path | None:
    """Give the folder into which recordings are written: named on the command line it lies here, in the ini it lies beside that.

    Raises:
        pytest.UsageError: it is a file, cannot be made, or nothing can be written into it.
    """
    if not named or config.option.collectonly:
        return None
    from gladi.session.recordings import made_room  # noqa: PLC0415 - only a run that records pays

    folder = (Path.cwd() if place.startswith("--") or config.inipath is None else config.inipath.parent) / named
    made_room(folder, place)
    return folder


def agree(target: Target, *, trouble: tuple[str, str], fixtures: Path | None, record: tuple[Path | None, str]) -> None:
    """Look whether a run on recordings brings no trouble of its own, and does not write over what it replays.

    `trouble` is its level and the place that asked for it, `record` the folder that is written and the place that named it.

    Raises:
        pytest.UsageError: it does.
    """
    if target is not Target.RECORDED:
        return
    level, place = trouble
    if level != "off":
        raise pytest.UsageError(f"{place}: trouble is of the sandbox, and no recording holds it; write --rehearse-trouble off")
    from gladi.session.replaying import shipped_recordings  # noqa: PLC0415 - only a run that replays pays

    folder, named = record
    if folder is not None and folder.resolve() == (fixtures or shipped_recordings()).resolve():
        raise pytest.UsageError(f"{named}: {folder.name} is what is replayed, and would be replaced; name another folder")
