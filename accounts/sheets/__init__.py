"""The lists of this room that go out and come in as Excel (``workflow.sheets``)."""
