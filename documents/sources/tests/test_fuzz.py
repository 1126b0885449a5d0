"""Whatever is pasted or uploaded gives a draft or a refusal: never a traceback, and no span outside of the text."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.reading import draft_json, read
from documents.reading.tests.score import HERE
from documents.sources.file_text import Refused, text_of

from . import files

# fmt: off
_PIECES = [
    "一、活动内容\n", "（一）", "(2)", "1．", "①", "一是", "二是", "9月31日", "２月３０日", "13月", "9月",
    "上旬", "—", "至", "到", "前", "二〇一〇年", "二\ufffd一\ufffd年十一月三十日", "0000年1月1日", "附件",
    "附件1：", "附件：\n1.", "序号\t事项\t完成时限\t责任单位\n", "1\t", "\t", "|", "责任单位：",
    "此项工作由", "负责", "会同", "、", "，", "。", "；", "：", "（", "）", "“", "”", "《", "》",
    "市教育局", "等", "不少于100张", "百分之", "万人", "95%", "4000—5000名", "联系人：", "138 0000 0000",
    "a@b.cn", "将总结报", "每周五前", "3个工作日内", "提前1周", "活动主题\n", "口号\n", "的通知\n", "关于",
    "第一期：", "采访", "抄送：", "印发", "\n", "\n\n", "　", " ", "\u200b", "\x0b", "\x1c", "\u2028",
    "9.31", "11.10至1.10", "99999999999999999999张", "〔2015〕17号", "\ud83d\ude00", "与", "在", "举办",
    "共同", "质量月", "(9月)",
]
# fmt: on
PIECES = st.sampled_from(_PIECES)
LOOSE = st.text(max_size=40)


def check(text):
    draft = read(text)
    json.dumps(draft_json(draft), ensure_ascii=True)
    for value in spans(draft_json(draft)):
        assert 0 <= value[0] <= value[1] <= len(text)


def spans(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.endswith("span") and inner:
                yield inner
            else:
                yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | LOOSE, max_size=60))
def test_pieces_of_notices_in_any_order(pieces):
    check("".join(pieces))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted((HERE / "notices").glob("*.txt"))), st.data())
def test_a_notice_cut_and_pasted_at_random(path, data):
    text = path.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    at = data.draw(st.integers(0, len(text)))
    check(text[:at] + data.draw(LOOSE) + text[start:end] + text[at:])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe", b"{\\rtf"[:2]]))
def test_any_bytes_are_text_or_refused(data, head):
    try:
        check(text_of("a", head + data).text)
    except Refused as refused:
        assert str(refused)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 900), st.binary(min_size=1, max_size=8))
def test_a_word_file_with_some_bytes_overwritten(at, junk):
    data = bytearray(
        files.docx(files.paragraph("关于开展活动的通知", 0) + files.table(files.cell("序号") + files.cell("事项")))
    )
    data[at : at + len(junk)] = junk
    try:
        check(text_of("a.docx", bytes(data)).text)
    except Refused as refused:
        assert str(refused)
