"""Names of people as contacts print them: surname first, also 柳先生, also right behind the name of a unit."""

from __future__ import annotations

import re

from documents.text import HAN

from .units import is_unit

_DOUBLE = (
    "欧阳|上官|司马|诸葛|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|南宫|独孤|长孙|宇文|鲜于|闻人|呼延|澹台|淳于|单于|申屠|"
    "轩辕"
)
_SINGLE = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷"
    "贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强"
    "贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於"
    "惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰"
    "从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双麦冼邝辜揣佴哈敬闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古"
    "易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖"
    "益桓公仉督岳帅缑亢况郈有琴归海晋楚闫肖付代覃佘尧涂苟初隋仝税佟岩揭"
)
_COURTESY = "同志|先生|女士|老师|小姐|科长|处长|主任|局长|部长|经理|工程师|书记|秘书"
SURNAME = f"(?:{_DOUBLE}|[{_SINGLE}])"
_NAME = re.compile(
    rf"(?P<name>(?:(?:{_DOUBLE})[{HAN}]{{1,2}}|[{_SINGLE}][{HAN}]{{1,2}}(?:·[{HAN}]{{2,6}})?|"
    rf"[{HAN}]{{2,6}}·[{HAN}]{{2,8}}))(?:{_COURTESY})?"
)
_ADDRESSED = re.compile(rf"[小老]?(?:{_DOUBLE}|[{_SINGLE}])(?:{_COURTESY}|某某?|工)")
_OFFICE = re.compile(
    "(?:局|委|办|处|科|会|室|部|股|院|中心|厅|站|所|队|集团|公司|组|系|校|协会|学会)(?:\\([^()]{1,12}\\))?$"
)
_SELF = re.compile("[我本][省市县区]?[局厅委办会院校处科部所公]")
_BUSY = re.compile(
    "[请将应须]|活动(?![\u4e00-\u9fff]{0,4}(?:中心|办|部|处|组|科|室)$)|报送|联系|组织(?!部|处|科)|负责|开展|会议(?!中心|办|处)"
)
# words of two or three characters that begin like a surname and are none
_NO_NAME = re.compile(
    "电话|邮箱|传真|手机|联系|地址|附件|时间|地点|单位|内容|主题|[局办委处科室部厅院会所站队区县市镇乡村街路楼号层组校厂]$|"
    "应急|安监|安保|计财|计生|党建|党政|经信|水利|文明|文旅|法制|法规|法务|时段|上午|下午|全天|支付|领队|"
    "方式|方案|全[市省县区国体]|有关|广大|通知|明确|关于|通过|"
    "任务|公司|平台|国家|文件|文化|成员|相关|安全|.于|^于(?:[会当每本次下上前后近今明年月日期此]|是)|成立|包括|计划|项目|应当|经济|经办|海关|东区|万元|高度|程序|金额|时限|管理|强市|解释|^向|向$|关注|广场|温馨|"
    "水务|农业|公安|宣传|明细|常务|支持|利用|和|有|能|都|全部|公开|荣誉|计量|路[0-9一二三四五六七八九十]"
)


def is_office(word: str) -> bool:
    """Return whether a word is a unit or a part of one, as contacts name it: 我局, 市科技局政策科."""
    if not 2 <= len(word) <= 30:
        return False
    part = _OFFICE.search(word) is not None and _BUSY.search(word) is None
    return part or _SELF.match(word) is not None or is_unit(word)


def name_in(word: str) -> str:
    """Return the name that a word is, "" when it is none: 张三, 张三同志 (without 同志), 柳先生 (as it stands)."""
    if _ADDRESSED.fullmatch(word):
        return word
    found = _NAME.fullmatch(word)
    return found["name"] if found is not None and not _NO_NAME.search(found["name"]) else ""


_POST = re.compile(
    "(?:副?(?:科长|处长|主任|局长|股长|部长|所长|站长|队长|院长|校长|组长|经理|书记|秘书长?)|干事|主管|专员|工程师|负责人|联络员|联系人)+$"
)


def unit_and_name(word: str) -> tuple[str, str] | None:
    """Return unit and name that a word is printed of without a gap: 市质量强市办张三."""
    for length in (3, 2, 4, 5):
        unit, name = _POST.sub("", word[:-length]), name_in(word[-length:])
        if len(unit) >= 2 and name and _OFFICE.search(unit):
            return unit, name
    return None
