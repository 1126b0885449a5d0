"""OFD: what is printed beside its PDF (part "out", ``ofd_out.py``)."""

from __future__ import annotations

from bench import frame, ofd_out


def main() -> None:
    """Run it and write ``bench/results/ofd.json``."""
    rows, over = ofd_out.writing()
    frame.publish("ofd", rows, method="pages and fonts: CPU; books: a process each", over_the_limit=over)


if __name__ == "__main__":
    main()
