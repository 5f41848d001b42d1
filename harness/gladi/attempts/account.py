"""The developer's account as preflight needs it: one app on each platform, and where news of a merge should go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from gladi.platforms.credentials import Credentials

__all__ = ["Account"]


@dataclass(frozen=True, slots=True)
class Account:
    """The credentials of one developer. Its `repr` holds no secret.

    `refresh_tokens` are traded for new pairs while preflight runs, so each belongs to a consent that nothing else uses.
    """

    fs_id: int
    """The App ID of the test app on the Tokopedia Open API (tokopedia-api.md 1)."""
    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    app_key: str
    app_secret: str = field(repr=False)
    refresh_tokens: tuple[str, ...] = field(repr=False)
    """One for each development shop that has authorized the app on Tokopedia & Shop."""
    merge_url: str = ""
    """Where the merge webhook goes unless the system has registered a URL itself; empty: the system must have."""
    chats: bool = False
    """Whether the system answers buyers, which only a full-function development shop lets it rehearse."""
    practised: Path | None = None
    """Where the newest tokens of a stand-in are kept; none on the platforms."""

    @classmethod
    def under(cls, credentials: Credentials, *, merge_url: str = "", chats: bool = False) -> Account:
        """Give the account that credentials for the platforms themselves belong to."""
        return cls(
            fs_id=credentials.fs_id,
            client_id=credentials.client_id,
            client_secret=credentials.client_secret,
            webhook_secret=credentials.webhook_secret,
            app_key=credentials.app_key,
            app_secret=credentials.app_secret,
            refresh_tokens=credentials.refresh_tokens,
            merge_url=merge_url,
            chats=chats,
            practised=credentials.consents if credentials.base_urls else None,
        )
