"""Logging: what happened, with ids and keys; never people's words or a token.

Hence an error is told by its type, its codes and the lines it went through, without its message,
and of what a library logs only where, as what and with which error.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from typing import TextIO

import structlog
from structlog.typing import EventDict

from bot.errors import reason


def configure(form: str, to: TextIO | None = None) -> None:
    """Log to standard error (or `to`), as lines to read (`console`) or one JSON object a line
    (`json`)."""
    is_json = form == "json"
    renderer = structlog.processors.JSONRenderer() if is_json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _tell_error,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=to or sys.stderr),
    )
    root = logging.getLogger()
    root.handlers = [h for h in root.handlers if not isinstance(h, _Libraries)] + [_Libraries()]


class _Libraries(logging.Handler):
    """Warnings and errors of libraries, told by our own logger."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """Without its text: it may quote a message, or an address with a token in it."""
        tell = structlog.get_logger().warning
        if record.levelno >= logging.ERROR:
            tell = structlog.get_logger().error
        where = f"{record.module}.{record.funcName}:{record.lineno}"
        tell("library", logger=record.name, where=where, exc_info=record.exc_info)


def _tell_error(_logger: object, _method: str, event: EventDict) -> EventDict:
    """`exc_info`, in whatever form it was given, as text."""
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if given and not isinstance(error, BaseException):
        error = sys.exception()
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_story(error, set()))
    return event


def _story(error: BaseException, told: set[int]) -> Iterator[str]:
    """The errors that led to this one, then the lines it went through and its reason."""
    told.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for other in (before, *inner):
        if other and id(other) not in told:
            yield from _story(other, told)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    yield reason(error)
