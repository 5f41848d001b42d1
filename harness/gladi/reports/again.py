"""How an exchange of a report is made again: one line of shell for curl, against the sandbox that `gladi serve` serves.

1. No secret stands in a line: what is one is a shell variable that `PREPARES` sets from the served sandbox's own credentials.
2. A line for the TikTok Shop Open API signs itself, because a signature lives for minutes.
3. A field that was masked in a body stays masked; the answer then depends on whoever fills it in.
"""

from __future__ import annotations

import re
from shlex import quote
from typing import TYPE_CHECKING
from urllib.parse import quote as encoded

import msgspec

from gladi.record.redact import MASK, clean_body, clean_path, clean_query
from gladi.record.wire import Host

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gladi.record.wire import Request

__all__ = ["curl", "prepares"]

_VARIABLES = {
    "app_key": "$APP_KEY",
    "app_secret": "$APP_SECRET",
    "auth_code": "$AUTH_CODE",
    "refresh_token": "$REFRESH_TOKEN",
    "shop_cipher": "$CIPHER",
}
_AT_MOST = 4096

_PREPARES = """\
# once, in another terminal; what is said of the sandbox is as in this run
gladi serve --seed {seed} --in-flight {cell}{assumed} --credentials keys.json

# once, in the terminal from which you call; SHOP=1 is the second shop
SHOP=0; HERE=http://127.0.0.1:8470
field() {{ grep -o "\\"$1\\": *\\"[^\\"]*\\"" | cut -d'"' -f4; }}
sign() {{ printf %s "$APP_SECRET$1$APP_SECRET" | openssl dgst -sha256 -hmac "$APP_SECRET" -r | cut -d' ' -f1; }}
CLIENT="$(field client_id <keys.json):$(field client_secret <keys.json)"
APP_KEY=$(field app_key <keys.json); APP_SECRET=$(field app_secret <keys.json)
AUTH_CODE=$(field auth_code <keys.json | sed -n "$((SHOP + 1))p")
REFRESH_TOKEN=$(field refresh_token <keys.json | sed -n "$((SHOP + 1))p")
TOKEN=$(curl -s -X POST -u "$CLIENT" "$HERE/token?grant_type=client_credentials" | field access_token)
Q="app_key=$APP_KEY&app_secret=$APP_SECRET&refresh_token=$REFRESH_TOKEN&grant_type=refresh_token"
SHOP_TOKEN=$(curl -s "$HERE/api/v2/token/refresh?$Q" | field access_token)
T=$(date +%s); SIGN=$(sign "/authorization/202309/shopsapp_key${{APP_KEY}}timestamp$T")
Q="app_key=$APP_KEY&timestamp=$T&sign=$SIGN"
CIPHER=$(curl -s -H "x-tts-access-token: $SHOP_TOKEN" "$HERE/authorization/202309/shops?$Q" | field cipher | head -n 1)

# the sandbox stands at its first morning: bring it to where the call was made, as the timeline tells
curl -X POST http://127.0.0.1:8480/deeds -d '{{"deed": "link_shops"}}'
curl -X POST http://127.0.0.1:8480/clock -d '{{"advance": 86400}}'
"""


def prepares(*, seed: int, cell: str, assumed: Mapping[str, str]) -> str:
    """Give the shell lines that serve the sandbox, its switches as `assumed`, and set the variables which every line of `curl` uses."""
    switches = "".join(f" --assume {quote(f'{name}={value}')}" for name, value in assumed.items())
    return _PREPARES.format(seed=seed, cell=quote(cell), assumed=switches)


def curl(request: Request) -> str:
    """Give the one line that makes a request again."""
    words = [f"curl -X {request.method}"]
    body = _body(request.body)
    path = clean_path(request.path)
    if request.host == Host.SHOP_API:
        pairs = sorted((*_known(request), ("timestamp", "$T")))
        signed = "".join((path, *(f"{name}{_brace(value)}" for name, value in pairs), _in_quotes(body)))
        query = "&".join((*(f"{name}={_escaped(value)}" for name, value in pairs), f'sign=$(sign "{signed}")'))
        words = [f"T=$(date +%s); curl -X {request.method}", '-H "x-tts-access-token: $SHOP_TOKEN"']
    else:
        query = "&".join(f"{name}={_escaped(value)}" for name, value in _known(request))
        if request.host == Host.TOKOPEDIA_ACCOUNTS:
            words.append('-u "$CLIENT"')
        elif request.host == Host.TOKOPEDIA_API:
            words.append('-H "authorization: Bearer $TOKEN"')
    words.append(f'"$HERE{path}{"?" if query else ""}{query}"')
    if body:
        words += ["-H 'content-type: application/json'", f"-d {quote(body)}"]
    return " ".join(words)


def _known(request: Request) -> list[tuple[str, str]]:
    """Give the query with variables for what is secret; signature and timestamp are left to be made anew."""
    return [(name, _VARIABLES.get(name, value)) for name, value in (*clean_query(request.pairs),)]


def _escaped(value: str) -> str:
    return value if value.startswith("$") else encoded(value, safe=f"{MASK},")


def _brace(value: str) -> str:
    return f"${{{value[1:]}}}" if value.startswith("$") else _in_quotes(value)


def _in_quotes(text: str) -> str:
    return re.sub(r'([\\"$`])', r"\\\1", text)


def _body(body: bytes) -> str:
    if not body:
        return ""
    text = msgspec.json.encode(clean_body(body)).decode()
    return text if len(text) <= _AT_MOST else '{"…": "too long to be shown; see the exchange"}'
