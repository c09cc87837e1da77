"""What goes wrong with webhooks on their way."""

from typing import Annotated

import msgspec

Probability = Annotated[float, msgspec.Meta(ge=0, le=1)]
Seconds = Annotated[float, msgspec.Meta(ge=0)]


class WebhookFaults(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nothing, unless asked for. They strike what happens from then on."""

    double: Probability = 0.0
    """How likely an event is sent twice, the same bytes."""
    drop: Probability = 0.0
    """How likely it is never sent."""
    late: Probability = 0.0
    """How likely it is sent `late_seconds` late, with the timestamp of when it happened."""
    late_seconds: Seconds = 3600.0
    shuffle_seconds: Seconds = 0.0
    """Each is held back for a random time up to this, so that they come out of order."""
