"""What is asked this year: campaigns, themes, slogans, notices."""

from campaigns.models.campaign import Campaign, Point, Slogan
from campaigns.models.notice import Notice
from campaigns.models.paper import NoticePaper

__all__ = ["Campaign", "Notice", "NoticePaper", "Point", "Slogan"]
