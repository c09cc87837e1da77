"""The order in which Act-On looks at a call: path, token, pace, then the work."""

from http import HTTPStatus

from dragoman.simulator.acton import (
    account,
    answers,
    history,
    jobs,
    lists,
    media,
    message_reports,
    messages,
    oauth,
    programs,
    records,
    sends,
    site_forms,
    subscriptions,
    suppressions,
    touchpoint_files,
    touchpoints,
    triggered,
    uploads,
    users,
)
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.contacts import (
    column_calls,
    contact_calls,
    import_calls,
    report_calls,
    segment_calls,
)
from dragoman.simulator.exchange import Answer, Refusal, Request, as_json
from dragoman.simulator.gate import Gate
from dragoman.simulator.generic import acton as generic
from dragoman.simulator.routes import Routes
from dragoman.simulator.tokens import Grant
from dragoman.simulator.world import World

RESOURCES = (
    oauth,
    account,
    lists,
    records,
    history,
    suppressions,
    subscriptions,
    touchpoints,
    touchpoint_files,
    jobs,
    users,
    uploads,
    messages,
    sends,
    message_reports,
    triggered,
    programs,
    site_forms,
    media,
    *(contact_calls, report_calls, segment_calls, import_calls, column_calls),
)


def acton_app(world: World) -> Gate:
    """The pretended vendor as an ASGI application."""
    return Gate(world, ActOnVendor(world))


class ActOnVendor:
    name = "acton"

    def __init__(self, world: World) -> None:
        self._world = world
        self._routes: Routes[Call] = Routes(
            route for resource in RESOURCES for route in resource.ROUTES
        )

    def serve(self, request: Request) -> Answer:
        """Answer one call; the two ids in the headers were seen on the gateway's answers."""
        request_id = self._world.mint.uuid("request")
        grant = self._grant(request)
        try:
            answer = self._serve(request, grant, request_id)
        except Refusal as refusal:
            answer = refusal.answer()
        return self._sealed(answer, grant, request_id)

    def refuse(self, request: Request, status: int) -> Answer:
        """Say no as the gateway does, without having looked."""
        more = "Rate Limit exceeded" if status == HTTPStatus.TOO_MANY_REQUESTS else ""
        answer = as_json(status, answers.gateway(status, more))
        return self._sealed(answer, self._grant(request), self._world.mint.uuid("request"))

    def _serve(self, request: Request, grant: Grant | None, request_id: str) -> Answer:
        found = self._routes.find(request.method, request.path) or generic.find(request)
        if found is None:
            raise answers.refused_by_gateway(404, "No resources match requested URI")
        call = Call(self._world, request, found.params, request_id, grant)
        if not found.route.open:
            self._admit(call)
        return found.route.handler(call)

    def _admit(self, call: Call) -> None:
        """The token, then the pace. The limits are documented, their scope (account) is a guess."""
        if call.grant is None:
            raise answers.refused_by_gateway(401)
        state, settings = self._world.acton, self._world.settings
        state.seconds.length = settings.acton_interval_ms
        key, now = call.account, call.now
        fits = state.days.of(key).left(settings.acton_daily_limit, now) and state.seconds.take(
            key, settings.acton_limit, now
        )
        if not fits:
            raise answers.refused_by_gateway(429, "Rate Limit exceeded")
        state.days.take(key, settings.acton_daily_limit, now)

    def _grant(self, request: Request) -> Grant | None:
        return self._world.acton.tokens.live(request.bearer(), self._world.clock.now())

    def _sealed(self, answer: Answer, grant: Grant | None, request_id: str) -> Answer:
        answer.account = answer.account or (grant.account if grant else "")
        answer.headers["x-request-id"] = request_id
        answer.headers["x-global-transaction-id"] = request_id.replace("-", "")
        if (
            answer.status == HTTPStatus.TOO_MANY_REQUESTS
            and self._world.settings.retry_after_on_429
        ):
            answer.headers["retry-after"] = "1"
        return answer
