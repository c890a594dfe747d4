"""A room on one server, with a container for each couple; compose.yaml starts it."""

from __future__ import annotations

import os
from pathlib import Path

from evenground.app.room import settings

c = get_config()  # noqa: F821 - JupyterHub puts it there

settings.on_one_server(
    c,
    settings.Room(
        group=Path("/srv/group"),
        room=Path("/srv/room"),
        service="http://hub:8585",
        listen="0.0.0.0",  # noqa: S104 - inside the network of its containers alone
    ),
)

c.JupyterHub.bind_url = "http://:8000"
c.JupyterHub.hub_bind_url = "http://:8081"
c.JupyterHub.hub_connect_url = "http://hub:8081"
c.JupyterHub.spawner_class = "dockerspawner.DockerSpawner"
c.DockerSpawner.image = os.environ["EVENGROUND_IMAGE"]
c.DockerSpawner.network_name = os.environ["EVENGROUND_NETWORK"]
c.DockerSpawner.use_internal_ip = True
c.DockerSpawner.remove = True
c.DockerSpawner.name_template = "evenground-{username}"
c.DockerSpawner.volumes = {"evenground-{username}": settings.HOME}
c.DockerSpawner.mem_limit = settings.MEMORY
c.DockerSpawner.cpu_limit = 1.0
c.DockerSpawner.extra_create_kwargs = {"user": "1000:1000"}
c.DockerSpawner.extra_host_config = {
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges"],
    "pids_limit": 256,
    "read_only": True,
    "tmpfs": {"/tmp": "rw,noexec,nosuid,size=64m"},  # noqa: S108 - a container's own
}
