"""`when` with `then` (and `else`): go one way or the other."""

from collections.abc import Callable

from dragoman.catalog.shapes import Shape
from dragoman.flows.expressions import Expression
from dragoman.flows.kinds import Begin, Entry, Read, Step
from dragoman.flows.moves import Note, Recorded

KIND = "when"
KEY = "then"
KEYS = frozenset({"else"})
NAMED = False
GUARDED = False

Steps = tuple[Step, ...]


def read(entry: Entry) -> Read:
    """Read both sides; neither sees the other, and what follows sees both."""
    test = entry.findings.condition(entry.get("when"), entry.scope, "when")
    if entry.get("when") is None:
        place = entry.node.key_place(KEY)
        entry.findings.add(place, "`then` needs a `when`", "add `when: EXPRESSION`")
    read_steps = entry.context.read_steps
    then, left = read_steps(entry.get(KEY), entry.scope, f"{entry.position}.then")
    otherwise, right = read_steps(entry.get("else"), entry.scope, f"{entry.position}.else")
    shapes = {entry.id: Shape("string"), **left, **right}
    if test is None:
        return Read(None, shapes)
    step = Step(entry.id, KIND, None, _begin(entry.id, test), _below(then, otherwise))
    return Read(step, shapes)


def _begin(step: str, test: Expression) -> Begin:
    return lambda view, _: Note(step, KIND, "then" if test.value(view) else "else")


def _below(then: Steps, otherwise: Steps) -> Callable[[Recorded], Steps]:
    def below(recorded: Recorded) -> Steps:
        if recorded.state != "done":
            return ()
        return then if recorded.output == "then" else otherwise

    return below
