"""W6: nothing wants out of the machine: not the app, not JupyterLab, not the browser for them.

A browser has errands of its own. They are turned off here (see STILL in offline.py), and the README
says that they are not ours to stop.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from offline import BY_6

HERE = Path(__file__).parent
LEFT_OUT = "EVENGROUND_NO_NAMESPACE"
HOW = (
    "This test counts what wants out of a network namespace of its own. "
    "None can be made here: {why} "
    "Allow user namespaces (on Debian and Ubuntu: sysctl kernel.unprivileged_userns_clone=1, "
    f"or kernel.apparmor_restrict_unprivileged_userns=0), or set {LEFT_OUT}=1 to go without; "
    "every other browser test still fails on a request to another host."
)


def inside(*command: str) -> list[str]:
    """Return a command that runs in a namespace with no network but its own."""
    own = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
    return [*own, *command]


def obstacle() -> str:
    """Return what keeps a namespace from being made here; nothing when nothing does."""
    if sys.platform != "linux":
        return "only Linux has them."
    try:
        tried = inside("ip", "link", "set", "lo", "up")
        made = subprocess.run(tried, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        return f"{error.filename} is not installed."
    return made.stderr.strip()


def test_nothing_wants_out_of_the_machine(tmp_path):
    why = obstacle()
    if why and os.environ.get(LEFT_OUT) == "1":
        return
    assert not why, HOW.format(why=why)
    paths = os.pathsep.join(map(str, (HERE, HERE.parent, HERE.parents[1] / "widgets")))
    ran = subprocess.run(
        inside(sys.executable, str(HERE / "offline.py"), str(tmp_path)),
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    counted = json.loads(ran.stdout.splitlines()[-1])

    assert counted["at first"] == 0
    assert counted["a lookup"] > 0, "what wants out is counted"
    if BY_6.exists():
        assert counted["by IPv6"] > 0, "by either of the two"
        assert counted["to where Chromium asks"] > 0, (
            "a packet there counts, if a question does not"
        )
    assert counted["the app"] == 0
    assert counted["the lab"] == 0
    assert counted["stock"] > 0, "Voila as it comes asks a foreign host, and that was not seen"


@pytest.mark.parametrize("name", ["ip", "unshare"])
def test_what_the_count_needs_is_said_by_name(monkeypatch, name):
    def missing(command, **_):
        raise FileNotFoundError(2, "No such file", name)

    monkeypatch.setattr(subprocess, "run", missing)
    if sys.platform == "linux":
        assert name in obstacle()
