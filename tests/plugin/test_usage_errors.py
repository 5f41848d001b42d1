"""A rehearsal that cannot begin says so once, in one sentence, with exit status 4."""

from __future__ import annotations

import sys
from datetime import timedelta
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from gladi.play.adapter import load
from gladi.play.faults import AdapterError
from gladi.sandbox.settings import Settings
from gladi.session.options import read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugin.repository import Repository

HEAD = """
import functools
from contextlib import contextmanager

from gladi import Delivery, EditsProducts, ShipsOrders, System, Venue


class Whole(System):
    def __init__(self, venue):
        pass

    def tick(self, now):
        return None

    def receive(self, delivery):
        return 200


"""
FORM = "write module:attribute, such as myshop.rehearsal:Adapter"
FACTORY = "a factory is a plain function, or decorated with contextlib.asynccontextmanager"
UNSAID = "mine:Mine does not say what it makes; annotate its return type with the adapter's class"
CELLS = "origin/origin, origin/shop, origin/both, both/origin, both/shop, both/both, neither/origin, neither/shop, neither/both"


def reason(spec: str, folder: Path) -> str:
    with pytest.raises(AdapterError) as caught:
        load(spec, root=folder)
    return str(caught.value)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "mine", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("mine", f"'mine' names no adapter; {FORM}"),
        ("mine:", f"'mine:' names no adapter; {FORM}"),
        (":Mine", f"':Mine' names no adapter; {FORM}"),
        ("..mine:Mine", f"'..mine:Mine' names no adapter; {FORM}"),
        ("no_such:Mine", "there is no module 'no_such' (from 'no_such:Mine'); name one that can be imported from {folder}"),
        ("mine.sub:Mine", "there is no module 'mine.sub' (from 'mine.sub:Mine'); name one that can be imported from {folder}"),
        ("mine.py:Mine", "'mine.py:Mine' names a file; an adapter is named by its module, without .py: mine:Mine"),
        ("./shop/mine.py:Mine", "'./shop/mine.py:Mine' names a file; an adapter is named by its module, without .py: shop.mine:Mine"),
        ("mine:Other", "mine has no 'Other'; write the name of your adapter's class or factory"),
        ("mine:Mine.other", "mine has no 'Mine.other'; write the name of your adapter's class or factory"),
        ("mine:NUMBER", "mine:NUMBER is an int, and an adapter is a class or a function that takes a Venue"),
    ],
)
def test_a_name_that_leads_to_no_adapter_is_one_sentence(spec: str, sentence: str, folder: Path) -> None:
    (folder / "mine.py").write_text(HEAD + "NUMBER = 3\nMine = Whole\n")

    assert reason(spec, folder) == sentence.format(folder=folder)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("class Mine:\n    def __init__(self, venue): ...\n", "mine:Mine: an adapter must have receive(delivery); write that method"),
        ("class Mine(System):\n    receive = Whole.receive\n", "mine:Mine: an adapter must have tick(now); write that method"),
        ("class Mine(Whole):\n    tick = 3\n", "mine:Mine.tick is an int and cannot be called; System asks for tick(now)"),
        ("class Mine(Whole):\n    def tick(self): ...\n", "mine:Mine.tick takes (); System calls it as tick(now)"),
        (
            "class Mine(Whole, ShipsOrders): ...\n",
            "mine:Mine declares ShipsOrders, which asks for ship(order); write that method or drop the base class",
        ),
        (
            "class Mine(Whole, ShipsOrders):\n    ship = 'soon'\n",
            "mine:Mine.ship is a str and cannot be called; ShipsOrders asks for ship(order)",
        ),
        (
            "class Mine(Whole, ShipsOrders):\n    @property\n    def ship(self): ...\n",
            "mine:Mine.ship is a property and cannot be called; ShipsOrders asks for ship(order)",
        ),
        (
            "class Mine(Whole, ShipsOrders):\n    def ship(self, order, how): ...\n",
            "mine:Mine.ship takes (order, how); ShipsOrders calls it as ship(order)",
        ),
        (
            "class Mine(Whole, ShipsOrders):\n    @staticmethod\n    def ship(): ...\n",
            "mine:Mine.ship takes (); ShipsOrders calls it as ship(order)",
        ),
        (
            "class Mine(Whole, EditsProducts):\n    def edit_product(self, sku, title=None): ...\n",
            ("mine:Mine.edit_product takes (sku, title=None); "
            "EditsProducts calls it as edit_product(sku, *, title=None, description=None)"),
        ),
    ],
)  # fmt: skip
def test_a_method_that_is_declared_and_cannot_be_called_is_one_sentence(code: str, sentence: str, folder: Path) -> None:
    (folder / "mine.py").write_text(HEAD + code)

    assert reason("mine:Mine", folder) == sentence


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("def Mine(venue): ...\n", UNSAID),
        ("Mine = lambda venue: Whole(venue)\n", UNSAID),
        ("def Mine(venue) -> System: ...\n", UNSAID),
        (
            "def Mine(venue) -> 'Other': ...\n",
            "mine:Mine has a return annotation that cannot be read: name 'Other' is not defined; import the class at run time",
        ),
        ("async def Mine(venue) -> Whole: ...\n", f"mine:Mine is async; {FACTORY}"),
        ("@contextmanager\ndef Mine(venue) -> Whole:\n    yield\n", f"mine:Mine is a generator; {FACTORY}"),
        ("class Mine(Whole):\n    def __init__(self): ...\n", "mine:Mine takes (); an adapter is called with a Venue and nothing else"),
        (
            "class Mine(System):\n    tick = Whole.tick\n    receive = Whole.receive\n",
            "mine:Mine takes (); an adapter is called with a Venue and nothing else",
        ),
        ("def Mine(venue, db) -> Whole: ...\n", "mine:Mine takes (venue, db); an adapter is called with a Venue and nothing else"),
    ],
)
def test_a_factory_that_cannot_make_the_adapter_is_one_sentence(code: str, sentence: str, folder: Path) -> None:
    (folder / "mine.py").write_text(HEAD + code)

    assert reason("mine:Mine", folder) == sentence


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("raise ValueError('no database')\n", "ValueError: no database (mine.py, line 1)"),
        ("import no_such_library\n", "ModuleNotFoundError: No module named 'no_such_library' (mine.py, line 1)"),
        ("class :\n", "SyntaxError: invalid syntax (mine.py, line 1)"),
        ("raise SystemExit(3)\n", "SystemExit: 3 (mine.py, line 1)"),
    ],
)
def test_a_module_that_raises_is_one_sentence_with_the_place(code: str, what: str, folder: Path) -> None:
    (folder / "mine.py").write_text(code)

    assert reason("mine:Mine", folder) == f"mine cannot be imported: {what}; python -c 'import mine' shows the traceback"


@pytest.mark.parametrize(
    "code",
    [
        "Mine = Whole\n",
        "def Mine(venue: Venue) -> Whole: ...\n",
        "def Mine(venue: 'KnownToTheTypeCheckerAlone') -> 'Whole': ...\n",
        "def Mine(venue: Venue) -> 'Whole | None': ...\n",
        "def made(one, venue) -> Whole: ...\n\n\nMine = functools.partial(made, 1)\n",
        "class Factory:\n    def __call__(self, venue) -> Whole: ...\n\n\nMine = Factory()\n",
        "class Mine(Whole, ShipsOrders):\n    ship = lambda self, order: None\n",
        "class Mine(Whole, ShipsOrders):\n    @staticmethod\n    def ship(order): ...\n",
    ],
)
def test_every_honest_way_to_write_an_adapter_is_taken(code: str, folder: Path) -> None:
    (folder / "mine.py").write_text(HEAD + code)

    adapter = load("mine:Mine", root=folder)

    assert adapter.spec == "mine:Mine"


FACE = "'front' is no face; write one of inprocess, served"
SEED = "is no seed; write a whole number from 0 to 999999999"
CELL = f"'both/nobody' is no cell of the in-flight matrix; write one of {CELLS}, or every"

TARGET = "is no target; write one of sandbox, recorded, live"


@pytest.mark.parametrize(
    ("words", "ini", "sentence"),
    [
        (("--rehearse-face", "front"), "", f"--rehearse-face: {FACE}"),
        ((), "rehearse_face = front", f"rehearse_face in tox.ini: {FACE}"),
        (("--rehearse-seed", "x"), "", f"--rehearse-seed: 'x' {SEED}"),
        (("--rehearse-seed", ""), "", f"--rehearse-seed: '' {SEED}"),
        (("--rehearse-seed", "-1"), "", f"--rehearse-seed: '-1' {SEED}"),
        ((), "rehearse_seed = 1.5", f"rehearse_seed in tox.ini: '1.5' {SEED}"),
        (("--rehearse-in-flight", "both/nobody"), "", f"--rehearse-in-flight: {CELL}"),
        ((), "rehearse_in_flight = both/nobody", f"rehearse_in_flight in tox.ini: {CELL}"),
        (
            ("--rehearse-assume", "merge_fail=true"),
            "",
            "--rehearse-assume: 'merge_fail' is no switch of the sandbox; did you mean merge_fails?",
        ),
        (
            ("--rehearse-assume", "merge_fails=true", "--rehearse-assume", "merge_fails=maybe"),
            "",
            "--rehearse-assume: 'maybe' is no value of merge_fails; write true or false",
        ),
        (
            ("--rehearse-assume", "in_flight=both/shop"),
            "",
            "--rehearse-assume: in_flight has an option of its own; write --rehearse-in-flight CELL",
        ),
        (
            ("--rehearse-assume", "merge_fails=true"),
            "rehearse_assume = stock_at_merge=twice",
            "rehearse_assume in tox.ini: 'twice' is no value of stock_at_merge; write one of shop, tokopedia, sum",
        ),
        (
            ("--rehearse-assume", "merge_takes_at_least=30h"),
            "",
            (
                "--rehearse-assume: a merge cannot take at least 30h and at most 1d; "
                "write merge_takes_at_least and merge_takes_at_most so that it can"
            ),
        ),
        ((), "rehearse_strict = maybe", "rehearse_strict in tox.ini: 'maybe' is neither true nor false"),
        (
            ("--rehearse-target", "recorded", "--rehearse-trouble", "normal"),
            "",
            "--rehearse-trouble: trouble is of the sandbox, and no recording holds it; write --rehearse-trouble off",
        ),
        (
            ("--rehearse-target", "recorded"),
            "rehearse_trouble = harsh",
            "rehearse_trouble in tox.ini: trouble is of the sandbox, and no recording holds it; write --rehearse-trouble off",
        ),
        (("--rehearse-target", "sandbx"), "", f"--rehearse-target: 'sandbx' {TARGET}"),
        ((), "rehearse_target = production", f"rehearse_target in tox.ini: 'production' {TARGET}"),
        (
            ("--rehearse-fixtures", "here"),
            "",
            "--rehearse-fixtures names recordings, and nothing is replayed; write --rehearse-target recorded beside it",
        ),
    ],
)
def test_a_wrong_option_is_one_sentence_that_says_where_it_stands(
    words: tuple[str, ...], ini: str, sentence: str, pytester: pytest.Pytester
) -> None:
    pytester.makeini(f"[pytest]\nrehearse_system = mine:Mine\n{ini}\n")
    config = pytester.parseconfig("--rehearse", *words)

    with pytest.raises(pytest.UsageError) as caught:
        read(config)

    assert str(caught.value) == sentence


def test_a_folder_elsewhere_after_a_blank_is_said_to_have_led_pytest_astray(
    pytester: pytest.Pytester, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pytester.makeini("[pytest]\nrehearse_system = mine:Mine\n")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    config = pytester.parseconfig("--rehearse", "--rehearse-target", "recorded", "--rehearse-fixtures", str(elsewhere))

    with pytest.raises(pytest.UsageError) as caught:
        read(config)

    assert str(caught.value) == (
        "--rehearse needs a system: write rehearse_system = mymodule:MyAdapter in your pytest ini, "
        f"or pass --rehearse-system mymodule:MyAdapter; pytest found no ini, with {config.rootpath} for its root: a folder that an option "
        "names is written with = (--rehearse-fixtures=FOLDER), or pytest looks for its ini there"
    )


def test_the_command_line_wins_over_the_ini(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nrehearse_system = mine:Mine\nrehearse_seed = 3\nrehearse_face = served\nrehearse_strict = yes\n")
    config = pytester.parseconfig("--rehearse", "--rehearse-seed", "7")

    options = read(config)

    assert (options.system, options.seed, options.face, options.strict) == ("mine:Mine", 7, "served", True)


def test_switches_of_both_places_add_up_and_the_command_line_wins(pytester: pytest.Pytester) -> None:
    pytester.makeini(
        "[pytest]\nrehearse_system = mine:Mine\nrehearse_assume =\n    webhook_delay=90s\n    merge_fails=true zero_quantity=false\n"
    )
    config = pytester.parseconfig("--rehearse", "--rehearse-assume", "merge_fails=false", "--rehearse-assume", "webhook_retries=1m,2h")

    options = read(config)

    assert options.settings == Settings(
        webhook_delay=timedelta(seconds=90), zero_quantity=False, webhook_retries=(timedelta(minutes=1), timedelta(hours=2))
    )
    assert options.assumed == {"webhook_delay": "90s", "merge_fails": "false", "zero_quantity": "false", "webhook_retries": "1m,2h"}
    assert options.command == (
        "pytest --rehearse --rehearse-seed 0 --rehearse-face inprocess --rehearse-assume webhook_delay=90s "
        "--rehearse-assume merge_fails=false --rehearse-assume zero_quantity=false --rehearse-assume webhook_retries=1m,2h"
    )


@pytest.mark.parametrize(
    ("system", "words", "sentence"),
    [
        (
            "",
            (),
            (
                "--rehearse needs a system: write rehearse_system = mymodule:MyAdapter in your pytest ini, "
                "or pass --rehearse-system mymodule:MyAdapter"
            ),
        ),
        (
            "mine:Mine",
            (),
            "mine cannot be imported: ValueError: no database (mine.py, line 1); python -c 'import mine' shows the traceback",
        ),
        ("systems:Nothing", ("no_such.py",), "file or directory not found: no_such.py"),
        (
            "systems:Nothing",
            ("-o", "rehearse_scenarios=no/such"),
            "rehearse_scenarios names {folder}/no/such, which does not exist; name folders or files of scenarios",
        ),
    ],
)
def test_a_rehearsal_that_cannot_begin_exits_4_and_leaves_no_green_verdict(
    system: str, words: tuple[str, ...], sentence: str, repository: Repository
) -> None:
    repository.holds("mine.py", "raise ValueError('no database')\n")
    yesterday = repository.holds("reports/verdict.json", '{"verdict": "upheld"}')

    run = repository.rehearses(*words, system=system)

    assert run.status == 4
    assert run.errors == [dedent(f"ERROR: {sentence.format(folder=repository.folder)}")]
    assert "Traceback" not in run.out
    assert not yesterday.exists() or run.verdict["verdict"] == "unfinished"


def test_an_option_of_a_rehearsal_without_one_is_refused(repository: Repository) -> None:
    run = repository.runs("--rehearse-face", "served")

    assert (run.status, run.errors) == (4, ["ERROR: --rehearse-face speaks of a rehearsal, and this is none; write --rehearse beside it"])


@pytest.mark.parametrize(
    ("name", "to", "sentence"),
    [
        ("reports", "", "reports is a file, and a rehearsal leaves its verdict and its journals there; move it away"),
        ("reports/journals", "", "reports/journals is a file, and a rehearsal leaves its verdict and its journals there; move it away"),
        (
            "reports",
            "/proc",
            ("reports cannot be written (No such file or directory), and a rehearsal leaves its verdict and its journals there; "
            "move it away"),
        ),
    ],
)  # fmt: skip
def test_where_nothing_can_be_written_nothing_is_rehearsed(name: str, to: str, sentence: str, repository: Repository) -> None:
    path = repository.folder / name
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(to) if to else path.touch()

    run = repository.rehearses(system="systems:Nothing")

    assert (run.status, run.errors) == (4, [f"ERROR: {sentence}"])
