"""A platform before which a developer has left one preparation out: every check of the preflight can be seen to fail.

What is asked is changed on its way, so that the refusal is the platform's own; only where the platform would answer with less is its
answer changed.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from gladi.record.routing import router

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from gladi.record.wire import Answers, Request, Response

__all__ = ["SHOWN", "unprepared"]

_FS_ID = re.compile(r"(?<=/fs/)[0-9]+")


def _wrong_secret(platform: Answers, request: Request) -> Response:
    """The developer account is not the one whose credentials these are."""
    return platform(dataclasses.replace(request, headers={**request.headers, "authorization": "Basic d3Jvbmc6d3Jvbmc="}))


def _no_app(platform: Answers, request: Request) -> Response:
    """The account has no app of that App ID."""
    return platform(dataclasses.replace(request, path=_FS_ID.sub(lambda found: f"{int(found[0]) + 1}", request.path)))


def _no_merge(platform: Answers, request: Request) -> Response:
    """The platform takes the registration, and not the URL of the merge."""
    try:
        body = msgspec.json.decode(request.body, type=dict[str, Any])
    except msgspec.MsgspecError:
        return platform(request)
    body.pop("shop_merge_notification_url", None)
    return platform(dataclasses.replace(request, body=msgspec.json.encode(body)))


def _elsewhere(platform: Answers, request: Request) -> Response:
    """The sellers who authorized the app are in another market."""
    return _rewritten(platform(request), lambda data: data | {"seller_base_region": "MY"})


def _no_shop(platform: Answers, request: Request) -> Response:
    """No shop has been created."""
    return _rewritten(platform(request), lambda data: data | {"shops": []})


SHOWN: dict[str, tuple[str, Callable[[Answers, Request], Response]]] = {
    "developer-account": ("tokopedia.get_token", _wrong_secret),
    "test-app": ("tokopedia.get_shop_info", _no_app),
    "merge-subscription": ("tokopedia.register_webhooks", _no_merge),
    "target-market": ("shop.refresh_token", _elsewhere),
    "development-shop": ("shop.get_authorized_shops", _no_shop),
}
"""The preparations that a platform's answers show: by which operation, and what becomes of it when they are left out."""


def unprepared(platform: Answers, lacks: Collection[str]) -> Answers:
    """Wrap `platform` so that it answers a developer who `lacks` these preparations, by the ids of their checks."""
    befalls = {SHOWN[lacking][0]: SHOWN[lacking][1] for lacking in lacks if lacking in SHOWN}
    route = router().route

    def answers(request: Request) -> Response:
        operation = route(request).operation
        change = befalls.get(operation.name) if operation is not None else None
        return platform(request) if change is None else change(platform, request)

    return answers


def _rewritten(response: Response, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Response:
    said = msgspec.json.decode(response.body, type=dict[str, Any])
    if isinstance(said.get("data"), dict):
        said["data"] = change(said["data"])
    return replace(response, body=msgspec.json.encode(said))
