"""What a vendor brings besides its data files: a few pure functions, handed around in one value."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from dragoman.catalog.entries import Operation
from dragoman.catalog.quotas import Limits, Quota
from dragoman.catalog.wire import Answer, Request
from dragoman.kernel.clock import Millis
from dragoman.kernel.secret import Secret


class Credentials(msgspec.Struct, frozen=True):
    """What a connection needs to speak for its account. Lives sealed; opened late, dropped soon."""

    kind: str
    """`oauth` or `pit` (a fixed token)."""
    access_token: Secret
    refresh_token: Secret
    client_id: str = ""
    client_secret: Secret = Secret("")
    expires_at: Millis = 0
    """0 = never."""


class Tokens(msgspec.Struct, frozen=True):
    """What a token endpoint answered."""

    access_token: Secret
    refresh_token: Secret
    expires_in: float
    """Seconds."""


class Functions(Protocol):
    """What every vendor must be able to do; each is pure."""

    def read(self, answer: Answer) -> Any:
        """The answer's content, or the error that it means, raised."""
        ...

    def quota(self, headers: Mapping[str, str]) -> Quota:
        """What the answer's headers say of the limits."""
        ...

    def trace(self, headers: Mapping[str, str], content: Any) -> str:
        """The vendor's own id of the call, or nothing."""
        ...

    def headers(self, token: Secret) -> dict[str, str]:
        """What every call carries."""
        ...

    def refresh(self, credentials: Credentials) -> Request: ...

    def tokens(self, answer: Answer) -> Tokens:
        """What the token endpoint said, or the error that it means, raised."""
        ...


Headers = Sequence[tuple[bytes, bytes]]
"""Names in small letters, with their values; a name may come more than once."""


class Head(msgspec.Struct, frozen=True):
    """What a delivery says of itself: enough to know whose it is, and whether it came before."""

    key: str
    """The same for the same delivery, however often it is sent."""
    type: str = ""
    """The vendor's word for what happened; nothing where it does not say."""
    facts: Mapping[str, str] = {}
    """Which account, by the names that connections use (`location_id`)."""
    app: str = ""
    """The app that it was sent for; nothing where it does not say."""
    flaw: str = ""
    """Why it cannot be read; nothing where it can."""


class WebhookFunctions(Protocol):
    """What a vendor that sends webhooks must be able to do; each is pure."""

    def key(self, text: str) -> bytes:
        """A key as `webhook_keys` says it.

        Raises:
            ValueError: it is none; the message says what one looks like.
        """
        ...

    def signature(self, headers: Headers) -> Any:
        """What the headers give to verify by; None where nothing could come of it."""
        ...

    def verified(self, signature: Any, body: bytes, keys: Sequence[bytes]) -> bytes | None:
        """The key that the signature over these very bytes fits; None where none does."""
        ...

    def head(self, headers: Headers, body: bytes) -> Head:
        """The head of a delivery that was verified."""
        ...


class Webhooks(msgspec.Struct, frozen=True):
    """How a vendor sends webhooks."""

    keys: tuple[str, ...]
    """Those that the vendor has published."""
    types: frozenset[str]
    """Every type that is known, whether a trigger wants it or not."""
    functions: WebhookFunctions


class Vendor(msgspec.Struct, frozen=True):
    name: str
    title: str
    base_urls: dict[str, str]
    """By region; the first is the default."""
    facts: tuple[str, ...]
    """What a connection may say of its account (`location_id`)."""
    limits: Limits
    functions: Functions
    filters: Mapping[str, Callable[..., Any]]
    """Filters for expressions."""
    resolve: Callable[[str], Callable[..., Any]]
    """From `module.function`, as entries write it, to the function."""
    webhook: Webhooks | None = None
    """Nothing where it sends none."""
    versions: tuple[str, ...] = ()
    """Newer versions of its API that a connection may speak, besides what each entry names."""

    def rewrite(self, operation: Operation) -> Callable[[Any], Any] | None:
        """What writes the bodies of an operation as a newer version has them."""
        return self.resolve(operation.v3_body) if operation.v3_body else None

    def base_url(self, region: str) -> str:
        return self.base_urls[region or next(iter(self.base_urls))]
