"""Mails that a server took and sent back later: found again by their mark, read, and kept with the delivery."""
