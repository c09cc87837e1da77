"""Who must not be written to: an account's suppression lists and subscription categories."""

from dataclasses import dataclass, field
from typing import Literal

from dragoman.kernel.clock import Millis

Kind = Literal["hardbounce", "spamcomplaint", "optout"]
KINDS: tuple[Kind, ...] = ("hardbounce", "spamcomplaint", "optout")
Choice = Literal["optin", "optout"]
FIRST_CATEGORIES = {"News": "What is new, once a month", "Offers": "Prices and trials"}


@dataclass(frozen=True, slots=True)
class Suppressed:
    email: str
    at: Millis
    origin: str
    """Who or what put it there, in words."""


@dataclass(slots=True)
class Category:
    id: str
    name: str
    description: str = ""
    chosen: dict[str, tuple[str, Choice, Millis]] = field(default_factory=dict)
    """Address as written, choice and moment, keyed by the folded address."""

    def opted_out(self, email: str) -> bool:
        """Whoever never chose is in."""
        found = self.chosen.get(fold(email))
        return found is not None and found[1] == "optout"

    def choose(self, email: str, choice: Choice, at: Millis) -> bool:
        """Note a choice. False when it is the one already noted."""
        found = self.chosen.get(fold(email))
        if found is not None and found[1] == choice:
            return False
        self.chosen[fold(email)] = (email.strip(), choice, at)
        return True


class Consent:
    """One account's; an address stands once in each list, in the order of arrival."""

    def __init__(self) -> None:
        self._suppressed: dict[Kind, dict[str, Suppressed]] = {kind: {} for kind in KINDS}
        self.categories: dict[str, Category] = {}
        for name, description in FIRST_CATEGORIES.items():
            self.add_category(name, description)

    def add_category(self, name: str, description: str = "") -> Category:
        """The category of that name, made if it is new."""
        if name not in self.categories:
            number = str(len(self.categories) + 1)
            self.categories[name] = Category(number, name, description)
        return self.categories[name]

    def suppressed(self, kind: Kind) -> list[Suppressed]:
        return list(self._suppressed[kind].values())

    def find(self, kind: Kind, email: str) -> Suppressed | None:
        return self._suppressed[kind].get(fold(email))

    def suppress(self, kind: Kind, email: str, at: Millis, origin: str) -> tuple[Suppressed, bool]:
        """Put an address on a list; an entry that is there stays. True when it is new."""
        new = Suppressed(email.strip(), at, origin)
        kept = self._suppressed[kind].setdefault(fold(email), new)
        return kept, kept is new

    def release(self, kind: Kind, email: str) -> bool:
        """Take an address off a list. False when it is not there."""
        return self._suppressed[kind].pop(fold(email), None) is not None


def fold(email: str) -> str:
    """The form in which addresses are compared."""
    return email.strip().casefold()
