"""A PDF is read as it is seen: each sign once, rows and paragraphs whole, without what stands on every page."""

import io

import pikepdf
import pytest
import weasyprint

from documents.refusal import Refused
from documents.sources.file_text import pasted, text_of
from documents.text import bare, clean, plain_ideographs

pytestmark = pytest.mark.slow
PAGE = (
    "@page{size:A4;margin:3cm 2.6cm;%s}body{font:16pt/1.75 'Noto Serif CJK SC'}p{margin:0}"
    "table{border-collapse:collapse;width:100%%}td,th{border:1px solid #000}"
)


def pdf(body: str, page: str = "") -> bytes:
    made: bytes = weasyprint.HTML(string=f"<style>{PAGE % page}</style>{body}").write_pdf()
    return made


def lines(data: bytes) -> list[str]:
    return text_of("notice.pdf", data).text.split("\n")


@pytest.mark.parametrize(
    ("radicals", "characters"),
    [
        ("⽉⽇⼯⼈⼆", "月日工人二"),
        ("⺠⻅⻓⻔⻋⻚⻛⻢", "民见长门车页风马"),
        ("\uf9d1\uf9f7", "六立"),
        ("月日工", "月日工"),
    ],
)
def test_radicals_that_look_like_characters_are_those_characters(radicals, characters):
    assert plain_ideographs(radicals) == clean(radicals) == bare(radicals) == characters
    assert pasted(f"９{radicals}").text == f"９{characters}"
    assert text_of("a.txt", radicals.encode()).text == characters


def test_every_radical_of_the_supplement_that_is_a_character_becomes_one():
    kept = [chr(code) for code in range(0x2E80, 0x2FD6) if plain_ideographs(chr(code)) == chr(code)]
    assert set(kept) <= {"⺀", "⺇", "⺑", "⺚", "⺵", *map(chr, range(0x2EF4, 0x2F00))}


def test_bold_made_by_printing_twice_is_read_once():
    def twice(text: str) -> str:
        again = f"<span style='position:absolute;left:0.4pt;top:0;white-space:nowrap'>{text}</span>"
        return f"<span style='position:relative;display:inline-block'>{text}{again}</span>"

    head = "".join(f"<th>{twice(text)}</th>" for text in ("序号", "事项", "时限"))
    body = f"<p>{twice('关于开展2011年活动的通知')}</p><table><tr>{head}<tr><td>1<td>人人参与<td>11月11日</table>"
    body += f"<p>邮箱：{twice('well@book.cn')}</p>"
    assert lines(pdf(body)) == [
        "关于开展2011年活动的通知", "序号\t事项\t时限", "1\t人人参与\t11月11日", "邮箱：well@book.cn",
    ]  # fmt: skip


LONG = "组织开展全市重点产品质量安全风险排查整治专项行动，" * 6


def test_a_row_that_a_page_ends_in_is_one_row_and_the_head_is_not_repeated():
    rows = "".join(f"<tr><td>{n}<td>{text}<td>9月{n}日前" for n, text in ((1, "启动"), (2, LONG), (3, "总结")))
    head = "<thead><tr><th>序号<th>工作任务<th>完成时间</thead>"
    found = lines(pdf(f"<p style='height:19cm'>附件</p><table>{head}{rows}</table>"))
    assert found == [
        "附件",
        "序号\t工作任务\t完成时间",
        "1\t启动\t9月1日前",
        f"2\t{LONG}\t9月2日前",
        "3\t总结\t9月3日前",
    ]


def test_a_row_closed_at_the_page_s_end_goes_on_where_its_rest_has_no_number():
    """Word and LibreOffice rule off the part of a row on each page."""
    first = "<table><tr><td>序号<td>任务<td>时限<tr><td>1<td>启动<td>9月1日<tr><td>2<td>组织开展<td>9月</table>"
    rest = "<table style='break-before:page'><tr><td>&nbsp;<td>专项行动<td>10日<tr><td>3<td>总结<td>9月</table>"
    wide = "<style>td{width:33%}</style>"
    assert lines(pdf(wide + first + rest))[2:] == ["2\t组织开展专项行动\t9月10日", "3\t总结\t9月"]
    no_numbers = (wide + first + rest).replace("<td>1<", "<td>甲<").replace("<td>2<", "<td>乙<")
    assert lines(pdf(no_numbers))[2:] == ["乙\t组织开展\t9月", "\t专项行动\t10日", "3\t总结\t9月"]


def test_a_cell_over_several_rows_is_printed_in_each_of_them():
    body = "<table><tr><td>序号<td>任务<td>单位<tr><td>1<td>张贴海报<td rowspan=2>市教育局<tr><td>2<td>悬挂横幅</table>"
    assert lines(pdf(body))[1:] == ["1\t张贴海报\t市教育局", "2\t悬挂横幅\t市教育局"]


def test_running_heads_and_page_numbers_are_no_text():
    running = (
        "@top-center{content:'临川县质量月文件汇编'}@bottom-center{content:'— ' counter(page) ' —'}"
        "@bottom-right{content:'第 ' counter(page) ' 页 共 ' counter(pages) ' 页'}"
    )
    body = "".join(f"<p style='break-before:page'>附件{n}</p><p>第{n}项内容。</p>" for n in (1, 2, 3))
    assert lines(pdf(body, running)) == [
        "临川县质量月文件汇编", "附件1", "第1项内容。", "附件2", "第2项内容。", "附件3", "第3项内容。",
    ]  # fmt: skip


def test_full_lines_are_one_paragraph_and_short_ones_are_not():
    said = "为贯彻全省质量大会精神，营造人人关注质量、人人参与质量的社会氛围，经县政府同意，决定开展活动。"
    body = f"<p style='text-align:center'>关于开展活动的通知</p><p>各单位：</p><p style='text-indent:2em'>{said}</p>"
    body += "<p style='text-indent:2em'>一、主题</p><p style='text-indent:2em'>" + "质量强国。" * 12 + "</p>"
    body += "<p style='text-align:right'>某某县质量工作领导小组办公室<br>2026年8月20日</p>"
    assert lines(pdf(body)) == [
        "关于开展活动的通知", "各单位：", said, "一、主题", "质量强国。" * 12,
        "某某县质量工作领导小组办公室", "2026年8月20日",
    ]  # fmt: skip


def test_a_hyphen_that_ends_a_line_is_read():
    """pdfium (pypdfium2 5.15.2) gives U+0002 for it behind a letter or an ideograph, and no character by box."""
    told = ("时间：9月1日-<br>30日。", "编号 ZLY-A-<br>2026", "电话：0769-<br>22000000", "信箱：q-<br>m@example.com")
    found = "".join(lines(pdf("".join(f"<p>{text}</p>" for text in told))))
    assert found == "".join(told).replace("<br>", "")


@pytest.mark.parametrize("size", ["A4", "A4 landscape", "A5"])
def test_a_size_said_once_for_all_pages_is_theirs(size):
    """As fpdf2 and TCPDF say it; pypdfium2 5.15.2 then calls the MediaBox of such a page that of a Letter."""
    rows = "<tr><td>序号<td>任务<td>时限<tr><td>1<td>启动<td>9月<tr><td>2<td>总结<td>10月"
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(f"<p>任务表</p><table>{rows}</table>", f"size:{size}"))) as document:
        page = document.pages[0].obj
        document.Root.Pages.MediaBox = page.MediaBox
        del page["/MediaBox"]
        document.save(out)
    assert lines(out.getvalue()) == ["任务表", "序号\t任务\t时限", "1\t启动\t9月", "2\t总结\t10月"]


CUT = {
    0: ["乙局的通知", "序号\t任务\t时限", "1\t总结\t9月"],
    90: ["乙", "1\t序号", "总结\t任务", "9月\t时限", "局", "的", "通", "知"],
    180: ["月9\t结总\t1", "限时\t务任\t号序", "知通的局乙"],
    270: ["限时\t月9", "务任\t结总", "号序\t1", "知", "通", "的", "局", "乙"],
}


@pytest.mark.parametrize("turn", CUT)
def test_what_is_cut_off_a_page_is_not_read(turn):
    """Two pages printed side by side become two by a CropBox each; both hold the text of both.

    pypdfium2 5.15.2 gives all of it; pdfplumber 0.11.10 turns the CropBox wrongly, so the cells would be elsewhere.
    """
    rows = "<table><tr><td>序号<td>任务<td>时限<tr><td>1<td>启动<td>9月</table>"
    sheet = f"<div style='height:12cm'><p>甲局的通知</p>{rows}</div><p>乙局的通知</p>{rows.replace('启动', '总结')}"
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(sheet))) as document:
        page = document.pages[0]
        page.cropbox = [0, 0, page.mediabox[2], float(page.mediabox[3]) - (3 + 12) / 2.54 * 72]
        page.rotate(turn, relative=False)
        document.save(out)
    assert lines(out.getvalue()) == CUT[turn]


def test_a_character_beyond_the_first_plane_is_read_whole():
    """pdfium (pypdfium2 5.15.2) gives its two halves: names of places and people, of the official table of 8105 too."""
    body = "<p>承办：𬱖头镇、𠮷林村 𬭚</p><table><tr><td>序号<td>单位<td>时限<tr><td>1<td>𬱖头镇<td>9月</table>"
    assert lines(pdf(body)) == ["承办：𬱖头镇、𠮷林村 𬭚", "序号\t单位\t时限", "1\t𬱖头镇\t9月"]


def without_names(data: bytes, font: str) -> bytes:
    """A PDF whose fonts of a name no longer say which character a shape is (ToUnicode)."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Dictionary) and font in str(each.get("/BaseFont", "")) and "/ToUnicode" in each:
                del each["/ToUnicode"]
        document.save(out)
    return out.getvalue()


def test_a_pdf_that_does_not_say_which_characters_it_shows_is_refused():
    """pdfium (pypdfium2 5.15.2) gives the numbers of the shapes as if they were characters: ⪥◞䋾㷇."""
    with pytest.raises(Refused) as refused:
        lines(without_names(pdf("<p>关于开展2026年“质量月”活动的通知</p><p>请于10月15日前报送。</p>"), "Noto"))
    assert refused.value.code == "garbled"


def test_a_sign_that_nobody_can_read_is_a_gap_that_shows():
    said = "<p>请各单位于10月15日前报送总结，承办：<b style=\"font-family:'Noto Sans CJK SC'\">甪</b>直镇。</p>"
    assert lines(without_names(pdf(said), "Sans")) == ["请各单位于10月15日前报送总结，承办：□直镇。"]


MARKS = {
    "aslant": "font-size:40pt;color:#ccc;transform:rotate(-45deg)",
    "a little aslant": "font-size:12pt;transform:rotate(-20deg)",
    "level": "font-size:44pt;color:#ccc",
    "level and thin": "font-size:44pt;color:rgba(255,0,0,0.3)",
}


@pytest.mark.parametrize("style", MARKS.values(), ids=MARKS)
def test_a_watermark_across_the_page_is_no_text(style):
    mark = f"<div style='position:fixed;left:2cm;top:4cm;{style}'>征求意见稿 内部资料</div>"
    said = [f"{part}请各单位高度重视并按时报送，不得延误。" for part in "一二三四五六七八"]
    body = "<p>关于<i>斜体</i>活动的<span style='color:#aaa'>通知</span></p>"
    body += "".join(f"<p>{text}</p>" for text in said)
    assert lines(pdf(mark + body)) == ["关于斜体活动的通知", *said]


def test_large_pale_words_with_no_text_in_them_are_read():
    title = "<p style='font-size:40pt;color:#bbb'>质量月简报</p>"
    assert lines(pdf(title + "<p>第一期</p><p>各单位请报送。</p><p>一、做法</p>")) == [
        "质量月简报", "第一期", "各单位请报送。", "一、做法",
    ]  # fmt: skip


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_is_read_as_it_is_shown(turn):
    upright = pdf("<p>关于开展活动的通知</p><table><tr><td>序号<td>任务<td>时限<tr><td>1<td>启动<td>9月</table>")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(upright)) as document:
        page = document.pages[0]
        right, top = float(page.mediabox[2]), float(page.mediabox[3])
        matrix = {90: (0, 1, -1, 0, top, 0), 180: (-1, 0, 0, -1, right, top), 270: (0, -1, 1, 0, 0, right)}[turn]
        page.contents_add(f"q {' '.join(map(str, matrix))} cm".encode(), prepend=True)
        page.contents_add(b"Q")
        page.mediabox = [0, 0, right, top] if turn == 180 else [0, 0, top, right]
        page.rotate(turn, relative=False)
        document.save(out)
    assert lines(out.getvalue()) == lines(upright) == ["关于开展活动的通知", "序号\t任务\t时限", "1\t启动\t9月"]


TITLED = (
    "<style>body{font:16pt/1.75 'Noto Serif CJK SC';text-align:justify}p{margin:0;text-indent:2em}"
    "h1{font-size:22pt;text-align:center;margin:4px}.n{text-indent:0}</style>"
)


def test_a_title_that_the_page_broke_is_one_line_and_the_number_below_it_another():
    body = (
        "<h1>恒岳仪表股份有限公司2023年“质量月”活动总结</h1><h1>恒岳质〔2023〕12号</h1><p class=n>集团公司质量部：</p>"
    )
    body += (
        "<p>按照集团公司统一部署，我公司于九月组织开展了以精工细作为主题的活动，现将有关情况总结如下，请予审阅。</p>"
        * 3
    )
    assert lines(pdf(TITLED + body))[:3] == [
        "恒岳仪表股份有限公司2023年“质量月”活动总结",
        "恒岳质〔2023〕12号",
        "集团公司质量部：",
    ]


@pytest.mark.parametrize("lead", range(6))
def test_a_line_that_ends_early_because_a_quote_or_a_figure_may_not_be_cut_goes_on(lead):
    said = (
        "一" * lead
        + "对危险化学品、有限空间作业等重点领域组织专家检查，检查企业不少于150家次；三是群众举报，畅通“12350”等渠道，"
    )
    said += "对核查属实的予以奖励，每周三12:00前将本周活动信息报市质联办综合组，无信息的实行零报告。"
    assert lines(pdf(f"{TITLED}<p>{said}</p><p>{said}</p>")) == [said, said]
