"""What a single value may be, and the sentence for one that may not.

A validator's ValueError is shown to the operator, after the key, as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    SecretStr,
    StringConstraints,
    ValidationInfo,
)

from bot.config.database import database_url
from bot.config.environment import from_environment, is_reference
from bot.refs import ChannelRef, Emoji, emoji


@dataclass(frozen=True)
class Context:
    """What a file is read against: the environment, its folder, the connections it names."""

    env: Mapping[str, str]
    folder: Path
    connections: frozenset[str]


def did_you_mean(word: str, known: list[str]) -> str:
    """A question naming the nearest known word, with a space before it; empty when none is near."""
    close = get_close_matches(word, known, n=1)
    return f' Did you mean "{close[0]}"?' if close else ""


def _secret(value: object, info: ValidationInfo[Context]) -> object:
    if not isinstance(value, str):
        return value
    if not is_reference(value):
        name = (info.field_name or "secret").upper()
        raise ValueError(
            f'secrets do not belong in this file. Write "${name}" here and set {name} '
            "in the environment."
        )
    return from_environment(value, info.context.env)


def _storage_url(value: object, info: ValidationInfo[Context]) -> object:
    if not isinstance(value, str):
        return value
    return database_url(value, info.context.env, info.context.folder)


def _channel(value: object, info: ValidationInfo[Context]) -> ChannelRef:
    try:
        ref = ChannelRef.parse(str(value))
    except ValueError:
        raise ValueError('write it as "connection/channel", such as "office/C0123456".') from None
    known = info.context.connections
    if ref.connection not in known:
        mend = did_you_mean(ref.connection, sorted(known)) or " Name one of [connections]."
        raise ValueError(f'there is no connection "{ref.connection}".{mend}')
    return ref


def _connection_name(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,31}", name):
        raise ValueError(
            "a connection's name starts with a small letter and has at most 32 small letters, "
            "digits, - or _. Please choose another."
        )
    return name


def _emoji(text: str) -> Emoji:
    form = emoji(text)
    if re.fullmatch(r":[a-z0-9_+-]+:", form) or re.fullmatch(r"[^A-Za-z\s:]*[^\x00-\x7f]", form):
        return form
    raise ValueError('write the emoji itself, such as "💡", or ":name:" for one of your own.')


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        mend = did_you_mean(name, sorted(available_timezones())) or ' Try "Europe/Berlin" or "UTC".'
        raise ValueError(f'"{name}" is not a time zone.{mend}') from None
    return name


def _schedule(expression: str) -> str:
    try:
        next(CronSim(expression, datetime.now(UTC)))
    except (CronSimError, StopIteration):
        raise ValueError(
            f'"{expression}" is not a schedule. Write five cron fields, such as "0 9 * * 1" '
            "for Mondays at nine."
        ) from None
    return expression


def _loopback(host: str) -> str:
    try:
        loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise ValueError('only this machine may reach the pages. Write "127.0.0.1".')
    return host


def _address(url: str) -> str:
    if not re.match(r"https?://[^/\s]", url):
        raise ValueError('write a whole address that starts with "https://" or "http://".')
    return url


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Count = Annotated[int, Field(strict=True, ge=1)]
ContextTokens = Annotated[int, Field(strict=True, ge=4_000)]
CountOrNever = Annotated[int, Field(strict=True, ge=0)]
Port = Annotated[int, Field(strict=True, ge=0, le=65_535)]
Seconds = Annotated[float, Field(strict=True, gt=0)]

Address = Annotated[str, AfterValidator(_address)]
ChannelKey = Annotated[ChannelRef, PlainValidator(_channel)]
ConnectionName = Annotated[str, AfterValidator(_connection_name)]
EmojiText = Annotated[Emoji, AfterValidator(_emoji)]
Loopback = Annotated[str, AfterValidator(_loopback)]
Schedule = Annotated[str, AfterValidator(_schedule)]
Secret = Annotated[SecretStr, BeforeValidator(_secret)]
StorageUrl = Annotated[SecretStr, BeforeValidator(_storage_url)]
TimeZone = Annotated[str, AfterValidator(_timezone)]
