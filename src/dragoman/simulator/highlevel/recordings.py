"""Recordings and transcripts of calls. Note the two orders of `locations` and `messages`."""

from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.highlevel import answers, audio, transcripts
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.records import CallDetail
from dragoman.simulator.routes import Route


def recording(call: Call) -> Answer:
    """The bytes; a 400 where there is none."""
    told = _call(call)
    if told is None or not told.recorded:
        raise answers.refusal(400, "No recording found for this message")
    return Answer(
        200,
        audio.recording(told.turns),
        "audio/x-wav",
        {"content-disposition": "attachment; filename=audio.wav"},
    )


def transcription(call: Call) -> Answer:
    """A list, as its fields suggest, or what else the settings say."""
    found = transcripts.segments(_transcribed(call))
    match call.world.settings.transcript_shape:
        case "list":
            return as_json(200, found)
        case "wrapped":
            return call.answer(200, {"transcription": found})
        case "single":
            return call.answer(200, transcripts.single(found))


def download(call: Call) -> Answer:
    return Answer(
        200,
        transcripts.plain(_transcribed(call)).encode(),
        "text/plain; charset=utf-8",
        {"content-disposition": 'attachment; filename="transcription.txt"'},
    )


def _call(call: Call) -> CallDetail | None:
    """What the message tells of a call, if it is one."""
    call.check_location(call.params["location"])
    message = call.state.messages.get(call.params["id"])
    if message is None:
        raise answers.not_found("Message", call.params["id"])
    call.check_location(message.location_id)
    return message.call


def _transcribed(call: Call) -> CallDetail:
    """The call, once its transcript can be read: a 404 until then, and for ever without words."""
    told = _call(call)
    if told is None or not told.turns or call.now < told.transcribed:
        raise answers.refusal(404, "Transcription not found")
    return told


ROUTES = (
    Route(
        "GET",
        "/conversations/messages/{id}/locations/{location}/recording",
        recording,
        "conversations/message.readonly",
    ),
    Route(
        "GET",
        "/conversations/locations/{location}/messages/{id}/transcription",
        transcription,
        "conversations/message.readonly",
    ),
    Route(
        "GET",
        "/conversations/locations/{location}/messages/{id}/transcription/download",
        download,
        "conversations/message.readonly",
    ),
)
