"""The sealed package: what is in it, what keeps it from being made, and every way in which it can be changed."""

from __future__ import annotations

import hashlib
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.attempts.events import Attestation
from gladi.attempts.gate import Gate
from gladi.attempts.seal import MANIFEST, Refusal, Verified, evidence, seal, verify
from gladi.judge.bench import Outcome
from gladi.record.redact import clean_text
from tests.attempts.verdicts import CATALOGUE, JOURNAL, result, summed, verdict

if TYPE_CHECKING:
    from pathlib import Path

    from gladi.judge.verdict import Verdict

CELLS = {"origin/origin": Outcome.UPHELD, "both/shop": Outcome.UPHELD}
IDS = ({"shop": "shop-1", "field": "toko_shop_id", "verdict": "agree", "why": 'the "same" digits'},)
PHONE_LIKE = "a08123456789" + "bc" * 26
"""A SHA-256 in whose digits a phone number stands."""
JOURNALS = ("one.jsonl", "two[origin-origin].jsonl", "two[both-shop].jsonl")
GREEN = verdict(result("one", ids=IDS), result("two", cells=CELLS, journals=tuple(summed(name) for name in JOURNALS[1:])))
EVENT = {
    "developer": "acme",
    "number": 1,
    "kind": "attested",
    "at": "2026-01-01T00:00:00.000000+00:00",
    "by": "sari@example.com",
    "host": "laptop-of-sari",
    "note": "call 081234567890",
    "token": "0123456789abcdef",
    "digest": "ab" * 32,
}
ATTESTED = Attestation("process", "Sari", datetime(2026, 1, 1, tzinfo=UTC), date(2026, 2, 1), "call 081234567890")


@pytest.fixture
def journals(tmp_path: Path) -> Path:
    folder = tmp_path / "journals"
    folder.mkdir()
    for name in JOURNALS:
        (folder / name).write_bytes(JOURNAL)
    return folder


@pytest.fixture
def package(journals: Path, tmp_path: Path) -> Path:
    path = tmp_path / "seal.zip"
    path.write_bytes(seal(gathered(journals)).content)
    return path


def gathered(journals: Path, said: Verdict = GREEN, **more: Any) -> dict[str, bytes]:
    return evidence(said, kept=msgspec.json.encode(said), catalogue=CATALOGUE, journals=journals, **more)


def refused(journals: Path, said: Verdict = GREEN) -> tuple[Gate, str]:
    with pytest.raises(Refusal) as caught:
        gathered(journals, said)
    return caught.value.gate, str(caught.value)


def changed(package: Path, **files: bytes | None) -> Verified:
    """Write the package anew with other files, and without those that are None, as somebody with a zip tool would; and verify it."""
    with zipfile.ZipFile(package) as archive:
        content: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(package, "w") as archive:
        for name, value in (content | files).items():
            if value is not None:
                archive.writestr(name, value)
    return verify(package)


def test_all_the_evidence_is_in_it_with_the_sum_of_each_file(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        names = archive.namelist()
        sums = {line[66:]: line[:64] for line in archive.read(MANIFEST).decode().splitlines()}
        ids = archive.read("ids.csv").decode().splitlines()

        assert names == [
            "about.json", "ids.csv", *(f"journals/{name}" for name in sorted(JOURNALS)), "verdict.json", MANIFEST,
        ]  # fmt: skip
        assert sums == {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names if name != MANIFEST}
        assert ids == ["scenario,shop,field,verdict,why", '"one","shop-1","toko_shop_id","agree","the ""same"" digits"']


def test_the_same_evidence_gives_the_same_bytes(journals: Path) -> None:
    first = seal(gathered(journals))
    second = seal(dict(reversed(gathered(journals).items())))

    assert first == second


def test_a_package_that_nobody_changed_is_whole(package: Path, journals: Path) -> None:
    found = verify(package)

    assert found == Verified(digest=seal(gathered(journals)).digest, files=6)
    assert found.whole


def test_what_was_altered_added_and_taken_out_is_named(package: Path) -> None:
    found = changed(package, **{"verdict.json": b"{}", "more.txt": b"", "ids.csv": None})

    assert (found.altered, found.added, found.missing) == (("verdict.json",), ("more.txt",), ("ids.csv",))
    assert not found.whole


def test_a_package_that_was_sealed_anew_has_another_digest(package: Path, journals: Path) -> None:
    files = gathered(journals) | {"verdict.json": b"{}"}
    before = verify(package).digest
    package.write_bytes(seal(files).content)

    found = verify(package)

    assert found.whole
    assert found.digest != before


def test_a_file_without_a_name_is_added(package: Path) -> None:
    content = bytearray(package.read_bytes())
    length = content.index(b"PK\x01\x02") + 28  # of the name, then of what is extra, then of the comment that the name becomes
    content[length : length + 6] = bytes(4) + content[length : length + 2]
    package.write_bytes(content)

    assert (verify(package).added, verify(package).missing) == (("",), ("about.json",))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_altered(package: Path) -> None:
    with zipfile.ZipFile(package, "a") as archive:
        archive.writestr("ids.csv", archive.read("ids.csv"))

    assert verify(package).altered == ("ids.csv",)


def test_a_damaged_file_is_altered_and_the_others_are_still_checked(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        at = archive.getinfo("about.json").header_offset
    content = bytearray(package.read_bytes())
    content[at + 45] ^= 0xFF
    package.write_bytes(bytes(content))

    found = verify(package)

    assert (found.altered, found.added, found.missing) == (("about.json",), (), ())


def test_a_package_without_its_manifest_is_refused(package: Path) -> None:
    with pytest.raises(Refusal) as caught:
        changed(package, **{MANIFEST: None})

    assert str(caught.value) == f"{package} holds no whole SHA256SUMS, so nothing in it can be trusted; ask for it again"


def test_a_package_that_was_cut_off_is_refused(package: Path) -> None:
    package.write_bytes(package.read_bytes()[:-30])

    with pytest.raises(Refusal) as caught:
        verify(package)

    assert str(caught.value) == f"{package} is no zip, or was cut off on its way; ask for it again"


def test_whichever_byte_is_damaged_the_answer_is_no_traceback(package: Path) -> None:
    """A byte that means nothing, such as one of a date, may differ; of any other the file is named, or the package refused."""
    whole = package.read_bytes()
    entry, end = whole.index(b"PK\x01\x02"), whole.rindex(b"PK\x05\x06")

    for at in (*range(30), *range(entry, entry + 46), *range(end, len(whole))):
        package.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with suppress(Refusal):
            verify(package)


def test_a_package_that_names_a_place_before_its_beginning_is_broken_and_not_unreadable(package: Path) -> None:
    content = package.read_bytes()
    end = content.rindex(b"PK\x05\x06")
    size = int.from_bytes(content[end + 12 : end + 16], "little") + 10_000
    package.write_bytes(content[: end + 12] + size.to_bytes(4, "little") + content[end + 16 :])

    with pytest.raises(Refusal) as caught:
        verify(package)

    assert caught.value.gate is Gate.BROKEN


def test_a_package_that_seems_to_be_of_a_later_kind_is_broken(package: Path) -> None:
    content = package.read_bytes()
    at = content.index(b"PK\x01\x02") + 6
    package.write_bytes(content[:at] + b"\xff" + content[at + 1 :])

    with pytest.raises(Refusal) as caught:
        verify(package)

    assert caught.value.gate is Gate.BROKEN


@pytest.mark.parametrize(
    ("outcome", "gate", "sentence"),
    [
        (Outcome.BROKEN, Gate.BROKEN, "nothing is sealed while anything is broken: three: it fell"),
        (Outcome.NOT_REHEARSED, Gate.INCOMPLETE, "nothing is sealed while anything is incomplete: three: it fell"),
    ],
)
def test_nothing_is_sealed_while_anything_is_broken_or_incomplete(outcome: Outcome, gate: Gate, sentence: str, journals: Path) -> None:
    said = verdict(*GREEN.scenarios, result("three", outcome, why="it fell"))

    assert refused(journals, said) == (gate, sentence)


def test_a_verdict_without_one_of_its_journals_is_no_evidence(journals: Path) -> None:
    (journals / "two[both-shop].jsonl").unlink()

    gate, sentence = refused(journals)

    assert gate is Gate.INCOMPLETE
    assert sentence.startswith("the journal two[both-shop].jsonl of two cannot be read (No such file or directory)")


@pytest.mark.parametrize("content", [b"", JOURNAL.replace(b"0", b"999"), JOURNAL + b"\n"], ids=["empty", "another seed", "one byte"])
def test_a_journal_that_its_run_did_not_write_is_not_sealed(content: bytes, journals: Path) -> None:
    (journals / "one.jsonl").write_bytes(content)

    assert refused(journals) == (
        Gate.FAULT,
        (
            "the journal one.jsonl of one is not the one that this verdict was read from, "
            "so it is of another run, or somebody wrote in it; rehearse again"
        ),
    )


def test_journals_that_changed_places_are_not_sealed(journals: Path) -> None:
    said = verdict(result("one", journals=(summed("two.jsonl", b""),)), result("two", journals=(summed("one.jsonl"),)))
    for path in journals.iterdir():
        path.unlink()
    (journals / "one.jsonl").write_bytes(JOURNAL)
    (journals / "two.jsonl").write_bytes(b"")

    assert refused(journals, said)[0] is Gate.FAULT


def test_a_verdict_of_another_catalogue_is_not_sealed(journals: Path) -> None:
    said = verdict(*GREEN.scenarios, catalogue="nonsense")

    assert refused(journals, said) == (
        Gate.FAULT,
        "nothing is sealed: verdict.json: it is over another catalogue (nonsense) than this Gladi's (0); rehearse again",
    )


def test_a_journal_of_another_scenario_is_not_sealed(journals: Path) -> None:
    (journals / "three.jsonl").write_text("{}\n")

    assert refused(journals) == (
        Gate.FAULT,
        "three.jsonl among the journals is of no scenario of this verdict; rehearse again",
    )


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('{"access_token":"abc"}', ", access_token"),
        ('{"text":"write to buyer@example.com"}', ", text"),
        ('{"request":{"body":{"recipient":"Budi"}}}', ", request.body.recipient"),
        ("call 081234567890", ""),
    ],
)
def test_a_line_that_would_be_masked_stops_the_sealing(line: str, place: str, journals: Path) -> None:
    content = JOURNAL + line.encode() + b"\n"
    (journals / "one.jsonl").write_bytes(content)
    said = verdict(result("one", journals=(summed("one.jsonl", content),)), GREEN.scenarios[1])

    assert refused(journals, said) == (
        Gate.FAULT,
        (
            f"journals/one.jsonl, line 3{place} holds what looks like a secret or personal data, so nothing was sealed; "
            "keep it out of what your system says, and rehearse again"
        ),
    )


def test_the_ledger_is_sealed_without_secrets_addresses_and_names_of_machines(journals: Path) -> None:
    files = gathered(journals, events=[EVENT], attestations=[ATTESTED])

    event = msgspec.json.decode(files["ledger.jsonl"])
    attested = msgspec.json.decode(files["attestations.json"])
    assert (event["by"], event["note"], event["digest"]) == ("***", "call ***", "ab" * 32)
    assert {"token", "host"}.isdisjoint(event)
    assert attested == [{"check": "process", "by": "Sari", "at": "2026-01-01T00:00:00+00:00", "until": "2026-02-01", "note": "call ***"}]


@pytest.mark.parametrize("digest", ["ab" * 32, PHONE_LIKE])
def test_the_digest_of_an_event_is_sealed_as_it_is(journals: Path, digest: str) -> None:
    files = gathered(journals, events=[EVENT | {"digest": digest}])

    assert msgspec.json.decode(files["ledger.jsonl"])["digest"] == digest


def test_hashes_that_look_like_phone_numbers_are_sealed(journals: Path) -> None:
    at = {"id": PHONE_LIKE[:40], "dirty": False, "root": "."}
    system = GREEN.system | {"commit": at}
    content = next(
        one for one in (b'{"journal":1,"seed":%d}\n' % n for n in range(10_000)) if clean_text(summed("", one)) != summed("", one)
    )
    (journals / "one.jsonl").write_bytes(content)
    said = verdict(
        result("one", journals=(summed("one.jsonl", content),)), GREEN.scenarios[1], system=system, attempts={"digest": PHONE_LIKE}
    )

    assert "verdict.json" in gathered(journals, said)


def test_a_verdict_of_before_the_sums_of_its_journals_is_told_as_an_older_one(journals: Path) -> None:
    said = verdict(result("one", journals=()), result("two", cells=CELLS, journals=()))

    assert refused(journals, said) == (
        Gate.FAULT,
        "verdict.json holds no sums of its journals, so an older version of Gladi wrote it; rehearse again with this version",
    )
