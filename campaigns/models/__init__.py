"""What is asked this year: campaigns, themes, slogans, notices."""

from campaigns.models.campaign import Campaign, Point, Slogan
from campaigns.models.notice import AnnexContent, Notice, NoticeAnnex
from campaigns.models.paper import NoticePaper

__all__ = ["AnnexContent", "Campaign", "Notice", "NoticeAnnex", "NoticePaper", "Point", "Slogan"]
