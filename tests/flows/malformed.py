"""Flow files that are wrong, each with every problem that is to be told of it.

Longer than other modules because it is one table, and a table is read in one place.
"""

from tests.flows.worlds import HEAD

Found = tuple[str, str, str]
NEAREST = (
    "did you mean 'highlevel.contacts.upsert' or 'highlevel.oauth.token' "
    "or 'highlevel.messages.send'?"
)

START = "flow: a\non: acton.contact.added\nwith: {list: l}\n"
STOP = "steps:\n  - stop: x\n"


def steps(text: str) -> str:
    return f"{HEAD}steps:\n{text}"


def call(operation: str, rest: str = "") -> str:
    return steps(f"  - id: a\n    call: highlevel.{operation}\n{rest}")


FILES: dict[str, tuple[str, list[Found]]] = {
    "not YAML": (
        "flow: [a\n",
        [("2:1", "this is not YAML: expected ',' or ']', but got '<stream end>'", "")],
    ),
    "a tab": (
        f"{HEAD}steps:\n\t- stop: a\n",
        [("5:1", "this is not YAML: found character '\\t' that cannot start any token", "")],
    ),
    "a control character": (
        steps('  - stop: "a\x01b"\n'),
        [("5:13", "this is not YAML: special characters are not allowed", "")],
    ),
    "an impossible escape": (
        steps('  - stop: "\\UFFFFFFFF"\n'),
        [("1:1", "this is not YAML", "")],
    ),
    "nothing": ("", [("1:1", "the file is empty", "a flow starts with `flow: NAME`")]),
    "a list": ("- a\n", [("1:1", "a flow file should be a mapping, not a list", "")]),
    "a key twice": (
        f"flow: b\n{START}{STOP}",
        [("2:1", "the key 'flow' stands twice (first in line 1)", "keep one of them")],
    ),
    "an unknown key": (
        f"flwo: b\n{START}{STOP}",
        [("1:1", "a flow has no key 'flwo'", "did you mean 'flow'?")],
    ),
    "no name": (
        f"on: acton.contact.added\nwith: {{list: l}}\n{STOP}",
        [("1:1", "a flow needs `flow`", "add `flow: welcome-new-contact`")],
    ),
    "a bad name": (
        f"flow: Test Flow\non: acton.contact.added\nwith: {{list: l}}\n{STOP}",
        [("1:7", "'Test Flow' is no name for a flow", "only small letters, digits and '-'")],
    ),
    "an unknown trigger": (
        f"flow: a\non: acton.contact.adder\n{STOP}",
        [
            (
                "2:5",
                "there is no trigger 'acton.contact.adder'",
                "did you mean 'acton.contact.added'?",
            )
        ],
    ),
    "a missing setting": (
        f"flow: a\non: acton.contact.added\n{STOP}",
        [
            (
                "2:5",
                "acton.contact.added needs the setting 'list'",
                "add `list:` (string) under `with:`",
            )
        ],
    ),
    "bad settings": (
        f"flow: a\non: acton.contact.added\nwith: {{list: 42, ever: 3}}\n{STOP}",
        [
            ("3:14", "acton.contact.added: list should be string", "quote it: list: '42'"),
            ("3:18", "acton.contact.added has no setting 'ever'", "did you mean 'every'?"),
        ],
    ),
    "an expression in a setting": (
        f"flow: a\non: acton.contact.added\nwith: {{list: '{{{{ env.x }}}}'}}\n{STOP}",
        [("3:14", "`with` is read before there is an event", "filter events with `where`")],
    ),
    "wrong types": (
        "flow: a\non: [x]\nwith: {list: l}\nsteps: {a: b}\n",
        [
            ("2:5", "on should be a text, not a list", ""),
            ("4:8", "steps should be a list, not a mapping", "start lines with '- '"),
        ],
    ),
    "where: a misspelt field": (
        f"{START}where: event.data.emial\n{STOP}",
        [("4:19", "event.data has no field 'emial'", "did you mean 'email'?")],
    ),
    "where: a misspelt field in braces": (
        f'{START}where: "{{{{ event.data.emial }}}}"\n{STOP}',
        [("4:23", "event.data has no field 'emial'", "did you mean 'email'?")],
    ),
    "where: a misspelt field in folded lines": (
        f"{START}where: >\n  event.data.email and\n  not event.data.opted_ot\n{STOP}",
        [("6:18", "event.data has no field 'opted_ot'", "did you mean 'opted_out'?")],
    ),
    "where: nothing, and no steps": (
        f"{START}where:\nsteps: []\n",
        [
            ("4:1", "where should be an expression, not nothing", ""),
            ("5:8", "a flow needs at least one step", ""),
        ],
    ),
    "where: an assignment": (
        f"{START}where: event.id = 1\n{STOP}",
        [("4:17", "'=' does not compare", "write '=='")],
    ),
    "where: a function": (
        f"{START}where: print(1)\n{STOP}",
        [("4:8", "functions cannot be called", "write value | filter(argument)")],
    ),
    "where: a step": (
        f"{START}where: steps.a\n{STOP}",
        [("4:14", "there is no step 'a'", "there are none")],
    ),
    "a field of a text": (
        steps("  - stop: x\n    when: event.data.email.x\n"),
        [("6:28", "event.data.email is a string and has no fields", "")],
    ),
    "no kind": (
        steps("  - stoop: x\n"),
        [("5:5", "this step has no kind that is known", "did you mean 'stop'?")],
    ),
    "a word for a step": (
        steps("  - x\n"),
        [("5:5", "a step should be a mapping, not a text", "")],
    ),
    "when alone": (
        steps("  - when: true\n"),
        [("5:5", "`when` alone does nothing", "add `then:` with a list of steps")],
    ),
    "then alone": (
        steps("  - then: []\n"),
        [("5:5", "`then` needs a `when`", "add `when: EXPRESSION`")],
    ),
    "two kinds": (
        steps("  - {id: a, wait: 1h, map: {}}\n"),
        [
            (
                "5:23",
                "a step does one thing, and this one has 'wait' and 'map'",
                "make two steps of it",
            )
        ],
    ),
    "no id": (
        steps("  - call: highlevel.contacts.upsert\n"),
        [("5:5", "a call step needs an `id`", "add `id: NAME`")],
    ),
    "a bad id": (
        steps("  - {id: A1, map: {}}\n"),
        [("5:10", "'A1' is no id", "a small letter, then small letters, digits and '_'")],
    ),
    "an id twice": (
        steps("  - {id: a, map: {}}\n  - {id: a, map: {}}\n"),
        [
            (
                "6:10",
                "two steps have the id 'a' (first in line 5)",
                "give one of them another id",
            )
        ],
    ),
    "an unknown operation": (
        call("contact.upsert"),
        [("6:11", "there is no operation 'highlevel.contact.upsert'", NEAREST)],
    ),
    "an operation that cannot be called": (
        call("oauth.token"),
        [("6:11", "highlevel.oauth.token cannot be called: Dragoman keeps tokens itself", "")],
    ),
    "bad input": (
        call("messages.send", "    input: {type: SMs, contactid: x, message: hi}\n"),
        [
            (
                "6:5",
                "highlevel.messages.send needs the input 'contactId'",
                "add `contactId:` (string) under `input:`",
            ),
            (
                "7:19",
                "highlevel.messages.send: type should be one of SMS, Email",
                "did you mean 'SMS'?",
            ),
            (
                "7:24",
                "highlevel.messages.send has no input 'contactid'",
                "did you mean 'contactId'?",
            ),
        ],
    ),
    "literals of the wrong kind": (
        call("contacts.upsert", "    input: {phone: 14155550100, tags: x, dnd: yes}\n"),
        [
            (
                "7:20",
                "highlevel.contacts.upsert: phone should be string",
                "quote it: phone: '14155550100'",
            ),
            ("7:39", "highlevel.contacts.upsert: tags should be array", ""),
            ("7:47", "highlevel.contacts.upsert: dnd should be boolean", "write true or false"),
        ],
    ),
    "a key that calls do not have": (
        call("contacts.upsert", "    inputs: {}\n"),
        [("7:5", "a call step has no key 'inputs'", "did you mean 'input'?")],
    ),
    "a list for input": (
        call("contacts.upsert", "    input: [a]\n"),
        [("7:12", "input should be a mapping, not a list", "")],
    ),
    "an unknown filter": (
        call("contacts.upsert", '    input:\n      email: "{{ event.data.email | lowr }}"\n'),
        [("8:37", "there is no filter 'lowr'", "did you mean 'lower'?")],
    ),
    "a bad argument": (
        call(
            "contacts.upsert", "    input:\n      phone: \"{{ event.data.phone | phone('XX') }}\"\n"
        ),
        [("8:43", "this is not a region", "two capital letters of a country: 'US', 'DE'")],
    ),
    "too many arguments": (
        steps("  - {id: a, map: {x: '{{ event.id | lower(1) }}'}}\n"),
        [("5:37", "lower takes 0 argument(s), not 1", "")],
    ),
    "a misspelt name in a block of text": (
        call(
            "contacts.upsert", "    input:\n      email: |\n        Hi\n        {{ evnt.id }} you\n"
        ),
        [("10:12", "there is no name 'evnt'", "did you mean 'event'?")],
    ),
    "a step that comes later": (
        steps("  - {id: a, map: {x: '{{ steps.b.x }}'}}\n  - {id: b, map: {x: 1}}\n"),
        [
            (
                "5:32",
                "step 'b' cannot have run before this one",
                "move it up, or use a step that stands above",
            )
        ],
    ),
    "the other side of a branch, and a field that a map lacks": (
        steps(
            "  - when: event.data.email\n    then:\n      - {id: a, map: {x: 1}}\n    else:\n"
            "      - {id: b, map: {x: '{{ steps.a.x }}'}}\n  - {id: c, map: {x: '{{ steps.a.y }}'}}"
        ),
        [
            (
                "9:36",
                "step 'a' cannot have run before this one",
                "move it up, or use a step that stands above",
            ),
            ("10:34", "steps.a has no field 'y'", "known: x"),
        ],
    ),
    "braces that are not closed": (
        steps("  - id: a\n    map: {x: 'hi {{ event.id'}\n"),
        [("6:18", "'{{' is not closed", "close it with '}}'")],
    ),
    "an undeclared value, and an expression for a key": (
        steps("  - id: a\n    map: {x: '{{ env.z }}', '{{ y }}': 1}\n"),
        [
            ("6:22", "env has no 'z'", "known: support_phone"),
            ("6:29", "expressions stand in values, not in keys", ""),
        ],
    ),
    "a wait without a unit": (
        steps("  - wait: 30\n"),
        [("5:11", "this is no duration", "with a unit: 30s, 5m, 2h, 3d or 1w")],
    ),
    "a wait without an end": (
        steps("  - wait: 9999w\n"),
        [("5:11", "a wait lasts at most 366 days", "")],
    ),
    "a wait for and until": (
        steps("  - wait: {for: 1h, until: open}\n"),
        [("5:11", "wait needs either `for` or `until`", "as in `wait: {for: 2h}`")],
    ),
    "a zone without until": (
        steps("  - wait: {for: 1h, zone: UTC}\n"),
        [("5:21", "`zone` belongs to `until`", "remove it")],
    ),
    "an unknown zone": (
        steps("  - wait: {until: open, zone: Amerika/New_York}\n"),
        [("5:31", "'Amerika/New_York' is no time zone", "a name like America/New_York")],
    ),
    "until no time": (
        steps("  - wait: {until: tomorrow}\n"),
        [
            (
                "5:19",
                "this is no time to wait until",
                "`open`, a time like 2026-12-24T09:00:00Z, or an expression",
            )
        ],
    ),
    "a stop without a reason": (
        steps("  - stop:\n"),
        [("5:5", "the reason should be a text, not nothing", "")],
    ),
    "a stop as nothing known": (
        steps("  - stop: {as: doone, reason: x}\n"),
        [("5:16", "`as` should be done or skipped", "did you mean 'done'?")],
    ),
    "words on_error does not know": (
        f"{HEAD}{STOP}on_error: {{retry: never, then: explode}}\n",
        [
            ("6:19", "`retry` should be default or none", "known: default, none"),
            ("6:32", "`then` should be incident or continue", "known: continue, incident"),
        ],
    ),
    "no attempts": (
        f"{HEAD}{STOP}on_error: {{retry: {{attempts: 0}}}}\n",
        [("6:19", "attempts should be a number from 1 to 100", "")],
    ),
    "an anchor": (
        steps("  - &a {stop: x}\n"),
        [("5:5", "anchors and aliases are not allowed here", "write the value out")],
    ),
    "a tag": (
        steps("  - stop: !!python/object:os.system x\n"),
        [("5:11", "tags are not allowed here", "remove the word after '!'")],
    ),
    "a merge key": (
        steps("  - <<: {stop: x}\n"),
        [("5:5", "merge keys are not allowed here", "write the values out")],
    ),
    "a number for a key": (steps("  - 1: x\n"), [("5:5", "a key must be a text", "quote it")]),
    "a list for a key": (
        steps("  - ? [a]\n    : x\n"),
        [("5:7", "a key must be a text", "quote it")],
    ),
    "two documents": (
        f"{HEAD}---\nflow: b\n",
        [("4:1", "a file holds one flow", "put the next in its own file")],
    ),
    "a directive": (
        "%YAML 1.1\n---\nflow: b\n",
        [("2:1", "directives are not allowed here", "remove the '%' line")],
    ),
    "numbers that no program holds": (
        steps("  - {id: a, map: {x: 99999999999999999999, y: 1e999}}\n"),
        [
            ("5:22", "the number is too large", "quote it, if it is a text"),
            ("5:47", "the number is too large", "quote it, if it is a text"),
        ],
    ),
}

CONNECTIONS: dict[str, tuple[str, list[Found]]] = {
    "misspelt, and of another vendor": (
        f"{HEAD}connections: {{highlevel: maim, acto: x, acton: main}}\n{STOP}",
        [
            ("4:26", "there is no connection 'maim'", "did you mean 'main'?"),
            ("4:32", "there is no vendor 'acto'", "did you mean 'acton'?"),
            (
                "4:48",
                "the connection 'main' belongs to highlevel, not to acton",
                "did you mean 'marketing'?",
            ),
        ],
    ),
    "several and no default": (
        call("contacts.upsert"),
        [
            (
                "6:5",
                "there are several connections to highlevel (main, second) and no default",
                "name one: `connections: {highlevel: main}` in the flow, or in `defaults`",
            )
        ],
    ),
    "of another vendor at the step": (
        call("contacts.upsert", "    connection: marketing\n"),
        [
            (
                "7:17",
                "the connection 'marketing' belongs to acton, not to highlevel",
                "did you mean 'main'?",
            )
        ],
    ),
}
