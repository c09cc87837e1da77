"""Moments as Act-On shows them to people: in English, in the zone of the account."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dragoman.kernel.clock import SECOND, Millis


def local(at: Millis, zone: str) -> datetime:
    return datetime.fromtimestamp(at / SECOND, ZoneInfo(zone))


def shown(at: Millis, zone: str, *, year: bool = True) -> str:
    """`Jan 1 2024 9:00 AM PST`; without the year the day of the week stands in front."""
    day = local(at, zone)
    date = f"{day:%b} {day.day} {day.year}" if year else f"{day:%a %b} {day.day}"
    return f"{date} {day:%I:%M %p %Z}".replace(" 0", " ")
