"""A journey on a machine that has no network but its own loopback, where each try to leave counts.

Run as a program inside a network namespace of its own. The kernel counts what it could not send
for want of a way out, and what was sent on the loopback to a port where nobody listens, as a
lookup of a name is where the machine has a resolver of its own. By IPv6, which nothing here speaks,
every packet counts. Prints the counts as JSON.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from couple import enter, settle
from labs import NOTEBOOKS, run, show_all
from playwright.sync_api import expect, sync_playwright
from tour import PARTS, open_part, press_first, sections

import browsers
from serving import Server, Stock, notebook

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What a browser asks its maker of its own accord: updates, the time, and what the boxes of a page
# may be for. Two lists of features do not add up, so the one that Playwright sets is left whole.
UNASKED = (
    "AutofillServerCommunication,NetworkTimeServiceQuerying,OptimizationHints,MediaRouter,"
    "DialMediaRouteProvider,GlobalMediaControls,LensOverlay,PaintHolding,Translate,HttpsUpgrades,"
    "ThirdPartyStoragePartitioning,DestroyProfileOnBrowserClose,AutoDeElevate,RenderDocument,"
    "AvoidUnnecessaryBeforeUnloadCheckSync"
)
STILL = (
    f"--disable-features={UNASKED}",
    "--component-updater=url-source=http://127.0.0.1:9/",
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
)
# Chromium asks the system whether there is a way to this address, to know whether IPv6 works. It
# sends nothing there. No option of it leaves the question out, so the answer here is yes: this
# address is one of the namespace's own, and a packet to it would count as any other.
PROBED = "2001:4860:4860::8888"
ELSEWHERE = "2001:db8::1"
BY_6 = Path("/proc/net/snmp6")
HARD = "$x^2$ $$\\int$$ ![x](http://evil.example/x.png) :smile: http://evil.example"


def tries() -> int:
    """Return how often something wanted out of this machine."""
    counts: dict[str, int] = {}
    lines = Path("/proc/net/snmp").read_text().splitlines()
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        kind = names.split(":")[0]
        numbers = map(int, values.split()[1:])
        counts |= {f"{kind}.{n}": v for n, v in zip(names.split()[1:], numbers, strict=True)}
    return counts["Ip.OutNoRoutes"] + counts["Udp.NoPorts"] + tries_by_6()


def tries_by_6() -> int:
    """Return how many packets were sent by IPv6, or could not be; 0 where the machine has none."""
    if not BY_6.exists():
        return 0
    counts = dict(line.split() for line in BY_6.read_text().splitlines())
    return int(counts["Ip6OutRequests"]) + int(counts["Ip6OutNoRoutes"])


def lookup() -> None:
    """Ask for a name, as a page that names another host makes a browser do."""
    with suppress(OSError):
        socket.getaddrinfo("evil.example", 443)


def send_by_6(address: str) -> None:
    """Send a packet to an address by IPv6."""
    with suppress(OSError), socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as line:
        line.sendto(b"x", (address, 443))


def through_the_app(page: Page, home: Path) -> None:
    """Open every page and section, write, press, and come back."""
    settle(home, sealed=False)
    with Server(home) as server:
        enter(page, server)
        for part in PARTS:
            open_part(page, server, part, who="a")
            for _ in sections(page):
                for box in page.locator("section:visible textarea").all():
                    box.fill(HARD)
                press_first(page)
        page.goto(f"{server.address}/help")
        page.locator("#eg-leave").click()
        page.wait_for_url(browsers.BLANK)


def through_the_lab(page: Page, home: Path) -> None:
    """Open each notebook in JupyterLab and run it whole."""
    with Server(home, command=("lab",)) as server:
        page.goto(server.link)
        for name in NOTEBOOKS:
            run(page, server, name)
        page.wait_for_load_state("networkidle")


def through_stock_voila(page: Page, folder: Path) -> None:
    """Open a page of Voila as it comes, which asks a foreign host for its icons."""
    import nbformat

    folder.mkdir()
    nbformat.write(notebook("# A page", "import ipywidgets\nipywidgets.Text()"), folder / "x.ipynb")
    with Stock(folder) as stock:
        page.goto(f"{stock.address}/voila/render/x.ipynb", wait_until="commit")
        page.locator("input").wait_for(timeout=90_000)


def main(where: Path) -> None:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    if BY_6.exists():
        subprocess.run(["ip", "address", "add", f"{PROBED}/128", "dev", "lo"], check=True)
    show_all()
    counted = {"at first": tries()}
    controls = {
        "a lookup": lookup,
        "by IPv6": lambda: send_by_6(ELSEWHERE),
        "to where Chromium asks": lambda: send_by_6(PROBED),
    }
    for name, control in controls.items():
        before = tries()
        control()
        counted[name] = tries() - before
    ways = {"the app": through_the_app, "the lab": through_the_lab, "stock": through_stock_voila}
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright, *STILL)
        for name, way in ways.items():
            before = tries()
            page = browser.new_page()
            page.set_default_timeout(60_000)
            way(page, where / name.replace(" ", "-"))
            page.close()
            counted[name] = tries() - before
        browser.close()
    print(json.dumps(counted))


if __name__ == "__main__":
    expect.set_options(timeout=60_000)
    main(Path(sys.argv[1]))
