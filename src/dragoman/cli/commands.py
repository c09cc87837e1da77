"""Which commands there are. Each is imported when it is asked for, so that help comes at once."""

import sys
from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError, Parameter

from dragoman.cli import failures
from dragoman.kernel.errors import DragomanError

COMMANDS = {
    "demo": ("demo:demo", "Four short stories between two pretended vendors; needs nothing."),
    "init": ("init:init", "Make a workspace folder."),
    "serve": ("serve:serve", "Run the flows of a workspace."),
    "simulate": ("simulate:simulate", "Pretend both vendors on this machine."),
    "connections": ("connections:app", "The accounts: list them, give them credentials."),
    "flows": ("flows:app", "The flows: check, list, arm and pause them."),
    "events": ("events:app", "What happened: list and show events."),
    "runs": ("runs:app", "What was done about it: list and show runs."),
}
"""By name: where it lies in this folder, and its sentence."""


def build() -> App:
    """The application, with every command yet to be imported."""
    app = App(
        name="dragoman",
        help="Joins HighLevel conversations and Act-On marketing: nothing lost, nothing doubled, "
        "consent kept.",
        help_epilogue="Example: dragoman demo\n\n`dragoman COMMAND --help` says more of each.",
        version=lambda: f"dragoman {version('dragoman')}",
        help_format="plaintext",
        default_parameter=Parameter(negative=()),
        suppress_keyboard_interrupt=False,
    )
    for name, (place, sentence) in COMMANDS.items():
        app.command(f"dragoman.cli.{place}", name=name, help=sentence)
    return app


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
        return 1
    return result if isinstance(result, int) else 0
