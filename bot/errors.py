"""Everything that can go wrong on purpose.

BotError
├── UserMistake             said to the person, in the words `views` finds for it
│   ├── NoSuchIdea          it does not exist, or not for them
│   ├── NotAllowed          another role may do that
│   ├── NotNow              the state of things does not allow it
│   └── Gone                what a button stood for is no longer there
├── ConfigError             every problem of a configuration at once
├── StorageError            the database cannot be used as it is
├── NotConnected            a connection cannot work as it is
├── Forgotten               a link, handle or trigger of the platform has expired
├── NoAnswer                the model did not help; people's own words do
└── DeliveryError           the platform did not take it; try again later
    └── PermanentDeliveryError   it never will: keep the error, leave the lane
        └── DirectRefused        that person takes no direct messages from us
"""


class BotError(Exception):
    """The root of everything raised on purpose."""


class UserMistake(BotError):
    """Something the person can understand; `views` has the words."""


class NoSuchIdea(UserMistake):
    """There is no such idea for this viewer."""

    def __init__(self, number: int) -> None:
        super().__init__(f"no idea {number}")
        self.number = number


class NotAllowed(UserMistake):
    """It takes another role, or the idea's author."""


class NotNow(UserMistake):
    """The state of things does not allow it; `why` is a key of the views, `number` the idea."""

    def __init__(self, why: str, number: int = 0) -> None:
        super().__init__(f"{why} {number}")
        self.why = why
        self.number = number


class Gone(UserMistake):
    """The draft, question or decision behind a button is no longer there."""


class ConfigError(BotError):
    """The configuration cannot be used; `problems` holds one sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class StorageError(BotError):
    """The database cannot be used as it is; the text says what to do."""


class NotConnected(BotError):
    """A connection cannot work as it is (a token is refused, a scope is missing); the text is one
    line that names the fix. It is tried again with back-off."""


class Forgotten(BotError):
    """A handle of the platform (a trigger, a form, a private notice) is past its time."""


class NoAnswer(BotError):
    """The model gave no answer of use: `why` is a word of ours (`spent`, `resting`, `slow`, `busy`,
    `unreachable`, `misconfigured`, `refused`, `too_long`, `garbled`, `not_borne_out`), `code` the
    server's. `retry_after` is in seconds, as the server asked for."""

    def __init__(self, why: str, code: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"{why} {code}".strip())
        self.why = why
        self.code = code
        self.retry_after = retry_after


class DeliveryError(BotError):
    """The platform did not take a message now.

    `reason` is for the operator, logged and kept: the platform's code and our ids, never words of
    a person. `retry_after` is in seconds, as the platform asked for; None leaves it to our
    back-off.
    """

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class PermanentDeliveryError(DeliveryError):
    """The platform will never take this message."""


class DirectRefused(PermanentDeliveryError):
    """The person takes no direct messages from us (Discord 50007, Slack `cannot_dm_bot`)."""


_CODES = "sqlite_errorname", "sqlstate", "strerror"


def reason(error: BaseException) -> str:
    """What may be logged and kept of an error: its type, with our own words or others' codes.

    Other messages are left out, for they may quote a person: PostgreSQL shows the row it refuses,
    a KeyError the key.
    """
    name = type(error).__name__
    if isinstance(error, BotError):
        return f"{name}: {error}"
    codes = [str(code) for code in (getattr(error, key, None) for key in _CODES) if code]
    text = f"{name} ({', '.join(codes)})" if codes else name
    return f"{text} from {reason(error.__cause__)}" if error.__cause__ else text
