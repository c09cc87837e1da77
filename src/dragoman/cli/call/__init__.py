"""`dragoman call`: one operation, with the care of a flow's step.

asking      the command: what is asked, and where
arguments   `name=value` words as the operation's input
preview     the request, as `--dry-run` shows it
outcome     waiting for the run of a call that changes something, and telling how it ended
"""
