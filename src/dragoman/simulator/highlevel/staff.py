"""Who works at a location, and the workflows and campaigns that somebody made there by hand."""

from dragoman.kernel.clock import Millis
from dragoman.simulator.highlevel.records import Campaign, Location, User, Workflow
from dragoman.simulator.mint import Mint

_USERS = (("Ann", "admin"), ("Bo", "user"))
_WORKFLOWS = ("New lead follow-up", "Win back unhappy callers")
_CAMPAIGNS = (("Spring offers", "published"), ("Old customers", "draft"))


def settle_in(location: Location, mint: Mint, now: Millis) -> None:
    """Give a new location two users, two workflows, two campaigns, and a provider."""
    location.provider = mint.hexadecimal("provider", 24)
    for place, (first_name, role) in enumerate(_USERS):
        user = User(
            id=mint.word("staff"),
            first_name=first_name,
            last_name="Example",
            email=f"{first_name.lower()}.desk@example.com",
            phone=f"+1415555019{place + 1}",
            role=role,
            location_ids=[location.id],
        )
        location.users[user.id] = user
    for name in _WORKFLOWS:
        add_workflow(location, mint, now, name)
    for name, status in _CAMPAIGNS:
        campaign = Campaign(mint.word("campaign"), name, status)
        location.campaigns[campaign.id] = campaign


def add_workflow(
    location: Location, mint: Mint, now: Millis, name: str, status: str = "published"
) -> Workflow:
    workflow = Workflow(mint.uuid("workflow"), name, status, now)
    location.workflows[workflow.id] = workflow
    return workflow
