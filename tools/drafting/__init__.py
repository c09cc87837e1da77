"""How `tools.draft` reads what the vendors have published.

highlevel  from HighLevel's description of a call to what an entry says of it
acton      the same from the list of Act-On's calls
schemas    from the vendors' schemas to ours
layout     an entry as a person would have written it
"""
