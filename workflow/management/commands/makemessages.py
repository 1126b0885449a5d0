"""``makemessages`` that also gathers what :func:`documents.counts.so_many` says."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's, with two more words that mark a message."""

    xgettext_options = [
        *makemessages.Command.xgettext_options,
        "--keyword=so_many:1,2",
        "--keyword=so_many_noop:1,2",
    ]
