"""The lists of the office's desk: what each shows, is narrowed by and sorted by (:mod:`workflow.listing`)."""
