"""A requirement: one thing that the documents ask of a system that lives through the merge, in our own words."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Requirement", "of"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that the documents ask: our paraphrase, the document and section, and where it is contested, how."""

    id: str
    text: str
    source: str
    disputed: str | None = None


def of(source: str, *asked: tuple[str, str] | tuple[str, str, str]) -> tuple[Requirement, ...]:
    """Make the requirements of one section: each an id, a text and, where it is contested, how."""
    return tuple(Requirement(one[0], one[1], source, one[2] if len(one) > 2 else None) for one in asked)  # noqa: PLR2004 - id, text, disputed
