"""Makes discord.py log where and as what something failed, and nothing else.

Left alone, it logs bodies at DEBUG, and in a warning the address that was asked to slow down, which
for an interaction holds its token (discord/http.py, discord/webhook/async_.py).
"""

import logging

from bot.errors import BotError, reason

_LOGGERS = (
    "client", "gateway", "http", "state", "webhook.async_", "ui.view", "ui.modal",
    "app_commands.tree",
)  # fmt: skip


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


def keep_quiet() -> None:
    """From now on. A filter of a logger does not hold for those below it, so each gets its own."""
    logging.getLogger("discord").setLevel(logging.WARNING)
    for name in _LOGGERS:
        logger = logging.getLogger(f"discord.{name}")
        if _wordless not in logger.filters:
            logger.addFilter(_wordless)
