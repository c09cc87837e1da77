"""Messages: logged, exported, answered for, with files."""

from pathlib import Path

from dragoman.simulator.highlevel import arrivals
from tests.tours.travel import Tour, travel


async def conversation(tour: Tour) -> tuple[str, str]:
    """A new contact and its conversation."""
    made = await tour.call(
        "highlevel.contacts.create", email="bo@example.com", phone="+14155550100"
    )
    contact = made["contact"]["id"]
    found = await tour.call("highlevel.conversations.ensure", contactId=contact)
    return contact, found["id"]


def provider(tour: Tour) -> str:
    return tour.rig.world.highlevel.default_location.provider


def test_what_happened_elsewhere_is_logged_and_exported(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        contact, there = await conversation(tour)
        where = {"conversationId": there, "conversationProviderId": provider(tour)}

        came = await tour.call(
            "highlevel.messages.add_inbound",
            **where,
            type="SMS",
            contactId=contact,
            message="Can I come later?",
            altId="other-1",
        )
        called = await tour.call(
            "highlevel.messages.add_outbound",
            **where,
            altId="other-2",
            call={"status": "completed"},
        )
        address = "https://files.example.com/call.mp3"
        await tour.call(
            "highlevel.messages.replace_attachments",
            messageId=called["messageId"],
            attachments=[address],
        )
        exported = await tour.call("highlevel.messages.export", sortOrder="asc", limit=10)

        first, second = exported["messages"]
        assert (first["id"], first["body"]) == (came["messageId"], "Can I come later?")
        assert (second["id"], second["attachments"]) == (called["messageId"], [address])
        assert (exported["total"], exported["nextCursor"]) == (2, None)
        assert tour.rig.effects("message.sent") == []

    travel(tmp_path, story)


def test_the_text_of_an_e_mail_is_read_by_the_id_of_the_e_mail(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        contact, _ = await conversation(tour)
        sent = await tour.call(
            "highlevel.messages.send",
            type="Email",
            contactId=contact,
            subject="Thursday",
            html="<p>See you.</p>",
        )

        mail = await tour.call("highlevel.messages.get_email", id=sent["emailMessageId"])

        assert (mail["subject"], mail["body"]) == ("Thursday", "<p>See you.</p>")
        assert mail["to"] == ["bo@example.com"]

    travel(tmp_path, story)


def test_a_provider_tells_what_became_of_its_message(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        contact, _ = await conversation(tour)
        sent = await tour.call(
            "highlevel.messages.send",
            type="Custom",
            contactId=contact,
            message="Hello",
            conversationProviderId=provider(tour),
        )
        await tour.rig.clock.sleep(6)

        error = {"code": "1", "type": "saas", "message": "No such number"}
        await tour.call(
            "highlevel.messages.update_status",
            messageId=sent["messageId"],
            status="failed",
            error=error,
        )

        found = await tour.call("highlevel.messages.get", id=sent["messageId"])
        assert (found["message"]["status"], found["message"]["error"]) == (
            "failed",
            "No such number",
        )

    travel(tmp_path, story)


def test_a_review_is_answered_in_its_conversation(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        contact, there = await conversation(tour)
        world = tour.rig.world
        arrivals.receive(world, world.highlevel.contacts[contact], "Review", "Very kind")

        await tour.call(
            "highlevel.messages.reply_to_review", conversationId=there, message="Thank you"
        )

        listed = await tour.call("highlevel.messages.list", conversationId=there)
        assert [(one["messageType"], one["body"]) for one in listed["messages"]] == [
            ("TYPE_REVIEW", "Thank you"),
            ("TYPE_REVIEW", "Very kind"),
        ]

    travel(tmp_path, story)


def test_the_visitor_of_a_chat_sees_that_somebody_types(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        _, there = await conversation(tour)

        said = await tour.call(
            "highlevel.live_chats.show_typing",
            conversationId=there,
            visitorId="visitor",
            isTyping="true",
        )

        assert said["success"] is True
        assert tour.rig.effects("chat.typing_shown")[0]["content"] == {"typing": True}

    travel(tmp_path, story)


def test_files_are_uploaded_in_one_step_or_in_two(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        contact, there = await conversation(tour)
        given = {"name": "offer.txt", "content": "Ten per cent off"}

        small = await tour.call(
            "highlevel.message_uploads.upload", file=given, conversationId=there, contactId=contact
        )
        begun = await tour.call(
            "highlevel.message_uploads.start",
            conversationId=there,
            filename="tour.mp4",
            contentType="video/mp4",
            channel="WHATSAPP",
        )
        where = begun["uploadUrl"].partition("/control/")[2]
        await tour.rig.control("PUT", f"/control/{where}", "the film")
        large = await tour.call(
            "highlevel.message_uploads.complete",
            uploadId=begun["uploadId"],
            filePath=begun["filePath"],
            conversationId=there,
            filename="tour.mp4",
        )

        files = tour.rig.world.highlevel.messaging.files
        assert files[small["uploadedFiles"]["offer.txt"]] == b"Ten per cent off"
        assert files[large["uploadedFiles"]["tour.mp4"]] == b'"the film"'

    travel(tmp_path, story)
