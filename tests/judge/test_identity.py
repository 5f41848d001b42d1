"""The ids of the merge webhook and of Get Shop Info agree when their digits do, and never otherwise."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gladi.judge.identity import SHOP_INFO, WEBHOOK, Identity, IdentityError, Row, compare, compare_link

DOCUMENTED = Path(__file__).parents[2] / "fixtures" / "documented"

SELLER = "7494049642642441621"
ROUNDED = "7494049642642441000"  # what a parser of doubles writes back
SHOP = "654321"


def webhook(seller: str = f'"{SELLER}"', shop: str = f'"{SHOP}"', more: str = "") -> str:
    return f'{{"status": "merge", "tts_seller_id": {seller}, "toko_shop_id": {shop}, "timestamp": 1697678931{more}}}'


def shop_info(seller: str = SELLER, shop: str = SHOP, own: str = SHOP, more: str = "") -> str:
    completed = f'{{"toko_shop_id": {shop}, "tts_seller_id": {seller}, "completed_time": 1697678900}}'
    return f'{{"shop_id": {own}, "shop_name": "Toko", "tts_integration_completed": {completed}{more}}}'


def row(identity: Identity, field: str) -> Row:
    return next(row for row in identity.rows if row.field == field)


# -- what agrees -------------------------------------------------------------------------------------------------------


def test_a_digit_string_and_an_integer_with_the_same_digits_agree() -> None:
    identity = compare(webhook(), shop_info())

    assert identity.agree
    assert [row.field for row in identity.rows] == ["tts_seller_id", "toko_shop_id", "shop_id"]
    assert identity.rows[0] == Row(
        "tts_seller_id", f'"{SELLER}"', SELLER, agrees=True, why="the same digits, as a string and as an integer"
    )


def test_two_strings_and_two_integers_agree_as_well() -> None:
    assert compare(webhook(), shop_info(f'"{SELLER}"', f'"{SHOP}"', f'"{SHOP}"')).agree
    assert compare(webhook(SELLER, SHOP), shop_info()).agree


def test_bytes_and_a_byte_order_mark_are_read_like_text() -> None:
    assert compare(b"\xef\xbb\xbf" + webhook().encode(), "\ufeff" + shop_info()).agree


def test_an_id_longer_than_any_integer_that_python_parses_is_compared_exactly() -> None:
    long = "9" * 6000

    identity = compare(webhook(f'"{long}"'), shop_info(long[:-1] + "8"))

    assert row(identity, "tts_seller_id").why == "different ids"
    assert compare(webhook(f'"{long}"'), shop_info(long)).agree
    assert "(6000 characters)" in row(identity, "tts_seller_id").shop_info


# -- what does not -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spelling", "fault"),
    [
        (f"{SELLER}.0", "is a floating-point number, which loses digits"),
        ("7.494049642642441e18", "is written with an exponent, which loses digits"),
        (f"{SELLER}E0", "is written with an exponent, which loses digits"),
        ('"7.494049642642441e+18"', "is written with an exponent, which loses digits"),
        (f'"{SELLER}.0"', "is a floating-point number, which loses digits"),
        ("true", "is a boolean"),
        ("null", "is null"),
        ('""', "is an empty string"),
        (f'" {SELLER}"', "has white space in it"),
        (f'"{SELLER}\\n"', "has white space in it"),
        (f'"{SELLER}\\u00a0"', "has white space in it"),
        (f'"0{SELLER}"', "has leading zeros"),
        (f'"+{SELLER}"', "has a plus sign"),
        (f"-{SELLER}", "has a minus sign"),
        ('"\\u0667\\u0664\\u0669"', "has digits that are not ASCII"),
        ('"TTS123456"', "is not made of digits alone"),
        (f'"{SELLER}\\u200b"', "is not made of digits alone"),
        (f'"{SELLER[:3]}_{SELLER[3:]}"', "is not made of digits alone"),
        ("0", "is zero, which is no id"),
        (f"[{SELLER}]", "is an array"),
        (f'{{"id": {SELLER}}}', "is an object"),
    ],
)
def test_every_other_spelling_is_named_and_agrees_with_nothing_not_even_with_itself(spelling: str, fault: str) -> None:
    in_shop_info = row(compare(webhook(), shop_info(spelling)), "tts_seller_id")
    in_webhook = row(compare(webhook(spelling), shop_info()), "tts_seller_id")
    in_both = row(compare(webhook(spelling), shop_info(spelling)), "tts_seller_id")

    assert (in_shop_info.agrees, in_shop_info.why) == (False, f"Get Shop Info {fault}")
    assert (in_webhook.agrees, in_webhook.why) == (False, f"webhook {fault}")
    assert (in_both.agrees, in_both.why) == (False, f"webhook {fault}; Get Shop Info {fault}")


def test_a_rounded_id_is_said_to_be_rounded() -> None:
    identity = compare(webhook(), shop_info(ROUNDED))

    assert not identity.agree
    assert row(identity, "tts_seller_id").why == "rounded: equal only as floating-point numbers"


def test_two_other_ids_are_said_to_be_different() -> None:
    assert row(compare(webhook(shop='"654322"'), shop_info()), "toko_shop_id").why == "different ids"


def test_a_missing_field_does_not_agree() -> None:
    identity = compare('{"status": "merge", "toko_shop_id": "654321"}', shop_info())

    assert not identity.agree
    assert row(identity, "tts_seller_id").webhook == "-"
    assert row(identity, "tts_seller_id").why == "webhook is missing"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("", "Get Shop Info is missing: there is no tts_integration_completed, so the shop has not merged"),
        (', "tts_integration_completed": null', "Get Shop Info is missing: tts_integration_completed is null and no object"),
    ],
)
def test_a_shop_that_get_shop_info_does_not_call_merged_agrees_with_no_webhook(more: str, why: str) -> None:
    identity = compare(webhook(), f'{{"shop_id": {SHOP}{more}}}')

    assert not identity.agree
    assert row(identity, "tts_seller_id").why == why


def test_another_shop_id_at_the_top_of_get_shop_info_does_not_agree() -> None:
    identity = compare(webhook(), shop_info(own="654320"))

    assert not identity.agree
    assert [row.agrees for row in identity.rows] == [True, True, False]


def test_a_shop_id_in_the_webhook_may_not_contradict() -> None:
    assert not compare(webhook(more=', "shop_id": 1'), shop_info()).agree
    assert compare(webhook(more=f', "shop_id": {SHOP}'), shop_info()).agree


def test_the_mapped_shop_with_the_sellers_digits_is_noted_and_agrees() -> None:
    identity = compare(webhook(), shop_info(more=f', "tts_shop_id": "{SELLER}"'))

    assert identity.agree
    assert "note: tts_shop_id has these digits too" in row(identity, "tts_seller_id").why


def test_a_webhook_that_carries_the_shops_id_for_the_sellers_is_told_so() -> None:
    identity = compare(webhook('"749"'), shop_info(more=', "tts_shop_id": "749"'))

    assert not identity.agree
    assert row(identity, "tts_seller_id").why == "different ids; the webhook's is the tts_shop_id, which names the shop and not the seller"


def test_nothing_compared_is_no_agreement() -> None:
    same = Row("tts_seller_id", SELLER, SELLER, agrees=True, why="the same digits")

    assert not Identity(()).agree
    assert not Identity((same,)).agree


# -- every pair of ids, in every spelling ------------------------------------------------------------------------------

ids_of_19_digits = st.integers(min_value=10**18, max_value=10**19 - 1).map(str)
close = st.integers(min_value=-600, max_value=600)
faithful = st.sampled_from(["{}", '"{}"'])
unfaithful = st.sampled_from(["{}.0", "{}e0", '" {}"', '"{} "', '"0{}"', '"+{}"', "-{}", '"{}.0"', "[{}]", '"{}n"', "true", "null", '""'])


@given(ids_of_19_digits, close, faithful, faithful)
def test_two_faithful_spellings_agree_exactly_when_their_digits_do(told: str, away: int, here: str, there: str) -> None:
    found = str(int(told) + away)

    seller = row(compare(webhook(here.format(told)), shop_info(there.format(found))), "tts_seller_id")

    assert seller.agrees == (told == found)
    assert (seller.why == "rounded: equal only as floating-point numbers") == (told != found and float(told) == float(found))


@given(ids_of_19_digits, faithful, unfaithful)
def test_an_unfaithful_spelling_agrees_with_nothing_on_either_side(told: str, good: str, bad: str) -> None:
    assert not compare(webhook(good.format(told)), shop_info(bad.format(told))).agree
    assert not compare(webhook(bad.format(told)), shop_info(good.format(told))).agree


@given(ids_of_19_digits)
def test_a_float_parser_that_wrote_the_answer_back_is_found_out_unless_it_lost_nothing(told: str) -> None:
    through_a_double = str(int(float(told)))

    assert compare(webhook(f'"{told}"'), shop_info(through_a_double)).agree == (told == through_a_double)


@given(ids_of_19_digits, close)
def test_a_stored_link_agrees_exactly_when_its_digits_do(told: str, away: int) -> None:
    stored = str(int(told) + away)

    assert compare_link(webhook(f'"{told}"'), SHOP, stored).agree == (told == stored)


@given(st.text() | st.binary(), st.text() | st.binary())
def test_whatever_is_given_is_compared_or_refused_in_one_sentence(told: str | bytes, found: str | bytes) -> None:
    for left, right in ((told, found), (webhook(), found), (told, shop_info())):
        with pytest.raises(IdentityError) as refused:
            compare(left, right)

        assert "\n" not in str(refused.value)


# -- the shapes of Get Shop Info ---------------------------------------------------------------------------------------


def test_the_envelope_a_bare_array_and_a_bare_object_are_all_read() -> None:
    header = '{"process_time": 0, "messages": "ok", "reason": "", "error_code": 0}'
    other = shop_info("7494049642642441622", "1", "1")

    assert compare(webhook(), f'{{"header": {header}, "data": [{other}, {shop_info()}]}}').agree
    assert compare(webhook(), f'{{"status": "success", "data": {shop_info()}}}').agree
    assert compare(webhook(), f"[{shop_info()}, {other}]").agree
    assert compare(webhook(), shop_info()).agree


def test_the_shop_that_is_named_is_compared_and_no_other() -> None:
    other = shop_info("7494049642642441622", "1", "1")

    identity = compare(webhook(), f"[{shop_info()}, {other}]", toko_shop_id="1")

    assert not identity.agree
    assert [row.shop_info for row in identity.rows] == ["7494049642642441622", "1", "1"]


def test_the_only_shop_is_compared_though_its_id_is_wrong() -> None:
    assert [row.agrees for row in compare(webhook(), f'{{"data": [{shop_info(own="1")}]}}').rows] == [True, True, False]


@pytest.mark.parametrize(
    ("info", "asked", "sentence"),
    [
        ("[]", None, "an empty array stands at the top instead of a shop; give an answer that holds the shop, not a refusal"),
        (
            '{"data": null, "status": "400 Bad Request"}',
            None,
            'null stands under "data" instead of a shop; give an answer that holds the shop, not a refusal',
        ),
        ("[1, 2]", None, "1 stands at the top instead of a shop; give an answer that holds the shop, not a refusal"),
        (
            '[{"shop_id": 1}, {"shop_id": 2}]',
            None,
            'none of 2 has the id "654321"; name the one shop to compare with toko_shop_id',
        ),
        (
            '[{"shop_id": 654321}, {"shop_id": "654321"}, {"shop_id": 2}]',
            None,
            '2 of the 3 shops have the id "654321"; name the one shop to compare with toko_shop_id',
        ),
        (
            '[{"shop_id": 654321}, {"shop_id": 2, "tts_integration_completed": {"toko_shop_id": 654321}}]',
            None,
            '2 of the 2 shops have the id "654321"; name the one shop to compare with toko_shop_id',
        ),
        ('{"shop_id": 1}', "2", 'none of 1 has the id "2"; name the one shop to compare with toko_shop_id'),
        (
            '{"shop": 1}',
            None,
            'neither "shop_id" nor "tts_integration_completed" is in it; give the answer of GET /v1/shop/fs/{fs_id}/shop-info',
        ),
        (
            "{",
            None,
            "not JSON at line 1, column 2 (Expecting property name enclosed in double quotes); give the raw body as the platform sent it",
        ),
        ('{"shop_id": 007}', None, "not JSON at line 1, column 14 (Expecting ',' delimiter); give the raw body as the platform sent it"),
        ('{"shop_id": NaN}', None, "NaN is not JSON; give the raw body as the platform sent it"),
        (
            '{"shop_id": 1, "shop_id": 654321}',
            None,
            'the key "shop_id" stands twice in one object; leave the one that the platform sent',
        ),
        (b"\xff", None, "byte 0 is not UTF-8; give the raw body as the platform sent it"),
        ("[" * 200_000, None, "nested too deeply to be read; give the raw body as the platform sent it"),
    ],
)
def test_what_is_no_shop_is_refused_with_what_to_give_instead(info: str | bytes, asked: str | None, sentence: str) -> None:
    with pytest.raises(IdentityError) as refused:
        compare(webhook(), info, toko_shop_id=asked)

    assert refused.value.source == SHOP_INFO
    assert str(refused.value) == f"Get Shop Info: {sentence}"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (webhook().replace("merge", "unmerge"), 'it says "unmerge", so there is no merge to compare; give the body of the "merge" webhook'),
        (webhook().replace("merge", "Merge"), 'the field "status" is "Merge" and not "merge"; give the body of the merge webhook'),
        (shop_info(), 'the field "status" is missing and not "merge"; give the body of the merge webhook'),
        ("[]", "an array is no object; give the body of one merge webhook, from { to }"),
        ('"merge"', '"merge" is no object; give the body of one merge webhook, from { to }'),
    ],
)
def test_what_is_no_merge_webhook_is_refused_with_what_to_give_instead(told: str, sentence: str) -> None:
    with pytest.raises(IdentityError) as refused:
        compare(told, shop_info())

    assert refused.value.source == WEBHOOK
    assert str(refused.value) == f"webhook: {sentence}"


def test_a_shop_asked_for_in_anything_but_digits_is_refused() -> None:
    with pytest.raises(IdentityError, match=r'toko_shop_id: "0654321" has leading zeros; give the shop\'s id in digits, such as 654321'):
        compare(webhook(), shop_info(), toko_shop_id="0654321")


def test_an_object_that_somebody_has_parsed_already_is_refused() -> None:
    with pytest.raises(IdentityError, match="webhook: a dict may have lost digits already"):
        compare(json.loads(webhook()), shop_info())


# -- what a system stored ----------------------------------------------------------------------------------------------


def test_what_a_system_stored_is_held_against_the_webhook() -> None:
    identity = compare_link(webhook(), SHOP, ROUNDED)

    assert identity.beside == "stored by the system"
    assert [(row.field, row.agrees) for row in identity.rows] == [("tts_seller_id", False), ("toko_shop_id", True)]
    assert identity.rows[0].why == "rounded: equal only as floating-point numbers"
    assert compare_link(webhook(), SHOP, SELLER).agree


@pytest.mark.parametrize(
    ("stored", "why"),
    [
        (float(SELLER), "stored by the system is written with an exponent, which loses digits"),
        (None, "stored by the system is null"),
        (True, "stored by the system is a boolean"),
        (b"749", "stored by the system is a bytes, not a string of digits"),
        (f"{SELLER} ", "stored by the system has white space in it"),
    ],
)
def test_whatever_else_a_system_stored_does_not_agree(stored: str, why: str) -> None:
    assert compare_link(webhook(), SHOP, stored).rows[0].why == why


# -- how it is shown ---------------------------------------------------------------------------------------------------


def test_the_table_is_aligned_and_ends_with_the_verdict() -> None:
    assert compare(webhook(), shop_info(ROUNDED)).table() == (
        "field          webhook                Get Shop Info        verdict         why\n"
        'tts_seller_id  "7494049642642441621"  7494049642642441000  does not agree  rounded: equal only as floating-point numbers\n'
        'toko_shop_id   "654321"               654321               agrees          the same digits, as a string and as an integer\n'
        'shop_id        "654321"               654321               agrees          the same digits, as a string and as an integer\n'
        "\n"
        "The ids do not agree."
    )


def test_the_table_of_a_hostile_value_stays_one_line_per_field_in_ascii() -> None:
    table = compare(webhook('"\\n\\u001b[31m\\ud800\\u0667' + "x" * 500 + '"'), shop_info()).table()

    assert table.isascii()
    assert all(line.isprintable() for line in table.split("\n"))
    assert len(table.split("\n")) == 6


def test_the_html_escapes_every_value_and_needs_no_style_sheet() -> None:
    page = compare(webhook('"<script>alert(1)</script>"'), shop_info()).html()

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "class=" not in page
    assert "<style" not in page


def test_the_csv_reads_back_as_the_table_stands() -> None:
    identity = compare(webhook('"a,\\"b"'), shop_info())

    assert [tuple(line) for line in csv.reader(io.StringIO(identity.csv()))] == [identity.heading, *identity.cells]


# -- the documented samples --------------------------------------------------------------------------------------------


def test_the_documented_samples_are_read_and_are_of_two_different_shops() -> None:
    identity = compare((DOCUMENTED / "merge-webhook.json").read_bytes(), (DOCUMENTED / "get-shop-info-migration.json").read_bytes())

    assert [row.why for row in identity.rows] == ["different ids"] * 3
