"""`gladi parity` finds the sandbox at one with what was recorded from it, and says where a recording was changed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gladi.cli import main
from gladi.platforms.recording.recording import Recording
from gladi.record.entries import Fact, What

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

ROOT = Path(__file__).parent.parent.parent
RECORDED = ROOT / "fixtures" / "recorded" / "the_registration_keeps_the_other_webhooks.har"


def changed(folder: Path, change: Callable[[bytes], bytes], *, target: str = "sandbox") -> Path:
    """Write the recording once more with every answer of Get Shop Info changed."""
    recording = Recording.read(RECORDED)
    exchanges = tuple(
        one._replace(response=msgspec.structs.replace(one.response, body=change(one.response.body)))
        if one.request.path.endswith("/shop-info")
        else one
        for one in recording.exchanges
    )
    path = folder / "changed.har"
    Recording(msgspec.structs.replace(recording.sidecar, target=target), exchanges).write(path)
    return path


def test_what_was_recorded_from_the_sandbox_is_the_same_there(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["parity", str(RECORDED)])

    said = capsys.readouterr().out.splitlines()
    assert status == 0, said
    assert said[0] == "recorded from: sandbox"
    assert said[-1].endswith("0 differences not accepted")
    assert any(line.startswith("tokopedia.get_shop_info: ") and line.endswith(", the same") for line in said)


def test_a_har_without_a_sidecar_says_how_it_becomes_a_recording(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "theirs.har").write_bytes(RECORDED.read_bytes())

    status = main(["parity", str(tmp_path / "theirs.har")])

    assert status == 2
    assert capsys.readouterr().err == (
        "gladi parity: theirs.har has no theirs.sidecar.json beside it; "
        "`gladi record --import theirs.har --to DIR` makes a recording of it\n"
    )


def test_a_difference_is_status_10_until_it_is_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = changed(tmp_path, lambda body: body.replace(b'"is_open":1', b'"is_open":2'))
    (tmp_path / "accepted.toml").write_text(
        '[[accepted]]\noperation = "tokopedia.get_shop_info"\nin = "behaviour"\nat = "data[].is_open"\nreason = "an older form"\n'
    )

    before = main(["parity", str(path)])
    told = capsys.readouterr().out
    after = main(["parity", str(path), "--accept", str(tmp_path / "accepted.toml")])

    said = capsys.readouterr().out
    assert (before, after) == (10, 0)
    assert "differs: tokopedia.get_shop_info: behaviour at data[].is_open: recorded 2, sandbox 1\n" in told
    assert "accepted: tokopedia.get_shop_info: behaviour at data[].is_open: an older form\n" in said


def test_only_a_recording_of_the_platforms_confirms_anything_about_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live = changed(tmp_path, lambda body: body, target="live")

    refused = main(["parity", str(RECORDED), "--write", str(tmp_path / "no.json")])
    sentence = capsys.readouterr().err
    written = main(["parity", str(live), "--write", str(tmp_path / "parity.json")])

    found = msgspec.json.decode((tmp_path / "parity.json").read_bytes())
    assert (refused, written, found["schema"]) == (2, 0, 1)
    assert sentence.startswith("gladi parity: none of these was recorded from the live platforms")
    assert "tokopedia.get_shop_info" in found["operations"]


def test_a_recording_without_deeds_is_said_to_have_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recording = Recording.read(RECORDED)
    path = tmp_path / "passed-on.har"
    Recording(msgspec.structs.replace(recording.sidecar, scenario="", entries=()), recording.exchanges).write(path)

    main(["parity", str(path), str(RECORDED)])

    told = [line for line in capsys.readouterr().out.splitlines() if " holds no deeds: what people did meanwhile" in line]
    assert [line.partition(" ")[0] for line in told] == ["passed-on.har"]


def test_a_folder_without_recordings_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["parity", str(tmp_path)])

    assert status == 2
    assert (
        capsys.readouterr().err
        == f"gladi parity: there is no recording in {tmp_path}; name a folder with .har or .har.gz files, or one such file\n"
    )


def test_a_packed_recording_is_compared_as_a_plain_one_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Recording.read(RECORDED).write(tmp_path / "kept" / "a.har.gz")

    status = {folder: main(["parity", str(folder)]) for folder in (RECORDED, tmp_path, tmp_path / "kept" / "a.har.gz")}

    plain, found, named = capsys.readouterr().out.split("recorded from: sandbox\n")[1:]
    assert set(status.values()) == {0}
    assert found == named == plain.replace(RECORDED.name, "a.har.gz")


def test_a_recording_that_lies_plain_and_packed_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Recording.read(RECORDED).write(tmp_path / "a.har")
    (tmp_path / "a.har.gz").write_bytes(b"")

    status = main(["parity", str(tmp_path)])

    assert (status, capsys.readouterr().err) == (2, "gladi parity: a.har and a.har.gz are both there; take one of them away\n")


def test_parity_leaves_the_recording_as_it_was() -> None:
    before = sha256(RECORDED.read_bytes()).hexdigest()

    main(["parity", str(RECORDED)])

    assert sha256(RECORDED.read_bytes()).hexdigest() == before


def test_a_recording_of_shops_that_the_sandbox_does_not_have_is_passed_over_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recording = Recording.read(RECORDED)
    for name, fact in (("a", Fact(n=9000, at=0, what=What.STAGE, shop="shop-2")), ("b", Fact(n=9000, at=0, what=What.NOT_AUTHORIZED))):
        sidecar = msgspec.structs.replace(recording.sidecar, entries=(*recording.sidecar.entries, fact))
        Recording(sidecar, recording.exchanges).write(tmp_path / f"{name}.har.gz")

    status = main(["parity", str(tmp_path)])

    count = 2 * len(recording.exchanges)
    passed_over = (
        f"passed over: {count} of exchanges with several shops, or with one that is not as the sandbox's own, which alone is here\n"
    )
    assert status == 11
    assert passed_over in capsys.readouterr().out
