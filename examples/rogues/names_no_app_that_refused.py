"""Tells of a refusal in the words that it had when there was one app: why, and not where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.catalogue import Catalogue
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Change, Place
    from examples.careful.pages import RefusedInPart

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_launch_that_one_app_refuses_is_told_for_that_app",
    "an_edit_that_one_app_refuses_is_told_for_that_app",
    "an_error_inside_a_successful_answer_is_told",
}


class OneApp(Catalogue):
    """Tells no app by name."""

    def _tells_of_apps(self, change: Change, place: Place, no: RefusedInPart) -> None:  # noqa: ARG002 - the signature of what it replaces
        for failure in no.failures:
            self._book.tell(change.sku, f"The {change.kind} of {change.sku} was refused: {failure.why}.")


class NamesNoAppThatRefused(Careful):
    """Leaves the seller to find out where his product is not."""

    catalogue = OneApp
