"""Of conversations what goes beyond sending and reading: export, log, upload, preferences.

records      what there is
exports      all messages of a location, page by page
emails       an e-mail with its text
logged       messages and calls that happened elsewhere
statuses     what a provider tells of its messages
reviews      replies that everybody can read
live_chat    the sign that somebody is typing
forms        what a form with files holds
uploads      files to send, in one step or in two
subtypes     kinds of e-mail that people can unsubscribe from
preferences  who has unsubscribed from what
routes       which path is whose
"""
