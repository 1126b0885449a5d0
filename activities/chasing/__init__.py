"""Units are reminded of what they owe: by the office's rules, or by hand what a filter found; and the ledger of it."""
