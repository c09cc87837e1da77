"""The order in which HighLevel looks at a call: path, token, version, pace, scope, the work."""

from http import HTTPStatus

from dragoman.kernel.clock import SECOND
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, Refusal, Request, as_json
from dragoman.simulator.gate import Gate
from dragoman.simulator.generic import highlevel as generic
from dragoman.simulator.highlevel import (
    answers,
    campaigns,
    contact_appointments,
    contact_bulk,
    contact_followers,
    contact_lists,
    contact_search,
    contacts,
    conversations,
    installations,
    messages,
    notes,
    oauth,
    recordings,
    schedule,
    tasks,
    user_changes,
    users,
    workflows,
)
from dragoman.simulator.highlevel.calendars import routes as calendar_routes
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.locations import routes as location_routes
from dragoman.simulator.highlevel.messaging import routes as messaging_routes
from dragoman.simulator.highlevel.objects import routes as object_routes
from dragoman.simulator.highlevel.opportunities import routes as opportunity_routes
from dragoman.simulator.routes import Found, Route, Routes
from dragoman.simulator.tokens import Grant
from dragoman.simulator.world import World

RESOURCES = (
    *(oauth, installations, users, workflows, contacts, contact_search, notes, tasks),
    *(
        user_changes,
        contact_lists,
        contact_bulk,
        contact_followers,
        contact_appointments,
        campaigns,
    ),
    *(conversations, messages, schedule, recordings, messaging_routes),
    *(calendar_routes, opportunity_routes, location_routes, object_routes),
)

VERSIONS = frozenset({"2021-04-15", "2021-07-28", "2023-02-21", "v3"})
"""Published values of the Version header; any of them works on established paths."""

TRIAL_LIMIT, TRIAL_DAILY_LIMIT = 25, 10_000
"""Private Integration Tokens of trial accounts, documented and measured."""


def highlevel_app(world: World) -> Gate:
    """The pretended vendor as an ASGI application."""
    return Gate(world, HighLevelVendor(world))


class HighLevelVendor:
    name = "highlevel"

    def __init__(self, world: World) -> None:
        self._world = world
        self._routes: Routes[Call] = Routes(
            route for resource in RESOURCES for route in resource.ROUTES
        )

    def serve(self, request: Request) -> Answer:
        """Answer one call. Every body has a traceId, every answer six figures about its pace."""
        trace = self._world.mint.uuid("trace")
        grant = self._grant(request)
        try:
            answer = self._serve(request, grant, trace)
        except Refusal as refusal:
            answer = as_json(refusal.status, {**refusal.body, "traceId": trace})
        answer.account = grant.account if grant else ""
        answer.headers.update(self._pace(grant))
        if (
            answer.status == HTTPStatus.TOO_MANY_REQUESTS
            and self._world.settings.retry_after_on_429
        ):
            answer.headers["retry-after"] = str(self._world.settings.highlevel_interval_ms // 1000)
        return answer

    def refuse(self, request: Request, status: int) -> Answer:
        """Say no without having looked; a 429 shows the interval as used up."""
        grant = self._grant(request)
        bare = status == HTTPStatus.TOO_MANY_REQUESTS
        answer = as_json(status, answers.plain(status, _phrase(status), error=not bare))
        answer.account = grant.account if grant else ""
        answer.headers.update(self._pace(grant))
        if bare:
            answer.headers["x-ratelimit-remaining"] = "0"
        return answer

    def _serve(self, request: Request, grant: Grant | None, trace: str) -> Answer:
        found = self._find(request)
        call = Call(self._world, request, found.params, trace, grant)
        if not found.route.open:
            self._admit(call, found.route)
        return found.route.handler(call)

    def _find(self, request: Request) -> Found[Call]:
        found = self._routes.find(request.method, request.path) or generic.find(request)
        if found is not None:
            return found
        # Observed: a path in the wrong case looks like a token error.
        if self._routes.find(request.method, request.path, any_case=True) is not None:
            raise answers.refusal(401, answers.BAD_TOKEN)
        raise answers.no_path(request.method, request.path)

    def _admit(self, call: Call, route: Route[Call]) -> None:
        grant = call.grant
        if grant is None:
            private = call.request.bearer().startswith("pit-")
            raise answers.refusal(401, answers.BAD_PRIVATE_TOKEN if private else answers.BAD_TOKEN)
        _check_version(call.request)
        self._count(grant)
        if grant.user_type not in route.callers:
            raise _wrong_kind(grant)
        if route.scope and route.scope not in grant.scopes:
            raise answers.refusal(401, answers.NO_SCOPE)

    def _grant(self, request: Request) -> Grant | None:
        return self._world.highlevel.tokens.live(request.bearer(), self._world.clock.now())

    def _count(self, grant: Grant) -> None:
        """Count a call against its app and location; 429 comes without `error`, as captured."""
        state, now = self._world.highlevel, self._world.clock.now()
        limit, daily_limit = self._limits(grant)
        state.bursts.length = self._world.settings.highlevel_interval_ms
        key = (grant.client, grant.account)
        fits = state.days.of(key).left(daily_limit, now) and state.bursts.take(key, limit, now)
        if not fits:
            raise Refusal(429, answers.plain(429, "Too Many Requests", error=False))
        state.days.take(key, daily_limit, now)

    def _limits(self, grant: Grant | None) -> tuple[int, int]:
        if grant is not None and grant.trial:
            return TRIAL_LIMIT, TRIAL_DAILY_LIMIT
        return self._world.settings.highlevel_limit, self._world.settings.highlevel_daily_limit

    def _pace(self, grant: Grant | None) -> dict[str, str]:
        """The six headers, in lower case. The day is one window of 24 h from the first call."""
        state, now = self._world.highlevel, self._world.clock.now()
        limit, daily_limit = self._limits(grant)
        key = (grant.client, grant.account) if grant else None
        day = state.days.of(key)
        return {
            "x-ratelimit-limit-daily": str(daily_limit),
            "x-ratelimit-daily-remaining": str(day.left(daily_limit, now)),
            "x-ratelimit-daily-reset": str(day.resets_in(now) // SECOND * SECOND),
            "x-ratelimit-interval-milliseconds": str(self._world.settings.highlevel_interval_ms),
            "x-ratelimit-max": str(limit),
            "x-ratelimit-remaining": str(state.bursts.of(key).left(limit, now)),
        }


def _check_version(request: Request) -> None:
    version = request.headers.get("version")
    if not version:
        raise answers.refusal(401, answers.NO_VERSION)
    if version not in VERSIONS:
        raise answers.refusal(401, answers.BAD_VERSION)


def _wrong_kind(grant: Grant) -> Refusal:
    """What is the agency's alone is forbidden to a location, as was seen."""
    if grant.user_type == "Location":
        return answers.refusal(403, answers.FORBIDDEN)
    return answers.refusal(401, answers.WRONG_USER_TYPE)


def _phrase(status: int) -> Json:
    return answers.plain(status, "")["error"]
