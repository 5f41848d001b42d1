"""Takes code 0 for success, as it was one before each app had an outcome of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.assortment import Assortment
from examples.careful.catalogue import Catalogue
from examples.careful.pages import Failure, PageClient
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.page_answers import Written

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_launch_that_one_app_refuses_is_told_for_that_app",
    "an_edit_that_one_app_refuses_is_told_for_that_app",
    "an_error_inside_a_successful_answer_is_told",
}


class CodeAlone(PageClient):
    """Does not look for errors inside a successful answer."""

    def _failures(self, answer: Written) -> list[Failure]:  # noqa: ARG002 - that is its mistake
        return []


class Trusting(Assortment):
    """Writes product pages in this way."""

    pages = CodeAlone


class TrustingCatalogue(Catalogue):
    """Keeps such an assortment."""

    assortment = Trusting


class ReadsOnlyTheCode(Careful):
    """Tells the seller nothing of an app that refused."""

    catalogue = TrustingCatalogue
