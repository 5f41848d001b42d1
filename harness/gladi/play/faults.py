"""Everything that can go wrong in a rehearsal, in three families, so that blame falls where it belongs.

::

    AssertionError
     +-- SystemFault          the system broke the contract of its adapter
     +-- UnseenClientError    the system called a platform past the face
    Exception
     +-- AdapterError         before collection: the adapter cannot be used        (a usage error)
     +-- ScenarioError        before collection: a scenario is written wrongly     (a usage error)
     +-- RehearsalError       a scenario asked for what cannot be                  (a fault of the harness's side)
     |    +-- UncuedError      it takes a person's act for which there is no cue     (it is *not rehearsed*)
     |    +-- UnseenError      what it asked to look at cannot be read here       (it is *not rehearsed*)
     +-- HarnessFault         the sandbox or a face raised                         (a fault of the harness's side)

What the system itself raises passes through unchanged: the traceback is its author's own. A broken invariant is no exception but
a `Violation`.
"""

from __future__ import annotations

__all__ = [
    "AdapterError",
    "HarnessFault",
    "RehearsalError",
    "ScenarioError",
    "SoldOutError",
    "SystemFault",
    "UncuedError",
    "UnseenClientError",
    "UnseenError",
]


class SystemFault(AssertionError):  # noqa: N818 - whose fault it is stands in its name
    """The system broke the contract of its adapter, such as a wake-up that never lies in the future."""


class UnseenClientError(AssertionError):
    """The system called a platform with a client that Gladi does not see; the text says what to do."""


class AdapterError(Exception):
    """The adapter cannot be used; the text is one sentence for the person who wrote it."""


class ScenarioError(Exception):
    """A scenario is written wrongly; the text is one sentence for the person who wrote it."""


class RehearsalError(Exception):
    """A scenario asked for what cannot be; the text says what to ask for instead."""


class SoldOutError(RehearsalError):
    """A buyer wanted more units than are left; a scenario that expects it lets the buyer try."""


class UncuedError(RehearsalError):
    """On the platforms themselves a person would have to act, and no cue says how, or nobody is there, or he did not."""


class UnseenError(RehearsalError):
    """What a scenario wanted to look at cannot be read here, such as a picture: nobody can say how it went."""


class HarnessFault(Exception):  # noqa: N818 - it is the name of the fourth outcome
    """The harness itself is wrong; it says nothing about the system."""
