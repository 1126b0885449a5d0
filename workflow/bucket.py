"""Files in an S3-compatible store: a file is there, and lasting, before the store says so."""

from storages.backends.s3 import S3Storage

from workflow.kept_files import Unguessable


class KeptInBucket(Unguessable, S3Storage):
    """Files in a bucket, under names nobody guesses."""
