"""The page of GB/T 9704-2012 in numbers: one place for every length that setting, Word and binding share.

Lengths are in points (1/72 inch) unless the name says otherwise.
"""

from __future__ import annotations

MM = 72 / 25.4

PAPER = (210.0, 297.0)  # mm, A4
MARGIN_TOP, MARGIN_BINDING = 37.0, 28.0  # mm
TYPE_AREA = (156.0, 225.0)  # mm
MARGIN_OUTER = PAPER[0] - MARGIN_BINDING - TYPE_AREA[0]
MARGIN_FOOT = PAPER[1] - MARGIN_TOP - TYPE_AREA[1]
LINES, CHARACTERS = 22, 28

BODY, TITLE, SMALL = 16.0, 22.0, 14.0  # 三号, 二号, 四号
# the em boxes of 22 lines fill the type area: 21 pitches and one body size
PITCH = (TYPE_AREA[1] * MM - BODY) / (LINES - 1)
HALF_LEADING = (PITCH - BODY) / 2
CELL = TYPE_AREA[0] * MM / CHARACTERS
# between characters of body size; a hair more, since Pango cuts it to 1024ths of a pixel towards nothing
TRACKING = CELL - BODY - 0.0005

ISSUING_BODY_TOP, ORDER_TOP, LETTER_TOP = 35.0, 20.0, 30.0  # mm, upper edge of the issuing body
RULE_GAP = 4.0  # mm, from the document number to the red rule
RULE_THICKNESS = 1.2
LETTER_FOOT = 20.0  # mm, from the lower double rule to the foot of the paper
LETTER_RULE = 170.0  # mm
DOUBLE_RULE = 1.0  # mm, both lines and the white between
PAGE_NUMBER_GAP = 7.0  # mm, from the type area to the dash
SEAL = 42.0  # mm, across
