"""Where the three servers listen."""

from dataclasses import dataclass


@dataclass(slots=True)
class Addresses:
    """Base URLs without a slash at the end; empty until the servers have started."""

    highlevel: str = ""
    acton: str = ""
    control: str = ""
