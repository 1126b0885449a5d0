from workflow.channels.tests.conftest import cast, post_office

__all__ = ["cast", "post_office"]
