"""The control server: JSON for tests, one page for people."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman.simulator.addresses import Addresses
from dragoman.simulator.control import acton, credentials, faults, highlevel, overview
from dragoman.simulator.control.bodies import Handler, Wrong, answer
from dragoman.simulator.exchange import Refusal
from dragoman.simulator.world import World

PARTS = (overview, credentials, acton, highlevel, faults)


def control_app(world: World, addresses: Addresses | None = None) -> Starlette:
    """The control server as an ASGI application."""
    where = addresses or Addresses()

    async def state(_: Request) -> Response:
        return answer(overview.state(world, where))

    handlers = {key: handler for part in PARTS for key, handler in part.ROUTES.items()}
    routes = [
        Route(path, _bound(handler, world), methods=[method])
        for (method, path), handler in handlers.items()
    ]
    app = Starlette(
        routes=[Route("/control/state", state), *routes],
        exception_handlers={Wrong: _wrong, Refusal: _refused},
    )
    app.router.redirect_slashes = False
    return app


def _bound(handler: Handler, world: World) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await handler(world, request)

    return endpoint


async def _wrong(_: Request, error: Exception) -> Response:
    return answer({"error": str(error)}, getattr(error, "status", 400))


async def _refused(_: Request, error: Exception) -> Response:
    return answer({"error": getattr(error, "body", None)}, getattr(error, "status", 400))
