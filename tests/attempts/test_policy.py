"""`gladi.toml`: what it decides, and the one sentence for everything that is wrong in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from gladi.attempts.policy import KnownGap, Policy, PolicyError, TestShop

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
[attempts]
developer = "Acme"
ledger = "records/attempts.sqlite"
quota = 3

[[known-gaps]]
scenario = "test_prices_agree"
reason = "the price list is frozen"
owner = "Sari"
until = 2027-01-31

[[test-shops]]
tokopedia_shop_id = 480000123
shop_id = "7495000000000000001"
name = "Toko Uji"
"""
GAP = '[[known-gaps]]\nscenario = "one"\nreason = "r"\nowner = "o"\nuntil = {until}\n'
URL = "write the path of a SQLite file, or postgresql://user@host/database with every special character of a password percent-encoded"
SHOP = '[[test-shops]]\ntokopedia_shop_id = {number}\nshop_id = {digits}\nname = "Toko"\n'


@pytest.fixture(autouse=True)
def _without_a_ledger_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GLADI_LEDGER", raising=False)


def policy(folder: Path, text: str) -> Policy:
    (folder / "gladi.toml").write_text(text, encoding="utf-8")
    return Policy.read(folder)


def wrong(folder: Path, text: str) -> str:
    with pytest.raises(PolicyError) as caught:
        policy(folder, text)
    return str(caught.value)


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    read = policy(tmp_path, WHOLE)

    assert (read.developer, read.ledger, read.quota) == ("Acme", tmp_path / "records" / "attempts.sqlite", 3)
    assert read.known_gaps == (KnownGap("prices_agree", "the price list is frozen", "Sari", date(2027, 1, 31)),)
    assert read.test_shops == (TestShop(480000123, "7495000000000000001", "Toko Uji"),)
    assert read.shown == "records/attempts.sqlite"


def test_no_file_is_an_empty_policy(tmp_path: Path) -> None:
    read = Policy.read(tmp_path)

    assert (read.developer, read.quota, read.known_gaps, read.test_shops) == (None, 5, (), ())
    assert read.ledger == tmp_path / "gladi-attempts.sqlite"


def test_the_nearest_file_upwards_holds(tmp_path: Path) -> None:
    (tmp_path / "gladi.toml").write_text("")
    (tmp_path / "a" / "b").mkdir(parents=True)

    assert Policy.find(tmp_path / "a" / "b") == tmp_path


def test_the_environment_names_the_ledger_before_the_file_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLADI_LEDGER", "postgresql://gladi:hunter2@db.example:5433/gladi?sslmode=require")

    read = policy(tmp_path, WHOLE)

    assert read.ledger == "postgresql://gladi:hunter2@db.example:5433/gladi?sslmode=require"
    assert read.shown == "postgresql://db.example:5433/gladi"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://gladi:hunter2@db/gladi",
        "postgres://gladi:hunter2@one:1,two:2/gladi?password=hunter2",
        "postgresql:///gladi?user=gladi&password=hunter2",
        "postgresql://gladi:hunter2/@db/gladi",
        "postgresql://gladi:hunter2?@db/gladi",
        "postgresql://gladi:hunter2#@db/gladi",
        "postgresql://gladi:5432?hunter2@db/gladi",
        "postgresql://gladi:hunter2/gladi",
        "postgresql://gladi:5432/hunter2@db/gladi",
        "postgresql://gladi:x:hunter2@db/gladi",
        "postgresql://gladi:hunter2@x@db/gladi",
        "mysql://gladi:hunter2@db/gladi",
        "host=db password=hunter2 dbname=gladi",
        "PASSWORD = hunter2 host=db",
        "postgresql:/gladi:hunter2@db/gladi",
        "postgres:gladi:hunter2",
        "gladi:hunter2@db:5432/gladi",
        "gladi:hunt/er2@db",
    ],
)
def test_the_password_of_a_ledger_is_never_said(url: str, tmp_path: Path) -> None:
    (tmp_path / "gladi.toml").write_text(f'[attempts]\ndeveloper = "Acme"\nledger = "{url}"\n')

    try:
        read = Policy.read(tmp_path)
        said = f"{read!r} {read.shown}"
    except PolicyError as error:
        said = str(error)

    assert "hunter2" not in said


@pytest.mark.parametrize(
    "named",
    [
        "host=db password=hunter2 dbname=gladi",
        "dbname = gladi",
        "service=gladi",
        "postgresql:/gladi:hunter2@db/gladi",
        "POSTGRES:db",
        "gladi:hunter2@db:5432/gladi",
    ],
)
def test_a_server_that_is_named_without_a_url_is_not_taken_for_a_file(named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLADI_LEDGER", named)

    assert wrong(tmp_path, WHOLE) == f"GLADI_LEDGER names a server, and not by a URL; {URL}"


@pytest.mark.parametrize("path", ["records/ana@home.sqlite", "C:/records/a.sqlite", "the hosts.sqlite", "a=b.sqlite"])
def test_a_path_with_the_signs_of_a_url_stays_a_path(path: str, tmp_path: Path) -> None:
    assert policy(tmp_path, f'[attempts]\nledger = "{path}"').ledger == tmp_path / path


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "[attempts",
            "gladi.toml is no TOML: Expected ']' at the end of a table declaration (at end of document); docs/ci.md shows one that is",
        ),
        ("attempts = 3", "gladi.toml: [attempts] is no table; write [attempts] on a line of its own and its keys below it"),
        ("[atempts]", "gladi.toml: there is no 'atempts'; did you mean attempts?"),
        ("colour = 3", "gladi.toml: there is no 'colour'; write one of attempts, known-gaps, test-shops"),
        ('[attempts]\ndevelopper = "x"', "gladi.toml: there is no 'developper' in [attempts]; did you mean developer?"),
        ("[attempts]\ndeveloper = 3", "gladi.toml: developer in [attempts] is no text; write it in quotes, and not empty"),
        ('[attempts]\ndeveloper = " "', "gladi.toml: developer in [attempts] is no text; write it in quotes, and not empty"),
        (
            "[attempts]\nquota = 6",
            "gladi.toml: quota in [attempts] is 6, and a developer account has 5 attempts, ever; write a whole number from 1 to 5",
        ),
        (
            "[attempts]\nquota = true",
            "gladi.toml: quota in [attempts] is True, and a developer account has 5 attempts, ever; write a whole number from 1 to 5",
        ),
        (
            '[attempts]\nledger = "mysql://db/x"',
            f"gladi.toml: ledger in [attempts] is a URL of another kind; {URL}",
        ),
        ("[known-gaps]", "gladi.toml: known-gaps is one table or a value; write [[known-gaps]] with two brackets, once for each"),
        (
            '[[known-gaps]]\nscenario = "one"',
            'gladi.toml: [[known-gaps]] number 1 lacks reason; write reason = "why it breaks, and why that can wait"',
        ),
        (
            GAP.format(until='"2027-01-31"'),
            "gladi.toml: until in [[known-gaps]] number 1 is no date; write a day without quotes and without a time, such as 2027-01-31",
        ),
        (
            GAP.format(until="2027-01-31T10:00:00"),
            "gladi.toml: until in [[known-gaps]] number 1 is no date; write a day without quotes and without a time, such as 2027-01-31",
        ),
        (
            GAP.format(until="2027-01-31") * 2,
            "gladi.toml: two of [[known-gaps]] have the scenario 'one'; keep one of them",
        ),
        (
            SHOP.format(number='"1"', digits='"2"'),
            "gladi.toml: tokopedia_shop_id in [[test-shops]] number 1 is no id of a shop; write its digits without quotes",
        ),
        (
            SHOP.format(number="1", digits="7495000000000000001"),
            "gladi.toml: shop_id in [[test-shops]] number 1 is no id of a shop; write its digits in quotes, at most nineteen of them",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    assert wrong(tmp_path, text) == sentence


@pytest.mark.parametrize("hosts", ["db", "db:5432", "[::1]:5432", "one:1,two:2", ""])
def test_a_url_that_postgresql_reads_is_taken_and_shown_without_its_user(hosts: str, tmp_path: Path) -> None:
    read = policy(tmp_path, f'[attempts]\nledger = "postgresql://gladi:p%40ss@{hosts}/gladi?sslmode=require"')

    assert read.shown == f"postgresql://{hosts}/gladi"


def test_a_file_that_is_no_utf_8_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "gladi.toml").write_bytes(b'[attempts]\ndeveloper = "\xff"\n')

    with pytest.raises(PolicyError, match=r"gladi\.toml is not UTF-8; save it as UTF-8"):
        Policy.read(tmp_path)
