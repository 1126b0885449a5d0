"""How a text is made: lines, tables, parts of a document, its numbered tree, its chapters and what they are about."""
