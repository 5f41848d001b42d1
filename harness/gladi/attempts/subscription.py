"""The "merge" subscription: registered beside all that is registered already, read back, and tried with a delivery of our own.

What a registration leaves out becomes empty, URLs and secret alike (tokopedia-api.md 7.1): so all that is there is sent again.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from gladi.attempts.calls import UnansweredError
from gladi.attempts.case import Answer, missing, ready
from gladi.attempts.cues import HELP_CENTER
from gladi.record.wire import Delivery, Outgoing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from gladi.attempts.case import Case

__all__ = ["FICTITIOUS_SELLER", "FICTITIOUS_SHOP", "merge_subscription"]

MERGE_URL = "shop_merge_notification_url"
SECRET = "webhook_secret"  # noqa: S105 - the name of a field

FICTITIOUS_SHOP = "900000000000"
FICTITIOUS_SELLER = "7499999999999999999"
"""Ids in the form of real ones and of nobody: a shop's on Tokopedia, and nineteen digits for the seller's."""


def merge_subscription(case: Case) -> Answer:
    """Judge the subscription; it is registered where it is missing, and left alone where it stands."""
    before = case.calls.webhooks()
    url = before.get(MERGE_URL) or case.account.merge_url
    if not url:
        return missing(
            f"no {MERGE_URL} is registered",
            "have the system register its URL (POST /v1/fs/:fs_id/register, with all URLs that are registered already), "
            "or name the URL with --merge-url and have it registered here",
        )
    if before.get(SECRET, case.account.webhook_secret) != case.account.webhook_secret:
        return missing(
            "the webhook_secret that is registered is not the one that the system was given, so it would refuse every webhook",
            "register the system's own webhook_secret, with all URLs that are registered already",
        )
    after = before if before.get(MERGE_URL) and before.get(SECRET) else _registered(case, before, url)
    return _read_back(before, after, url) or _tried(case, after, url)


def _registered(case: Case, before: Mapping[str, str], url: str) -> dict[str, str]:
    """Register what is there and the URL, and read it back: an answer that was lost may have had its effect."""
    refusal: UnansweredError | None = None
    try:
        case.calls.register({**before, MERGE_URL: url, SECRET: case.account.webhook_secret})
    except UnansweredError as no:
        refusal = no
    after = case.calls.webhooks()
    if refusal is not None and after == before:
        raise refusal
    return after


def _read_back(before: Mapping[str, str], after: Mapping[str, str], url: str) -> Answer | None:
    """Say what reads otherwise than it was registered; None where all stands as it should."""
    gone = [name for name in sorted(before) if after.get(name) != before[name] and name != MERGE_URL]
    if gone:
        urls = ", ".join(f"{name} = {_shown(before[name])}" for name in gone if name != SECRET)
        return missing(
            f"after the registration {' and '.join(gone)} no longer read as before",
            f"register again at once, with {f'{urls} and ' if urls else ''}the system's webhook_secret: until then these webhooks are lost",
        )
    if after.get(MERGE_URL) != url:
        return missing(
            f"the registration was taken, but {MERGE_URL} does not read back as {_shown(url)}",
            f"ask the Help Center why it is not kept: {HELP_CENTER}",
        )
    if not after.get(SECRET):
        return missing("no webhook_secret is registered, so nobody can tell a real webhook", "register one, with all URLs")
    return None


def _tried(case: Case, hooks: Mapping[str, str], url: str) -> Answer:
    """Deliver a merge of a shop that nobody has, signed as the platform would sign it."""
    others = len(hooks.keys() - {MERGE_URL, SECRET})
    status = case.delivers(fictitious(url, case.account.webhook_secret, case.now))
    if status is None:
        return missing(f"nobody answered at {_shown(url)}", "start the system, and see to it that the URL can be reached from outside")
    if not 200 <= status < 300:  # noqa: PLR2004 - HTTP
        return missing(
            f"the system answered {status} to a signed merge webhook of a shop that it does not serve",
            "answer 2xx to every webhook whose signature is right: one that is not taken may never come again",
        )
    beside = f"{others} other {'URL' if others == 1 else 'URLs'}"
    return ready(f"registered at {_shown(url)} beside {beside}, and the system answered {status} to a delivery of our own")


def fictitious(url: str, secret: str, now: datetime) -> Outgoing:
    """Make the merge webhook of a shop that does not exist (body and signature: tokopedia-api.md 7.2)."""
    body = msgspec.json.encode(
        {"status": "merge", "tts_seller_id": FICTITIOUS_SELLER, "toko_shop_id": FICTITIOUS_SHOP, "timestamp": int(now.timestamp())}
    )
    parts = urlsplit(url)
    signature = hmac.digest(secret.encode(), body, "sha256").hex()
    return Outgoing(
        url=url,
        platform="tokopedia",
        event="merge",
        delivery=Delivery(
            method="POST",
            path=f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}",
            headers={"content-type": "application/json", "authorization-hmac": signature},
            body=body,
        ),
    )


def _shown(url: str) -> str:
    """Give a URL without what may be a secret in it: user, password and query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}{'?***' if parts.query else ''}"
