"""All that the vendors tell, or that can be found out by asking, is a trigger."""

import pytest

from dragoman.catalog.documents import found_by, short, whole
from dragoman.catalog.entries import Trigger
from dragoman.catalog.phrases import SOURCES
from dragoman.simulator.webhooks import samples
from tests.catalog.shipped import CATALOGUE, TRIGGERS, VENDORS, name

ACTON_EVENTS = {
    *("contact.added", "contact.updated"),
    *("contact-opt.global-opt-in", "contact-opt.global-opt-out"),
    *("subscription-category.added", "subscription-category.updated"),
    *("subscription-category.deleted", "subscription-category.opt-in"),
    *("subscription-category.opt-out", "contact-bounce.hard", "contact-bounce.soft"),
    *("contact-email.marked-as-spam", "contact-lead-score.upper-threshold-surpassed"),
    *("automated-program.started", "automated-program.stopped"),
    *("automated-program-step.executed", "email-message.scheduled", "form.submitted"),
    *("crm.connected", "crm.disconnected"),
}
"""Those of Act-On's catalogue of outgoing webhooks."""
ASKED = {
    *("acton.contact.added", "acton.contact.changed", "acton.segment_contact.added"),
    *("acton.segment_contact.changed", "acton.unified_contact.added"),
    *("acton.unified_contact.changed", "acton.contact.opted_out", "acton.contact.opted_in"),
    *("acton.contact.hard_bounced", "acton.contact.complained", "acton.contact.score_reached"),
    *("acton.message.opened", "acton.message.clicked", "acton.form.submitted"),
    *("acton.program.entered", "acton.import.finished"),
    *("highlevel.conversation.changed", "highlevel.message.status_changed"),
    *("highlevel.call.transcribed", "highlevel.contact.changed", "highlevel.dnd.changed"),
}
KINDS_FOR_PROVIDERS = {"SMS", "Email", "Call", "Custom"}
CLOSED = [one for one in TRIGGERS if not one.callable]


def told(vendor: str) -> set[str]:
    hooks = [one.webhook for one in TRIGGERS if one.vendor == vendor and one.webhook]
    return {kind for hook in hooks for kind in hook.types}


def test_every_webhook_of_highlevel_is_a_trigger_and_can_be_rehearsed() -> None:
    known = VENDORS["highlevel"].webhook
    assert known is not None

    assert told("highlevel") == known.types
    assert set(samples.every()) == known.types - KINDS_FOR_PROVIDERS


def test_every_webhook_of_acton_is_named_though_none_is_received() -> None:
    assert told("acton") == ACTON_EVENTS
    assert not any(one.webhook.row for one in TRIGGERS if one.vendor == "acton" and one.webhook)


def test_what_is_found_by_asking_can_be_listened_to() -> None:
    found = {one.id for one in TRIGGERS if one.callable and found_by(one) in {"poll", "both"}}

    assert found == ASKED


@pytest.mark.parametrize("trigger", CLOSED, ids=name)
def test_what_cannot_be_listened_to_says_why(trigger: Trigger) -> None:
    assert trigger.reason
    assert not trigger.reason.endswith(".")
    assert not short(trigger)["callable"]
    assert whole(trigger, None)["reason"] == trigger.reason
    for word in trigger.reason.replace(";", " ").replace(",", " ").split():
        if word.startswith(("acton.", "highlevel.")):
            assert word in CATALOGUE.operations or CATALOGUE.triggers[word].callable


@pytest.mark.parametrize("trigger", TRIGGERS, ids=name)
def test_a_trigger_says_how_it_is_known_and_whom_it_is_about(trigger: Trigger) -> None:
    assert trigger.source in SOURCES
    assert trigger.about.isidentifier()
    assert not trigger.otherwise or trigger.otherwise != trigger.subject
