"""What a room's Hub is set to, on one computer, on one server with containers, or in a cluster.

A Hub serves one group. Its files are those of the group (codes and plan) and of the room (words
that people chose, and on one computer the journals). The three ways share `of_a_room`.
"""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground import content, in_use
from evenground.app import pages
from evenground.app.room.joining import LEAD, ByCode
from evenground.group import gathering

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SERVICE = "room"
PROXY_SECRET = "proxy_token"  # noqa: S105 - a file
PREFIX = f"/services/{SERVICE}/"
PAGES_OF_HUB = Path(__file__).with_name("hub_pages")
STARTS_WITHIN = 300  # seconds in which a couple's server is there, when forty start at once too
RESTS = 2 * 60 * 60  # seconds without anybody after which a couple's server ends
PAGES = 6  # open at once for a couple
MEMORY = "768M"  # of a couple's server, where something can see to it
HOME = "/home/couple"  # in a container: the volume of one couple
SEAT = ("-m", "evenground.app.room.seat")
_SERVICE_RUNS = ("-m", "evenground.app.room.service")


@dataclass(frozen=True, kw_only=True)
class Room:
    """Where a group and its room are kept."""

    group: Path
    room: Path
    service: str  # where the service is reached by the Hub's proxy and by couples' servers
    listen: str = ""  # where it listens, if that is not what its address says


def of_a_room(c: Any, room: Room, *, spawner: str = "Spawner", is_plain: bool = False) -> None:
    """Set what every room has: codes for accounts, narrow roles, the service, our own pages.

    What is said of one kind of spawner counts for more than what is said of all. A room with no
    TLS in front of it is plain, and says so to whoever joins.
    """
    c.JupyterHub.authenticator_class = ByCode
    c.ByCode.group = str(room.group)
    c.ByCode.room = str(room.room)
    c.Authenticator.allow_all = True  # whoever has a card and a word
    c.Authenticator.admin_users = set()
    c.Authenticator.enable_auth_state = False
    c.JupyterHub.admin_access = False
    c.JupyterHub.template_paths = [str(PAGES_OF_HUB)]
    c.JupyterHub.template_vars = {
        "is_plain": is_plain,
        "words": content.words("joining").table,
        # The service brings the look along.
        "looks": [f"{PREFIX}static/look.css", PREFIX + pages.address("page.css")],
    }
    c.JupyterHub.default_url = _first_page
    c.JupyterHub.cookie_max_age_days = 1
    c.JupyterHub.log_level = "ERROR"
    c.JupyterHub.tornado_settings = {"headers": _HEADERS}
    # A Hub that is started again finds the couples' servers where they were.
    c.JupyterHub.cleanup_servers = False
    c.JupyterHub.load_roles.extend(_roles())
    c.JupyterHub.services.extend([_service(room)])
    secret(room.room / LEAD, size=6)

    started = c[spawner]
    started.environment = _told(room)
    started.disable_user_config = True
    started.start_timeout = STARTS_WITHIN
    started.http_timeout = STARTS_WITHIN
    started.poll_interval = 10
    started.mem_limit = MEMORY
    started.pre_spawn_hook = _for_couples_only
    c.Spawner.consecutive_failure_limit = 0


def on_one_computer(c: Any, room: Room, *, ports: Sequence[int], host: str) -> None:
    """Set what a room on one laptop has: a process a couple, and a proxy that outlives the Hub."""
    from evenground.app.room.seats import Seats  # noqa: PLC0415 - others bring their own

    port, hub_port, proxy_port = ports
    of_a_room(c, room, is_plain=True)
    _keep_in(c, room.room)
    c.Spawner.cmd = [sys.executable, *SEAT]
    c.JupyterHub.bind_url = f"http://{host}:{port}"
    c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{hub_port}"
    c.JupyterHub.cleanup_proxy = False
    c.JupyterHub.last_activity_interval = 20  # a proxy that was started again knows no way
    c.ConfigurableHTTPProxy.should_start = False
    c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{proxy_port}"
    c.ConfigurableHTTPProxy.auth_token = secret(room.room / PROXY_SECRET)
    c.JupyterHub.spawner_class = Seats
    c.Seats.room = str(room.room)


def in_containers(c: Any, room: Room, *, spawner: str) -> None:
    """Set what a room has whose couples each have a container, on one server or in a cluster.

    What kind of container it is, and what it may use, is said where the room is set up.
    """
    of_a_room(c, room, spawner=spawner)
    c[spawner].cmd = ["python", *SEAT]
    c[spawner].environment |= {"EVENGROUND_HOME": f"{HOME}/journal", "HOME": HOME}


def on_one_server(c: Any, room: Room) -> None:
    """Set what a room in containers of one server has: files beside it, and a proxy of its own."""
    in_containers(c, room, spawner="DockerSpawner")
    _keep_in(c, room.room)


def _keep_in(c: Any, folder: Path) -> None:
    c.JupyterHub.db_url = f"sqlite:///{folder / 'hub.sqlite'}"
    c.JupyterHub.cookie_secret_file = str(folder / "cookie_secret")


def secret(file: Path, *, size: int = 32) -> str:
    """Return a secret of so many bytes that is kept in a file, made when there is none."""
    if not file.exists():
        with file.open("w", encoding="ascii") as new:
            file.chmod(0o600)
            new.write(secrets.token_hex(size))
    return file.read_text(encoding="ascii").strip()


def _first_page(handler: Any) -> str:
    """Return where somebody who joined goes: to their pages, or to those of the one who leads."""
    user = handler.current_user
    if user is None:
        return "/hub/login"
    return PREFIX if user.name == LEAD else "/hub/spawn"


def _for_couples_only(spawner: Any) -> None:
    """Start nothing for the one who leads, who has no journal here."""
    if spawner.user.name == LEAD:
        raise PermissionError("the one who leads has no server")


def _roles() -> Sequence[Mapping[str, object]]:
    service = f"access:services!service={SERVICE}"
    return (
        # A couple reaches its own server, and its server the service; nothing else of the Hub.
        {"name": "user", "scopes": ["self", service]},
        {"name": "server", "scopes": ["users:activity!user", "access:servers!server", service]},
        # The service learns from the Hub who asks, and can do nothing to it.
        {"name": SERVICE, "scopes": [], "services": [SERVICE]},
    )


def _service(room: Room) -> Mapping[str, object]:
    told = {"EVENGROUND_ROOM": str(room.room), "EVENGROUND_GROUP": str(room.group)}
    if room.listen:
        told["EVENGROUND_LISTEN"] = room.listen
    return {
        "name": SERVICE,
        "url": room.service,
        "command": [sys.executable, *_SERVICE_RUNS],
        "environment": told,
        "oauth_no_confirm": True,
        "display": False,
        "timeout": STARTS_WITHIN,  # the Hub ends when its service does not answer for so long
    }


def _told(room: Room) -> dict[str, str]:
    """Return what each couple's server is told. None of it is a secret of the room."""
    return {
        "EVENGROUND_SEALED": "no",
        "EVENGROUND_SERVICE": f"{room.service}{PREFIX}",
        "EVENGROUND_PAGES": str(PAGES),
        "EVENGROUND_RESTS": str(RESTS),
        in_use.SETTING: ",".join(gathering.read(room.group).parts),
        "PYTHONUNBUFFERED": "1",
    }


_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def from_environment(c: Any) -> None:
    """Set a room on one computer, as `evenground group room` asks for it."""
    port, hub_port, proxy_port, service_port = map(int, os.environ["EVENGROUND_PORTS"].split(","))
    room = Room(
        group=Path(os.environ["EVENGROUND_GROUP"]),
        room=Path(os.environ["EVENGROUND_ROOM"]),
        service=f"http://127.0.0.1:{service_port}",
    )
    on_one_computer(
        c,
        room,
        ports=(port, hub_port, proxy_port),
        host=os.environ["EVENGROUND_HOST"],
    )
