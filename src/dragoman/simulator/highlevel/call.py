"""One call of HighLevel's API, once its token was accepted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.kernel import jsons
from dragoman.kernel.clock import Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, Request, as_json
from dragoman.simulator.figures import whole
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.fields import Kind, problems
from dragoman.simulator.highlevel.records import Contact, Location
from dragoman.simulator.highlevel.state import HighLevel
from dragoman.simulator.tokens import Grant
from dragoman.simulator.world import World


@dataclass(slots=True)
class Call:
    world: World
    request: Request
    params: Mapping[str, str]
    trace: str
    grant: Grant | None = None

    @property
    def state(self) -> HighLevel:
        return self.world.highlevel

    @property
    def now(self) -> Millis:
        return self.world.clock.now()

    @property
    def location(self) -> Location:
        """The location comes from the token."""
        return self.state.location(self.account)

    @property
    def account(self) -> str:
        return self.grant.account if self.grant else ""

    @property
    def client(self) -> str:
        return self.grant.client if self.grant else ""

    def body(self, known: Mapping[str, Kind], required: Iterable[str] = ()) -> dict[str, Json]:
        """Read the JSON body and hold it against the fields this call knows.

        Raises:
            Refusal: 400 for what is not JSON, 422 for unknown, missing or unfit fields.
        """
        try:
            body = jsons.decode(self.request.body or b"{}")
        except jsons.Unreadable:
            raise answers.refusal(400, "Unexpected token in JSON at position 0") from None
        if not isinstance(body, dict):
            raise answers.refusal(400, "The body must be an object")
        wrong = problems(body, known, required)
        if wrong:
            raise answers.unprocessable(wrong)
        return body

    def check_location(self, location_id: Json) -> None:
        """Another location, or none where one is due, is refused alike (observed live)."""
        if location_id != self.account:
            raise answers.refusal(403, answers.WRONG_LOCATION)

    def contact(self, contact_id: str) -> Contact:
        """The contact of that id, if this token reaches it."""
        contact = self.state.contacts.get(contact_id)
        if contact is None:
            raise answers.not_found("Contact", contact_id)
        self.check_location(contact.location_id)
        return contact

    def limit(self, default: int = 20) -> int:
        """The page size; one above the maximum is a 400, not a clamp."""
        found = whole(self.request.query.get("limit", str(default)))
        most = self.world.settings.highlevel_page_maximum
        if found is None or not 1 <= found <= most:
            raise answers.refusal(400, f"limit must be between 1 and {most}")
        return found

    def number(self, name: str, default: int | None = None, most: int | None = None) -> int:
        """A whole number of the query; one that must be there has no default.

        Raises:
            Refusal: 422 for what is missing or no number, 400 for more than the most.
        """
        text = self.request.query.get(name, "" if default is None else str(default))
        found = whole(text)
        if found is None:
            raise answers.unprocessable([f"{name} must be a number string"])
        if most is not None and found > most:
            raise answers.refusal(400, f"{name} must not be greater than {most}")
        return found

    def answer(self, status: int, body: dict[str, Json]) -> Answer:
        """Almost every body carries a `traceId`, successes as well as errors."""
        return as_json(status, {**body, "traceId": self.trace})

    def created(self, body: dict[str, Json]) -> Answer:
        """Creates declare 201; recordings often show 200."""
        return self.answer(self.world.settings.creates_answer, body)

    def record(self, effect: str, subject: Json, content: Json) -> None:
        """Write one effect into the ledger."""
        self.world.ledger.append(
            "highlevel",
            effect,
            subject=subject,
            content=content,
            request=self.trace,
            account=self.account,
        )
