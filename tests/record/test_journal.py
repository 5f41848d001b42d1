from gladi.record.clock import Clock
from gladi.record.journal import Journal
from gladi.record.wire import Host, Request, Response
from gladi.record.words import TOKOPEDIA


def test_a_bounded_journal_forgets_old_exchanges_and_writes_the_same_lines() -> None:
    clock = Clock(0)
    whole, bounded = Journal(clock), Journal(clock, raw=2)
    for number in range(5):
        request = Request("GET", Host.TOKOPEDIA_API, f"/v1/fs/{number}", 0, query="page=1&secret=word", body=b'{"token":"abc","a":1}')
        for journal in (whole, bounded):
            journal.call(request, Response(200, (), b"{}"), None, TOKOPEDIA)

    assert bytes(bounded) == bytes(whole)
    assert [bounded.exchange(n) is None for n in range(1, 6)] == [True, True, True, False, False]
    assert b"abc" not in bytes(bounded)


def test_neither_a_request_nor_a_response_shows_its_secrets_to_whoever_prints_it() -> None:
    request = Request("GET", Host.SHOP_API, "/a", 0, query="sign=word", headers={"x-tts-access-token": "word"}, body=b"word")

    assert "word" not in repr((request, Response(200, (("set-cookie", "word"),), b"word")))
