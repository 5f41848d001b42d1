"""What a rehearsal leaves in the Allure results: filed, told in virtual time, stable, and without a secret."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from gladi.judge.requirements import REQUIREMENTS
from gladi.reports.sealed import outside
from gladi.sandbox.app import app, consent
from gladi.sandbox.seed import seller

ROOT = Path(__file__).parents[2]
LAST_MINUTE = "an_order_of_the_last_minute_leaves_once"
ONE_CELL = "--rehearse-in-flight=origin/origin"
BOTH = "--rehearse-in-flight=both/both"
ORDERS = "guide.overview.ships-once"
BY_WEBHOOK = "the_merge_is_noticed_by_webhook"

ADAPTERS = """
    import os

    import httpx
    from gladi import Delivery, Venue


    class Nothing:
        def __init__(self, venue: Venue) -> None: ...
        def tick(self, now): return None
        def receive(self, delivery: Delivery) -> int: return 200


    class Dies(Nothing):
        def tick(self, now):
            os._exit(1)


    class Blurts(Nothing):
        '''Asks for a token and says in its exception, and in its output, all that it must never say.'''
        def __init__(self, venue: Venue) -> None:
            self.venue = venue
        def tick(self, now):
            keys, shop = self.venue.tokopedia, self.venue.shop
            address = f"{self.venue.tokopedia_token_url}/token?grant_type=client_credentials"
            answer = httpx.post(address, auth=(keys.client_id, keys.client_secret))
            token = answer.json()["access_token"]
            print(f"token {token}")
            raise RuntimeError(
                f"client_secret={keys.client_secret} app_secret: {shop.app_secret} webhook_secret='{keys.webhook_secret}' "
                f"Authorization: Bearer {token} bare {token} {shop.grants[0].refresh_token}"
            )
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: what pytest said, and what it left for Allure."""

    status: int
    output: str
    folder: Path

    @property
    def results(self) -> dict[str, dict[str, Any]]:
        """The results by scenario, those of one that was played in several cells by `scenario[cell]`."""
        found = [json.loads(file.read_text(encoding="utf-8")) for file in self.folder.glob("*-result.json")]
        plays = Counter(labels(result)["as_id"][0] for result in found)
        named = ((labels(result)["as_id"][0], result) for result in found)
        return {name if plays[name] == 1 else f"{name}[{parameters(result)['in flight']}]": result for name, result in named}

    @property
    def run_wide(self) -> dict[str, str]:
        """What is attached to the run as a whole: name and text."""
        (item,) = self.folder.glob("*-globals.json")
        attached = json.loads(item.read_text(encoding="utf-8"))["attachments"]
        return {one["name"]: (self.folder / one["source"]).read_text(encoding="utf-8") for one in attached}

    @property
    def properties(self) -> dict[str, str]:
        """What is written about the run."""
        lines = (self.folder / "environment.properties").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def attached(self, to: dict[str, Any], name: str) -> str:
        """The text of an attachment."""
        source: str = next(one["source"] for one in to["attachments"] if one["name"] == name)
        return (self.folder / source).read_text(encoding="utf-8")


def rehearse(folder: Path, system: str, *more: str) -> Run:
    folder.mkdir(exist_ok=True)
    (folder / "adapters.py").write_text(dedent(ADAPTERS), encoding="utf-8")
    (folder / "pytest.ini").write_text(f"[pytest]\nlog_level = DEBUG\npythonpath = {ROOT}\n", encoding="utf-8")
    words = ("-p", "no:schemathesis", "--rehearse", f"--rehearse-system={system}", "--alluredir=allure", *more)
    command = [sys.executable, "-m", "pytest", *words]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "ALLURE_"))}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False)
    return Run(done.returncode, done.stdout + done.stderr, folder / "allure")


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return rehearse(tmp_path_factory.mktemp("nothing"), "adapters:Nothing", ONE_CELL)


@pytest.fixture(scope="module")
def careful(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return rehearse(tmp_path_factory.mktemp("careful"), "examples.careful:Careful", "-k", f"{LAST_MINUTE} or {BY_WEBHOOK}", BOTH)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return rehearse(tmp_path_factory.mktemp("twice"), "examples.rogues.ships_twice:ShipsTwice", "-k", LAST_MINUTE, BOTH)


@pytest.fixture(scope="module")
def blurts(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return rehearse(tmp_path_factory.mktemp("blurts"), "adapters:Blurts", "-k", BY_WEBHOOK, ONE_CELL)


def labels(result: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label in result["labels"]:
        found.setdefault(label["name"], []).append(label["value"])
    return found


def parameters(result: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["value"] for one in result["parameters"]}


def texts(result: dict[str, Any]) -> list[str]:
    """The names of a result and of its steps, from the top."""
    return [result["name"], *(text for step in result.get("steps", ()) for text in texts(step))]


def lines_of(result: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The lines of each act."""
    return {act["name"].split()[0]: act.get("steps", []) for act in result["steps"]}


def test_a_scenario_is_filed_by_phase_platform_and_process(nothing: Run) -> None:
    result = nothing.results["a_price_changes_on_the_shop_while_the_shops_merge"]

    assert result["titlePath"] == ["2 During the merge", "Tokopedia & Shop", "products"]
    assert labels(result) == {
        "as_id": ["a_price_changes_on_the_shop_while_the_shops_merge"],
        "epic": ["Rehearsal of the merge into Tokopedia & Shop"],
        "feature": ["2 During the merge"],
        "framework": ["pytest"],
        "language": ["python"],
        "layer": ["rehearsal"],
        "mode": ["sandbox"],
        "parentSuite": ["2 During the merge"],
        "phase": ["2 During the merge"],
        "platform": ["Tokopedia & Shop"],
        "process": ["products"],
        "severity": ["critical"],
        "story": ["products"],
        "subSuite": ["products"],
        "suite": ["Tokopedia & Shop"],
        "tag": ["a_price_changes_on_the_shop_while_the_shops_merge", "during_merge"],
    }
    assert result["labels"] == sorted(result["labels"], key=lambda label: (label["name"], label["value"]))


def test_the_title_is_the_docstring_and_the_description_names_what_is_rehearsed(nothing: Run) -> None:
    result = nothing.results[LAST_MINUTE]

    assert re.fullmatch(r"An order placed in the minute of the merge .*leaves once.* \[in flight origin/origin\]", result["name"])
    assert "- No order is shipped twice because two platforms show it. (rehearsal guide, Overview" in result["description"]
    assert labels(result)["severity"] == ["blocker"]


def test_what_is_not_rehearsed_is_skipped_with_the_reason(nothing: Run) -> None:
    results = nothing.results

    assert (results[LAST_MINUTE]["status"], results[BY_WEBHOOK]["status"]) == ("skipped", "failed")
    assert results[LAST_MINUTE]["statusDetails"] == {"message": "not rehearsed: Nothing does not declare ShipsOrders"}


def test_ids_are_the_same_in_every_folder_and_for_every_seed(nothing: Run, tmp_path: Path) -> None:
    again = rehearse(tmp_path, "adapters:Nothing", "--rehearse-seed=7", ONE_CELL)

    def ids(run: Run) -> dict[str, tuple[str, ...]]:
        return {name: tuple(one[key] for key in ("fullName", "testCaseId", "historyId")) for name, one in run.results.items()}

    assert ids(again) == ids(nothing)
    assert len({history for *_, history in ids(nothing).values()}) == len(nothing.results)
    assert nothing.results[BY_WEBHOOK]["historyId"] == "3884981a44c94354b641756baa87902d"


def test_another_cell_of_the_matrix_is_another_history_of_the_same_case(nothing: Run, tmp_path: Path) -> None:
    other = rehearse(tmp_path, "adapters:Nothing", "--rehearse-in-flight=both/both", "-k", BY_WEBHOOK).results[BY_WEBHOOK]

    here = nothing.results[BY_WEBHOOK]
    assert other["testCaseId"] == here["testCaseId"]
    assert other["historyId"] != here["historyId"]
    assert {"name": "in flight", "value": "both/both"} in other["parameters"]


def test_a_rehearsal_is_told_in_three_acts_in_virtual_time(careful: Run) -> None:
    result = careful.results[LAST_MINUTE]
    acts = lines_of(result)

    assert [act["name"] for act in result["steps"]] == [
        "GIVEN  Mon 09:00  T-17:43  the shops are merging",
        "WHEN  Mon 09:20  T-17:23  the scenario is played",
        "THEN  Tue 06:40  T+03:57  everything settles and is judged",
    ]
    assert "Mon 09:10  T-17:33  the seller linked the shops" in [line["name"] for line in acts["GIVEN"]]
    assert "Tue 02:43  T+00:00  the platform merged the shops" in [line["name"] for line in acts["WHEN"]]
    assert "the scenario's own assertion holds" in [line["name"] for line in acts["THEN"]]
    assert {line["status"] for line in acts["WHEN"]} == {"passed"}


def test_a_long_stretch_of_calls_is_cut_to_its_ends(careful: Run) -> None:
    names = [line["name"] for line in lines_of(careful.results[LAST_MINUTE])["WHEN"]]
    cut = next(at for at, name in enumerate(names) if "more calls" in name)

    assert cut == 5
    assert all("  200" in name for name in names[:5] + names[6:11])
    assert any("the buyer placed order" in name for name in names[11:14])


def test_the_whole_journal_is_attached_with_its_exchanges_and_ids(careful: Run) -> None:
    result = careful.results[LAST_MINUTE]
    exchanges = [json.loads(line) for line in careful.attached(result, "HTTP exchanges").splitlines()]

    assert [one["name"] for one in result["attachments"]] == ["timeline", "HTTP exchanges", "ids", "ids as CSV"]
    assert careful.attached(result, "timeline").count("GET /v1/shop/fs/13000/shop-info") > 200
    assert exchanges[0]["request"]["url"] == "https://accounts.tokopedia.com/token?grant_type=client_credentials"
    assert exchanges[0]["request"]["headers"]["authorization"] == "__ALLURE_REDACTED__"
    assert exchanges[0]["response"]["body"]["access_token"] == "__ALLURE_REDACTED__"
    assert "<table" in careful.attached(result, "ids")
    assert careful.attached(result, "ids as CSV").splitlines()[0] == '"shop-1",field,webhook,Get Shop Info,verdict,why'


def test_a_violation_is_failed_with_its_story_and_the_calls_that_prove_it(twice: Run) -> None:
    result = twice.results[LAST_MINUTE]
    evidence = [line for act in lines_of(result).values() for line in act if line["status"] == "failed"]
    drawn = [(line, one) for act in lines_of(result).values() for line in act for one in line.get("attachments", ())]

    assert result["status"] == "failed"
    assert result["statusDetails"]["message"] == "order INV-001 left 2 times."
    assert "Run it again: pytest --rehearse" in result["statusDetails"]["trace"]
    assert ["parcel" in line["name"] for line in evidence[:2]] == [True, True]
    assert [one["type"] for _, one in drawn] == ["application/vnd.allure.http+json"]
    assert drawn[0][0]["name"] == drawn[0][1]["name"]
    exchange = json.loads(twice.attached(drawn[0][0], drawn[0][1]["name"]))
    assert (exchange["schemaVersion"], exchange["request"]["method"], exchange["response"]["status"]) == (1, "POST", 200)


def test_a_scenario_writes_at_most_five_files(careful: Run, twice: Run, nothing: Run) -> None:
    for run in (careful, twice, nothing):
        (wide,) = run.folder.glob("*-globals.json")
        of_the_run = {one["source"] for one in json.loads(wide.read_text(encoding="utf-8"))["attachments"]}
        of_the_run |= {"environment.properties", "categories.json", wide.name}
        written = [file.name for file in run.folder.iterdir() if file.name not in of_the_run]
        named = [re.findall(r'[^"]+-attachment[^"]+', json.dumps(result)) for result in run.results.values()]

        assert Counter(name for one in named for name in one) == Counter(name for name in written if "-result.json" not in name)
        assert max(len(one) for one in named) <= 4


def test_no_secret_and_nobody_is_named_in_any_file(careful: Run, twice: Run, blurts: Run) -> None:
    ours, sold = app(0), seller(0)
    shop = sold.shops.records["shop-1"]
    given = consent(0, shop)
    told = [word for one in sold.buyers for word in (one.name, one.phone, one.email, one.address)]
    secrets = [
        ours.client_secret,
        ours.app_secret,
        ours.webhook_secret,
        given.auth_code,
        given.refresh_token,
        shop.cipher,
        shop.owner,
        *told,
    ]

    for run in (careful, twice, blurts):
        for file in run.folder.iterdir():
            text = file.read_text(encoding="utf-8")
            assert [secret for secret in secrets if secret in text] == [], file.name
            assert '"c:' not in text
            assert " c:" not in text
            assert "ROW_" not in text


def test_an_exception_of_the_system_is_told_without_what_it_blurts(blurts: Run) -> None:
    result = blurts.results[BY_WEBHOOK]

    assert result["status"] == "failed"
    assert result["statusDetails"]["message"].startswith("the system raised RuntimeError: client_secret=*** app_secret: *** ")
    trace = result["statusDetails"]["trace"]
    assert re.search(r"^    adapters\.py:\d+ in tick$", trace, re.MULTILINE)
    assert "raise RuntimeError" not in trace, "a report is passed on, and source may tell too much"
    assert str(blurts.folder.parent) not in json.dumps(result)


def test_people_read_the_brand_that_the_changelog_asks_for(careful: Run, twice: Run, nothing: Run) -> None:
    read = [
        text for run in (careful, twice, nothing) for result in run.results.values() for text in (*texts(result), result["description"])
    ]

    assert [text for text in read if "tiktok" in text.lower()] == []
    assert any("Tokopedia & Shop" in text for text in read)


def test_the_run_says_what_was_in_force(careful: Run) -> None:
    said = careful.properties

    facts = ["target", "face", "seed", "in_flight", "strict", "trouble", "assumed", "system", "gladi", "python", "clock_start"]
    assert list(said) == [*facts, "pytest", "allure_pytest", "assumptions"]
    assert (said["target"], said["seed"], said["in_flight"]) == ("sandbox", "0", "both/both")
    assert said["system"].startswith("examples.careful:Careful")
    assert "setting.in_flight" in said["assumptions"]


def test_coverage_assumptions_and_legacy_calls_are_attached_to_the_run(careful: Run) -> None:
    wide = careful.run_wide
    rows = list(csv.DictReader(io.StringIO(wide["Coverage of the documents.csv"])))
    calls = list(csv.DictReader(io.StringIO(wide["Calls to Tokopedia after the merge.csv"])))

    assert {row["requirement"] for row in rows} == set(REQUIREMENTS)
    assert [row["scenario outcome"] for row in rows if (row["requirement"], row["scenario"]) == (ORDERS, LAST_MINUTE)]
    assert "orders in flight stay visible" in wide["Assumptions relied upon"]
    assert {row["scenario"] for row in calls} >= {BY_WEBHOOK}
    assert [row for row in calls if row["lawful"] != "lawful"] == []
    assert [name for name, text in wide.items() if outside(text)] == []


def test_a_call_that_proves_a_violation_can_be_made_again(twice: Run) -> None:
    steps = [line for act in lines_of(twice.results[LAST_MINUTE]).values() for line in act if line.get("attachments")]

    again = [one["name"] for step in steps for one in step["steps"]]
    assert len(again) == len(steps) > 0
    assert again[0].startswith('make it again: curl -X POST -H "authorization: Bearer $TOKEN" "$HERE/')
    assert "gladi serve --seed 0 --in-flight both/both" in twice.attached(twice.results[LAST_MINUTE], "timeline")


def test_the_timeline_marks_what_proves_the_violation(twice: Run) -> None:
    page = twice.attached(twice.results[LAST_MINUTE], "timeline")

    marked = re.findall(r"<li class=bad><i>→ \d+</i><i>[^<]*</i><i>T\+\d\d:\d\d</i>([^<]*)", page)
    assert [text.partition(" ")[0] for text in marked] == ["parcel", "parcel"]
    assert outside(page) == []
    assert "<script" not in page


def test_a_requirement_is_linked_to_where_the_user_says_that_requirements_are(tmp_path: Path) -> None:
    where = "--allure-link-pattern=requirement:https://docs.example/requirements.md#{}"

    run = rehearse(tmp_path, "adapters:Nothing", "-k", LAST_MINUTE, ONE_CELL, where)

    links = run.results[LAST_MINUTE]["links"]
    assert {one["name"]: (one["type"], one["url"]) for one in links}[ORDERS] == (
        "requirement",
        f"https://docs.example/requirements.md#{ORDERS}",
    )


def test_results_are_complete_and_cleaned_once_on_several_workers(nothing: Run, tmp_path: Path) -> None:
    rehearse(tmp_path, "adapters:Nothing", "-k", BY_WEBHOOK)
    spread = rehearse(tmp_path, "adapters:Nothing", "--clean-alluredir", "-n", "3", ONE_CELL)

    assert len(list(spread.folder.glob("*-result.json"))) == len(spread.results)
    assert spread.results.keys() == nothing.results.keys()
    assert spread.properties == nothing.properties


def test_a_worker_that_takes_a_dead_ones_place_leaves_its_results_alone(nothing: Run, tmp_path: Path) -> None:
    run = rehearse(tmp_path, "adapters:Dies", "--clean-alluredir", "-n", "1", ONE_CELL)

    assert "replacing crashed worker" in run.output
    # A system that declares nothing is skipped before it could die, but for what asks for no capability.
    assert run.results.keys() == {name for name, result in nothing.results.items() if result["status"] == "skipped"}


def test_a_test_plan_selects_by_scenario(tmp_path: Path) -> None:
    run = rehearse(tmp_path, "adapters:Nothing", f"--allure-ids={BY_WEBHOOK}")

    assert list(run.results) == [BY_WEBHOOK]


def test_a_rehearsal_needs_no_allure(tmp_path: Path) -> None:
    (tmp_path / "adapters.py").write_text(dedent(ADAPTERS), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--rehearse",
        "--rehearse-system=adapters:Nothing",
        "-p",
        "no:allure_pytest",
        "-k",
        BY_WEBHOOK,
    ]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)

    assert "1 failed" in done.stdout
    assert "INTERNALERROR" not in done.stdout + done.stderr


def test_what_does_not_report_to_allure_leaves_no_file(tmp_path: Path) -> None:
    run = rehearse(tmp_path, "adapters:Nothing", "--collect-only", "-q")

    assert run.status == 0
    assert list(run.folder.iterdir()) == []
