"""Logs that hold no link, no address with a query, and nobody's words."""

from __future__ import annotations

import logging
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tornado.web import RequestHandler

LIBRARIES = ("tornado.access", "tornado.application", "tornado.general", "asyncio", "traitlets")


class Plain(logging.Formatter):
    """Write who complains and where it failed; never the message, which may quote a page."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and the places of a failure below it."""
        line = f"evenground: {record.levelname.lower()} in {record.name}"
        if record.exc_info and record.exc_info[1] is not None:
            line += f": {type(record.exc_info[1]).__name__}"
            trace = record.exc_info[2]
            while trace is not None:
                code = trace.tb_frame.f_code
                line += f"\n    {code.co_filename}:{trace.tb_lineno} in {code.co_qualname}"
                trace = trace.tb_next
        return line if record.exc_info else f"{line}: {record.msg}"


def hush(log: logging.Logger) -> None:
    """Let the app's and its libraries' logs say warnings and worse, plainly, on stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain())
    for one in (log, *(logging.getLogger(name) for name in LIBRARIES)):
        one.handlers = [handler]
        one.propagate = False
        one.setLevel(logging.WARNING)
    log.setLevel(logging.ERROR)  # Voila warns of each notebook that it does not trust


def log_request(handler: RequestHandler) -> None:
    """Log a request that failed in us, by its handler alone: an address may be a link."""
    if handler.get_status() >= HTTPStatus.INTERNAL_SERVER_ERROR:
        name = type(handler).__name__
        logging.getLogger("tornado.access").error(f"{name} could not answer")  # noqa: G004 - the name of a class, and no address
