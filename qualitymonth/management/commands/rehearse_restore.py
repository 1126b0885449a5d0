"""Try whether a backup can be restored: into a scratch database, compared, thrown away."""

from qualitymonth import backup
from qualitymonth.backup_command import BackupCommand


class Command(BackupCommand):
    """As said above."""

    help = "Try whether a backup can be restored: into a scratch database, compared, thrown away."
    folder_help = "the folder of a backup"
    deed = staticmethod(backup.rehearse)
