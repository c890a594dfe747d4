"""What jupyter_client starts a kernel with when the kernelspec names `fork-provisioner`."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Dict, List, Unicode

from evenground.fork.mould import NoForkError, mould_for, possible

if TYPE_CHECKING:
    from jupyter_client.connect import KernelConnectionInfo

    from evenground.fork.forked import Forked

LAUNCHER = ["-m", "ipykernel_launcher"]
_logged: set[str] = set()


class ForkProvisioner(LocalProvisioner):
    """Fork the kernel from a warm process; start it in the standard way where that is not sound."""

    preload: List[str] = List(Unicode(), help="modules to import before any kernel is forked")
    later: List[str] = List(Unicode(), help="modules to import when nobody asks for a kernel")
    environment: Dict[str, str] = Dict(help="variables that those imports look at")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Return how to reach the new kernel."""
        try:
            kernel = await asyncio.to_thread(self._fork, cmd, kwargs)
        except NoForkError as error:
            self._say_once(str(error))
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel  # type: ignore[assignment]  # what is asked of a Popen, it answers
        self.pid = self.pgid = kernel.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info

    def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> Forked:
        if why := possible():
            raise NoForkError(why)
        # The same Python as ours, without switches of its own: what the forking process runs with.
        if not Path(cmd[0]).exists() or not Path(cmd[0]).samefile(sys.executable):
            raise NoForkError("the kernel runs in another Python")
        if cmd[1:3] != LAUNCHER:
            raise NoForkError("the kernel has a command of its own")
        if kwargs.get("independent") or any(kwargs.get(n) for n in ("stdin", "stdout", "stderr")):
            raise NoForkError("the kernel is to be started in a way of its own")
        env = {**kwargs["env"], "JPY_PARENT_PID": str(os.getpid())}
        cwd = str(kwargs.get("cwd") or Path.cwd())
        if not Path(cwd).is_dir():
            raise NoForkError("the kernel's folder is not there")
        return mould_for(self.preload, self.environment, self.later).fork(cmd[3:], env=env, cwd=cwd)

    def _say_once(self, why: str) -> None:
        if why not in _logged:
            _logged.add(why)
            self.log.info("Kernels start in the standard way: %s", why)
