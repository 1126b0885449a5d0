"""Scans and photographs of paper read by recognition (RapidOCR), where that optional part is installed.

``requirements-scans.txt`` names it. Everything happens in a child with ceilings, page by page (``process.py``).
"""
