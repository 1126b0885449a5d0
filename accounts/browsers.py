"""What a browser says of itself, in two words a person knows it by. It is no proof of anything."""

BROWSERS = {
    "MicroMessenger": "微信", "DingTalk": "钉钉", "QQBrowser": "QQ浏览器", "360SE": "360浏览器", "QIHU": "360浏览器",
    "UCBrowser": "UC浏览器", "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "Windows": "Windows", "HarmonyOS": "HarmonyOS", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad",
    "Mac OS X": "macOS", "UOS": "统信UOS", "Kylin": "麒麟", "Linux": "Linux",
}  # fmt: skip


def browser_of(agent: str) -> str:
    """Browser and system. Arguments: the header User-Agent. Returns: as “Edge · Windows”, empty if nothing is known."""
    found = (next((name for sign, name in names.items() if sign in agent), "") for names in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, found))
