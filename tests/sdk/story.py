"""One call of everything that the client can do with contacts and conversations, in turn."""

from typing import Any

from dragoman.simulator.highlevel import arrivals
from tests.simulator.conftest import Rig

NOTE, TASK = {"body": "Called"}, {"title": "Call", "dueDate": "2026-10-01T09:00:00Z"}


class Caller:
    """Calls the client's methods by their names, and keeps those that succeeded."""

    def __init__(self, sdk: Any, rig: Rig) -> None:
        self.sdk = sdk
        self.rig = rig
        self.succeeded: set[str] = set()

    async def __call__(self, name: str, *arguments: Any, **named: Any) -> Any:
        service, _, method = name.partition(".")
        answer = await getattr(getattr(self.sdk, service), method)(*arguments, **named)
        self.succeeded.add(name)
        return answer


async def tell(call: Caller) -> None:
    place = call.rig.location
    made = await call(
        "contacts.create_contact",
        {
            "locationId": place,
            "email": "bo@example.com",
            "phone": "+14155550100",
            "dndSettings": {"whatsApp": {"status": "active"}},
        },
    )
    assert made["contact"]["dndSettings"] == {"whatsApp": {"status": "active"}}
    contact = made["contact"]["id"]
    await _finding(call, place, contact)
    await _belongings(call, contact)
    await _memberships(call, place, contact)
    await _messages(call, place, contact)
    await _calls(call, place, contact)
    await _uploads(call, place)
    await call("contacts.delete_contact", contact)


async def _finding(call: Caller, place: str, contact: str) -> None:
    found = await call("contacts.get_contact", contact)
    assert found["contact"]["email"] == "bo@example.com"
    changed = await call("contacts.update_contact", contact, {"firstName": "Bo"})
    assert changed["succeeded"] is True
    upserted = {"locationId": place, "email": "bo@example.com", "lastName": "Example"}
    assert (await call("contacts.upsert_contact", upserted))["new"] is False
    double = await call("contacts.get_duplicate_contact", place, email="bo@example.com")
    assert double["contact"]["id"] == contact
    search = {"locationId": place, "pageLimit": 10}
    assert (await call("contacts.search_contacts_advanced", search))["total"] == 1
    await call("contacts.get_appointments_for_contact", contact)


async def _belongings(call: Caller, contact: str) -> None:
    note = (await call("contacts.create_note", contact, NOTE))["note"]["id"]
    await call("contacts.get_all_notes", contact)
    await call("contacts.update_note", contact, note, {"body": "Called twice"})
    assert (await call("contacts.get_note", contact, note))["note"]["body"] == "Called twice"
    await call("contacts.delete_note", contact, note)
    task = await call("contacts.create_task", contact, {**TASK, "completed": False})
    task_id = task["task"]["id"]
    await call("contacts.get_all_tasks", contact)
    await call("contacts.update_task", contact, task_id, {"title": "Call again"})
    await call("contacts.update_task_completed", contact, task_id, {"completed": True})
    assert (await call("contacts.get_task", contact, task_id))["task"]["completed"] is True
    await call("contacts.delete_task", contact, task_id)


async def _memberships(call: Caller, place: str, contact: str) -> None:
    home = call.rig.world.highlevel.default_location
    await call("contacts.add_tags", contact, {"tags": ["vip"]})
    assert (await call("contacts.remove_tags", contact, {"tags": ["vip"]}))["tags"] == []
    followers = {"followers": [next(iter(home.users))]}
    await call("contacts.add_followers_contact", contact, followers)
    await call("contacts.remove_followers_contact", contact, followers)
    workflow, campaign = next(iter(home.workflows)), next(iter(home.campaigns))
    await call("contacts.add_contact_to_workflow", contact, workflow, {})
    await call("contacts.delete_contact_from_workflow", contact, workflow, {})
    await call("contacts.add_contact_to_campaign", contact, campaign, {})
    await call("contacts.remove_contact_from_campaign", contact, campaign)
    await call("contacts.remove_contact_from_every_campaign", contact)
    business = await call.sdk.businesses.create_business({"name": "Shop", "locationId": place})
    shop = business["buiseness"]["id"]
    joined = {"locationId": place, "ids": [contact], "businessId": shop}
    await call("contacts.add_remove_contact_from_business", joined)
    found = await call("contacts.get_contacts_by_business_id", shop, place)
    assert [one["id"] for one in found["contacts"]] == [contact]


async def _messages(call: Caller, place: str, contact: str) -> None:
    found = await call("conversations.search_conversation", place, contact_id=contact)
    there = found["conversations"][0]["id"]
    sms = {"type": "SMS", "contactId": contact, "message": "Hello"}
    await call("conversations.send_a_new_message", sms)
    await _elsewhere(call, there)
    listed = await call("conversations.get_messages", there, limit=10)
    assert {"Hello", "Yes"} <= {one.get("body") for one in listed["messages"]["messages"]}
    exported = await call("conversations.export_messages_by_location", place, contact_id=contact)
    assert exported["total"] >= 2
    later = {**sms, "scheduledTimestamp": call.rig.clock.now() // 1000 + 60}
    scheduled = await call.sdk.conversations.send_a_new_message(later)
    await call("conversations.cancel_scheduled_message", scheduled["messageId"])
    letter = {**later, "type": "Email", "html": "<p>Hello</p>", "subject": "Hello"}
    scheduled = await call.sdk.conversations.send_a_new_message(letter)
    await call("conversations.cancel_scheduled_email_message", scheduled["emailMessageId"])
    await _around(call, place, contact, there)


async def _elsewhere(call: Caller, there: str) -> None:
    """Messages of a provider, and what it tells of them."""
    provider = call.rig.world.highlevel.default_location.provider
    logged = {"conversationId": there, "conversationProviderId": provider}
    said = {**logged, "type": "SMS", "message": "Yes"}
    inbound = await call("conversations.add_an_inbound_message", said)
    call.rig.clock.advance(5)  # the provider of a new message is not found at once
    status = {"status": "read"}
    await call("conversations.update_message_status", inbound["messageId"], status)
    mail = {**logged, "type": "Email", "html": "<p>Yes</p>", "subject": "Re: Thursday"}
    mail_id = (await call.sdk.conversations.add_an_inbound_message(mail))["emailMessageId"]
    told = {"status": "delivered", "events": {"delivered": 1}}
    await call("conversations.update_email_message_status", mail_id, told)


async def _around(call: Caller, place: str, contact: str, there: str) -> None:
    """What belongs to a conversation besides its messages."""
    changed = {"locationId": place, "feedback": "positive", "unreadCount": 0}
    await call("conversations.update_conversation", there, changed)
    world = call.rig.world
    arrivals.receive(world, world.highlevel.contacts[contact], "Review", "Very kind")
    thanks = {"locationId": place, "conversationId": there, "message": "Thank you"}
    await call("conversations.send_review_reply", thanks)
    typing = {"locationId": place, "isTyping": "true", "visitorId": "v-1", "conversationId": there}
    await call("conversations.live_chat_agent_typing", typing)


async def _calls(call: Caller, place: str, contact: str) -> None:
    turns = [{"speaker": "caller", "text": "Hello."}]
    asked = {"contact_id": contact, "turns": turns, "transcript_after_seconds": 0}
    placed = await call.rig.control.post("/control/highlevel/calls", asked)
    message = placed.body["message"]["id"]
    await call("conversations.get_message_transcription", place, message)
    there = placed.body["message"]["conversation_id"]
    provider = call.rig.world.highlevel.default_location.provider
    logged = {"type": "Call", "conversationId": there, "conversationProviderId": provider}
    made = await call("conversations.add_an_outbound_message", logged)
    files = {"attachments": ["https://example.com/call.wav"]}
    await call("conversations.add_message_attachments", made["messageId"], files)
    assert (await call("conversations.get_conversation", there))["contactId"] == contact


async def _uploads(call: Caller, place: str) -> None:
    contact = {"locationId": place, "email": "cy@example.com"}
    other = (await call.sdk.contacts.create_contact(contact))["contact"]["id"]
    found = await call.sdk.conversations.search_conversation(place, contact_id=other)
    there = found["conversations"][0]["id"]
    about = {"locationId": place, "conversationId": there, "filename": "offer.pdf"}
    asked = {**about, "contentType": "application/pdf", "channel": "SMS", "fileSize": 4}
    started = await call("conversations.initiate_file_upload", asked)
    async with call.rig.http.put(started["uploadUrl"], data=b"%PDF") as answer:
        assert answer.status == 200
    whole = {**about, "uploadId": started["uploadId"], "filePath": started["filePath"]}
    await call("conversations.complete_file_upload", whole)
    await call("conversations.delete_conversation", there)
    await call("conversations.create_conversation", {"locationId": place, "contactId": other})
