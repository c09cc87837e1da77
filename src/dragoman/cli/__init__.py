"""The commands: one module a group, imported when it is asked for.

Besides these there are:

    commands     which there are, and where each lies
    options      what several commands take
    lines        lines as wide as the terminal
    naming       operations, triggers and vendors by the names that people give them
    terminal     where output goes, and how it looks there
    failures     what went wrong, where, and the way out
    folders      a workspace folder: read, opened beside a running service, or written to
"""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status: 0 done, 1 failed, 2 wrongly used."""
    try:
        from dragoman.cli.commands import run  # noqa: PLC0415  # so that Ctrl-C is quiet here too

        return run(arguments)
    except KeyboardInterrupt:
        return 130
