"""The accounts of a running `dragoman simulate`, and credentials for them."""

from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from dragoman.catalog.wire import Request
from dragoman.cli import folders
from dragoman.engine.workspace import ConnectionSpec
from dragoman.http.client import Client
from dragoman.kernel import jsons
from dragoman.kernel.errors import DefinitionError, DragomanError
from dragoman.settings import Settings
from dragoman.web.desk import Given
from dragoman.web.doors import webhook_address

_START = "start it in another terminal: `dragoman simulate`"


class Accounts(msgspec.Struct, frozen=True):
    """What the control server says there is."""

    control: str
    highlevel: str
    """Base URL."""
    acton: str
    location_id: str
    account_id: str
    list_id: str
    user_id: str
    """Somebody who works there."""
    workflow_id: str
    webhook_key: str
    """What HighLevel's webhooks can be verified with."""


async def accounts(control: str) -> Accounts:
    """Ask a control server.

    Raises:
        DefinitionError: nothing answers there, or something else does.
    """
    said = await ask(control, "GET", "/control/state")
    hooks = await ask(control, "GET", "/control/webhooks")
    try:
        return Accounts(
            control=control,
            highlevel=said["highlevel"]["url"],
            acton=said["acton"]["url"],
            location_id=said["highlevel"]["location_id"],
            account_id=said["acton"]["account_id"],
            list_id=said["acton"]["list_id"],
            user_id=said["highlevel"]["users"][-1]["id"],
            workflow_id=said["highlevel"]["workflows"][-1]["id"],
            webhook_key=hooks["public_keys"]["ed25519"],
        )
    except (IndexError, KeyError, TypeError):
        raise DefinitionError(f"what answers at {control} is no simulator", fix=_START) from None


async def subscribe(there: Accounts, listen: str) -> None:
    """Have HighLevel's webhooks sent to the service that will listen there."""
    address = webhook_address(f"http://{listen}", "highlevel")
    await ask(there.control, "POST", "/control/webhooks", {"url": address})


async def connect(folder: Path, settings: Settings, there: Accounts) -> list[str]:
    """Seal fresh credentials for every connection that points at the simulator; their names.

    Raises:
        DefinitionError: none does.
    """
    workspace = folders.opened(folder).workspace
    ours = [
        spec
        for spec in workspace.connections.values()
        if _same(spec.base_url, there.highlevel) or _same(spec.base_url, there.acton)
    ]
    if not ours:
        raise DefinitionError(
            f"no connection of {folder / 'dragoman.yaml'} points at the simulator, and the file "
            "is kept as it is",
            fix=f"give two of them the base_url {there.highlevel} and {there.acton}, "
            "or take a new folder",
        )
    async with folders.desk(folder, settings) as desk:
        for spec in ours:
            await desk.connect(spec.name, await _credentials(there.control, spec))
    return [spec.name for spec in ours]


async def _credentials(control: str, spec: ConnectionSpec) -> Given:
    asked = {"vendor": spec.vendor, **spec.facts}
    asked.pop("company_id", None)
    said = await ask(control, "POST", "/control/credentials", asked)
    known = {name: said[name] for name in Given.__struct_fields__ if name in said}
    return msgspec.convert(known, Given)


async def ask(control: str, method: str, path: str, body: Any = None) -> Any:
    """Ask a control server one thing; see `accounts`."""
    client = Client(connect=2.0, deadline=10.0)
    data = jsons.encode(body) if body is not None else None
    request = Request(method, path, headers={"Content-Type": "application/json"}, body=data)
    try:
        answer = await client.send(control, request)
        said = jsons.decode(answer.body)
    except DefinitionError:
        raise
    except (DragomanError, jsons.Unreadable):
        raise DefinitionError(f"no simulator answers at {control}", fix=_START) from None
    finally:
        await client.close()
    if answer.status not in (HTTPStatus.OK, HTTPStatus.CREATED):
        raise DefinitionError(f"the simulator answered {answer.status}", fix=_START)
    return said


def _same(one: str, other: str) -> bool:
    first, second = urlsplit(one), urlsplit(other)
    return (first.hostname, first.port) == (second.hostname, second.port)
