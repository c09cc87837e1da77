"""What can be turned while the simulators run."""

from typing import Any, Literal

import msgspec

ActOnFeature = Literal["touchpoints", "optin", "transactional"]


class SimulatorSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The defaults are the vendors' documented or observed figures."""

    search_lag_seconds: float | tuple[float, float] = (0.0, 5.0)
    """How long HighLevel's search does not see new things: a figure, or least and most."""
    strict_refresh: bool = False
    """True takes away HighLevel's 30 seconds in which a used refresh token still answers."""
    retry_after_on_429: bool = False
    """True adds Retry-After to a 429; neither vendor was seen to send it."""
    access_token_seconds: int | None = None
    """Life of new access tokens at both vendors; null is each vendor's own figure."""
    creates_answer: Literal[200, 201] = 201
    """The status of HighLevel's creates: 201 is declared, 200 was recorded too."""

    highlevel_limit: int = 100
    highlevel_interval_ms: int = 10_000
    highlevel_daily_limit: int = 200_000
    highlevel_page_maximum: int = 100
    allow_duplicate_contacts: bool = False
    allow_duplicate_opportunities: bool = False
    """Whether a contact may be in a pipeline more than once."""
    contact_identifiers: tuple[Literal["email", "phone"], ...] = ("email", "phone")
    sent_after_seconds: float = 1.0
    delivered_after_seconds: float = 3.0
    provider_after_seconds: float = 5.0
    """How long HighLevel does not find the provider of a message that was just sent."""
    highlevel_search_maximum: int = 500
    """Most contacts a page of the search may have."""
    highlevel_file_maximum: int = 50 * 1024 * 1024
    """Most bytes of a file for a custom field."""
    cancel_failures_answer_200: bool = False
    """True answers a cancelling that failed with 200, the 404 only in the body, as documented."""
    transcript_after_seconds: float = 8.0
    """How long after a call its transcript can be read."""
    transcript_shape: Literal["list", "wrapped", "single"] = "list"
    """The schema says one object, its fields suggest a list."""

    webhook_resends: Literal["any", "429"] = "any"
    """Sent again: whatever was not answered 2xx, or (until spring 2026) only what got a 429."""
    webhook_time_scale: float = 1.0
    """Every pause before a re-send is multiplied by this."""
    webhook_signed: bool = True
    """False sends `N/A` for the signature."""
    webhook_legacy_header: bool = False
    """True adds the older header, as `N/A`."""

    acton_limit: int = 5
    acton_interval_ms: int = 1_000
    acton_daily_limit: int = 30_000
    acton_logins_per_hour: int = 5
    acton_page_maximum: int = 1_000
    time_unit: Literal["ms", "s"] = "ms"
    """Unit of Act-On's list filters (modafter and friends), which no document states."""
    suppression_time_unit: Literal["ms", "s"] = "s"
    """Unit of the same filters on its suppression lists: "Unix timestamps", say the documents."""
    acton_features: tuple[ActOnFeature, ...] = ("touchpoints", "transactional")
    """What Act-On's support has switched on; opt-ins by upload are off for most accounts."""
    acton_unpublished: Literal["wrapped", "bare"] = "wrapped"
    """Whether answers that were never published come as others do, or as bare as can be."""
    acton_job_seconds: float = 2.0
    """How long a job of Act-On's takes until its details can be read."""

    def changed(self, changes: dict[str, Any]) -> "SimulatorSettings":
        """The same settings with some replaced.

        Raises:
            msgspec.ValidationError: a name is unknown or a value does not fit.
        """
        return msgspec.convert({**msgspec.to_builtins(self), **changes}, SimulatorSettings)

    def lag(self) -> tuple[float, float]:
        """Least and most seconds until search sees something new."""
        lag = self.search_lag_seconds
        return lag if isinstance(lag, tuple) else (lag, lag)
