"""What is taken for a secret in the evidence, what is not, and the place that is named."""

from __future__ import annotations

from hashlib import sha256

import msgspec
import pytest

from gladi.attempts.suspicions import suspicion
from gladi.record.redact import clean_text
from tests.attempts.verdicts import result, verdict

DIGESTS = [sha256(str(n).encode()).hexdigest() for n in range(10_000)]


def test_ten_thousand_hashes_are_no_secrets() -> None:
    said = msgspec.json.encode(verdict(result("one", journals=tuple(f"{digest}  one.jsonl" for digest in DIGESTS))))

    found = suspicion("verdict.json", said)

    assert found is None
    assert [digest for digest in DIGESTS if clean_text(digest) != digest]  # so some would be masked in a text


@pytest.mark.parametrize(
    "planted",
    [
        "call 081234567890",
        "write to buyer@example.com",
        "Bearer abcdef",
        f"access_token={DIGESTS[0]}",
        f"sign={DIGESTS[0]}",
        f"{DIGESTS[0]}@example.com",
        f"{DIGESTS[0]} 6281234567890",
        "ROW_abcdefghijkl",
    ],
)
def test_what_is_planted_in_a_verdict_is_found_and_its_place_named(planted: str) -> None:
    said = msgspec.json.encode(verdict(result("one"), result("two", why=planted)))

    assert suspicion("verdict.json", said) == "verdict.json, scenarios[two].why"


def test_a_secret_beside_the_sum_of_a_journal_is_found() -> None:
    said = msgspec.json.encode(verdict(result("one", journals=(f"{DIGESTS[0]}  one.jsonl", f"{DIGESTS[1]}  081234567890.jsonl"))))

    assert suspicion("verdict.json", said) == "verdict.json, scenarios[one].journals[1]"


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("ids.csv", b"scenario\none,081234567890\n", "ids.csv, line 2"),
        ("one.jsonl", b'{"n":1}\n{"buyer":"Budi"}\n', "one.jsonl, line 2, buyer"),
        ("about.json", b'{"app_secret": "%s"}' % DIGESTS[0].encode(), "about.json, app_secret"),
        ("about.json", b'{"tokens": ["", {"id": 7}]}', "about.json, tokens[1]"),
    ],
)
def test_line_and_field_are_named(name: str, content: bytes, where: str) -> None:
    assert suspicion(name, content) == where
