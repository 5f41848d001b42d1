"""`gladi ids` says with its exit status whether the ids agree, and with one sentence why it cannot say."""

from __future__ import annotations

import argparse
import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from gladi.cli import ids

if TYPE_CHECKING:
    from pathlib import Path

MERGE = b'{"status": "merge", "tts_seller_id": "7494049642642441621", "toko_shop_id": "654321", "timestamp": 1697678931}'
MERGED = b'{"shop_id": 654321, "tts_integration_completed": {"toko_shop_id": 654321, "tts_seller_id": 7494049642642441621}}'


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "webhook.json").write_bytes(MERGE)
    (tmp_path / "shop-info.json").write_bytes(MERGED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gladi_ids(*arguments: str, webhook: str = "webhook.json", shop_info: str = "shop-info.json") -> int:
    parser = argparse.ArgumentParser(prog="gladi")
    ids.add(parser.add_subparsers())
    args = parser.parse_args(["ids", "--webhook", webhook, "--shop-info", shop_info, *arguments])
    status: int = args.run(args)
    return status


@pytest.mark.usefixtures("files")
def test_ids_that_agree_give_0_and_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    status = gladi_ids()

    said = capsys.readouterr()
    assert (status, said.err) == (0, "")
    assert said.out.splitlines()[-1] == "The ids agree."


def test_ids_that_do_not_agree_give_10_and_the_table(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "shop-info.json").write_bytes(MERGED.replace(b"1621", b"1000"))

    status = gladi_ids()

    said = capsys.readouterr()
    assert (status, said.err) == (10, "")
    assert "rounded: equal only as floating-point numbers" in said.out
    assert said.out.splitlines()[-1] == "The ids do not agree."


@pytest.mark.usefixtures("files")
def test_json_is_printed_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    gladi_ids("--json")

    said = json.loads(capsys.readouterr().out)
    assert said["agree"] is True
    assert said["rows"][1] == {
        "field": "toko_shop_id",
        "webhook": '"654321"',
        "shop_info": "654321",
        "agrees": True,
        "why": "the same digits, as a string and as an integer",
    }


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("side", ["webhook", "shop_info"])
def test_a_dash_reads_standard_input(side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = MERGE if side == "webhook" else MERGED
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    assert gladi_ids(**{side: "-"}) == 0


def test_the_shop_to_compare_can_be_named(files: Path) -> None:
    (files / "shop-info.json").write_bytes(b'{"data": [{"shop_id": 1}, ' + MERGED + b"]}")

    assert gladi_ids() == 0
    assert gladi_ids("--toko-shop-id", "1") == 10


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("webhook", "shop_info", "sentence"),
    [
        (
            "nowhere.json",
            "shop-info.json",
            "nowhere.json: webhook: the file cannot be read (No such file or directory); give the path of a file with its raw JSON",
        ),
        (
            "webhook.json",
            ".",
            ".: Get Shop Info: the file cannot be read (Is a directory); give the path of a file with its raw JSON",
        ),
        (
            "not.json",
            "shop-info.json",
            "not.json: webhook: not JSON at line 1, column 1 (Expecting value); give the raw body as the platform sent it",
        ),
        (
            "shop-info.json",
            "webhook.json",
            'shop-info.json: webhook: the field "status" is missing and not "merge"; give the body of the merge webhook',
        ),
        (
            "webhook.json",
            "webhook.json",
            (
                'webhook.json: Get Shop Info: neither "shop_id" nor "tts_integration_completed" is in it; '
                "give the answer of GET /v1/shop/fs/{fs_id}/shop-info"
            ),
        ),
        ("-", "-", "only one of the two can come from standard input; write the other to a file and name that"),
    ],
)
def test_what_cannot_be_compared_gives_2_and_one_sentence(
    webhook: str, shop_info: str, sentence: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "not.json").write_text("status=merge")

    status = gladi_ids(webhook=webhook, shop_info=shop_info)

    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert said.err == f"gladi ids: {sentence}\n"
