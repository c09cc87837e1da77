"""Where a service is found, and that nobody else can pretend to be it."""

import stat
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from dragoman.kernel.errors import DefinitionError
from dragoman.web import registration
from dragoman.web.listener import endpoint, listen
from dragoman.web.registration import Registration, registered
from dragoman.web.remote import answering
from tests.web.conftest import TOKEN, Door


def test_it_is_there_while_it_runs_for_its_owner_only(tmp_path: Path) -> None:
    one = Registration("http://127.0.0.1:1", TOKEN, 1)
    place = tmp_path / ".dragoman" / "service.json"

    with registered(tmp_path, one):
        mode = stat.S_IMODE(place.stat().st_mode)
        found = registration.find(tmp_path)

    assert mode == 0o600
    assert found == one
    assert TOKEN not in repr(one)
    assert registration.find(tmp_path) is None


def test_an_older_file_of_wider_mode_is_replaced(tmp_path: Path) -> None:
    place = tmp_path / ".dragoman" / "service.json"
    place.parent.mkdir()
    place.write_text("{}")
    place.chmod(0o644)

    with registered(tmp_path, Registration("http://127.0.0.1:1", TOKEN, 1)):
        assert stat.S_IMODE(place.stat().st_mode) == 0o600


async def test_a_service_that_proves_itself_is_asked(door: Door, tmp_path: Path) -> None:
    with registered(tmp_path, Registration(door.address, TOKEN, 1)):
        async with answering(tmp_path) as service:
            assert service is not None


async def test_a_service_that_is_gone_is_no_service(tmp_path: Path) -> None:
    with registered(tmp_path, Registration("http://127.0.0.1:9", TOKEN, 1)):
        async with answering(tmp_path) as service:
            assert service is None


async def test_a_stranger_on_its_port_never_sees_the_token(tmp_path: Path) -> None:
    seen: list[str] = []

    async def greedy(request: Request) -> JSONResponse:
        seen.append(str(request.headers) + str(request.url))
        return JSONResponse({"status": "ok", "proof": "00"})

    stranger = await listen(Starlette(routes=[Route("/{all:path}", greedy)]), "127.0.0.1", 0)
    with registered(tmp_path, Registration(stranger.address, TOKEN, 1)):
        async with answering(tmp_path) as service:
            assert service is None
    await stranger.stop()

    assert seen
    assert TOKEN not in "".join(seen)


@pytest.mark.parametrize("said", ["8710", "127.0.0.1", "127.0.0.1:x", ":8710", "h:65536", "h:-1"])
def test_an_address_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(DefinitionError, match="is no address"):
        endpoint(said)


def test_an_address_of_six_is_read() -> None:
    assert endpoint("[::1]:8710") == ("::1", 8710)
