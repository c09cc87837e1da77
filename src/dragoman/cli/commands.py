"""Which commands there are. Each is imported when it is asked for, so that help comes at once."""

import sys
from collections.abc import Sequence
from typing import NamedTuple

from cyclopts import App, CycloptsError, Parameter

from dragoman.cli import failures
from dragoman.kernel.errors import DragomanError


class Command(NamedTuple):
    place: str
    """Where it lies in this folder."""
    help: str
    example: str


COMMANDS = {
    "demo": Command(
        "demo:demo",
        "Four stories between two pretended vendors and a real Dragoman; needs nothing.",
        "dragoman demo",
    ),
    "init": Command(
        "init:init",
        "Make a workspace folder: its file, flows to begin with, the master key.\n\n"
        "Files that are there are kept as they are.",
        "dragoman init shop --simulator",
    ),
    "serve": Command(
        "serve:serve",
        "Run the flows of a workspace until Ctrl-C or SIGTERM.\n\n"
        "Calls under way may end first; the same signal again stops at once. Nothing is lost "
        "either way.",
        "dragoman serve shop",
    ),
    "simulate": Command(
        "simulate:simulate",
        "Pretend both vendors on this machine, until Ctrl-C.\n\n"
        "They speak real HTTP, with tokens, limits and quirks. A page lets you add contacts, send "
        "messages and break things.",
        "dragoman simulate --seed 7",
    ),
    "connections": Command(
        "connections:app",
        "The accounts: list them, give them credentials.",
        "dragoman connections list",
    ),
    "flows": Command(
        "flows:app", "The flows: check, list, arm and pause them.", "dragoman flows check"
    ),
    "events": Command(
        "events:app",
        "What happened: list and show events, and the webhooks that arrived.",
        "dragoman events list",
    ),
    "runs": Command("runs:app", "What was done: list and show runs.", "dragoman runs list"),
    "call": Command(
        "call.asking:call",
        "Make one call through a connection, with all the care of a flow's step.\n\n"
        "What reads is answered at once; what changes something is a run of its own.",
        "dragoman call highlevel.contacts.find_duplicate email=bo@example.com",
    ),
    "tokens": Command(
        "tokens:app",
        "Tokens for programs that use the API: add, list, revoke.",
        "dragoman tokens add reports highlevel.contacts:read",
    ),
    "catalog": Command(
        "catalog:app",
        "What can be asked of the vendors, and what can happen there: list, show, search.",
        "dragoman catalog search send message",
    ),
    "sentiment": Command(
        "sentiment:sentiment",
        "Say how a text or the caller of a transcript means it, and which sentences decided.",
        "dragoman sentiment message.txt",
    ),
}


def build() -> App:
    """The application, with every command yet to be imported."""
    app = App(
        name="dragoman",
        help="Joins HighLevel conversations and Act-On marketing: nothing lost, nothing doubled, "
        "consent kept.",
        help_epilogue="Example: dragoman demo\n\n`dragoman COMMAND --help` says more of each.",
        version=_version,
        help_format="plaintext",
        default_parameter=Parameter(negative=()),
        suppress_keyboard_interrupt=False,
    )
    for number, (name, (place, words, example)) in enumerate(COMMANDS.items()):
        # A group is an application of its own, and says its example itself.
        more = {} if place.endswith(":app") else {"help_epilogue": f"Example: {example}"}
        app.command(f"dragoman.cli.{place}", name=name, help=words, sort_key=number, **more)
    return app


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415  # it takes longer than the rest of help

    return f"dragoman {version('dragoman')}"


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    tokens = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in tokens
    try:
        result = build()(
            tokens, exit_on_error=False, print_error=False, result_action="return_value"
        )
    except CycloptsError as error:
        failures.show(failures.misuse(error), as_json=as_json)
        return 2
    except failures.Misuse as error:
        failures.show(error, as_json=as_json)
        return 2
    except DragomanError as error:
        failures.show(error, as_json=as_json)
        return 1
    except Exception as error:  # noqa: BLE001  # the last one who can say it in plain words
        failures.show(failures.mistake(error), as_json=as_json)
        failures.debug(error)
        return 1
    return result if isinstance(result, int) else 0
