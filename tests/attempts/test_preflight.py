"""The nine preparations of the guide: each is ready, missing, or asked of a person, and each can be seen to fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gladi.attempts.calls import UnansweredError, sign
from gladi.attempts.case import Readiness, missing
from gladi.attempts.checks import ATTESTABLE, CHECKS
from gladi.cli import readiness
from gladi.platforms.unprepared import SHOWN
from gladi.record.wire import Lost, Response
from tests.attempts.developer import KNOWN, NOW, Developer, word

READY, MISSING, ASK = Readiness.READY, Readiness.MISSING, Readiness.ASK

FALLS_WITH = {"developer-account": {"developer-account", "test-app", "merge-subscription"}}
"""Without a token nothing can be asked of the Tokopedia Open API; every other preparation stands alone."""


def test_a_developer_who_has_made_every_preparation_is_ready() -> None:
    developer = Developer()

    found = developer.preflight()

    assert [(one.check.number, one.answer.readiness) for one in found.findings] == [(number, READY) for number in range(1, 10)]
    assert found.ready
    assert found.summary == "9 of 9 are ready"


@pytest.mark.parametrize("check", sorted(SHOWN))
def test_a_preparation_that_the_platform_shows_is_seen_to_be_left_out(check: str) -> None:
    developer = Developer(lacks=[check])

    found = developer.preflight(attestations=tuple(word(one) for one in ATTESTABLE if one != check))

    fallen = {one.check.id for one in found.findings if one.answer.readiness is not READY}
    assert fallen == FALLS_WITH.get(check, {check})
    assert all(one.answer.todo for one in found.findings if one.check.id in fallen)


@pytest.mark.parametrize("check", ["shop-options-off", "accounts-bound", "business-process"])
def test_what_no_api_shows_is_asked_of_a_person(check: str) -> None:
    developer = Developer()

    found = developer.preflight(attestations=tuple(word(one) for one in ATTESTABLE if one != check))

    assert [one.check.id for one in found.those(ASK)] == [check]
    assert f"gladi attempts attest {check} --by NAME --until DATE" in found.those(ASK)[0].answer.todo


def test_a_system_that_was_not_rehearsed_is_not_adapted() -> None:
    developer = Developer()

    found = developer.preflight(rehearsed=missing("nothing was rehearsed", "rehearse"))

    assert [(one.check.id, one.answer.said) for one in found.those(MISSING)] == [("adapted", "nothing was rehearsed")]


def test_each_check_is_one_of_the_guides_nine_and_can_be_left_out_by_its_id() -> None:
    ids = tuple(check.id for check in CHECKS)

    assert ids == readiness.CHECKS
    assert ATTESTABLE == readiness.ATTESTABLE
    assert SHOWN.keys() | set(ATTESTABLE) | {"adapted"} == set(ids)
    assert {operation for operation, _ in SHOWN.values()} <= KNOWN


# -- what a person vouches for -----------------------------------------------------------------------------------------


def test_the_word_of_a_person_counts_with_name_day_and_note() -> None:
    answer = Developer().answer("accounts-bound", attestations=(word("accounts-bound", note="seen in Partner Center"),))

    assert answer.said == "Ayu attested it on 2025-03-01, until 2025-06-30: seen in Partner Center"


def test_a_word_that_ran_out_yesterday_is_asked_for_again() -> None:
    yesterday = NOW.date() - timedelta(days=1)

    answer = Developer().answer("accounts-bound", attestations=(word("accounts-bound", until=yesterday),))

    assert answer.readiness is ASK
    assert "what Ayu attested ran out on 2025-03-03" in answer.said


def test_a_word_holds_on_its_last_day() -> None:
    answer = Developer().answer("accounts-bound", attestations=(word("accounts-bound", until=NOW.date()),))

    assert answer.readiness is READY


def test_the_word_for_one_check_says_nothing_of_another() -> None:
    answer = Developer().answer("accounts-bound", attestations=(word("shop-options-off"),))

    assert answer.readiness is ASK


def test_a_run_against_the_development_shop_goes_before_the_word_of_a_person() -> None:
    answer = Developer().answer("business-process", recorded=missing("the run on the live is broken", "mend it"))

    assert answer.readiness is MISSING


# -- shops -------------------------------------------------------------------------------------------------------------


def test_a_test_app_whose_shops_have_all_merged_has_nothing_left_to_rehearse_with() -> None:
    developer = Developer()
    developer.sandbox.world.link("shop-1")
    developer.sandbox.clock.leap(developer.sandbox.clock.now + 3 * 86_400_000)

    answer = developer.answer("test-app")

    assert answer.readiness is MISSING
    assert "has merged already" in answer.said


def test_only_a_shop_that_gladi_toml_names_counts_as_a_test_shop() -> None:
    developer = Developer()

    named = developer.answer("test-app", test_shops=(6_500_001,))
    other = developer.answer("test-app", test_shops=(1,))

    assert (named.readiness, other.readiness) == (READY, MISSING)
    assert other.said == "the app 13000 serves no test shop of those that gladi.toml names as [[test-shops]]"


def test_a_shop_info_without_its_array_is_read_all_the_same() -> None:
    developer = Developer()
    developer.platform = developer.rewriting("tokopedia.get_shop_info", b"", b'{"header": {}, "data": {"shop_id": 6500001}}')

    assert developer.answer("test-app").readiness is READY


def test_a_system_that_answers_buyers_needs_the_scope_of_customer_service() -> None:
    developer = Developer()
    developer.platform = developer.rewriting("shop.refresh_token", b"seller.customer_service", b"seller.other")

    silent = developer.answer("development-shop")
    chatting = developer.answer("development-shop", account=replace(developer.account, chats=True))

    assert (silent.readiness, chatting.readiness) == (READY, MISSING)
    assert "without the scope seller.customer_service" in chatting.said


def test_a_system_that_answers_buyers_needs_a_person_to_say_that_the_shop_is_a_full_function_one() -> None:
    developer = Developer()
    chats = replace(developer.account, chats=True)

    asked = developer.answer("development-shop", account=chats, attestations=())
    vouched = developer.answer("development-shop", account=chats, attestations=(word("development-shop"),))

    assert (asked.readiness, vouched.readiness) == (ASK, READY)


def test_a_shop_elsewhere_is_no_development_shop_in_indonesia() -> None:
    developer = Developer()
    developer.platform = developer.rewriting("shop.get_authorized_shops", b'"region":"ID"', b'"region":"MY"')

    answer = developer.answer("development-shop")

    assert (answer.readiness, answer.said) == (MISSING, "no shop in Indonesia has authorized the app")


def test_without_any_consent_there_is_no_development_shop_and_a_market_to_ask_for() -> None:
    developer = Developer()
    account = replace(developer.account, refresh_tokens=())

    found = {one.check.id: one.answer.readiness for one in developer.preflight(account=account, attestations=()).findings}

    assert (found["development-shop"], found["target-market"]) == (MISSING, ASK)


# -- calls -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("response", "sentence"),
    [
        (Response(0, (), b"", lost=Lost.ANSWER), "Get Token brought no answer from accounts.tokopedia.com"),
        (Response(0, (), b"", lost=Lost.REQUEST), "Get Token reached nobody at accounts.tokopedia.com"),
        (Response(502, (), b"<html>Bad Gateway</html>"), "Get Token was refused with HTTP 502"),
        (Response(200, (), b"<html>Welcome</html>"), "Get Token was answered by something else than it promises"),
        (Response(200, (), b"{}"), "Get Token was answered by something else than it promises"),
        (Response(403, (), b'{"header": {"error_code": "RBAC_MDLW_001"}}'), "Get Token was refused with HTTP 403 and code RBAC_MDLW_001"),
        (Response(401, (), b'{"error": "invalid_client"}'), "Get Token was refused with HTTP 401 and code invalid_client"),
        (Response(400, (), b'{"error": "no id 0f9a with secret"}'), "Get Token was refused with HTTP 400"),
        (Response(400, (), b'{"header": 7}'), "Get Token was refused with HTTP 400"),
    ],
)
def test_whatever_a_platform_answers_becomes_one_sentence(response: Response, sentence: str) -> None:
    developer = Developer(platform=lambda request: response)  # noqa: ARG005 - it never asks

    with pytest.raises(UnansweredError) as caught:
        developer.case().calls.token()

    assert str(caught.value) == sentence


@pytest.mark.parametrize("lost", [Lost.REQUEST, Lost.ANSWER])
def test_where_nobody_answers_no_credentials_are_blamed(lost: Lost) -> None:
    developer = Developer(platform=lambda request: Response(0, (), b"", lost=lost))  # noqa: ARG005 - it never answers

    found = {one.check.id: one.answer for one in developer.preflight().findings}

    called = ("developer-account", "test-app", "merge-subscription", "target-market", "development-shop")
    assert {found[check].readiness for check in called} == {MISSING}
    assert all(found[check].todo.startswith("see that this machine reaches it (network, DNS, firewall;") for check in called)


def test_a_refusal_of_tokopedia_and_shop_is_told_by_its_code_though_http_says_200() -> None:
    developer = Developer()

    with pytest.raises(UnansweredError) as caught:
        developer.case().calls.consent("ROW_nobody")

    assert str(caught.value) == "Refresh Token was refused with code 36004005"


def test_a_refresh_token_is_traded_once_however_many_checks_need_it() -> None:
    developer = Developer()

    developer.preflight()

    assert developer.asked.count("shop.refresh_token") == 1
    assert developer.asked.count("tokopedia.get_token") == 1


@pytest.mark.parametrize(
    ("secret", "path", "query", "right"),
    [
        (
            "e59af819cc",
            "/authorization/202309/shops",
            {"timestamp": "1623812664", "app_key": "29a39d"},
            "b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8",
        ),
        ("app_secret", "/test-api", {"foo": "bar"}, "d3cb7fe11ecae942802ceeca67e7cf10120cc12f1517d45fbc1c8cfe5413c80f"),
    ],
)
def test_the_documented_vectors_are_signed_as_documented(secret: str, path: str, query: dict[str, str], right: str) -> None:
    assert sign(secret, path, query) == right


# -- what is shown -----------------------------------------------------------------------------------------------------


def test_no_secret_is_shown_whatever_is_missing() -> None:
    developer = Developer(lacks=list(SHOWN))
    account = developer.account
    secrets = {account.client_id, account.client_secret, account.webhook_secret, account.app_secret, *account.refresh_tokens}

    found = developer.preflight(attestations=())
    shown = f"{found.table()}{found.as_json()}{account!r}"

    assert [secret for secret in secrets if secret in shown] == []


def test_the_table_says_what_was_seen_and_what_to_do() -> None:
    found = Developer(lacks=["test-app"]).preflight(attestations=tuple(word(one) for one in ATTESTABLE if one != "accounts-bound"))

    lines = found.table().splitlines()

    assert lines[0] == "Preflight on the sandbox"
    assert lines[2] == "1  developer-account   ready         a token was given for the developer's client id"
    assert lines[3] == "2  test-app            missing       Get Shop Info was refused with HTTP 400"
    assert lines[4] == "   → check the App ID (fs_id) in the developer console, and that a test shop is connected to it"
    assert lines[-1] == "7 of 9 are ready, 1 missing, 1 to ask a person."


def test_the_json_says_of_each_check_what_the_table_says() -> None:
    found = Developer().preflight(attestations=())

    said = found.as_json()

    assert (said["target"], said["ready"], len(said["checks"])) == ("sandbox", False, 9)
    assert said["checks"][3] == {
        "number": 4,
        "id": "shop-options-off",
        "title": "test shops without the options of the guide's picture",
        "answer": "ask a person",
        "said": "the guide shows the options in a picture alone, and no API tells of them",
        "todo": "look at the settings of each test shop: none of the options in the guide's picture may be on; "
        "then: gladi attempts attest shop-options-off --by NAME --until DATE",
        "source": "rehearsal guide, Preparation 4",
    }
