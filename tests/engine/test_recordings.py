"""Of files the journal holds what they are, and where there is none the flow goes on."""

import hashlib
from pathlib import Path
from typing import Any

from dragoman.simulator.highlevel import audio
from tests.engine.people import known, ring
from tests.engine.rig import Rig, bo, play

RECORDING = """
flow: recording
on: acton.contact.added
with: {list: l-0042}
steps:
  - id: recording
    call: highlevel.messages.recording
    input: {messageId: MESSAGE}
  - id: text
    call: highlevel.messages.transcription_text
    input: {messageId: MESSAGE}
  - id: said
    map:
      size: "{{ steps.recording.size }}"
      text: "{{ steps.text.text }}"
"""


async def begun(rig: Rig, **asked: Any) -> str:
    """Somebody has called, and a flow asks for what is left of it; the id of the message."""
    await rig.prepare(arm=False)
    message = await ring(rig, await known(rig, "caller@example.com"), **asked)
    await rig.arm(RECORDING.replace("MESSAGE", message))
    return message


def test_of_a_recording_the_journal_holds_what_it_is_and_not_the_bytes(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        message = await begun(rig, transcript_after_seconds=0)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(60)

        told = rig.world.highlevel.messages[message].call
        assert told
        sound = audio.recording(told.turns)
        (run,) = await rig.runs()
        steps = await rig.steps(run)
        assert run.state == "done"
        assert steps["recording"].output == {
            "contentType": "audio/x-wav",
            "size": len(sound),
            "sha256": hashlib.sha256(sound).hexdigest(),
        }
        assert steps["said"].output["size"] == len(sound) > 1000
        assert steps["said"].output["text"].startswith("Agent: Thank you")

        kept = b"".join(
            path.read_bytes() for path in (rig.workspace / ".dragoman").iterdir() if path.is_file()
        )
        assert steps["recording"].output["sha256"].encode() in kept
        pieces = [sound[start : start + 32] for start in range(0, len(sound), 32)]
        assert max(pieces, key=lambda piece: len(set(piece))) not in kept
        assert b"RIFF" not in kept
        assert b"UklGR" not in kept

    play(tmp_path, story)


def test_where_there_is_no_recording_there_is_nothing_and_the_flow_goes_on(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await begun(rig, status="no-answer", turns=())
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(60)

        (run,) = await rig.runs()
        steps = await rig.steps(run)
        assert run.state == "done"
        assert (steps["recording"].output, steps["text"].output) == ({}, {})
        assert steps["said"].output == {"size": None, "text": None}

    play(tmp_path, story)


def test_a_page_in_the_place_of_a_recording_fails_the_step_and_is_kept(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await begun(rig)
        page = {"kind": "html", "status": 200}
        await rig.fault(vendor="highlevel", path="/recording$", fault=page)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(60)

        (run,) = await rig.runs()
        assert run.state == "dead"
        assert "where a file was due" in run.reason
        ((*_, raw),) = await rig.tries(run)
        assert raw.startswith(b"<")

    play(tmp_path, story)
