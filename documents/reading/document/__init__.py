"""A bare text as the outline of a document, to be set as it stands."""
