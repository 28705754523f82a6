"""The logger for slack_sdk and slack_bolt: it lets through where and as what something failed.

Left alone, they log bodies at DEBUG, and at any level an error with what Slack answered, a
WebSocket's address with its ticket, or a proxy's with its password
(slack_sdk/web/async_internal_utils.py, slack_sdk/socket_mode/async_client.py).
"""

import logging

from bot.errors import BotError, reason


class LibraryFailed(BotError):
    """An error of a library, told by its type."""


def _wordless(record: logging.LogRecord) -> bool:
    record.msg, record.args = f"{record.module}.{record.funcName}:{record.lineno}", ()
    record.exc_text = record.stack_info = None
    error = record.exc_info and record.exc_info[1]
    if error:
        failed = LibraryFailed(reason(error)).with_traceback(error.__traceback__)
        record.exc_info = (LibraryFailed, failed, failed.__traceback__)
    return record.levelno >= logging.WARNING


def _library_log() -> logging.Logger:
    """Bolt copies level and filter to the loggers it makes (slack_bolt/logger/__init__.py). With
    no level set, slack_sdk would build its DEBUG texts for every call, even unheard."""
    log = logging.getLogger("slack")
    log.setLevel(logging.WARNING)
    log.addFilter(_wordless)
    return log


LIBRARY = _library_log()
"""Give it to every client, handler and app of the libraries."""
