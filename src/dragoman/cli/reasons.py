"""Why something came out as it did, and what to do about it, in plain words."""

from dragoman.cli.records import History
from dragoman.cli.tables import day
from dragoman.engine.executor import PAUSED
from dragoman.engine.intake import NO_FLOW
from dragoman.engine.results import FOUND
from dragoman.engine.runs import Step

_MEND = (
    "Mend what is named above. What this run has done stays done, and it is not tried again by "
    "itself; later events of this flow are not held up by it."
)
_NOT_AGAIN = (
    "Dragoman does not repeat it: the person could get the same twice. What the run would have "
    "done after it is yours to do."
)


def of_event(reason: str) -> str:
    if reason == NO_FLOW:
        return "no armed flow wanted it"
    return reason


def of_run(reason: str) -> str:
    kind, _, rest = reason.partition(": ")
    match kind:
        case "where":
            return f"the flow's filter is not met: {rest}"
        case "with":
            return f"it is about another {rest} than the flow's"
        case "consent":
            return f"nothing was sent, the person does not want it: {rest}"
        case _:
            return reason


def of_step(step: Step) -> str:
    kind, _, rest = step.reason.partition(": ")
    if step.state == "lost":
        return "no answer came; it is looked up whether it happened, before anything is repeated"
    if step.reason == FOUND:
        return "no answer came, so it was looked up: it had happened, and was not repeated"
    if kind == "when":
        return f"not needed: {rest} is not so"
    return f"the flow says {step.reason}" if step.kind == "wait" and step.reason else step.reason


def advice(history: History, *, served: bool) -> list[str]:
    """What to do next, one sentence each."""
    run = history.run
    match run.state:
        case "done" | "skipped" | "cancelled":
            return ["Nothing: this run is finished."]
        case "uncertain":
            return _look(history)
        case "dead":
            return [_MEND]
        case _:
            return _live(history, served=served)


def _look(history: History) -> list[str]:
    found = [step for step in history.steps if step.state == "uncertain"]
    if not found:
        return ["Look at both accounts: nobody can tell what happened."]
    step = found[-1]
    what = f"{step.operation} ({day(step.tried_at)})"
    return [f"Look in the account {step.connection} whether {what} happened.", _NOT_AGAIN]


def _live(history: History, *, served: bool) -> list[str]:
    run = history.run
    if history.disconnected:
        name = history.disconnected[0]
        said = [f"Reconnect the account: dragoman connections add {name}", "It goes on by itself."]
    elif run.reason == PAUSED:
        said = [f"It goes on after: dragoman flows arm {run.flow}"]
    elif run.wake_at is not None:
        said = [f"Nothing: it goes on by itself at {day(run.wake_at)}."]
    else:
        said = ["Nothing: it is under way."]
    if not served:
        said.append(
            "No service runs in this folder, and without it nothing goes on: dragoman serve"
        )
    return said
