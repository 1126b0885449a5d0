"""What units call the parts of what they file, in the Word files and mails that reach an office."""

from activities.states import Kind

PLAN: dict[str, tuple[str, ...]] = {
    "when_where": ("时间地点", "时间和地点", "时间及地点", "时间、地点", "时间与地点"),
    "schedule": ("时间安排", "日程安排", "进度安排", "实施步骤",
                 "活动步骤", "步骤安排", "活动安排", "活动流程", "活动议程",
                 "工作安排", "日程", "流程"),
    "starts_on": ("活动时间", "举办时间", "开展时间", "起止时间", "活动日期", "时间", "日期"),
    "place": ("活动地点", "举办地点", "活动场所", "活动场地", "地点", "场所"),
    "expected_participants": ("预计参加人数", "预计参与人数", "预计参会人数",
                              "预计人数", "参加人数", "参与人数", "活动规模",
                              "参会人数", "人数", "规模"),
    "budget_source": ("经费来源", "资金来源"),
    "budget": ("经费预算", "活动经费", "所需经费", "经费安排", "经费保障", "资金预算", "预算", "经费"),
    "person_phone": ("联系电话", "负责人电话", "电话", "手机"),
    "person_in_charge": ("活动负责人", "项目负责人", "负责人", "责任人", "联系人"),
    "emergency": ("应急预案", "应急处置", "应急措施"),
    "permit": ("安全许可", "公安许可", "许可情况", "审批情况"),
    "health": ("疫情防控", "防疫措施", "卫生措施", "卫生保障", "健康防护", "卫生防护", "医疗保障"),
    "safety": ("安全措施", "安全保障", "安全预案", "安全工作", "安全保卫", "安全"),
    "goal": ("活动目标", "活动目的", "工作目标", "目标任务", "总体目标",
             "活动宗旨", "指导思想", "目的意义", "目标", "目的"),
    "content": ("活动内容", "主要内容", "活动形式", "工作内容", "主要任务", "重点工作", "活动项目", "内容"),
}  # fmt: skip
SUMMARY: dict[str, tuple[str, ...]] = {
    "problems": ("存在问题", "存在的问题", "主要问题", "问题和不足", "问题与不足", "不足之处", "困难和问题", "问题"),
    "suggestions": ("意见建议", "意见和建议", "工作建议", "有关建议",
                    "建议", "下一步工作", "下一步打算", "下一步计划", "下步打算",
                    "下步工作", "下一步"),
    "effect": ("主要成效", "取得成效", "取得的成效", "工作成效", "活动成效", "活动效果", "成效", "成果", "效果"),
    "practice": ("主要做法", "具体做法", "工作做法", "活动开展情况",
                 "开展情况", "工作开展情况", "主要工作", "活动情况", "工作措施",
                 "做法"),
    "overview": ("基本情况", "总体情况", "活动概况", "工作概况", "概况", "概述"),
}  # fmt: skip
CASE: dict[str, tuple[str, ...]] = {
    "title": ("案例名称", "案例标题", "标题", "题目"),
    "background": ("案例背景", "基本情况", "背景情况", "实施背景", "工作背景", "背景"),
    "practice": ("主要做法", "具体做法", "做法与经验", "创新做法", "做法", "实践"),
    "effect": ("主要成效", "取得成效", "工作成效", "实施效果", "成效", "效果", "经验启示", "启示", "成果"),
}
PROGRESS: dict[str, tuple[str, ...]] = {
    "percent": ("完成进度", "完成比例", "完成百分比", "完成率"),
    "stage": ("进展状态", "当前状态", "状态"),
    "problems": ("遇到的问题", "存在问题", "存在的问题", "主要问题", "困难和问题", "问题", "困难"),
    "next_step": ("下一步工作", "下一步打算", "下一步计划", "下步工作", "下一步安排", "下一步"),
    "narrative": ("进展情况", "工作进展", "开展情况", "活动进展", "完成情况", "已开展工作", "进展"),
}
COVERAGE: dict[str, tuple[str, ...]] = {
    "outlet": ("媒体名称", "刊播媒体", "报道媒体", "媒体", "刊发媒体"),
    "title": ("报道标题", "新闻标题", "标题", "题目"),
    "link": ("报道链接", "新闻链接", "链接", "网址"),
    "on": ("刊播日期", "报道日期", "刊发日期", "报道时间", "日期", "时间"),
}
MATERIAL: dict[str, tuple[str, ...]] = {
    "place": ("活动地点", "地点", "场所"),
    "on": ("活动时间", "活动日期", "日期", "时间"),
    "link": ("链接", "网址"),
    "text": ("正文", "内容", "材料内容"),
}
SLIP: dict[str, tuple[str, ...]] = {
    "cause": ("未按时报送的原因", "未按时报送原因", "逾期原因", "原因分析", "主要原因", "原因"),
    "measures": ("整改措施", "整改落实情况", "整改情况", "办理情况", "落实情况", "工作措施", "措施"),
    "done_by": ("全部补报完成日期", "补报时间", "整改时限", "完成时限", "完成时间", "完成日期"),
}
LABELS: dict[str, dict[str, tuple[str, ...]]] = {
    Kind.PLAN: PLAN,
    Kind.SUMMARY: SUMMARY,
    Kind.CASE: CASE,
    Kind.PROGRESS: PROGRESS,
    Kind.COVERAGE: COVERAGE,
    Kind.OTHER: MATERIAL,
    Kind.ROUND: MATERIAL,
    Kind.DECISION: MATERIAL,
    Kind.SLIP: SLIP,
}
"""By kind and field; of two that fit, the longer one is meant, then the earlier."""

LEAD: dict[str, str] = {Kind.SUMMARY: "overview", Kind.CASE: "background", Kind.PROGRESS: "narrative"}
"""Where sentences belong that stand before the first heading."""
WHOLE: dict[str, str] = {Kind.OTHER: "text", Kind.ROUND: "text", Kind.DECISION: "text", Kind.SLIP: "measures"}
"""Where everything belongs that has no heading of its own."""
STAGES = {
    "筹备": "preparing", "准备": "preparing", "未开始": "preparing",
    "受阻": "stuck", "停滞": "stuck", "暂停": "stuck",
    "已完成": "done", "完成": "done", "结束": "done",
    "进行": "under_way", "实施": "under_way", "推进": "under_way",
}  # fmt: skip
