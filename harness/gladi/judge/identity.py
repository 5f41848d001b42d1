"""Whether the merge webhook and Get Shop Info name the same shop and the same seller, compared digit by digit.

What to compare: rehearsal guide, Verification. Both shapes: API changelog, How to check shop migration status. What an id is
and how it is read without loss: `exact`. Standard library only, and quick to import: it judges two files from anywhere.
"""

from __future__ import annotations

import csv
import html
import io
from dataclasses import dataclass

from gladi.judge.exact import Absent, Number, Object, UnreadableError, Value, digits, equal_as_doubles, fault, read, shown

__all__ = ["SHOP_INFO", "STORED", "WEBHOOK", "Identity", "IdentityError", "Row", "compare", "compare_link"]

WEBHOOK = "webhook"
SHOP_INFO = "Get Shop Info"
STORED = "stored by the system"

_MUST_BE_COMPARED = frozenset(("tts_seller_id", "toko_shop_id"))
_COMPLETED = "tts_integration_completed"
_ROUNDED = "rounded: equal only as floating-point numbers"


class IdentityError(ValueError):
    """The two cannot be compared: one sentence says what is wrong and what to give instead, `source` which of the two is at fault."""

    def __init__(self, sentence: str, *, source: str = "") -> None:
        """Blame `source`: `WEBHOOK`, `SHOP_INFO`, or nobody."""
        super().__init__(f"{source}: {sentence}" if source else sentence)
        self.source = source


@dataclass(frozen=True, slots=True)
class Row:
    """One field on both sides, each shown as the JSON text it had (a string in quotes, `-` where there was none)."""

    field: str
    webhook: str
    shop_info: str
    agrees: bool
    why: str

    @property
    def verdict(self) -> str:
        """The row's verdict in words."""
        return "agrees" if self.agrees else "does not agree"


@dataclass(frozen=True, slots=True)
class Identity:
    """The comparison, field by field; `beside` names what the webhook was held against."""

    rows: tuple[Row, ...]
    beside: str = SHOP_INFO

    @property
    def agree(self) -> bool:
        """Whether everything agrees; never without both `tts_seller_id` and `toko_shop_id` among what was compared."""
        return {row.field for row in self.rows} >= _MUST_BE_COMPARED and all(row.agrees for row in self.rows)

    @property
    def heading(self) -> tuple[str, ...]:
        """The names of the columns."""
        return ("field", WEBHOOK, self.beside, "verdict", "why")

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The rows as text, one column per name in `heading`."""
        return tuple((row.field, row.webhook, row.shop_info, row.verdict, row.why) for row in self.rows)

    def table(self) -> str:
        """Give the comparison as aligned plain text, ASCII only, with the verdict in its last line."""
        lines = (self.heading, *self.cells)
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        text = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
        return "\n".join((*text, "", "The ids agree." if self.agree else "The ids do not agree."))

    def html(self) -> str:
        """Give the comparison as an HTML table with inline styles only, every value escaped."""
        box = "border:1px solid #bbb;padding:4px 8px;text-align:left"
        head = "".join(f'<th style="{box}">{html.escape(name)}</th>' for name in self.heading)
        body = "".join(
            f'<tr style="background:{"#e8f5e9" if row.agrees else "#ffebee"}">'
            + "".join(f'<td style="{box}">{html.escape(cell)}</td>' for cell in cells)
            + "</tr>"
            for row, cells in zip(self.rows, self.cells, strict=True)
        )
        return f'<table style="border-collapse:collapse;font-family:monospace"><tr>{head}</tr>{body}</table>'

    def csv(self) -> str:
        """Give the comparison as CSV. A spreadsheet may round a bare 19-digit integer in it; the text is exact."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.heading)
        writer.writerows(self.cells)
        return text.getvalue()


def compare(webhook: bytes | str, shop_info: bytes | str, *, toko_shop_id: str | None = None) -> Identity:
    """Compare the raw body of the merge webhook with the raw answer of Get Shop Info.

    Get Shop Info may be the platform's envelope around an array or an object, a bare array, or one shop's bare object. Among several
    shops `toko_shop_id`, or else the webhook's, says which is meant. Raises IdentityError where there is nothing to compare.
    """
    told = _merge(webhook)
    shop = _pick(_shops(_read(shop_info, SHOP_INFO)), told.get("toko_shop_id", Absent()), toko_shop_id)
    seller, here = told.get("tts_seller_id", Absent()), told.get("toko_shop_id", Absent())
    rows = [
        _row("tts_seller_id", seller, _completed(shop, "tts_seller_id"), SHOP_INFO, also=shop.get("tts_shop_id", Absent())),
        _row("toko_shop_id", here, _completed(shop, "toko_shop_id"), SHOP_INFO),
        _row("shop_id", here, shop.get("shop_id", Absent()), SHOP_INFO),
    ]
    if "shop_id" in told:  # the guide writes "shop_id(toko_shop_id)" of the webhook too, so one that is there must not contradict
        rows.append(_row("shop_id (webhook)", told["shop_id"], shop.get("shop_id", Absent()), SHOP_INFO))
    return Identity(tuple(rows))


def compare_link(webhook: bytes | str, toko_shop_id: str, tts_seller_id: str) -> Identity:
    """Compare the raw body of the merge webhook with the ids that a system stored, as strings of digits."""
    told = _merge(webhook)
    pairs = (("tts_seller_id", tts_seller_id), ("toko_shop_id", toko_shop_id))
    return Identity(tuple(_row(name, told.get(name, Absent()), _stored(value), STORED) for name, value in pairs), beside=STORED)


def _read(raw: object, source: str) -> Value:
    try:
        return read(raw)
    except UnreadableError as wrong:
        raise IdentityError(str(wrong), source=source) from None


def _merge(raw: object) -> Object:
    told = _read(raw, WEBHOOK)
    if not isinstance(told, dict):
        msg = f"{shown(told)} is no object; give the body of one merge webhook, from {{ to }}"
        raise IdentityError(msg, source=WEBHOOK)
    status = told.get("status", Absent())
    if status == "unmerge":
        raise IdentityError('it says "unmerge", so there is no merge to compare; give the body of the "merge" webhook', source=WEBHOOK)
    if status != "merge":
        was = "is missing" if isinstance(status, Absent) else f"is {shown(status)}"
        msg = f'the field "status" {was} and not "merge"; give the body of the merge webhook'
        raise IdentityError(msg, source=WEBHOOK)
    return told


def _shops(info: Value) -> list[Object]:
    enveloped = isinstance(info, dict) and "data" in info and _COMPLETED not in info
    body = info["data"] if enveloped and isinstance(info, dict) else info
    where = 'under "data"' if enveloped else "at the top"
    rows = body if isinstance(body, list) else [body]
    shops = [row for row in rows if isinstance(row, dict)]
    if not rows or len(shops) < len(rows):
        odd = next((shown(row) for row in rows if not isinstance(row, dict)), "an empty array")
        msg = f"{odd} stands {where} instead of a shop; give an answer that holds the shop, not a refusal"
        raise IdentityError(msg, source=SHOP_INFO)
    return shops


def _pick(shops: list[Object], told: Value, asked: str | None) -> Object:
    if asked is not None and (wrong := fault(asked)):
        msg = f"toko_shop_id: {shown(asked)} {wrong}; give the shop's id in digits, such as 654321"
        raise IdentityError(msg)
    wanted: Value = told if asked is None else asked
    # One shop leaves nothing to choose: a wrong id in it is a disagreement to be shown, not a shop that was not found.
    if asked is None and len(shops) == 1:
        found = shops
    else:
        found = [shop for shop in shops if any(_same(wanted, own) for own in (shop.get("shop_id"), _completed(shop, "toko_shop_id")))]
    if len(found) != 1:
        count = f"{len(found)} of the {len(shops)} shops have" if found else f"none of {len(shops)} has"
        msg = f"{count} the id {shown(wanted)}; name the one shop to compare with toko_shop_id"
        raise IdentityError(msg, source=SHOP_INFO)
    if not found[0].keys() & {"shop_id", _COMPLETED}:
        msg = f'neither "shop_id" nor "{_COMPLETED}" is in it; give the answer of GET /v1/shop/fs/{{fs_id}}/shop-info'
        raise IdentityError(msg, source=SHOP_INFO)
    return found[0]


def _completed(shop: Object, name: str) -> Value:
    """Give a field of what Get Shop Info says of the merge; of a shop that has not merged it says nothing."""
    said = shop.get(_COMPLETED, Absent())
    if isinstance(said, dict):
        return said.get(name, Absent())
    if isinstance(said, Absent):
        return Absent(f"is missing: there is no {_COMPLETED}, so the shop has not merged")
    return Absent(f"is missing: {_COMPLETED} is {shown(said)} and no object")


def _row(field: str, left: Value, right: Value, beside: str, *, also: Value = None) -> Row:
    """Hold two values against each other; `also` is a neighbouring id that is easily taken for this one."""
    agrees = _same(left, right)
    faults = [f"{name} {words}" for name, value in ((WEBHOOK, left), (beside, right)) if (words := fault(value))]
    if agrees:
        why = "the same digits" if type(left) is type(right) else "the same digits, as a string and as an integer"
    elif faults:
        why = "; ".join(faults)
    else:
        why = _ROUNDED if equal_as_doubles(digits(left), digits(right)) else "different ids"
    if _same(also, right):
        why += "; note: tts_shop_id has these digits too, though it names the shop and not the seller"
    elif _same(also, left):
        why += "; the webhook's is the tts_shop_id, which names the shop and not the seller"
    return Row(field, shown(left), shown(right), agrees, why)


def _same(left: Value, right: Value) -> bool:
    return not fault(left) and not fault(right) and digits(left) == digits(right)


def _stored(value: object) -> Value:
    """Take what a system stored; the signature asks for strings, but what comes is whatever its adapter gave."""
    if value is None or isinstance(value, (str, bool)):
        return value
    return Number(repr(value)) if isinstance(value, (int, float)) else Absent(f"is a {type(value).__name__}, not a string of digits")
