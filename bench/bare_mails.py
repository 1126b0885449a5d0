"""``python -m bench.bare_mails PORT``: send the mails of the standard input over one kept connection, and no more.

Prints how many seconds it took. Each mail is its address, subject and text, in JSON.
"""

import json
import smtplib
import sys
import time
from email.message import EmailMessage


def main(port: int) -> None:
    """Send them."""
    wanted = json.load(sys.stdin)
    begun = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for address, subject, text in wanted:
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = "quality-month@localhost", address, subject
            mail.set_content(text)
            server.send_message(mail)
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main(int(sys.argv[1]))
