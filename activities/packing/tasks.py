"""Packages are built and, when old, deleted in the background."""

from celery import shared_task

from activities.models import Package
from activities.packing import zip_package


@shared_task(name="activities.pack")
def pack(pk: int) -> None:
    """Build one package, or go on with what a killed worker began."""
    package = Package.objects.select_related("campaign").filter(pk=pk).first()
    if package is not None:  # it may have been discarded meanwhile
        package.work(lambda: zip_package.build(package))


@shared_task(name="activities.discard_packages")
def discard_packages() -> None:
    """Delete packages that are too old to be fetched."""
    zip_package.discard_old()
