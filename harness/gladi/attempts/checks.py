"""The nine preparations of the rehearsal guide as nine checks, in its order and under ids of our own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.attempts.calls import NobodyAnsweredError, UnansweredError
from gladi.attempts.case import ask, missing, ready
from gladi.attempts.subscription import FICTITIOUS_SHOP, merge_subscription

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.attempts.case import Answer, Case

__all__ = ["ATTESTABLE", "CHECKS", "Check"]

INDONESIA = "ID"
NOBODY = "see that this machine reaches it (network, DNS, firewall; no proxy is used), or that the stand-in is served; then ask again"
CUSTOMER_SERVICE = "seller.customer_service"
"""The scope of the customer service operations, which needs an approval of its own (tiktok-shop-api.md 4)."""


@dataclass(frozen=True, slots=True)
class Check:
    """One preparation: its place in the guide, what it asks for, and how that is found out."""

    number: int
    """From 1, as the guide counts (rehearsal guide, Preparation)."""
    id: str
    title: str
    asks: Callable[[Case], Answer]
    todo: str
    """What to do when the platform does not answer the question."""
    attestable: bool = False
    """Whether a person's word can stand where no API shows it."""

    @property
    def source(self) -> str:
        """Where the guide asks for it."""
        return f"rehearsal guide, Preparation {self.number}"

    def answer(self, case: Case) -> Answer:
        """Judge the preparation; whatever the target answers, there is an answer."""
        try:
            found = self.asks(case)
        except NobodyAnsweredError as nobody:
            found = missing(str(nobody), NOBODY)
        except UnansweredError as no:
            found = missing(str(no), self.todo)
        return found


def _developer_account(case: Case) -> Answer:
    case.calls.token()
    return ready("a token was given for the developer's client id")


def _test_app(case: Case) -> Answer:
    shops = case.calls.shop_info()
    if any(str(shop.shop_id) == FICTITIOUS_SHOP for shop in shops):
        return missing(f"shop {FICTITIOUS_SHOP}, by which webhooks are tried, is a shop of the app", "report it as a fault of Gladi")
    mine = [shop for shop in shops if not case.test_shops or shop.shop_id in case.test_shops]
    if not mine:
        named = " of those that gladi.toml names as [[test-shops]]" if shops else ""
        todo = "connect a test shop to the test app in the developer console"
        return missing(f"the app {case.account.fs_id} serves no test shop{named}", todo)
    left = [shop for shop in mine if shop.tts_integration_completed is None]
    if not left:
        return missing(
            f"every test shop of the app {case.account.fs_id} has merged already, and no merge can be undone",
            "create a new test shop and connect it to the test app",
        )
    shops_left = "1 shop that has" if len(left) == 1 else f"{len(left)} shops that have"
    return ready(f"the app {case.account.fs_id} answers for {shops_left} not merged")


def _shop_options(case: Case) -> Answer:
    seen = "the guide shows the options in a picture alone, and no API tells of them"
    look = "look at the settings of each test shop: none of the options in the guide's picture may be on"
    return _attested(case, "shop-options-off", seen, look)


def _target_market(case: Case) -> Answer:
    for token in case.account.refresh_tokens:
        if case.calls.consent(token).seller_base_region == INDONESIA:
            return ready("inferred: a seller in Indonesia has authorized the app")
    seen = "no seller in Indonesia has authorized the app, and no API tells its target markets"
    return _attested(case, "target-market", seen, "look in Partner Center whether the app's target market includes Indonesia")


def _accounts_bound(case: Case) -> Answer:
    look = "look in Partner Center whether it is bound to the Tokopedia account of this developer; it binds to one alone"
    return _attested(case, "accounts-bound", "no API tells which accounts are bound", look)


def _development_shop(case: Case) -> Answer:
    granted: set[str] = set()
    names: list[str] = []
    others: list[str] = []
    for token in case.account.refresh_tokens:
        consent = case.calls.consent(token)
        shops = [shop for shop in case.calls.development_shops(consent.access_token) if shop.region == INDONESIA]
        others += [shop.name or shop.id for shop in shops if case.shop_ids and shop.id not in case.shop_ids]
        found = [shop.name or shop.id for shop in shops if not case.shop_ids or shop.id in case.shop_ids]
        names += found
        if found:
            granted.update(consent.granted_scopes)
    if others and not names:
        return missing(
            "no shop in Indonesia that has authorized the app is one of the test shops that gladi.toml names and a person vouches for",
            "authorize the app with the development shop of a [[test-shops]], and write its shop_id as Partner Center shows it",
        )
    if not names:
        return missing(
            "no shop in Indonesia has authorized the app",
            "create a development shop with Indonesia as its target market in Partner Center, and authorize the app with it",
        )
    said = f"{', '.join(names[:3])}{' and others' if len(names) > 3 else ''} in Indonesia"  # noqa: PLR2004 - enough to know them by
    if not case.account.chats:
        return ready(said)
    if CUSTOMER_SERVICE not in granted:
        return missing(
            f"{said}, but without the scope {CUSTOMER_SERVICE}, and the system answers buyers",
            f"have {CUSTOMER_SERVICE} approved for the app, and authorize it again",
        )
    seen = f"{said}; the system answers buyers, which takes a full-function shop, and no API tells the kind"
    return _attested(case, "development-shop", seen, "look in Partner Center whether the development shop is a full-function one")


def _adapted(case: Case) -> Answer:
    return case.rehearsed


def _business_process(case: Case) -> Answer:
    if case.recorded is not None:
        return case.recorded
    seen = "no run against the development shop is at hand"
    return _attested(case, "business-process", seen, "test the system's business process in the development shop (onboarding, step 5)")


def _attested(case: Case, check: str, seen: str, look: str) -> Answer:
    """Take the last word that a person gave; one that has run out is asked for again."""
    words = [one for one in case.attestations if one.check == check]
    if words and words[-1].holds(case.now):
        word = words[-1]
        return ready(f"{word.by} attested it on {word.at:%Y-%m-%d}, until {word.until}{f': {word.note}' if word.note else ''}")
    ended = f"; what {words[-1].by} attested ran out on {words[-1].until}" if words else ""
    return ask(f"{seen}{ended}", f"{look}; then: gladi attempts attest {check} --by NAME --until DATE")


CHECKS = (
    Check(
        1,
        "developer-account",
        "a Tokopedia developer account",
        _developer_account,
        "check client id and client secret in the developer console",
    ),
    Check(
        2,
        "test-app",
        "a test app with a test shop",
        _test_app,
        "check the App ID (fs_id) in the developer console, and that a test shop is connected to it",
    ),
    Check(
        3,
        "merge-subscription",
        'a subscription to the "merge" event',
        merge_subscription,
        "see that the app may register webhooks (POST /v1/fs/:fs_id/register), then ask again",
    ),
    Check(4, "shop-options-off", "test shops without the options of the guide's picture", _shop_options, "", attestable=True),
    Check(
        5,
        "target-market",
        "an app whose target market includes Indonesia",
        _target_market,
        "check app key, app secret and refresh tokens in Partner Center",
        attestable=True,
    ),
    Check(6, "accounts-bound", "the two developer accounts bound to each other", _accounts_bound, "", attestable=True),
    Check(
        7,
        "development-shop",
        "a development shop in Indonesia",
        _development_shop,
        "check app key, app secret and refresh tokens in Partner Center",
        attestable=True,
    ),
    Check(8, "adapted", "a system adapted to the new API", _adapted, ""),
    Check(9, "business-process", "a business process tested in the development shop", _business_process, "", attestable=True),
)
"""All nine, in the guide's order."""

ATTESTABLE = tuple(check.id for check in CHECKS if check.attestable)
"""The checks for which a person's word can be asked."""
