"""What the parts of a composite gave, kept so that its plan can be run again after a crash."""

from typing import Any

from dragoman.engine.runs import Step
from dragoman.kernel.errors import DragomanError, PermanentError, Rejected

MOST_PARTS = 1000
"""A plan that asks for more than this does not end."""


def failure(error: DragomanError) -> dict[str, Any]:
    """A failed part as it is recorded."""
    if isinstance(error, Rejected):
        facts = {"status": error.status, "reason": error.reason, "ids": error.ids}
        return {"code": error.code, "message": error.message, **facts}
    return {"code": error.code, "message": error.message}


def recall(step: Step | None) -> tuple[Any, DragomanError | None]:
    """What a recorded part gave: its output, or its error; neither where it is still open."""
    if step is None or step.state not in {"done", "failed"}:
        return None, None
    if step.state == "done":
        return step.output, None
    record = step.output
    if record["code"] == Rejected.code:
        refusal = Rejected(
            record["message"],
            status=record["status"],
            reason=record["reason"],
            ids=record["ids"],
        )
        return None, refusal
    return None, PermanentError(record["message"])
