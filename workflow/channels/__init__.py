"""How messages reach people who are elsewhere: mail, a webhook; each is a :class:`~workflow.channels.channel.Channel`.

The inbox on the site needs none: the message's own row is all of it.
"""
