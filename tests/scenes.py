"""Pages in the middle of what two people do there, each taken once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tour import open_part, turn
from walk import PHRASES, OneByOne, Walk

from album import SIZES
from evenground.journal import Journal
from evenground.records.amends import Promise
from evenground.records.door import Delivery, Knock

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from album import Album
    from serving import Server


def prepare(home: Path) -> None:
    """Leave a letter at the door and a proposal in the journal of two people."""
    journal = Journal(home)
    letter = Delivery(
        did="I booked the holiday and paid for it from our joint account.",
        mine="I decided it without asking you.",
        change="From now on I ask before I spend, and I wait for your answer.",
    )
    left = journal.add(letter, author="a", to="b")
    journal.add(Knock(delivery=left.thread), author="a")
    proposal = Promise(
        title="Ask before we spend",
        need="To know, and to have a say, before our money is spent.",
        owner="a",
    )
    journal.add(proposal, author="b")


def take(album: Album, page: Page, server: Server) -> None:
    """Take each scene."""
    walk = Walk(page, server.address)
    letter(album, walk)
    talk(album, walk, server)
    draft(album, walk)
    questions(album, walk, server)
    promise(album, walk, server)
    decide(album, walk, server)
    answer(album, walk, server)


def seat(walk: Walk, part: str, section: str, name: str) -> None:
    """Open a page of a part for somebody, with their private pages open."""
    walk.page.context.clear_cookies(name="who")
    walk.part(part, section)
    cover = walk.page.locator("#eg-cover")
    cover.get_by_role("button", name=name).click()
    cover.locator("input[type=password]").fill(PHRASES[name])
    cover.get_by_role("button", name="Open my page").click()
    expect(cover).to_be_hidden()


def letter(album: Album, walk: Walk) -> None:
    """Take the door, before it opens and after."""
    page = walk.page
    seat(walk, "02_listen", "the-door", "Alex")
    walk.see("has written about what happened")
    walk.choose("I still need something first")
    album.take(page, "scenes/door")
    walk.choose("Open it")
    walk.choose("Read it here")
    walk.keep("Answer")
    walk.see("I decided it without asking you.")
    album.take(page, "scenes/door-open")


def talk(album: Album, walk: Walk, server: Server) -> None:
    """Take a turn: one has the floor, then the other says it back."""
    open_part(walk.page, server, "02_listen", who="both")
    turn(walk.page, "the-floor")
    walk.choose("Alex")
    walk.write("What is it about?", "the holiday")
    walk.keep("Start this turn")
    walk.see("Alex has the floor")
    album.take(walk.page, "scenes/floor")
    walk.keep("Alex has said it")
    turn(walk.page, "say-it-back")
    walk.write("Sam: what I heard", "You heard about Crete at dinner, and it was already paid.")
    walk.choose("Partly")
    walk.write("What is missing?", "That it was not the first time.")
    walk.saved()
    album.take(walk.page, "scenes/say-it-back")


def draft(album: Album, walk: Walk) -> None:
    """Take the draft with a note beside the text."""
    seat(walk, "01_acknowledge", "your-draft", "Sam")
    walk.write("What I did", "I booked the holiday and paid for it from our joint account.")
    walk.write("My part in it", "That was my doing, but I was under a lot of pressure.")
    walk.page.locator(".eg-note:visible").wait_for()
    album.take(walk.page, "scenes/draft")


def questions(album: Album, walk: Walk, server: Server) -> None:
    """Take the questions of a card as they come on a phone, and the draft with its first piece."""
    browser = walk.page.context.browser
    assert browser is not None
    context = browser.new_context(viewport=SIZES[1], reduced_motion="reduce", locale="en-GB")
    phone = OneByOne(context.new_page(), server.address)
    phone.page.goto(server.new_link())
    phone.page.wait_for_url("**/voila/render/00_start.ipynb")
    seat(phone, "01_acknowledge", "moments", "Sam")
    phone.see("Question 1 of 5")
    album.take_narrow(phone.page, "scenes/question-first")
    phone.choose("Money")
    phone.next()
    phone.write("When, roughly?", "March, before the holiday")
    phone.next()
    album.take_narrow(phone.page, "scenes/question-third")
    phone.section("your-draft")
    phone.next()
    album.take_narrow(phone.page, "scenes/question-draft")
    context.close()


def promise(album: Album, walk: Walk, server: Server) -> None:
    """Take a promise in the hand of the one whose it is."""
    open_part(walk.page, server, "03_amends", who="a")
    turn(walk.page, "make-it-a-promise")
    walk.press("Write the promise")
    walk.write("If", "something costs more than 150 and comes from our account")
    walk.write("then", "I ask Alex first, and wait a day for the answer")
    walk.saved()
    album.take(walk.page, "scenes/promise")


def decide(album: Album, walk: Walk, server: Server) -> None:
    """Take the map with one line open."""
    open_part(walk.page, server, "03_amends", who="both")
    turn(walk.page, "who-decides-what")
    walk.here.get_by_role("button", name="Edit").nth(1).click()
    walk.choose("Together")
    album.take(walk.page, "scenes/who-decides")


def answer(album: Album, walk: Walk, server: Server) -> None:
    """Take one item of a review, answered."""
    open_part(walk.page, server, "04_review", who="b")
    turn(walk.page, "how-it-has-been-alone")
    walk.choose("Most of the time")
    album.take(walk.page, "scenes/check-in")
