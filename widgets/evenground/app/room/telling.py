"""What a couple's own server asks the service, and tells it. Only such a server can.

Each couple is the one that its server's token belongs to, and each person the one of a signed card.
Whatever is told is answered in the same way, so that an answer says nothing about what was told.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from jupyterhub.services.auth import HubOAuthenticated
from tornado.web import HTTPError, RequestHandler

from evenground.app.room import card
from evenground.app.room.board import ASKS
from evenground.app.room.counting import PACES
from evenground.app.room.joining import LEAD
from evenground.group.totals import ClosedError
from evenground.records.review import ITEMS

if TYPE_CHECKING:
    from evenground.app.room.service import Held
    from evenground.group.totals import Person

LONGEST_PAGE = 80


class Seat(HubOAuthenticated, RequestHandler):  # type: ignore[misc]  # its base has no types
    """A couple's server."""

    def initialize(self, held: Held, prefix: str) -> None:
        """Keep what the service holds."""
        del prefix
        self.held = held

    def prepare(self) -> None:
        """Let in what shows the token of a couple's server, and no browser."""
        self.set_header("Cache-Control", "no-store")
        if not self.request.headers.get("Authorization", "").startswith("token "):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        user = self.current_user
        if user is None or user["name"] == LEAD:
            raise HTTPError(HTTPStatus.FORBIDDEN)
        self.couple = str(user["name"])

    def check_xsrf_cookie(self) -> None:
        """Pass: a server sends a token of the Hub's, and no cookie."""

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Send a status, and no reason."""
        del kwargs
        self.set_status(status_code)
        self.finish()

    @property
    def person(self) -> Person:
        """Return which of the couple is there; Forbidden when the room gave no card."""
        found = card.read(self.held.room, self.get_body_argument("card", ""), self.couple)
        if found is None:
            raise HTTPError(HTTPStatus.FORBIDDEN)
        return found


class Now(Seat):
    """What every couple may know: where the group is, and what is asked."""

    def get(self) -> None:
        """Send it; nothing in it is about anyone else."""
        board, item = self.held.board, self.held.board.item
        self.finish(
            {
                "title": item.title if item else "",
                "page": item.page if item else "",
                "left": board.left,
                "paused": board.is_paused,
                "through": board.is_through,
                "shown": board.is_shown(self.couple),
                "pace": bool(self.held.counting.pace_open),
                "moment": self.held.counting.asking,
                "ends": self.held.ends.isoformat(),
                "soon": self.held.ends_soon,
            }
        )


class Tell(Seat):
    """What a couple or one of it does."""

    def post(self) -> None:
        """Take it. What is no longer asked is passed over without a word."""
        what = self.get_body_argument("do", "")
        try:
            self._take(what)
        except ClosedError:
            pass
        except ValueError as error:
            raise HTTPError(HTTPStatus.BAD_REQUEST) from error
        self.held.keep()
        self.set_status(HTTPStatus.NO_CONTENT)

    def _take(self, what: str) -> None:
        board, counting = self.held.board, self.held.counting
        if what == "at":
            board.moved(self.couple, self.get_body_argument("page", "")[:LONGEST_PAGE])
        elif what in {"show", "hide"}:
            board.show(self.couple, on=what == "show")
        elif what in ASKS:
            board.ask(*self.person, what)
        elif what in PACES:
            counting.vote(self.person, what)
        elif what == "count":
            counting.put(self.person, self._answers())
        elif what == "out":
            counting.leave(*self.person)
        elif what == "leave":
            counting.leave(self.person.couple)
            board.leave(self.couple)
        else:
            raise ValueError(what)

    def _answers(self) -> dict[str, int]:
        said = {item: self.get_body_argument(item, "") for item in ITEMS}
        return {item: int(step) for item, step in said.items() if step}
