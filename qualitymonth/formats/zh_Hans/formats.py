"""Chinese days without a leading zero, as paper prints them: 8月5日, never 08月05日."""

MONTH_DAY_FORMAT = "n月j日"
