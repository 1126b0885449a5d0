"""Benchmarks: ``make bench [ONLY=name]``. Each module has ``main()``; ``frame`` holds what they share."""
