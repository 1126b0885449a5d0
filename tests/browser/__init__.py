"""The September in a real browser."""
