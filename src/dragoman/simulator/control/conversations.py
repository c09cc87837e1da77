"""What is said in a call placed on the page: three made-up conversations, or one's own words."""

from typing import NamedTuple

from dragoman.kernel.jsons import Json
from dragoman.simulator.control.bodies import Wrong


class Conversation(NamedTuple):
    title: str
    lines: str
    """One line a turn, `agent:` or `caller:` in front."""


CONVERSATIONS = {
    "angry": Conversation(
        "an angry caller",
        """\
agent: Good morning, Example Company, how can I help?
caller: I have called three times and nobody ever calls me back. This is terrible.
agent: I am sorry to hear that. What happened?
caller: You charged me twice for a broken machine and your support is awful.
agent: That should not have happened.
caller: I am really angry. I want my money back or I will cancel everything.
agent: I will look at the invoice and call you today.
caller: I hope so. So far this has been the worst service I ever had.""",
    ),
    "happy": Conversation(
        "a happy caller",
        """\
agent: Good morning, Example Company, how can I help?
caller: Hello, I just wanted to say thank you. The new machine works perfectly.
agent: That is great to hear.
caller: Your technician was so friendly and helpful. We love it.
agent: I will tell him, he will be glad.
caller: Please do. We are very happy and would like to buy a second one.
agent: Wonderful. I will send you an offer.
caller: Excellent, thank you very much. Have a nice day.""",
    ),
    "calm": Conversation(
        "a calm caller",
        """\
agent: Good morning, Example Company, how can I help?
caller: Hello, I am calling about the appointment on Tuesday.
agent: One moment. Tuesday at ten, is that right?
caller: Yes. Could we move it to Wednesday at eleven?
agent: Wednesday at eleven is free. I have changed it.
caller: And the address is still the one on the invoice?
agent: Yes, it is on the second floor.
caller: All right, then until Wednesday. Goodbye.""",
    ),
}
SILENCE = "none"
"""The choice in which nobody says a word."""


def turns(chosen: str, own: str) -> list[Json]:
    """The turns of one's own words, or else of the conversation chosen.

    Raises:
        Wrong: there is no such conversation.
    """
    if own.strip():
        return _read(own)
    if chosen == SILENCE:
        return []
    if chosen not in CONVERSATIONS:
        raise Wrong(f"no conversation {chosen or 'without a name'}")
    return _read(CONVERSATIONS[chosen].lines)


def _read(lines: str) -> list[Json]:
    """A line without a speaker is the caller's."""
    found = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        speaker, colon, said = line.partition(":")
        named = colon and speaker.strip().lower() in ("agent", "caller")
        text = said.strip() if named else line
        found.append({"speaker": speaker.strip().lower() if named else "caller", "text": text})
    return found
