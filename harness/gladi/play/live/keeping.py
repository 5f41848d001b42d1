"""What a live play keeps of its course while it goes on: where its clock stood, what its model took over, and which webhooks came."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gladi.platforms.recording.course import Came, Course, Sold, Went
from gladi.record.words import Stage

if TYPE_CHECKING:
    from gladi.platforms.goods import Goods
    from gladi.platforms.recording.course import Event
    from gladi.play.live.ground import Ground
    from gladi.record.clock import Instant
    from gladi.record.wire import Delivery
    from gladi.record.words import Platform

__all__ = ["Keeping"]


@dataclass(slots=True)
class Keeping:
    """The course of one play, so far."""

    began_at: Instant
    stage: Stage = Stage.PENDING
    """Where the merge stood when the play began."""
    webhook_url: str = ""
    """Where the system was told that webhooks reach it; it differs from run to run."""
    events: list[Event] = field(default_factory=list["Event"])
    _goods: dict[Platform, Goods] = field(default_factory=dict["Platform", "Goods"])
    _clock: list[Instant] = field(default_factory=list["Instant"])
    _acts: list[tuple[Instant, Instant]] = field(default_factory=list["tuple[Instant, Instant]"])

    def waited(self, until: Instant) -> None:
        """Keep where the clock stands once something has been waited for."""
        if not self._clock or self._clock[-1] != until:
            self._clock.append(until)

    def acted(self, since: Instant, until: Instant) -> None:
        """Keep where the clock stood before and behind something that somebody did, or looked at."""
        self._acts.append((since, until))

    def came(self, at: Instant, platform: Platform, delivery: Delivery, *, genuine: bool) -> None:
        """Keep a webhook that came in, without the path of the run's own URL: that path may be known to the platforms alone."""
        path = delivery.path.removeprefix(urlsplit(self.webhook_url).path.rstrip("/"))
        body = delivery.body.decode(errors="replace")
        self.events.append(Came(at, platform, delivery.method, path, body, genuine))

    def went(self, stage: Stage, at: Instant, ground: Ground) -> None:
        """Keep a step of the merge; that the shops have merged is what Get Shop Info said when it was asked last."""
        if stage is Stage.MERGED:
            self.events.append(Went(at if ground.looked_at is None else ground.looked_at, stage, ground.seller_id or ""))
        else:
            self.events.append(Went(at, stage))

    def sold(self, at: Instant, platform: Platform, goods: Goods | None) -> None:
        """Keep what a shop was seen to sell; None where the platform would not tell."""
        is_known = goods is not None and self._goods.get(platform) == goods
        self.events.append(Sold(at, platform, None if is_known else goods, goods is None))
        if goods is not None:
            self._goods[platform] = goods

    def course(self, ground: Ground, *, cipher: str) -> Course:
        """Give the course of a play on `ground`, its keys and tokens as they are: it has to be redacted before it is written."""
        keys, (tokopedia_id, shop_id, _) = ground.credentials, ground.shop
        named = ("client_id", "client_secret", "webhook_secret", "app_key", "app_secret")
        return Course(
            began_at=self.began_at,
            stage=self.stage,
            fs_id=keys.fs_id,
            shop=(tokopedia_id, shop_id),
            keys={**{name: getattr(keys, name) for name in named}, "shop_cipher": cipher},
            grants=keys.refresh_tokens,
            clock=tuple(self._clock),
            acts=tuple(self._acts),
            events=tuple(self.events),
        )
