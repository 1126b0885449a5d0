"""What is asked this year: campaigns, themes, slogans, artwork, notices."""

from campaigns.models.campaign import Campaign, Point, Slogan
from campaigns.models.indicator import Indicator, RollUp
from campaigns.models.notice import (
    AnnexContent,
    JointBody,
    Notice,
    NoticeAnnex,
    NoticeKind,
    NoticeVersion,
    Opening,
    WavedFinding,
)
from campaigns.models.number import DocumentNumber, NumberSeries
from campaigns.models.paper import NoticePaper
from campaigns.models.register import Asset, AssetVersion, Saying

__all__ = [
    "AnnexContent",
    "Asset",
    "AssetVersion",
    "Campaign",
    "DocumentNumber",
    "Indicator",
    "JointBody",
    "Notice",
    "NoticeAnnex",
    "NoticeKind",
    "NoticePaper",
    "NoticeVersion",
    "NumberSeries",
    "Opening",
    "Point",
    "RollUp",
    "Saying",
    "Slogan",
    "WavedFinding",
]
