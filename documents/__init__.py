"""Official documents: read one, set one, bind a book of them. No models; knows no other room.

The agreed API (what other rooms may lean on):

    documents.numbering   recognise(line) -> Numbering(level, number, text) | None
                          join(number, text) -> str; ordinal(number) -> int
    documents.outline     Document, Masthead, Imprint, Annex, Attendance;
                          blocks Heading, Paragraph, ListBlock, Table, Span, Figure;
                          from_text(text) -> tuple[Block, ...]; to_text(blocks) -> str
    documents.setting     to_html(document) -> str
                          to_pdf(document, files={}) -> bytes           files: {name: image bytes}
    documents.word        to_docx(document, files={}) -> bytes
    documents.fonts       missing_glyphs(document) -> tuple[Missing, ...]   ask when text is submitted
    documents.binding     Book(title, subtitle, cover, foreword, chapters, annexes, language)
                          Chapter(key, title, blocks, files)
                          bind(book, *, cache_dir=None, progress=None, setter=map, gaps=False) -> bytes

Tables: Table(head=(("单位", "件数"),), rows=(("市教育局", "3"),), caption="表1 …"): head is a tuple of rows.
Figures: Figure(name="a.jpg", caption="…") with files={"a.jpg": bytes}; nothing else is ever fetched.
bind(): progress(done, total) is called after each chapter; setter(function, jobs) -> results in order: the
builtin map, or the map of a process pool, sets the chapters that the cache does not hold. A chapter that cannot be
set raises ChapterFailed naming it, or with gaps=True leaves a marked page.
Wrong input raises documents.errors.DocumentError (a ValueError) that names the place in the words of the user.
"""
