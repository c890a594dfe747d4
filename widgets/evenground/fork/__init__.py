"""Kernels by fork: a Jupyter kernel provisioner for Linux that starts kernels from a warm process.

A kernel spends most of its start importing. Here one process, the mould, imports once what every
kernel needs, and each kernel is a fork of it: there in a few milliseconds, and sharing memory with
the others. A kernelspec asks for it so:

    "metadata": {"kernel_provisioner": {"provisioner_name": "fork-provisioner",
                                        "config": {"preload": ["pandas"]}}}

Where a fork is not possible or not sound (another system, another command than ipykernel's, an
environment that would have changed the imports, threads in the mould, code that changed on disk),
the kernel starts in the standard way, and the reason is logged once.

- `provisioner` is what jupyter_client finds by its entry point.
- `mould` keeps hold of the forking process, `forked` of each process forked from it.
- `forking` is the program that runs in that process; it knows no other module of ours.
- `settled` is imported there last, and lays its memory so that forks copy little of it.

This folder stands alone: it imports jupyter_client and ipykernel, and nothing of the package
around it.
"""

from evenground.fork.forked import Forked
from evenground.fork.mould import Mould, NoForkError, begin, mould_for, possible

__all__ = ["Forked", "Mould", "NoForkError", "begin", "mould_for", "possible"]
