"""What forks share: new objects stand apart from old ones, and old ones are counted no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from evenground.fork.mould import Mould

READY = 120  # seconds, on a machine that is busy with other things
FORKS = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")
HOLES = """
import sys
from evenground.fork.settled import settle
old = [bytes(200) for _ in range(5000)]
kept = old[::2]
del old
if sys.argv[1] == "settled":
    settle()
pages = {(id(one) + at) // 4096 for one in kept for at in (0, 232)}
new = [bytes(200) for _ in range(500)]
print(sum(id(one) // 4096 in pages for one in new))
"""
COUNTED = """
import json, sys
from evenground.fork.settled import settle
settle()
before = sys.getrefcount(json.dumps)
held = [json.dumps] * 10
new = [object()] * 10
print(sys.getrefcount(json.dumps) - before, sys.getrefcount(new[0]))
"""
TELLS = """
import json
import sys

def tell(line, given):
    settled = sys.modules.get("evenground.fork.settled")
    line.sendall(json.dumps({**given, "filled": len(settled._between) if settled else 0}).encode())
"""


def run(code, *told):
    own = {name: value for name, value in os.environ.items() if name != "PYTHONMALLOC"}
    command = [sys.executable, "-c", code, *told]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=own)
    return [int(number) for number in done.stdout.split()]


def test_new_objects_take_no_place_between_old_ones():
    (before,) = run(HOLES, "as it was")
    (after,) = run(HOLES, "settled")

    assert before > 400
    assert after < 10  # the odd one, for an old object that went meanwhile


def test_old_objects_are_counted_no_more_where_python_can_leave_that():
    more, new = run(COUNTED)

    assert more == (0 if (3, 12) <= sys.version_info < (3, 14) else 10)
    assert new < 20  # what comes afterwards is counted, and goes when nobody needs it


@FORKS
@pytest.mark.parametrize("later", [(), ("calendar",)], ids=["last", "grows"])
def test_the_forking_process_that_stays_is_the_one_that_settles(tmp_path, monkeypatch, later):
    (tmp_path / "tells.py").write_text(TELLS)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    monkeypatch.setattr("evenground.fork.mould.IDLE", 3600.0)  # it does not grow in this test
    mould = Mould(["tells"], {}, later)
    try:
        asked = {"name": "tells", "env": dict(os.environ), "cwd": str(tmp_path)}
        fork = mould.call("tells:tell", {"said": "well"}, **asked)
        fork.line.settimeout(READY)
        told = json.loads(fork.line.recv(4096))
        fork.line.close()
        fork.wait(READY)
    finally:
        mould.end()

    assert told["said"] == "well"
    assert (told["filled"] > 0) is not bool(later)
