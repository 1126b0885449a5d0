"""Would the tests notice? Single-line faults put into a copy of the house, one at a time, and the tests that run them.

``python -m tests.mutants`` draws the sample and writes ``sample.json``; ``python -m tests.mutants --replay
tests/mutants/sample.json`` puts the same faults into another tree and compares.

The faults are made by mutmut's operators. They lie inside functions of ``workflow/``, ``activities/`` and ``reports/``,
on lines that at least one test runs; what only a browser, a worker or a server reaches is not in the sample, nor are
migrations, tests, management commands and the demonstration.
"""
