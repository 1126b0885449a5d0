from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"

    def ready(self) -> None:
        """Listen for units that come to stand below another one."""
        from activities.units import tree  # noqa: F401, PLC0415 -- models are there only now
