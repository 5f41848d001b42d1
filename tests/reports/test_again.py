"""The line of shell that makes a call again: right, without a secret, and good for the served sandbox."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from gladi.record.wire import Host, Request
from gladi.reports.again import curl, prepares

if TYPE_CHECKING:
    from pathlib import Path


def request(method: str, host: str, path: str, query: str = "", body: bytes = b"") -> Request:
    return Request(method, host, path, 0, query, {}, body)


def test_a_call_to_tokopedia_bears_the_token_as_a_variable() -> None:
    line = curl(request("GET", Host.TOKOPEDIA_API, "/v2/order/list", "fs_id=13000&from_date=1&to_date=2"))

    assert line == 'curl -X GET -H "authorization: Bearer $TOKEN" "$HERE/v2/order/list?from_date=1&fs_id=13000&to_date=2"'


def test_a_call_to_the_shop_signs_itself_over_path_query_and_body() -> None:
    line = curl(
        request(
            "POST",
            Host.SHOP_API,
            "/order/202309/orders/search",
            "app_key=K&page_size=5&shop_cipher=ROW_secretsecret&sign=abc&timestamp=1&access_token=T",
            b'{"order_status":"UNPAID"}',
        )
    )

    query = "app_key=$APP_KEY&page_size=5&shop_cipher=$CIPHER&timestamp=$T"
    signed = r"/order/202309/orders/searchapp_key${APP_KEY}page_size5shop_cipher${CIPHER}timestamp${T}{\"order_status\":\"UNPAID\"}"
    assert line == (
        'T=$(date +%s); curl -X POST -H "x-tts-access-token: $SHOP_TOKEN" '
        f'"$HERE/order/202309/orders/search?{query}&sign=$(sign "{signed}")" '
        """-H 'content-type: application/json' -d '{"order_status":"UNPAID"}'"""
    )


@pytest.mark.parametrize(
    ("host", "query", "body"),
    [
        (Host.SHOP_AUTH, "app_key=a-secret&app_secret=a-secret&refresh_token=a-secret&grant_type=refresh_token", b""),
        (Host.TOKOPEDIA_API, "unheard_of=a-secret", b'{"webhook_secret":"a-secret"}'),
    ],
)
def test_no_secret_stands_in_a_line(host: str, query: str, body: bytes) -> None:
    assert "a-secret" not in curl(request("POST", host, "/path", query, body))


def test_what_is_secret_in_a_query_is_a_variable_of_the_shell() -> None:
    query = "app_key=K&app_secret=S&refresh_token=R&grant_type=refresh_token"

    line = curl(request("GET", Host.SHOP_AUTH, "/api/v2/token/refresh", query))

    filled = "app_key=$APP_KEY&app_secret=$APP_SECRET&grant_type=refresh_token&refresh_token=$REFRESH_TOKEN"
    assert line == f'curl -X GET "$HERE/api/v2/token/refresh?{filled}"'


def test_a_body_can_close_no_quote() -> None:
    line = curl(request("POST", Host.TOKOPEDIA_API, "/path", "", b'{"code":0,"message":"it\'s $(id) `id`"}'))

    assert subprocess.run(["sh", "-c", f'curl() {{ printf %s "$9"; }}; {line}'], capture_output=True, text=True, check=True).stdout == (
        '{"code":0,"message":"it\'s $(id) `id`"}'
    )


@pytest.mark.skipif(not all(map(shutil.which, ("curl", "openssl", "sh"))), reason="needs a shell with curl and openssl")
def test_the_lines_are_answered_by_the_served_sandbox(tmp_path: Path) -> None:
    code = "import sys; from gladi.cli import main; sys.exit(main())"
    serve = [sys.executable, "-c", code, "serve", "--port=0", "--control-port=0", "--credentials=keys.json"]
    lines = (
        curl(request("GET", Host.TOKOPEDIA_API, "/v2/order/list", "fs_id=13000&shop_id=6500001&from_date=1&to_date=2&page=1&per_page=5")),
        curl(request("POST", Host.SHOP_API, "/order/202309/orders/search", "shop_cipher=x&app_key=x&page_size=5", b'{"create_time_ge":1}')),
    )
    with subprocess.Popen(serve, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        here = next(line.split()[1] for line in server.stdout if line.startswith("    fs.tokopedia.net"))
        prepared = (
            prepares(seed=0, cell="origin/origin", assumed={}).partition("# once, in the terminal")[2].partition("# the sandbox stands")[0]
        )
        script = f"#{prepared}".replace("http://127.0.0.1:8470", here) + "\n".join(f"{line} -s -w ' %{{http_code}}\\n'" for line in lines)
        done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        server.terminate()

    assert [line.rpartition(" ")[2] for line in done.stdout.splitlines()] == ["200", "200"], done.stdout + done.stderr
    assert '"code":0' in done.stdout
