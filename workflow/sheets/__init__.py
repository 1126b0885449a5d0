"""Lists as Excel, out and in: what a list is, its room declares; how it is written, read, compared and kept is here.

declared.py: the columns and the deeds of a list · template.py: the file that goes out · handed_in.py: a file as rows ·
plan.py: what those rows would change · entering.py: looked at, then written whole or not at all · views.py: the pages ·
listing.py: the list of a page as it is filtered, out only.
"""
