"""Where a large file is put, at an address that HighLevel has given out for it."""

from starlette.requests import Request
from starlette.responses import Response

from dragoman.simulator.control.bodies import Handler, Wrong, answer
from dragoman.simulator.world import World


async def put(world: World, request: Request) -> Response:
    """Take the bytes, as the storage behind HighLevel does, until the address ends."""
    upload = world.highlevel.messaging.uploads.get(request.path_params["upload_id"])
    if upload is None or upload.expires <= world.clock.now():
        raise Wrong("the address has ended, or never was", 403)
    content = await request.body()
    if len(content) > upload.most:
        raise Wrong(f"{upload.most} bytes at most", 413)
    upload.content = content
    return answer({"bytes": len(content)})


ROUTES: dict[tuple[str, str], Handler] = {
    ("PUT", "/control/highlevel/uploads/{upload_id}"): put,
}
