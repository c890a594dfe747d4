"""The page's own script for widgets: what it shows, what it loads, and what it leaves to Voila."""

from __future__ import annotations

from urllib.parse import urlsplit

import nbformat
import pytest
from playwright.sync_api import expect

from serving import Server, notebook

OURS = """
from evenground import forms
from evenground.forms import nodes
view = forms.View([nodes.text("Nothing pressed"), nodes.buttons(nodes.press("go", "Go"))])
def press(key, value, values):
    view.show([nodes.text("Pressed")])
view.on_press = press
view
"""
LATER = 'view.show([nodes.text("Said later"), nodes.buttons(nodes.press("go", "Go"))])'
OTHER = """
import anywidget, traitlets
class Other(anywidget.AnyWidget):
    _esm = '''
    function render({ model, el }) {
      const button = document.createElement("button");
      const told = (name) => model.get(name);
      const say = () => (button.textContent = `Count ${told("count")} of ${told("most")}`);
      button.onclick = () => { model.set("count", model.get("count") + 1); model.save_changes(); };
      model.on("change:count", say);
      model.on("change:most", say);
      say();
      el.append(button);
    }
    export default { render };
    '''
    count = traitlets.Int(0).tag(sync=True)
    most = traitlets.Int(10).tag(sync=True)
other = Other()
other.observe(lambda change: setattr(other, "most", 10 - change.new), "count")
other
"""
STRANGE = "import ipywidgets\nipywidgets.Text(placeholder='Strange')"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks")
    for name, cells in {
        "00_start": (OURS, OTHER),
        "01_acknowledge": (OURS, LATER),
        "02_listen": (OURS, STRANGE),
    }.items():
        nbformat.write(notebook("# A page", *cells), folder / f"{name}.ipynb")
    with Server(tmp_path_factory.mktemp("home"), "--notebooks", str(folder)) as started:
        yield started


@pytest.fixture
def asked(browser_page):
    """Return the paths that the page asked the server for, as they come."""
    paths = []
    browser_page.on("requestfinished", lambda request: paths.append(urlsplit(request.url).path))
    return paths


def opened(page, server, name="00_start"):
    page.goto(server.new_link())
    page.goto(f"{server.address}/voila/render/{name}.ipynb")
    return page


def test_our_widgets_need_nothing_of_voilas_front_end(server, browser_page, asked):
    page = opened(browser_page, server)
    page.get_by_role("button", name="Go").click()

    expect(page.get_by_text("Pressed")).to_be_visible()
    assert [path for path in asked if path.startswith(("/voila/static", "/voila/templates"))] == []
    assert [path for path in asked if path.startswith("/voila/labextensions")] == []


def test_another_anywidget_works_as_it_does_anywhere(server, browser_page):
    page = opened(browser_page, server)
    page.get_by_role("button", name="Count 0 of 10").click()
    page.get_by_role("button", name="Count 1 of 9").click()

    expect(page.get_by_role("button", name="Count 2 of 8")).to_be_visible()


def test_what_changed_after_its_cell_was_run_is_shown(server, browser_page):
    page = opened(browser_page, server, "01_acknowledge")

    expect(page.get_by_text("Said later")).to_be_visible()
    expect(page.get_by_text("Nothing pressed")).to_have_count(0)


def test_where_a_widget_is_of_another_kind_all_are_shown_once_and_work(server, browser_page):
    page = opened(browser_page, server, "02_listen")

    expect(page.get_by_placeholder("Strange")).to_have_count(1)
    expect(page.get_by_text("Nothing pressed")).to_have_count(1)
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("Pressed")).to_be_visible()


def test_what_has_not_changed_is_asked_for_once(server, browser_page):
    page = opened(browser_page, server)
    page.get_by_role("button", name="Go").wait_for()
    page.wait_for_load_state("networkidle")
    own = "performance.getEntriesByType('resource').filter(one => one.name.includes('?v='))"
    page.goto(f"{server.address}/voila/render/00_start.ipynb")
    page.get_by_role("button", name="Go").wait_for()
    page.wait_for_load_state("networkidle")
    sizes = page.evaluate(f"{own}.map(one => one.transferSize)")

    assert len(sizes) >= 6
    assert set(sizes) == {0}


def test_an_address_that_names_its_content_may_be_kept_and_another_is_asked_for_again(server):
    own = {"Cookie": server.come_in()}
    page = server.ask("/voila/render/00_start.ipynb", **own).text
    named = page.partition('src="/static/widgets.js')[2].partition('"')[0]

    kept = server.ask(f"/static/widgets.js{named}", **own).headers["Cache-Control"]
    assert kept == "private, max-age=31536000, immutable"
    for query in ("", "?v=0", f"{named}&x=1"):
        got = server.ask(f"/static/widgets.js{query}", **own)
        assert got.headers["Cache-Control"] == "no-cache"
    assert server.ask(f"/static/widgets.js{named}").status == 302
