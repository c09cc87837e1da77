"""What became of messages, found by asking: HighLevel tells no status but the first by itself."""

from dragoman.catalog.parts import Found, PollPlan, Watch
from dragoman.vendors.highlevel.polling import exported


def statuses(watch: Watch) -> PollPlan:
    """Messages that were made or changed since: all but e-mails, and then these."""
    rows = []
    for question in ({"limit": watch.page}, {"limit": watch.page, "channel": "Email"}):
        rows += yield from exported(question, "dateUpdated", watch.since)
    # Activities, such as a booking noted in the conversation, have no status.
    said = [one for one in rows if one.get("status")]
    good = [one for one in said if one["dateUpdated"] is not None]
    return Found(good, {}, [one for one in said if one["dateUpdated"] is None])
