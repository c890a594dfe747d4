"""How long a kernel takes until it has run a first cell, forked and started, and what it holds."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from evenground.app import kernels

MIB = 2**20
OWN = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
CELLS = {
    "nothing": "pass",
    "a part of the workbook": "from evenground.steps import review",
    "a chart": "import altair; altair.Chart().mark_point().to_dict(validate=False)",
}


async def kernel(folder: Path, code: str, *, fork: bool) -> tuple[float, float]:
    """Return the seconds until the code has run, and the MiB that are the kernel's own."""
    name = f"{time.monotonic_ns()}"
    manager = AsyncKernelManager(
        transport="ipc",
        ip=str(folder / name),
        connection_file=str(folder / f"{name}.json"),
        client_class="evenground.app.running.Prompt",
    )
    manager._kernel_spec = KernelSpec(
        argv=[*OWN, "--HistoryManager.enabled=False"],
        language="python",
        metadata={"kernel_provisioner": kernels.WARM} if fork else {},
    )
    began = time.perf_counter()
    await manager.start_kernel(env={**os.environ, **kernels.ENVIRONMENT}, cwd=str(folder))
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=60)
    await client.execute_interactive(code, output_hook=lambda _: None)
    took = time.perf_counter() - began
    held = psutil.Process(manager.provisioner.process.pid).memory_full_info().pss / MIB
    client.stop_channels()
    await manager.shutdown_kernel(now=True)
    return took, held


def measure(rounds: int) -> str:
    """Return the table."""
    return asyncio.run(_measure(rounds))


async def _measure(rounds: int) -> str:
    lines = ["| first cell | started | forked | ratio | started, holds | forked, holds |"]
    lines += ["|---|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory(dir="/tmp") as made:
        for name, code in CELLS.items():
            found: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
            await kernel(Path(made), code, fork=True)  # the forking process itself starts once
            for _ in range(rounds):
                for fork, one in found.items():
                    one.append(await kernel(Path(made), code, fork=fork))
            started, forked = (
                [statistics.median(column) for column in zip(*found[fork], strict=True)]
                for fork in (False, True)
            )
            lines.append(
                f"| {name} | {started[0]:.2f} s | {forked[0]:.2f} s | {started[0] / forked[0]:.1f}"
                f" | {started[1]:.0f} MiB | {forked[1]:.0f} MiB |"
            )
    return "\n".join(lines)
