"""One step of a run in a few lines: what was asked of whom, what came of it, what went wrong."""

from collections.abc import Iterator, Sequence

import msgspec
from rich.text import Text

from dragoman.cli import masking, reasons
from dragoman.cli.naming import Naming
from dragoman.cli.records import Try
from dragoman.cli.summaries import summary
from dragoman.cli.tables import clock, day, span
from dragoman.engine.runs import Step


class Told(msgspec.Struct, frozen=True):
    """A step, what belongs to it, and how it is told."""

    step: Step
    parts: Sequence[Step]
    """Of a composite, in their order."""
    tries: Sequence[Try]
    """Of the step and of its parts, those that did not end well."""
    naming: Naming
    asked: str
    """Of a condition, what it asks."""
    reveal: bool

    @property
    def began(self) -> int:
        return min(one.started_at for one in (self.step, *self.parts))

    @property
    def ended(self) -> int:
        """Of what is not over, when it was last worked on."""
        return max(one.finished_at or one.tried_at for one in (self.step, *self.parts))

    def lines(self) -> Iterator[Text]:
        """Each as wide as it gets: they are folded where they are placed."""
        step = self.step
        yield self._title()
        if step.operation:
            by = f" by {step.connection}" if step.connection else ""
            yield Text(f"{step.operation}{by}", "quiet")
        yield from self._parts()
        for word, content in (("with", step.input), ("got", _output(step))):
            told = summary(content, reveal=self.reveal) if content else []
            if told and step.kind == "call":
                yield Text.assemble((f"{word:<5}", "quiet"), ", ".join(told))
        yield from self._trouble(step)

    def _title(self) -> Text:
        step = self.step
        name = "" if step.step.isdecimal() else f"{step.step}  "
        if not step.operation:
            return Text.assemble((name, "name"), self._deed())
        vendor = self.naming.vendor(step.operation)
        took = self.ended - self.began
        return Text.assemble(
            (name, "name"), vendor, f"  {self.naming.title(step.operation)}", _timed(took)
        )

    def _deed(self) -> str:
        """What a step did that asks nobody."""
        step = self.step
        match step.kind:
            case "when":
                asked = self._words(self.asked) or "the condition holds"
                return f"asked whether {asked}: {'yes' if step.output == 'then' else 'no'}"
            case "wait" if isinstance(step.output, dict):
                word = "waits" if step.state == "waiting" else "waited"
                return f"{word} until {day(step.output['until'])}"
            case "wait":
                return "there was nothing to wait for"
            case "map":
                told = summary(step.output, reveal=self.reveal)
                return f"worked out {', '.join(told) or 'nothing'}"
            case _ if step.state == "skipped":
                return "passed over"
            case _:
                return "under way"  # a composite is recorded when it is over

    def _parts(self) -> Iterator[Text]:
        for index, part in enumerate(self.parts):
            last = index == len(self.parts) - 1
            title = self.naming.title(part.operation)
            took = (part.finished_at or part.tried_at) - part.started_at
            refused = part.state == "failed" and self.step.state == "done"
            state = "" if part.state == "done" else f"  {'refused' if refused else part.state}"
            yield Text.assemble(
                ("└ " if last else "├ ", "quiet"), title, (state, "warn"), _timed(took)
            )
            margin = Text("  " if last else "│ ", "quiet")
            for line in self._trouble(part):
                yield Text.assemble(margin, line)

    def _trouble(self, step: Step) -> Iterator[Text]:
        """What did not go well, and why it came out as it did."""
        tries = [one for one in self.tries if one.step == step.step]
        yield from (self._tried(one) for one in tries)
        why = reasons.of_step(step)
        if why and all(step.reason != one.message for one in tries):
            yield Text.assemble(("why  ", "quiet"), self._words(why))
        # Of what went well the trace is with `--json`: only a vendor's support can read it.
        if step.trace and step.state != "done" and all(step.trace != one.trace for one in tries):
            yield Text(f"trace {step.trace}", "quiet")

    def _tried(self, one: Try) -> Text:
        trace = f", trace {one.trace}" if one.trace else ""
        return Text.assemble(
            (f"try {one.number} at {clock(one.at)}  ", "warn"),
            self._words(one.message),
            (f" ({one.code}{trace})", "quiet"),
        )

    def _words(self, text: str) -> str:
        return text if self.reveal else masking.words(text)


def _timed(took: int) -> tuple[str, str]:
    return (f"  {span(took)}" if took > 0 else "", "quiet")


def _output(step: Step) -> object:
    return None if step.state == "failed" else step.output  # the vendor's words say it
