from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Listen for people who sign in and out."""
        from accounts import audit_trail  # noqa: F401, PLC0415 -- models are there only now
