"""Every error of Dragoman, sorted by what helps.

DragomanError
├── TransientError        trying again later can help
│   ├── RateLimited       the vendor said wait, and perhaps for how long
│   ├── NotSent           no connection existed: the request cannot have happened
│   ├── AnswerLost        sent, but no whole answer came: it may have happened
│   └── StoreBusy         the database is locked or the disk is full
├── PermanentError        the same again would fail the same way
│   ├── Rejected          the vendor refused the request
│   ├── BadAnswer         the vendor's answer cannot be used
│   ├── BadInput          the input does not fit the operation
│   └── ConsentDenied     the person must not be sent to
├── CredentialsError      a person must reconnect the account
│   └── TokenRefused      the access token is not accepted: refresh it once, then see
├── DefinitionError       a flow, a catalogue entry or a setting is wrong
│   └── Problems          several such errors, found in one reading
└── StoreBroken           the disk failed: the process must stop
"""

from typing import ClassVar

import msgspec


class Where(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place in a file, counted from 1."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = f"{self.line}:{self.column}" if self.line else ""
        return ":".join(part for part in (self.file, place) if part)


class DragomanError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str = "", *, fix: str = "", where: Where | None = None) -> None:
        self.message = message or (type(self).__doc__ or "").strip()
        self.fix = fix
        self.where = where
        self.trace = ""
        """The vendor's own id of the call, for its support and for the log."""
        super().__init__(self.message)

    def as_json(self) -> dict[str, object]:
        """The shape every `--json` error has: code, message, fix, where."""
        body: dict[str, object] = {"code": self.code, "message": self.message, "fix": self.fix}
        if self.where is not None:
            body["where"] = {
                "file": self.where.file,
                "line": self.where.line,
                "column": self.where.column,
            }
        return body


class TransientError(DragomanError):
    """Trying again later can help."""

    code = "transient"


class RateLimited(TransientError):
    """The vendor asked us to wait."""

    code = "rate_limited"

    def __init__(
        self, message: str = "", *, fix: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(message, fix=fix)
        self.retry_after = retry_after
        """Seconds to wait, already capped; None where nobody said."""


class NotSent(TransientError):
    """No connection could be made, so the request cannot have happened."""

    code = "not_sent"


class AnswerLost(TransientError):
    """The request left, but no whole answer came: it may have happened."""

    code = "answer_lost"


class StoreBusy(TransientError):
    """The database is locked or the disk is full."""

    code = "store_busy"


class PermanentError(DragomanError):
    """The same again would fail the same way."""

    code = "permanent"


class Rejected(PermanentError):
    """The vendor refused the request."""

    code = "rejected"

    def __init__(
        self,
        message: str = "",
        *,
        status: int = 0,
        reason: str = "",
        ids: dict[str, str] | None = None,
        fix: str = "",
    ) -> None:
        super().__init__(message, fix=fix)
        self.status = status
        self.reason = reason
        """The vendor's stable word for it, where it has one (HighLevel: `canonicalCode`)."""
        self.ids = ids or {}
        """Ids the vendor put beside its refusal: often the way out."""


class BadAnswer(PermanentError):
    """The vendor's answer cannot be used."""

    code = "bad_answer"


class BadInput(PermanentError):
    """The input does not fit the operation."""

    code = "bad_input"


class ConsentDenied(PermanentError):
    """The person must not be sent to."""

    code = "consent_denied"


class CredentialsError(DragomanError):
    """The account must be reconnected by a person."""

    code = "credentials"


class TokenRefused(CredentialsError):
    """The access token is not accepted."""

    code = "token_refused"


class DefinitionError(DragomanError):
    """A flow, a catalogue entry or a setting is wrong."""

    code = "definition"


class StoreBroken(DragomanError):
    """The disk failed: the process must stop, and nothing after it counts as stored."""

    code = "store_broken"


class Problems(DefinitionError):
    """Several definition errors found in one reading."""

    code = "problems"

    def __init__(self, problems: list[DefinitionError]) -> None:
        count = len(problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} found")
        self.problems = problems
