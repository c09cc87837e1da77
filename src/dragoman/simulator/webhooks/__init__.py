"""Signed webhooks: who is subscribed, what goes wrong on the way, how often it is sent again.

subscriptions  where the events of a location go
signature      the simulator's own key
faults         doubled, dropped, late, out of order
resends        which rule says when to try again
deliveries     every event with all its tries
post           one try over HTTP
dispatch       all of it together
samples        what each type says, as HighLevel's pages list it
"""
