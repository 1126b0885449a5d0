"""OFD (GB/T 33190-2016): an official electronic document as a text in reading order, whoever wrote the file."""
