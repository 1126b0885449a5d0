"""A notice as a proposed campaign: who asks whom for what by when, every value with its place and its doubt."""
