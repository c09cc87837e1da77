"""HighLevel's conversations: a lagging search, one conversation a contact, three kinds of date."""

from tests.simulator.conftest import START, Rig


async def test_a_second_conversation_is_refused_with_the_first_ones_id(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com")
    there = rig.effects("conversation.created")[0]["subject"]["conversation_id"]

    reply = await highlevel.post(
        "/conversations/", {"locationId": rig.location, "contactId": contact}
    )

    assert reply.status == 400
    assert reply.body["message"] == "Conversation already exists"
    assert reply.body["canonicalCode"] == "CONVERSATIONS_CONVERSATION_ALREADY_EXISTS"
    assert reply.body["conversationId"] == there
    assert "statusCode" not in reply.body


async def test_a_conversation_that_is_gone_can_be_made_again(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com")
    rig.world.highlevel.forget_conversation(contact)

    reply = await highlevel.post(
        "/conversations/", {"locationId": rig.location, "contactId": contact}
    )

    assert (reply.status, reply.body["success"]) == (201, True)
    assert reply.body["conversation"]["dateAdded"] == "2026-09-21T14:13:20.000Z"


async def test_one_date_has_three_encodings(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com")
    search = await highlevel.get(
        f"/conversations/search?locationId={rig.location}&contactId={contact}"
    )
    found = search.body["conversations"][0]
    rig.clock.advance(0.25)
    await rig.control.post("/control/highlevel/messages", {"contact_id": contact, "text": "Hi"})

    got = await highlevel.get(f"/conversations/{found['id']}")
    messages = await highlevel.get(f"/conversations/{found['id']}/messages")

    assert found["lastMessageDate"] == START
    assert got.body["lastMessageDate"] == {"seconds": START // 1000, "nanoseconds": 250_000_000}
    assert messages.body["messages"]["messages"][0]["dateAdded"] == "2026-09-21T14:13:20.250Z"
    assert (got.body["lastMessageType"], got.body["type"]) == (2, 1)


async def test_an_empty_conversation_shows_a_type_outside_the_published_list(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    await rig.contact(highlevel, email="bo@example.com")

    reply = await highlevel.get(f"/conversations/search?locationId={rig.location}")
    item = reply.body["conversations"][0]
    got = await highlevel.get(f"/conversations/{item['id']}")

    assert item["lastMessageType"] == "TYPE_NO_SHOW"
    assert "lastMessageBody" not in item
    assert got.body["lastMessageType"] == 100
    assert "unreadCount" not in got.body


async def test_search_sees_a_new_conversation_only_after_the_lag(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed({"search_lag_seconds": [2, 4]})
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com")
    path = f"/conversations/search?locationId={rig.location}&contactId={contact}"

    totals = []
    for step in (0.0, 1.999, 2.001):
        rig.clock.advance(step)
        totals.append((await highlevel.get(path)).body["total"])

    assert totals == [0, 0, 1]


async def test_search_shows_the_last_message_only_after_the_lag(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100")
    rig.world.settings = rig.world.settings.changed({"search_lag_seconds": 3})
    path = f"/conversations/search?locationId={rig.location}"
    send = {"type": "SMS", "contactId": contact, "message": "Hello"}
    await highlevel.post("/conversations/messages", send)

    early = (await highlevel.get(path)).body["conversations"][0]
    rig.clock.advance(3)
    late = (await highlevel.get(path)).body["conversations"][0]

    assert early["lastMessageType"] == "TYPE_NO_SHOW"
    assert (late["lastMessageType"], late["lastMessageBody"]) == ("TYPE_SMS", "Hello")
    assert late["lastMessageDirection"] == "outbound"


async def test_search_filters_by_unread_direction_and_text(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    bo = await rig.contact(highlevel, name="Bo Example", phone="+14155550100")
    await rig.contact(highlevel, name="Ann Example", phone="+14155550101")
    await rig.control.post("/control/highlevel/messages", {"contact_id": bo, "text": "Hi"})
    path = f"/conversations/search?locationId={rig.location}"

    filters = ("status=unread", "lastMessageDirection=inbound", "query=bo+ex")
    found = [
        [one["contactId"] for one in (await highlevel.get(f"{path}&{f}")).body["conversations"]]
        for f in filters
    ]

    assert found == [[bo]] * 3


async def test_pages_follow_the_sort_value_of_the_last_item(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    made = []
    for number in range(5):
        rig.clock.advance(1)
        made.append(await rig.contact(highlevel, email=f"bo{number}@example.com"))
    path = f"/conversations/search?locationId={rig.location}&limit=2&sort=asc"

    found: list[str] = []
    cursor = ""
    while True:
        page = (await highlevel.get(path + cursor)).body["conversations"]
        if not page:
            break
        found += [item["contactId"] for item in page]
        cursor = f"&startAfterDate={page[-1]['sort'][0]}"

    assert found == made


async def test_newest_come_first_unless_asked_otherwise(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    first = await rig.contact(highlevel, email="bo@example.com")
    rig.clock.advance(1)
    second = await rig.contact(highlevel, email="ann@example.com")

    reply = await highlevel.get(f"/conversations/search?locationId={rig.location}")

    assert [one["contactId"] for one in reply.body["conversations"]] == [second, first]


async def test_a_page_above_the_maximum_is_a_400_and_not_a_clamp(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    path = f"/conversations/search?locationId={rig.location}&limit="

    statuses = [(await highlevel.get(path + limit)).status for limit in ("100", "101", "0", "x")]

    assert statuses == [200, 400, 400, 400]


async def test_a_missing_conversation_is_named(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.get("/conversations/nothing/messages")

    assert (reply.status, reply.body["error"]) == (400, "Conversation with id nothing not found")
