"""What the world says to people who ask for something that it does not allow."""

from __future__ import annotations

__all__ = ["SoldOut", "WorldError"]


class WorldError(Exception):
    """A person asked for something that the world does not allow, such as linking shops that have merged."""


class SoldOut(WorldError):  # noqa: N818 - it is what happened
    """A buyer wanted more units than are left."""
