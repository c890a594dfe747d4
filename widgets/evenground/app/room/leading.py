"""The pages of the one who leads while the group meets: the room, and the page for the wall."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError, authenticated

from evenground.app.room.desk import Desk, day, name_of
from evenground.content import plain, words
from evenground.group import codes, gathering
from evenground.group.papers import rows
from evenground.group.papers.book import book
from evenground.group.totals import ClosedError

if TYPE_CHECKING:
    from evenground.app.room.board import Row
    from evenground.app.room.service import Held


class Lead(Desk):
    """The room: where the group is, who asks, the board, the run sheet, the pace, the wall."""

    @authenticated
    def get(self) -> None:
        """Show it."""
        self.lead_only()
        held, board = self.held, self.held.board
        lines = board.rows()
        self.show(
            "lead",
            "room",
            day=day(held.days[board.now.meeting]),
            lines=[self._line(line) for line in lines],
            asking=[(line.couple, line.asks) for line in lines if line.asks],
            sheet=rows(board.sitting, held.group),
            meetings=list(zip(board.sittings, map(day, held.days), strict=True)),
            pace=self._pace(),
            pace_open=bool(held.counting.pace_open),
            prompts=prompts(held),
            spotlight=held.spotlight,
        )

    def _line(self, row: Row) -> dict[str, Any]:
        """Return a line of the board as it is shown: a bar for each step, and words."""
        steps = self.held.board.steps
        states = [
            "full" if n < row.step else "half" if n == row.step else "none"
            for n in range(len(steps))
        ]
        where = self.said["lead.yet"] if row.step < 0 else steps[row.step][1].title
        if row.page and (row.step < 0 or steps[row.step][1].page != row.page):
            where = plain(self.said.say("lead.elsewhere", what=part_of(row.page)))
        return {"row": row, "name": name_of(row.couple), "states": states, "where": where}

    def _pace(self) -> dict[str, int] | None:
        return self.held.counting.paces.get(item_key(self.held))


class Do(Desk):
    """What the one who leads presses."""

    @authenticated
    def post(self) -> None:
        """Do one thing for the whole group, and go back to the page it was pressed on."""
        self.lead_only()
        what, _, which = self.get_body_argument("do", "").partition(":")
        try:
            back = self._do(what, which)
        except ClosedError:
            back = ""
        except ValueError as error:
            raise HTTPError(HTTPStatus.BAD_REQUEST) from error
        self.held.keep()
        self.redirect(f"{self.prefix}{back}")

    def _do(self, what: str, which: str) -> str:
        """Do it, and return the page that shows what came of it."""
        for found in (self._for_the_group, self._for_the_pace, self._for_the_count):
            back = found(what, which)
            if back is not None:
                return back
        raise ValueError(what)

    def _for_the_group(self, what: str, which: str) -> str | None:
        board = self.held.board
        if what in {"next", "back"}:
            board.go(1 if what == "next" else -1)
        elif what == "pause":
            board.pause()
        elif what == "more":
            board.add()
        elif what == "meeting":
            board.begin(int(self.get_body_argument("meeting", "0")))
        elif what == "heard":
            board.heard(which)
        elif what == "spot":
            chosen = self.get_body_argument("prompt", "")
            self.held.spotlight = chosen if chosen in prompts_of(self.held) else ""
        else:
            return None
        return ""

    def _for_the_pace(self, what: str, which: str) -> str | None:
        if what != "pace":
            return None
        if which == "ask":
            self.held.counting.ask_pace(item_key(self.held))
        else:
            self.held.counting.close_pace()
        return ""

    def _for_the_count(self, what: str, which: str) -> str | None:
        counting = self.held.counting
        if what == "ask":
            counting.ask(which)
        elif what == "count":
            counting.tell(which)
        elif what == "came":
            gathering.note_who_came(self.held.folder, int(which), set(self.get_arguments("pair")))
            return "came?said=kept"
        elif what == "left":
            couple = self.get_body_argument("couple", "")
            if couple:
                counting.leave(couple)
                self.held.board.leave(couple)
            return "came?said=kept"
        else:
            return None
        return "totals"


class Wall(Desk):
    """The page for the wall: what the group does now, and how to join; nothing of anyone."""

    @authenticated
    def get(self) -> None:
        """Show it."""
        self.lead_only()
        address = self.held.group.address or f"{self.request.protocol}://{self.request.host}"
        self.show(
            "wall",
            "wall",
            join=address.partition("#")[0],
            picture=codes.picture(address),
            spotlight=self.held.spotlight,
        )


def part_of(page: str) -> str:
    """Return the name of the part of the workbook that a page belongs to."""
    name = page.partition("#")[0]
    return words("group").get(f"make.part.{name}") or words("group_room")["lead.start"]


def item_key(held: Held) -> str:
    """Return a name for what the group does now, under which its pace is kept."""
    return f"{held.board.now.meeting}.{held.board.now.at}"


def prompts(held: Held) -> list[tuple[str, list[str]]]:
    """Return the workbook's own questions, part by part: what may stand on the wall."""
    return [
        (part.title, [question.ask for question in part.questions])
        for part in book(held.group.parts)
    ]


def prompts_of(held: Held) -> set[str]:
    """Return the same questions without their parts."""
    return {ask for _, asks in prompts(held) for ask in asks}
