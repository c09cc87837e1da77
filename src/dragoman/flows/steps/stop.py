"""`stop`: end the run here."""

from typing import Literal

from dragoman.catalog.names import did_you_mean
from dragoman.flows.failures import kind_of
from dragoman.flows.findings import kind_of as kind_of_node
from dragoman.flows.kinds import Begin, Entry, Read
from dragoman.flows.moves import Finish, View
from dragoman.flows.nodes import Mapping, Node, Scalar
from dragoman.flows.values import Render, compile_value
from dragoman.kernel.clock import Millis

KEY = "stop"
KEYS: frozenset[str] = frozenset()
NAMED = False
GUARDED = True
"""`when` on a stop step says whether to stop."""

State = Literal["done", "skipped"]
_STATES: tuple[State, ...] = ("done", "skipped")


def read(entry: Entry) -> Read:
    """A reason, or `as` and `reason`."""
    node = entry.node.entries[KEY].value
    state: State = "skipped"
    said: Node | None = node
    if isinstance(node, Mapping):
        entry.findings.known_keys(node, {"as", "reason"}, "stop")
        state = _state(entry, node.get("as"))
        said = node.get("reason")
    if said is None:
        entry.findings.add(node, "stop needs a reason", 'as in `stop: "no e-mail address"`')
        return Read(None)
    if not isinstance(said, Scalar) or type(said.value) is not str:
        entry.findings.add(said, f"the reason should be a text, not {kind_of_node(said)}")
        return Read(None)
    reason = compile_value(said, entry.scope, "stop", entry.findings)
    return Read(entry.step(KEY, _begin(state, reason.render)))


def _begin(state: State, reason: Render) -> Begin:
    def begin(view: View, _: Millis) -> Finish:
        said = reason(view)
        return Finish(state, said if type(said) is str else kind_of(said))

    return begin


def _state(entry: Entry, node: Node | None) -> State:
    if node is None:
        return "skipped"
    for state in _STATES:
        if isinstance(node, Scalar) and node.value == state:
            return state
    said = node.text if isinstance(node, Scalar) else ""
    entry.findings.add(node, "`as` should be done or skipped", did_you_mean(said, _STATES))
    return "skipped"
