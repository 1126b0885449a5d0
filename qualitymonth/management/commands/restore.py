"""Put a backup back into an empty database."""

from qualitymonth import backup
from qualitymonth.backup_command import BackupCommand


class Command(BackupCommand):
    """As said above."""

    help = "Put a backup back into an empty database."
    folder_help = "the folder of a backup"
    deed = staticmethod(backup.restore)
