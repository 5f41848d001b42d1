"""What a run rules out: a scenario that cannot be played under its switches, or looks at what nobody here can read, is *not rehearsed*.

It says why. Neither the system nor the harness is at fault when a seller cannot confirm what `merge_fails=true` never lets come about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.play.faults import RehearsalError, SystemFault, UncuedError, UnseenClientError, UnseenError
from gladi.record.journal import Fact, What
from gladi.record.words import Stage, Target, TroubleLevel
from gladi.session.results import UNPLAYED, UNREPLAYED

if TYPE_CHECKING:
    from gladi.play.rehearsal import Rehearsal
    from gladi.play.scenario import Scenario
    from gladi.session.options import Options

__all__ = ["cannot_begin", "why_unplayed"]

_FAILS = f"{UNPLAYED}merge_fails=true: "


def cannot_begin(scenario: Scenario, options: Options) -> str:
    """Say why a scenario cannot begin under the switches of the run; empty where it can."""
    if options.target is Target.LIVE and (why := _more_than_one_shop_shows(scenario)):
        return f"not rehearsed: on the platforms there is one test shop, {why}"
    if options.settings.merge_fails and scenario.begins.rank >= Stage.MERGED.rank:
        return f"{_FAILS}it begins at {scenario.begins}, and no integration succeeds"
    return ""


def _more_than_one_shop_shows(scenario: Scenario) -> str:
    if scenario.shops != 1 or scenario.without_grant or scenario.solely_on_shop or scenario.new_here:
        return "and this scenario takes several, or others"
    if len(scenario.cells) > 1:
        return "and where its orders in flight live nobody can choose"
    return ""


def why_unplayed(rehearsal: Rehearsal, error: BaseException | None, options: Options) -> str:
    """Say why a scenario was not played to its end, by the switches of the run or by what could not be looked at; empty where it was.

    What the system itself raised, or did against its contract, is the system's under every switch.
    """
    if isinstance(error, SystemFault | UnseenClientError) or not isinstance(error, RehearsalError | AssertionError | None):
        return ""
    if isinstance(error, UncuedError | UnseenError) or (isinstance(error, RehearsalError) and options.target is Target.LIVE):
        # What a live play met with and its replay does not is the recording's to answer for.
        is_gone_through = isinstance(error, UncuedError) and options.target is Target.RECORDED
        return f"{UNREPLAYED if is_gone_through else 'not rehearsed: '}{error}"
    if options.trouble is TroubleLevel.HARSH and error is not None:
        # What a scenario expects at its minute, a lawful system may do a little later; the invariants are judged all the same.
        said = str(error).partition("\n")[0]
        return f"{UNPLAYED}trouble harsh, where a lawful system may be late and only the invariants are judged: {said}"
    played = rehearsal.journal.entries[: rehearsal.body_ended]
    if any(isinstance(entry, Fact) and entry.what == What.MERGE_FAILED and entry.value == "merge_fails" for entry in played):
        return f"{_FAILS}the integration failed before it was over"
    if isinstance(error, RehearsalError) and options.assumed:
        return f"{UNPLAYED}{options.switched}: {error}"
    return ""
