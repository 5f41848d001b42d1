"""The fixed words of a rehearsal: platforms, stages, phases, targets and faces."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["SHOP", "TOKOPEDIA", "Face", "Level", "Phase", "Platform", "Provenance", "SellerKind", "Stage", "Target", "TroubleLevel"]


class Platform(StrEnum):
    """One of the two APIs that serve a seller's store."""

    TOKOPEDIA = "tokopedia"
    SHOP = "shop"

    def __repr__(self) -> str:
        return self.name  # as a scenario writes it, and as its failing assertion shows it to who reads no code

    @property
    def label(self) -> str:
        """The name that a person sees; the changelog's brand rule forbids the older brand name."""
        return "Tokopedia" if self is Platform.TOKOPEDIA else "Tokopedia & Shop"

    @property
    def other(self) -> Platform:
        """The platform across the merge."""
        return Platform.SHOP if self is Platform.TOKOPEDIA else Platform.TOKOPEDIA


TOKOPEDIA = Platform.TOKOPEDIA
SHOP = Platform.SHOP


class Stage(StrEnum):
    """Where the merge of one seller's shops stands."""

    PENDING = "pending"
    MERGING = "merging"
    MERGED = "merged"
    CONFIRMED = "confirmed"

    @property
    def phase(self) -> Phase:
        """The phase under which scenarios that begin at this stage are filed."""
        return {Stage.PENDING: Phase.PRE_MERGE, Stage.MERGING: Phase.DURING_MERGE}.get(self, Phase.POST_MERGE)

    @property
    def rank(self) -> int:
        """The stage's place in the order of the merge, from 0."""
        return tuple(Stage).index(self)


class Phase(StrEnum):
    """How scenarios are filed."""

    PRE_MERGE = "pre_merge"
    DURING_MERGE = "during_merge"
    POST_MERGE = "post_merge"

    @property
    def label(self) -> str:
        """The phase as a reader of a report sees it, numbered so that every sort order is the right one."""
        return {
            Phase.PRE_MERGE: "1 Before the merge",
            Phase.DURING_MERGE: "2 During the merge",
            Phase.POST_MERGE: "3 After the merge",
        }[self]


class SellerKind(StrEnum):
    """What a seller is to the merge; it decides which API is asked for his data (API changelog, What APIs to use)."""

    SOLELY_ON_SHOP = "solely on Tokopedia & Shop"
    PENDING = "pending migration"
    MIGRATED = "migration completed"
    NEW_HERE = "new to Tokopedia & Shop"


class Target(StrEnum):
    """What answers the system's requests. The sandbox goes along as a model whoever answers."""

    SANDBOX = "sandbox"
    RECORDED = "recorded"
    LIVE = "live"


class Face(StrEnum):
    """How a target is put in front of a system."""

    INPROCESS = "inprocess"
    SERVED = "served"


class TroubleLevel(StrEnum):
    """How much trouble there is between a system and the platforms throughout a play."""

    OFF = "off"
    NORMAL = "normal"
    """What is awkward and legal: lists in another order, fields that no document names, short and shifting pages."""
    HARSH = "harsh"
    """Also what goes wrong: lost and late exchanges, refusals, faults, unreadable answers, tokens that end, webhooks that suffer."""


class Provenance(StrEnum):
    """How the journal knows a thing: it saw it, it concluded it, or the sandbox did it itself."""

    OBSERVED = "observed"
    INFERRED = "inferred"
    KNOWN = "known"


class Level(StrEnum):
    """How grave a finding is: a violation fails the run, a warning and a note do not."""

    VIOLATION = "violation"
    WARNING = "warning"
    NOTE = "note"
