"""The scratch tables: all that may be read, nothing that is sealed, and no way to write."""

from __future__ import annotations

import hashlib

import pytest

from evenground import scratch
from evenground.app import demo
from evenground.records.door import Delivery, Opening
from evenground.records.outlook import Thanks
from evenground.records.registry import kinds
from evenground.records.review import ITEMS
from review_pages import PHRASE, at, kept, reviewed, settled
from serving import Server


@pytest.fixture(autouse=True)
def fresh():
    """Open the journal of this test, and leave none open after it."""
    scratch._journal.cache_clear()
    scratch._open.clear()
    yield
    scratch._journal.cache_clear()
    scratch._open.clear()


NEVER_RELEASED = {
    *("acknowledgements", "after_turns", "amends_most", "closeness", "csi4", "ground_rules"),
    *("influences", "may_tell", "old_scripts", "own_paths", "own_room", "own_values", "paces"),
}


def test_an_empty_home_gives_empty_tables_that_can_be_counted(home):
    assert scratch.frame().empty
    assert list(scratch.frame().columns) == list(scratch.LONG)
    assert scratch.answers().empty
    assert scratch.table("promise_marks").groupby("status").size().empty
    assert (scratch.table("slips")["mended_on"] - scratch.table("slips")["on"]).dt.days.empty
    assert not home.exists()


def test_the_answers_are_those_of_the_journal(home):
    settled(home)
    reviewed(home, 30, "4-3555", "2-1234")
    found = scratch.answers()
    assert len(found) == 2 * len(ITEMS)
    sam = found[found["person"] == "Sam"].set_index("item")["number"]
    assert sam["decided"] == 4
    assert sam["no"] == 5
    assert sam.isna()["heard"]


def test_every_kind_has_a_table_and_is_in_the_dictionary(home):
    demo.write(home)
    for kind, declared in kinds().items():
        columns = [name for name, _ in declared.controls()]
        assert list(scratch.table(kind).columns) == ["written", "person", "entry", *columns]
    told = scratch.dictionary()
    assert set(told["kind"]) == set(kinds())
    assert {"private", "sealed", "shared"} <= set(told["seen_by"])
    # The made-up couple tell of all that one can read of another; the rest stays with its writer.
    assert set(scratch.frame()["kind"]) == set(kinds()) - NEVER_RELEASED


def test_private_pages_are_in_the_tables_once_their_writer_opens_them(home, monkeypatch, capsys):
    settled(home, sealed=True)
    at(home, 1).add(Thanks(words="the canary of thanks"), author="a")
    assert "canary" not in scratch.frame().to_csv()
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "not this one at all")
    scratch.open_private("a")
    assert "does not open" in capsys.readouterr().out
    assert "canary" not in scratch.frame().to_csv()
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PHRASE["a"])
    scratch.open_private("a")
    mine = scratch.frame().query("kind == 'thanks'")
    assert list(mine["seen_by"]) == ["its writer"]
    scratch.close_private()
    assert "canary" not in scratch.frame().to_csv()


def test_what_waits_at_the_door_is_in_no_table_until_its_reader_opens_it(home, monkeypatch):
    settled(home, sealed=True)
    letter = at(home, 1).add(Delivery(did="the canary at the door"), author="a", to="b")
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PHRASE["b"])
    scratch.open_private("b")

    def told():
        return scratch.frame().to_csv() + scratch.table("deliveries").to_csv()

    assert "canary" not in told()
    # An opening by its author opens nothing.
    at(home, 1).add(Opening(delivery=letter.thread, how="here"), author="a")
    assert "canary" not in told()
    at(home, 1).add(Opening(delivery=letter.thread, how="here"), author="b")
    assert "canary" in told()


def test_what_is_done_to_a_table_leaves_the_journal_as_it_is(home):
    demo.write(home)
    before = hashlib.sha256(kept(home)).hexdigest()
    for made in (scratch.frame(), scratch.answers(), scratch.table("amends")):
        made.iloc[:, 0] = None
        made.loc[:, "person"] = "nobody"
    assert not scratch.frame().empty
    assert hashlib.sha256(kept(home)).hexdigest() == before
    writers = {"add", "withdraw", "forget", "keep_draft", "set_passphrase"}
    assert not writers & set(dir(scratch))


def test_the_app_does_not_serve_it(home):
    with Server(home) as server:
        cookie = server.come_in()
        page = server.ask("/voila/render/06_scratch.ipynb", Cookie=cookie)
        assert page.status == 404
        start = server.ask("/voila/render/00_start.ipynb", Cookie=cookie)
        assert "06_scratch" not in start.text
