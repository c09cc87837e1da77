"""One call of Act-On's API, once its token was accepted."""

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.kernel import jsons
from dragoman.kernel.clock import Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers
from dragoman.simulator.acton.consent import Consent
from dragoman.simulator.acton.state import Account, ActOn, MarketingList
from dragoman.simulator.exchange import Answer, Request, as_json
from dragoman.simulator.figures import whole
from dragoman.simulator.settings import ActOnFeature
from dragoman.simulator.tokens import Grant
from dragoman.simulator.world import World


@dataclass(slots=True)
class Call:
    world: World
    request: Request
    params: Mapping[str, str]
    id: str
    grant: Grant | None = None

    @property
    def state(self) -> ActOn:
        return self.world.acton

    @property
    def now(self) -> Millis:
        return self.world.clock.now()

    @property
    def account(self) -> str:
        return self.grant.account if self.grant else ""

    @property
    def own(self) -> Account:
        """What belongs to the token's account."""
        return self.state.account(self.account)

    @property
    def consent(self) -> Consent:
        return self.own.consent

    @property
    def bare(self) -> bool:
        """Whether answers that were never published hold the least there can be."""
        return self.world.settings.acton_unpublished == "bare"

    def unpublished(self, rows: list[dict[str, Json]]) -> Answer:
        """A list whose form was never published: as other lists come, or bare."""
        page: dict[str, Json] = {"offset": 0, "count": len(rows), "totalCount": len(rows)}
        return as_json(200, rows if self.bare else {**page, "result": rows})

    def need_feature(self, feature: ActOnFeature) -> None:
        """Refuse what Act-On's support would have to switch on for the account first."""
        if feature not in self.world.settings.acton_features:
            raise answers.not_enabled()

    def marketing_list(self) -> MarketingList:
        """The list of the path, if it is this account's."""
        found = self.state.lists.get(self.params["listid"])
        if found is None or found.account != self.account:
            raise answers.no_list()
        return found

    def body(self) -> dict[str, Json]:
        """A record: a flat JSON object."""
        try:
            body = jsons.decode(self.request.body)
        except jsons.Unreadable:
            raise answers.no_contact() from None
        if not isinstance(body, dict):
            raise answers.no_contact()
        return body

    def number(self, name: str, otherwise: int) -> int:
        found = whole(self.request.query.get(name))
        return otherwise if found is None else found

    def record(self, effect: str, subject: Json, content: Json) -> None:
        """Write one effect into the ledger."""
        self.world.ledger.append(
            "acton",
            effect,
            subject=subject,
            content=content,
            request=self.id,
            account=self.account,
        )
