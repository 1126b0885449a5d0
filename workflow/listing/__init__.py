"""Lists that work: one way to narrow, count, sort, show and keep a list, whatever its rows are.

A room declares a :class:`~workflow.listing.columns.Listing` (columns, facets, orders) and says for one reader where its
rows come from; everything else is here. The filter is the address: whoever opens it sees what they may see of it.
"""
