"""Kernels by fork: as good as started ones, each its own, and gone when their server is."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from contextlib import asynccontextmanager, suppress
from importlib.metadata import entry_points
from pathlib import Path

import psutil
import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from evenground.app import kernels
from evenground.fork import Forked
from evenground.fork import mould as moulds
from evenground.fork.mould import Mould, NoForkError
from evenground.fork.provisioner import ForkProvisioner
from outside import READY, gone

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")

OWN = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
PRELOAD = ["colorsys"]
TELL = """
import json, os, random, secrets, signal, sys, threading, time, uuid
import numpy
told = {
    "pid": os.getpid(), "parent": os.getppid(), "cwd": os.getcwd(), "env": dict(os.environ),
    "random": [random.random(), numpy.random.rand(), uuid.uuid4().hex, secrets.token_hex()],
    "argv": sys.argv, "path": sys.path, "session": os.getsid(0), "zone": time.tzname[0],
    "int": signal.getsignal(signal.SIGINT) is signal.default_int_handler,
    "term": signal.getsignal(signal.SIGTERM) == signal.SIG_DFL,
    "imported": "colorsys" in sys.modules, "main": sys.modules["__main__"].__name__,
    "stdin": sys.__stdin__.read(), "threads": threading.active_count(),
}
print(json.dumps(told))
"""


@pytest.fixture(autouse=True)
def moulds_of_this_test(monkeypatch):
    """Give each test forking processes of its own, and end them."""
    monkeypatch.setattr(moulds, "_moulds", {})
    monkeypatch.setattr("evenground.fork.provisioner._logged", set())
    yield
    for one in moulds._moulds.values():
        one.end()


@pytest.fixture
def place(tmp_path):
    """Return a folder with a path short enough for sockets."""
    folder = Path("/tmp") / f"eg-fork-{os.getpid()}-{tmp_path.name[-8:]}"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)  # a kernel may be taking its own files away


@pytest.fixture
def importable(tmp_path, monkeypatch):
    """Return a folder that kernels import from."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    return tmp_path


class Kernel:
    """A kernel with a client that speaks to it."""

    def __init__(self, manager):
        self.manager = manager
        self.process = manager.provisioner.process

    async def meet(self):
        self.client = self.manager.client()
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=READY)

    async def run(self, code):
        said = []
        answer = await self.client.execute_interactive(
            code, output_hook=lambda one: said.append(one["content"]), timeout=READY
        )
        assert answer["content"]["status"] != "aborted", "still at an error before it"
        self.answer = answer["content"]
        return "".join(one.get("text", "") for one in said)

    async def tell(self):
        return json.loads(await self.run(TELL))


@asynccontextmanager
async def kernel(place, *, name="k", cwd=None, argv=(), config=None, **env):
    manager = AsyncKernelManager(
        transport="ipc", ip=str(place / name), connection_file=str(place / f"{name}.json")
    )
    stanza = {"provisioner_name": kernels.FORK, "config": {"preload": PRELOAD, **(config or {})}}
    manager._kernel_spec = KernelSpec(
        argv=[*(argv or OWN), "--HistoryManager.enabled=False"],
        display_name="P",
        language="python",
        metadata={"kernel_provisioner": stanza},
    )
    await manager.start_kernel(env={**os.environ, **env}, cwd=str(cwd or place))
    made = Kernel(manager)
    try:
        await made.meet()
        yield made
    finally:
        made.client.stop_channels()
        with suppress(RuntimeError):
            await manager.shutdown_kernel(now=True)


def forked(made):
    return isinstance(made.process, Forked)


async def ended(*processes):
    return await asyncio.to_thread(gone, *processes)


def test_jupyter_finds_the_provisioner_by_its_name():
    (found,) = entry_points(group="jupyter_client.kernel_provisioners", name=kernels.FORK)

    assert found.load() is ForkProvisioner


def test_a_fork_is_told_all_that_a_new_process_is(place, tmp_path):
    async def look():
        async with kernel(place, cwd=tmp_path, SAID="yes", TZ="Asia/Tokyo") as one:
            return forked(one), one.manager.connection_file, await one.tell()

    was_forked, file, told = asyncio.run(look())

    assert was_forked
    assert told["env"]["SAID"] == "yes"
    assert told["env"]["JPY_PARENT_PID"] == str(os.getpid())
    assert told["zone"] == "JST"
    assert told["cwd"] == str(tmp_path)
    assert told["argv"][1:3] == ["-f", file]
    assert not [folder for folder in told["path"] if "fork" in Path(folder).parts]
    assert told["session"] == told["pid"]
    assert (told["int"], told["term"]) == (True, True)
    assert told["imported"]
    assert told["main"] == "__main__"
    assert told["stdin"] == ""


def test_what_the_server_has_in_its_environment_and_the_kernel_is_not_given_is_not_there(
    place, monkeypatch
):
    monkeypatch.setenv("OF_THE_SERVER", "1")

    async def look():
        async with kernel(place, config={"environment": {"IMPORTED_WITH": "1"}}) as one:
            await one.run("import os; del os.environ['OF_THE_SERVER']")
        monkeypatch.delenv("OF_THE_SERVER")
        async with kernel(place, config={"environment": {"IMPORTED_WITH": "1"}}) as one:
            return forked(one), (await one.tell())["env"]

    was_forked, env = asyncio.run(look())

    assert was_forked
    assert not {"OF_THE_SERVER", "IMPORTED_WITH"} & set(env)


def test_kernels_at_once_are_each_their_own(place):
    async def look():
        async def one(number):
            async with kernel(place, name=f"k{number}", NUMBER=str(number)) as made:
                return await made.tell()

        return await asyncio.gather(*(one(number) for number in range(6)))

    told = asyncio.run(look())

    assert len({one["pid"] for one in told}) == 6
    assert [one["env"]["NUMBER"] for one in told] == [str(number) for number in range(6)]
    for drawn in zip(*(one["random"] for one in told), strict=True):
        assert len(set(drawn)) == 6


def test_what_one_kernel_is_told_is_not_in_the_process_that_the_next_one_is_forked_from(place):
    secret = os.urandom(16).hex()

    async def look():
        async with kernel(place, SECRET=secret) as one:
            await one.run(f"words = {secret!r} * 3")
            mould = next(iter(moulds._moulds.values()))
            found = [holds(mould.pid, secret), holds(one.process.pid, secret)]
            async with kernel(place, name="next") as other:
                return [*found, holds(other.process.pid, secret)]

    assert asyncio.run(look()) == [False, True, False]


def holds(pid, secret):
    """Return whether a process has a text in memory that it can write to, or in its environment."""
    if secret.encode() in Path(f"/proc/{pid}/environ").read_bytes():
        return True
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            where, may = line.split()[:2]
            first, last = (int(end, 16) for end in where.split("-"))
            if "w" not in may:
                continue
            memory.seek(first)
            with suppress(OSError):
                if secret.encode() in memory.read(last - first):
                    return True
    return False


def test_widgets_that_were_imported_before_there_was_a_kernel_can_be_reached(place):
    async def look():
        async with kernel(place, config={"preload": ["ipywidgets"]}) as one:
            said = await one.run("import comm; print(sorted(comm.get_comm_manager().targets))")
            return forked(one), said

    assert asyncio.run(look()) == (True, "['jupyter.widget', 'jupyter.widget.control']\n")


def test_a_kernel_is_interrupted(place):
    async def look():
        async with kernel(place) as one:
            # Else the kernel turns down what comes within moments of the interrupt.
            line = one.client.execute(
                "import time\nprint('there')\ntime.sleep(600)", stop_on_error=False
            )
            while (await one.client.get_iopub_msg(timeout=READY))["msg_type"] != "stream":
                pass
            await one.manager.interrupt_kernel()
            answer = await one.client._async_recv_reply(line, timeout=READY)
            return answer["content"]["ename"], await one.run("print(6 * 7)")

    assert asyncio.run(look()) == ("KeyboardInterrupt", "42\n")


def test_a_kernel_is_restarted(place):
    async def look():
        async with kernel(place) as one:
            await one.run("kept = 1")
            before = one.process
            await one.manager.restart_kernel()
            one.client.stop_channels()
            await one.meet()
            after = one.manager.provisioner.process
            await one.run("kept")
            gone = await ended(psutil_of(before))
            return isinstance(after, Forked), gone, one.answer["status"]

    assert asyncio.run(look()) == (True, True, "error")


def psutil_of(process):
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(process.pid)
    return process


@pytest.mark.parametrize(
    ("code", "expected"),
    [("import os; os._exit(7)", 7), ("import os, signal; os.kill(os.getpid(), 9)", -9)],
)
def test_how_a_kernel_ended_is_known_and_nothing_is_left_of_it(place, code, expected):
    async def look():
        async with kernel(place) as one:
            one.client.execute(code)
            return await asyncio.to_thread(one.process.wait, READY), one.process.pid

    found, pid = asyncio.run(look())

    assert found == expected
    assert not psutil.pid_exists(pid)


def test_a_kernel_that_was_shut_down_is_no_zombie(place):
    async def look():
        async with kernel(place) as one:
            await one.manager.shutdown_kernel()
            return one.process.pid

    assert not psutil.pid_exists(asyncio.run(look()))


SERVER = """
import asyncio, os, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from test_fork import kernel, moulds
async def main():
    async with kernel(Path({place!r})) as one, kernel(Path({place!r}), name="other") as other:
        await other.run("import threading, time")
        await other.run("threading.Thread(target=time.sleep, args=(600,)).start()")
        mould = next(iter(moulds._moulds.values()))
        print(one.process.pid, other.process.pid, mould.pid, flush=True)
        await asyncio.sleep(600)
asyncio.run(main())
"""


def test_nothing_lives_on_when_the_server_is_killed(place):
    code = SERVER.format(tests=str(Path(__file__).parent), place=str(place))
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    left = [psutil.Process(int(pid)) for pid in server.stdout.readline().split()]
    assert len(left) == 3
    server.send_signal(signal.SIGKILL)
    server.communicate()

    assert gone(*left)


def test_kernels_outlive_the_forking_process_and_the_next_one_is_forked_anew(place):
    async def look():
        async with kernel(place) as one:
            mould = next(iter(moulds._moulds.values()))
            first = mould.pid
            os.kill(first, signal.SIGKILL)
            assert await ended(mould._process)
            async with kernel(place, name="next") as other:
                was_forked, second = forked(other), mould.pid
                said = await one.run("print('here')")
            one.client.execute("import os; os._exit(7)")
            code = await asyncio.to_thread(one.process.wait, READY)
            return said, was_forked, first == second, code

    # How a kernel ended is known to the process that forked it alone.
    assert asyncio.run(look()) == ("here\n", True, False, 1)


def test_code_that_changed_on_disk_is_not_forked_from_again(place, importable):
    code = importable / "changing.py"
    code.write_text("value = 1")

    async def value():
        config = {"preload": ["changing"]}
        async with kernel(place, config=config) as one:
            return forked(one), await one.run("import changing; print(changing.value)")

    async def look():
        first = await value()
        code.write_text("value = 2  # another length, for caches that look at it")
        os.utime(code, (2, 2))
        return first, await value(), await value()

    assert asyncio.run(look()) == ((True, "1\n"), (False, "2\n"), (True, "2\n"))


WITH_A_THREAD = """
import threading, time
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
"""


@pytest.mark.parametrize(
    ("why", "given"),
    [
        ("PYTHONHASHSEED is not", {"PYTHONHASHSEED": "1"}),
        ("a command of its own", {"argv": [sys.executable, "-X", "utf8", *OWN[1:]]}),
        ("threads are running", {"config": {"preload": ["with_a_thread"]}}),
        ("ended before it was", {"argv": [*OWN, "--IPKernelApp.transport=nonsense"]}),
    ],
)
def test_a_fork_that_would_not_be_sound_is_a_start_and_the_reason_is_logged_once(
    place, importable, caplog, why, given
):
    (importable / "with_a_thread.py").write_text(WITH_A_THREAD)

    async def look():
        for name in ("one", "two"):
            with suppress(RuntimeError):  # what nonsense does to a started kernel is its own
                async with kernel(place, name=name, **given) as made:
                    assert not forked(made)

    with caplog.at_level(logging.INFO, logger="traitlets"):
        asyncio.run(look())

    assert [why in one.message for one in caplog.records if "standard way" in one.message] == [True]


def test_what_is_imported_later_is_there_in_a_kernel_forked_after_that(place, importable):
    done = importable / "done"
    os.mkfifo(done)
    (importable / "slow_one.py").write_text(f"open({str(done)!r}, 'w').close()")

    async def look():
        config = {"later": ["slow_one"]}
        look = "import sys; print('slow_one' in sys.modules)"
        async with kernel(place, config=config) as one:
            before = await one.run(look)
            # Opened when another process, beside the one that forks meanwhile, writes to it.
            await asyncio.to_thread(done.read_text)
            mould = next(iter(moulds._moulds.values()))
            await asyncio.to_thread(mould._growing.join, READY)
        async with kernel(place, name="next", config=config) as one:
            return forked(one), before, await one.run(look)

    assert asyncio.run(look()) == (True, "False\n", "True\n")


def test_a_mould_that_ends_again_and_again_is_given_up(monkeypatch):
    mould = Mould(["os:abort"], {})
    for _ in range(moulds.TRIES):
        with pytest.raises(NoForkError):
            mould.fork([], env=mould.environment, cwd="/")
    with pytest.raises(NoForkError, match="again and again"):
        mould.fork([], env=mould.environment, cwd="/")


def test_importing_for_kernels_touches_no_journal(home):
    asked = f"from evenground.fork import forking; forking._import({kernels.PRELOAD!r})"
    asked += "; import sys; assert 'evenground.app.inside' in sys.modules"
    subprocess.run([sys.executable, "-c", asked], check=True, cwd="/")

    assert not home.exists()
