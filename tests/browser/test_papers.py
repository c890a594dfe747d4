"""The pages of a group on paper, and part 05 in the app, as a browser shows them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from evenground.group import gathering, papers, rehearsal
from evenground.group.gathering import Group

FIRST = date(2127, 5, 3)
A4 = (594, 842)  # points, rounded down


@pytest.fixture
def folder(tmp_path):
    made = gathering.make(Group(name="Spring", first=FIRST, couples=6), where=tmp_path)
    papers.write(made)
    return made


def sheets(pdf: bytes) -> list[tuple[int, int]]:
    """Return the sizes of the sheets of a PDF, in points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(int(float(w)), int(float(h))) for w, h in boxes]


@pytest.mark.parametrize("name", papers.PAGES)
def test_a_page_prints_on_a4(browser, folder, name):
    asked = []
    page = browser.new_page(viewport={"width": 375, "height": 700})
    page.on("request", lambda request: asked.append(request.url))
    path = folder / "print" / f"{name}.html"
    page.goto(path.as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth")
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()

    assert asked == [path.as_uri()]
    assert wide <= 375
    found = sheets(pdf)
    assert found
    assert all(abs(w - A4[0]) <= 2 and abs(h - A4[1]) <= 2 for w, h in found)
    assert len(found) <= {"told": 1, "before": 2, "page": 2, "cards": 4}.get(name, 60)


def test_the_outcome_page_shows_its_picture_and_its_numbers(browser, tmp_path):
    folder = rehearsal.make(FIRST, where=tmp_path)
    page = browser.new_page()
    page.goto((folder / "print" / "outcome.html").as_uri())

    assert page.locator("figure[role=img]").count() == 2
    assert page.get_by_role("table").count() == 2
    assert page.locator("figure svg").first.bounding_box()["width"] > 500
    page.close()
