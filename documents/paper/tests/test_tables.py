"""Tables stand on the page as a clerk would have them: heads on one line, rows in one piece."""

import io
import re
import zipfile

from documents.outline import Document, Table
from documents.paper.pdf import to_pdf
from documents.tests.ruler import read
from documents.word.write_docx import to_docx


def test_the_head_of_a_column_keeps_to_one_line_beside_long_columns():
    words = "在全市重要路段、政府办事大厅、公交站台张贴海报"
    table = Table(
        head=(("序号", "事项", "完成时限", "责任单位", "协助单位", "备注"),),
        rows=(("1", words, "11月20日", "临江广播电视台", "宣传部、强市办", words),),
    )
    heads = read(to_pdf(Document(form="sheet", body=(table,))))[0].lines[0]
    assert heads.text == "序号事项完成时限责任单位协助单位备注"


def test_a_row_of_a_table_is_divided_only_when_it_is_high():
    rows = tuple((str(number), "开展质量问诊" * 12) for number in range(40))
    pages = read(to_pdf(Document(form="sheet", body=(Table(head=(("序号", "事项"),), rows=rows),))))
    text = ["".join(line.text for line in page.body()) for page in pages]
    assert len(pages) > 2
    assert all(page.startswith("序号事项") and page.endswith("问诊") for page in text)
    assert [re.sub("[0-9]+", "", page).count("问诊") % 12 for page in text] == [0] * len(pages)
    xml = zipped(to_docx(Document(form="sheet", body=(Table(rows=(("甲", "乙"), ("丙", "长" * 2000))),))))
    assert xml.count("<w:cantSplit/>") == 1


def zipped(word):
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        return archive.read("word/document.xml").decode()
