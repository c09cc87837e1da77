"""Every other operation, made once against the pretended vendors."""

from pathlib import Path
from typing import Any

from tests.engine.rig import LIST, Rig, bo, play

HIGHLEVEL = """
flow: tour
on: acton.contact.added
with: {list: l-0042}
steps:
  - id: location
    call: highlevel.locations.get
  - id: users
    call: highlevel.users.list
    input: {companyId: "{{ steps.location.location.companyId }}"}
  - id: user
    call: highlevel.users.get
    input: {userId: "{{ steps.users.users[0].id }}"}
  - id: workflows
    call: highlevel.workflows.list
  - id: person
    call: highlevel.contacts.upsert
    input: {email: "{{ event.data.email }}", phone: "+14155550111"}
  - id: silence
    call: highlevel.contacts.update
    input:
      contactId: "{{ steps.person.contact.id }}"
      assignedTo: "{{ steps.user.id }}"
      dndSettings: {SMS: {status: active, message: Opted out in Act-On}}
  - id: tags
    call: highlevel.contacts.add_tags
    input: {contactId: "{{ steps.person.contact.id }}", tags: [one, two]}
  - id: fewer
    call: highlevel.contacts.remove_tags
    input: {contactId: "{{ steps.person.contact.id }}", tags: [ONE]}
  - id: found
    call: highlevel.contacts.search
    input:
      filters: [{field: tags, operator: contains, value: two}]
      sort: [{field: dateAdded, direction: desc}]
  - id: join
    call: highlevel.contacts.add_to_workflow
    input:
      contactId: "{{ steps.person.contact.id }}"
      workflowId: "{{ steps.workflows.workflows[0].id }}"
  - id: leave
    call: highlevel.contacts.remove_from_workflow
    input:
      contactId: "{{ steps.person.contact.id }}"
      workflowId: "{{ steps.workflows.workflows[0].id }}"
  - id: note
    call: highlevel.notes.create
    input: {contactId: "{{ steps.person.contact.id }}", body: Wants a call}
  - id: pin
    call: highlevel.notes.update
    input:
      contactId: "{{ steps.person.contact.id }}"
      id: "{{ steps.note.note.id }}"
      pinned: true
  - id: notes
    call: highlevel.notes.list
    input: {contactId: "{{ steps.person.contact.id }}"}
  - id: unnote
    call: highlevel.notes.delete
    input: {contactId: "{{ steps.person.contact.id }}", id: "{{ steps.note.note.id }}"}
  - id: unnote_again
    call: highlevel.notes.delete
    input: {contactId: "{{ steps.person.contact.id }}", id: "{{ steps.note.note.id }}"}
  - id: task
    call: highlevel.tasks.create
    input:
      contactId: "{{ steps.person.contact.id }}"
      title: Call back
      dueDate: "{{ event.time | shift('1d') }}"
  - id: later
    call: highlevel.tasks.update
    input:
      contactId: "{{ steps.person.contact.id }}"
      taskId: "{{ steps.task.task.id }}"
      body: After lunch
  - id: ticked
    call: highlevel.tasks.complete
    input: {contactId: "{{ steps.person.contact.id }}", taskId: "{{ steps.task.task.id }}"}
  - id: tasks
    call: highlevel.tasks.list
    input: {contactId: "{{ steps.person.contact.id }}"}
  - id: untask
    call: highlevel.tasks.delete
    input: {contactId: "{{ steps.person.contact.id }}", taskId: "{{ steps.task.task.id }}"}
  - id: talk
    call: highlevel.conversations.ensure
    input: {contactId: "{{ steps.person.contact.id }}"}
  - id: star
    call: highlevel.conversations.update
    input: {conversationId: "{{ steps.talk.id }}", starred: true, unreadCount: 3}
  - id: hush
    call: highlevel.conversations.delete
    input: {conversationId: "{{ steps.talk.id }}"}
  - id: gone
    call: highlevel.contacts.delete
    input: {contactId: "{{ steps.person.contact.id }}"}
  - id: gone_again
    call: highlevel.contacts.delete
    input: {contactId: "{{ steps.person.contact.id }}"}
"""
ACTON = """
flow: tour
on: acton.contact.added
with: {list: l-0042}
steps:
  - id: made
    call: acton.records.create
    input: {listid: l-0043, record: {E-mail Address: ann@example.com, First Name: Ann}}
  - id: changed
    call: acton.records.update
    input: {listid: l-0043, recordid: "{{ steps.made.id }}", record: {First Name: Anna}}
  - id: found
    call: acton.records.find
    input: {listid: l-0043, email: Ann@example.com}
  - id: unknown
    call: acton.records.find
    input: {listid: l-0043, email: nobody@example.com}
  - id: removed
    call: acton.records.delete
    input: {listid: l-0043, recordid: "{{ steps.made.id }}"}
  - id: removed_again
    call: acton.records.delete
    input: {listid: l-0043, recordid: "{{ steps.made.id }}"}
  - id: out
    call: acton.suppressions.add_optouts
    input: {file: "ann@example.com\\nno address\\n"}
  - id: outs
    call: acton.suppressions.optouts
  - id: bounced
    call: acton.suppressions.hard_bounces
  - id: complained
    call: acton.suppressions.spam_complaints
  - id: categories
    call: acton.subscriptions.list
  - id: unsubscribed
    call: acton.subscriptions.update
    input: {email: ann@example.com, category: News, action: optout}
  - id: unsubscribers
    call: acton.subscriptions.optouts
    input: {category: News}
  - id: only
    call: acton.subscriptions.set
    input: {email: ann@example.com, categories: [News, Offers]}
  - id: hers
    call: acton.subscriptions.list
    input: {email: ann@example.com}
  - id: point
    call: acton.touchpoints.add
    input:
      destination: HighLevel
      customeventaction: CUSTOM_GENERAL
      email: ann@example.com
      when: "{{ event.time | date('%Y-%m-%d %H:%M:%S') }}"
      title: Called
      createlistingentry: true
  - id: points
    call: acton.touchpoints.upload
    input:
      destination: HighLevel
      customeventaction: CUSTOM_GENERAL
      emailcolidx: 0
      datecolidx: 1
      titlecolidx: 2
      titlecount: 1
      file: {name: points.csv, content: "E,D,T\\nann@example.com,2026-03-02 15:09:11,Wrote\\n"}
  - id: uploaded
    call: acton.touchpoints.upload_status
    input: {id: "{{ steps.points.jobId }}"}
"""


async def tour(rig: Rig, flow: str) -> dict[str, Any]:
    """The outputs of all steps of a flow that goes through."""
    await rig.prepare(arm=False)
    await rig.control("POST", "/control/highlevel/workflows", {"name": "Care"})
    await rig.control("POST", "/control/acton/lists", {"name": "Other"})
    await rig.arm(flow)
    await rig.serve(4)
    await rig.add(bo())
    await rig.serve(120)
    assert await rig.states() == [("done", "")]
    (run,) = await rig.runs()
    return {name: step.output for name, step in (await rig.steps(run)).items()}


def test_through_highlevel(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        said = await tour(rig, HIGHLEVEL)

        contact = said["silence"]["contact"]
        assert contact["assignedTo"] == said["user"]["id"]
        assert contact["dndSettings"]["SMS"]["status"] == "active"
        assert said["fewer"]["tags"] == ["two"]
        assert [one["id"] for one in said["found"]["contacts"]] == [contact["id"]]
        assert [one["pinned"] for one in said["notes"]["notes"]] == [True]
        assert [(one["completed"], one["body"]) for one in said["tasks"]["tasks"]] == [
            (True, "After lunch")
        ]
        assert said["star"]["conversation"]["unreadCount"] == 3
        assert said["unnote_again"] == said["gone_again"] == {}
        once = [
            "contact.tags_removed", "workflow.contact_added", "workflow.contact_removed",
            "note.created", "note.updated", "note.deleted",
            "task.created", "task.deleted", "contact.deleted",
        ]  # fmt: skip
        assert {name: len(rig.effects(name)) for name in once} == dict.fromkeys(once, 1)

    play(tmp_path, story)


def test_through_act_on(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        said = await tour(rig, ACTON)

        assert said["found"]["contactID"] == said["made"]["id"]
        assert said["found"]["First Name"] == "Anna"
        assert said["unknown"] == said["removed_again"] == {}
        assert said["out"]["rejectedRecords"] == 1
        assert [one["email"] for one in said["outs"]["result"]] == ["ann@example.com"]
        assert said["bounced"]["result"] == said["complained"]["result"] == []
        assert {one["name"] for one in said["categories"]} == {"News", "Offers"}
        assert [one["email"] for one in said["unsubscribers"]["result"]] == ["ann@example.com"]
        assert {one["name"] for one in said["hers"]} == {"News", "Offers"}
        assert said["uploaded"]["details"]["appendCount"] == 1
        points = await rig.control("GET", "/control/acton/touchpoints")
        assert [one["title"] for one in points["touchpoints"]] == ["Called", "Wrote"]

    play(tmp_path, story)


def test_a_list_that_does_not_exist_is_not_taken_for_a_record_that_does_not(
    tmp_path: Path,
) -> None:
    flow = ACTON[: ACTON.index("  - id: made")] + (
        "  - id: found\n"
        "    call: acton.records.find\n"
        "    input: {listid: l-0999, email: ann@example.com}\n"
    )

    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(flow)
        await rig.serve(4)
        await rig.add(bo())
        await rig.serve(60)

        ((state, reason),) = await rig.states()
        assert state == "dead"
        assert "list invalid or missing" in reason
        assert LIST not in reason

    play(tmp_path, story)
