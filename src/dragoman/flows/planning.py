"""The next move of a run: from a flow and what is recorded so far to what must happen now.

Pure: the same flow, view and time give the same move. Called again after each recorded outcome;
what is recorded is never computed again.
"""

from collections.abc import Iterable

from dragoman.flows.failures import ExpressionError
from dragoman.flows.flow import Flow
from dragoman.flows.kinds import Step
from dragoman.flows.moves import Call, Fail, Finish, Move, Next, Note, Recorded, View, Wait
from dragoman.kernel.clock import Millis
from dragoman.kernel.errors import PermanentError

__all__ = [
    "Call", "Fail", "Finish", "Move", "Next", "Note", "Recorded", "View", "Wait", "plan",
]  # fmt: skip


def plan(flow: Flow, view: View, now: Millis) -> Move:
    """Find the next move."""
    walk = _Walk(flow, view, now)
    return Move(walk.notes, walk.through(flow.steps) or Finish("done"))


class _Walk:
    """Goes through the steps in order until one has something to do."""

    __slots__ = ("_continues", "_now", "_view", "notes")

    def __init__(self, flow: Flow, view: View, now: Millis) -> None:
        self._continues = flow.on_error.then == "continue"
        self._view = view
        self._now = now
        self.notes: list[Note] = []

    def through(self, steps: Iterable[Step]) -> Next | None:
        for step in steps:
            recorded = self._view.steps.get(step.id)
            if recorded is None:
                begun = self._begin(step)
                if not isinstance(begun, Note):
                    return begun
                recorded = self._note(begun)
            elif recorded.state == "failed" and not self._continues:
                return Fail(step.id, PermanentError(f"step {step.id!r} failed: {recorded.reason}"))
            below = step.below(recorded)
            if below and (found := self.through(below)) is not None:
                return found
        return None

    def _begin(self, step: Step) -> Note | Next:
        try:
            if step.guard is not None and not step.guard.value(self._view):
                return Note(step.id, step.kind, None, f"when: {step.guard.text}")
            return step.begin(self._view, self._now)
        except ExpressionError as error:
            return Fail(step.id, error.of_step(step.id))

    def _note(self, note: Note) -> Recorded:
        """Let the steps that follow see the note, without touching what was handed in."""
        recorded = note.recorded
        view = self._view
        steps = {**view.steps, note.step: recorded}
        self._view = View(view.event, steps, view.connection, view.env)
        self.notes.append(note)
        return recorded
