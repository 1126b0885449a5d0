"""Official documents: read one, set one, bind a book of them. No models; knows no other room.

The agreed API (what other rooms may lean on):

    documents.numbering   recognise(line) -> Numbering(level, number, text) | None
                          join(number, text) -> str; ordinal(number) -> int
    documents.outline     Document, Masthead, Imprint, Annex, Attendance;
                          blocks Heading, Paragraph, ListBlock, Table, Span, Figure;
                          from_text(text) -> tuple[Block, ...]; to_text(blocks) -> str
    documents.assembly    document_from_text(text, form) -> Document; document_from_blocks(blocks, form) -> Document
    documents.wordreading read_docx(data) -> (blocks, {name: picture})
    documents.setting     to_html(document) -> str
                          to_pdf(document, files={}, *, variant=None, tags=False, substitute=False) -> bytes
                          variant "pdf/a-2u" or "pdf/ua-1": what can be read off such a file is tested, which is no
                          certificate; veraPDF is asked by the tests where it is installed
    documents.word        to_docx(document, files={}, *, seals=False) -> bytes
    documents.glyphs      missing_glyphs(document) -> tuple[Missing, ...]   ask when text is submitted
                          missing_in_blocks(blocks, where="") -> tuple[Missing, ...]
    documents.binding     Book(title, subtitle, cover, foreword, chapters, annexes, language, files)
                          Chapter(key, title, blocks, files)
                          bind(book, *, cache_dir=None, progress=None, setter=map, gaps=False) -> bytes
                          bind_into(file, book, ...) -> Bound(pages, first_pages, failures, missing)
                          chapter_jobs(book, cache_dir) -> list[Job]; documents.chapters.set_chapter(job) -> Outcome
                          forget(cache_dir, unused_seconds) -> int   what a nightly task may call
    documents.whole       set_whole(book, tags=True, variant=None) -> bytes   a tagged book or PDF/A, up to some 300

    documents.reading     read(text, *, known_units=(), is_working_day=…) -> NoticeDraft
                          sources.text_of(name, data) -> Source; sources.pasted(text) -> Source; Refused

Tables: Table(head=(("单位", "件数"),), rows=(("市教育局", "3"),), caption="表1 …"): head is a tuple of rows.
Figures: Figure(name="a.jpg", caption="…") with files={"a.jpg": bytes}; nothing else is ever fetched. The files of a
chapter may be paths, read when the chapter is set.
bind(): progress(done, total) is called after each chapter; setter(function, jobs) -> results in order: the builtin
map, or the map of a process pool, sets the chapters that the cache does not hold. A queue may set them beforehand:
chapter_jobs() gives picklable jobs, set_chapter() leaves each in cache_dir, bind() finds them there. A chapter that
cannot be set raises ChapterFailed naming it, or with gaps=True leaves a marked page.
Wrong input raises documents.errors.DocumentError (a ValueError) that names the place in the words of the user.
"""
