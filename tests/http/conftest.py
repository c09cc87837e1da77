import asyncio

# looptime asks for the current event loop before a sync test. Where none was ever set, asyncio
# makes one that nobody closes, and its warning fails whichever test comes next.
asyncio.set_event_loop(None)
