"""The control server: JSON for tests, one page for people."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dragoman.simulator.control import (
    acton,
    acton_contacts,
    audience,
    consent,
    credentials,
    faults,
    highlevel,
    overview,
    page,
    submissions,
    uploads,
    view,
    webhooks,
    workflows,
)
from dragoman.simulator.control.bodies import Handler, Wrong, answer
from dragoman.simulator.exchange import Refusal
from dragoman.simulator.world import World

PARTS = (
    *(overview, credentials, acton, acton_contacts, consent, audience),
    *(highlevel, uploads, submissions, workflows, webhooks, faults, page),
)


def control_app(world: World) -> Starlette:
    """The control server as an ASGI application."""
    handlers = {key: handler for part in PARTS for key, handler in part.ROUTES.items()}
    routes = [
        Route(path, _bound(handler, world), methods=[method])
        for (method, path), handler in handlers.items()
    ]
    app = Starlette(routes=routes, exception_handlers={Refusal: _refused})
    app.router.redirect_slashes = False
    return app


def _bound(handler: Handler, world: World) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        # A page of another site, open in the same browser, has no business here.
        if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return answer({"error": "only from this page"}, 403)
        try:
            return await handler(world, request)
        except Wrong as wrong:
            if request.url.path.startswith("/page/"):
                shown = view.render(world, str(wrong), wrong=True)
                return HTMLResponse(shown, wrong.status, view.HEADERS)
            return answer({"error": str(wrong)}, wrong.status)

    return endpoint


async def _refused(_: Request, error: Exception) -> Response:
    return answer({"error": getattr(error, "body", None)}, getattr(error, "status", 400))
