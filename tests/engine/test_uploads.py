"""A file of any bytes arrives as it was, through the journal and the form."""

from base64 import b64encode
from pathlib import Path

from tests.tours.travel import Tour, travel

PICTURE = bytes(range(256)) * 20_480
"""As large as HighLevel takes it, and larger than what expressions may build."""


def test_a_picture_arrives_byte_for_byte(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        file = {"name": "photo.png", "base64": b64encode(PICTURE).decode()}
        said = await tour.call(
            "highlevel.message_uploads.upload", file=file, conversationId="c", contactId="c"
        )

        address = said["uploadedFiles"]["photo.png"]
        assert tour.rig.world.highlevel.messaging.files[address] == PICTURE

    travel(tmp_path, story)
