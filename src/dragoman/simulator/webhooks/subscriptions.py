"""Where the events of a location go."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit


class NotLoopback(ValueError):
    """Webhooks of a simulator go to this machine only."""


@dataclass(frozen=True, slots=True)
class Subscription:
    url: str
    location_id: str | None = None
    """None is every location without a subscription of its own."""
    types: frozenset[str] | None = None
    """None is every type."""


class Subscriptions:
    def __init__(self) -> None:
        self._of: dict[str | None, Subscription] = {}

    def put(self, one: Subscription) -> None:
        """Replace the subscription of that location.

        Raises:
            NotLoopback: the URL leads elsewhere, or is none.
        """
        _check(one.url)
        self._of[one.location_id] = one

    def clear(self) -> int:
        count = len(self._of)
        self._of.clear()
        return count

    def all(self) -> list[Subscription]:
        return list(self._of.values())

    def of(self, location_id: str) -> Subscription | None:
        return self._of.get(location_id) or self._of.get(None)


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not _is_loopback(parts.hostname or ""):
        raise NotLoopback(
            f"{url} is not on this machine: webhooks of the simulator go to loopback only, "
            "such as http://127.0.0.1:8710/hooks/highlevel"
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
