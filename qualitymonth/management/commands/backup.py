"""Make a backup while people work: database and files, with a list of both."""

from qualitymonth import backup
from qualitymonth.backup_command import BackupCommand


class Command(BackupCommand):
    """As said above."""

    help = "Make a backup while people work: database and files, with a list of both."
    folder_help = "a folder that is new or empty"
    deed = staticmethod(backup.make)
