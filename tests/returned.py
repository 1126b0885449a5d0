"""Mails as servers send them back: by fields for machines (RFC 3464), or as a letter for people."""

from __future__ import annotations

from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

from django.utils import timezone


def by_fields(mail: EmailMessage, status: str, said: str, *, action: str = "failed", whole: bool = True) -> bytes:
    """As Postfix and Exchange do it. Arguments: the mail; what came of it; whether all of the mail is sent back."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report["Auto-Submitted"] = "auto-replied"
    headed(report, "MAILER-DAEMON@mx.example.net", "Undelivered Mail Returned to Sender")
    report.attach(MIMEText("This is the mail system at host mx.example.net.\n\nI'm sorry to have to inform you …\n"))
    fields = MIMENonMultipart("message", "delivery-status")
    of_all, of_one = Message(), Message()
    of_all["Reporting-MTA"] = "dns; mx.example.net"
    of_one["Final-Recipient"] = f"rfc822; {mail['To']}"
    of_one["Action"], of_one["Status"] = action, status
    of_one["Diagnostic-Code"] = f"smtp; {said}"
    fields.set_payload([of_all, of_one])
    report.attach(fields)
    head = "".join(f"{name}: {value}\n" for name, value in mail.items())
    original = MIMEMessage(mail) if whole else MIMEText(head, "rfc822-headers")
    report.attach(original)
    return report.as_bytes()


def by_letter(
    mail: EmailMessage, text: str, *, sender: str = "PostMaster@mail.example.cn", subject: str = "系统退信",
    charset: str = "gb18030", with_mail: bool = True,
) -> bytes:  # fmt: skip
    """As many providers in China do it: a letter in HTML, the mail attached."""
    letter = MIMEMultipart("mixed")
    headed(letter, sender, subject)
    letter.attach(MIMEText(f"<html><body><p>{text}</p></body></html>", "html", charset))
    if with_mail:
        letter.attach(MIMEMessage(mail))
    return letter.as_bytes()


def on_holiday(mail: EmailMessage, sender: str) -> bytes:
    """Somebody's program answers that they are away, below the mail it had."""
    answer = EmailMessage()
    headed(answer, sender, f"自动回复：{mail['Subject']}")
    answer["Auto-Submitted"], answer["In-Reply-To"] = "auto-replied", mail["Message-ID"]
    answer.set_content(f"我出差了，用户不存在的话请找别人。 550\n\n> Message-ID: {mail['Message-ID']}")
    return answer.as_bytes()


def opened(mail: EmailMessage, sender: str) -> bytes:
    """A receipt that it was opened (RFC 8098)."""
    report = MIMEMultipart("report", report_type="disposition-notification")
    headed(report, sender, "已读：提醒")
    report.attach(MIMEText("已读"))
    fields = MIMENonMultipart("message", "disposition-notification")
    fields.set_payload(f"Original-Message-ID: {mail['Message-ID']}\nDisposition: manual-action; displayed\n")
    report.attach(fields)
    return report.as_bytes()


def headed(mail: Message, sender: str, subject: str) -> None:
    """The head every such mail has: it comes from nobody, so that nobody answers it."""
    mail["Return-Path"], mail["From"], mail["To"] = "<>", sender, "returns@example.com"
    mail["Subject"], mail["Date"] = subject, format_datetime(timezone.now())
