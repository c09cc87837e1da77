"""`dragoman call`: one operation, with the care of a flow's step.

asking      the command: what is asked, and where
arguments   `name=value` words as the operation's input
accounts    the connection that it goes through, and whether the person means it
preview     the request, as `--dry-run` shows it
outcome     waiting for the run of a call that changes something
paging      all pages of a list, or one by its number
saving      a file that is answered, to disk
telling     what came of it
rows        items for a spreadsheet, or for the eye
progress    how far it is
"""
