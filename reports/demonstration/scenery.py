"""Things that stand in several scenes: banners, trees, houses, hills, boards with charts."""

from random import Random

from .canvas import Canvas, Colour, mix

RED: Colour = (184, 36, 34)
DEEP_RED: Colour = (148, 26, 28)
PAPER: Colour = (250, 248, 242)
GOLD: Colour = (246, 216, 150)
INK: Colour = (52, 58, 68)
LEAVES: tuple[Colour, ...] = ((92, 142, 104), (110, 156, 112), (76, 126, 98))


def banner(c: Canvas, x: float, y: float, w: float, h: float, text: str, foot: float = 0) -> None:
    """Hang a red cloth with white lettering from the ceiling, or between two posts that stand on `foot`."""
    for side in (x + 6, x + w - 6):
        if foot:
            c.rect(side - 7, y - h * 0.2, 14, foot - y + h * 0.2, (206, 210, 212), 5)
            c.rect(side - 22, foot - 10, 44, 12, (150, 154, 156), 4)
        else:
            c.stroke([(side, 0), (side, y)], (150, 146, 140), 3)
    c.rect(x, y + 6, w, h, (40, 10, 10, 40), 3)
    c.rect(x, y, w, h, RED, 3)
    c.rect(x, y + h - 6, w, 6, DEEP_RED)
    c.letter(x + w * 0.04, y + h * 0.08, w * 0.92, h * 0.82, text, PAPER)


def board(c: Canvas, x: float, y: float, w: float, h: float, text: str, ground: Colour = PAPER) -> None:
    """Put up a framed board with a red heading that carries the text."""
    c.rect(x + 6, y + 8, w, h, (20, 24, 30, 40), 8)
    c.rect(x, y, w, h, ground, 8)
    c.rect(x, y, w, h * 0.36, RED, 8)
    c.rect(x, y + h * 0.3, w, h * 0.06, RED)
    c.letter(x + w * 0.06, y + h * 0.04, w * 0.88, h * 0.28, text, PAPER)


def chart(c: Canvas, x: float, y: float, w: float, h: float, rng: Random) -> None:
    """Draw a small bar chart on its base line."""
    hues: list[Colour] = [(86, 132, 158), (202, 148, 86), (120, 160, 132), (184, 84, 74)]
    count = 5
    for i in range(count):
        tall = h * rng.uniform(0.3, 0.95)
        c.rect(x + w * (i + 0.18) / count, y + h - tall, w * 0.64 / count, tall, hues[i % 4], 3)
    c.rect(x, y + h, w, 3, (150, 154, 160))


def text_lines(c: Canvas, x: float, y: float, w: float, count: int, gap: float, rng: Random) -> None:
    """Suggest a paragraph of print."""
    for i in range(count):
        c.rect(x, y + i * gap, w * rng.uniform(0.7, 1.0), gap * 0.3, (188, 192, 196), 2)


def tree(c: Canvas, x: float, foot: float, tall: float, rng: Random) -> None:
    """Draw a round tree."""
    c.oval(x, foot, tall * 0.22, tall * 0.03, (20, 40, 30, 40))
    c.stroke([(x, foot), (x, foot - tall * 0.5)], (122, 98, 80), tall * 0.05)
    leaf = rng.choice(LEAVES)
    for dx, dy, r in ((0, 0.7, 0.26), (-0.15, 0.56, 0.19), (0.16, 0.58, 0.2), (0.03, 0.5, 0.19)):
        c.oval(x + dx * tall, foot - dy * tall, r * tall, r * tall * 0.92, leaf)
    c.oval(x - tall * 0.07, foot - tall * 0.76, tall * 0.13, tall * 0.11, mix(leaf, (255, 255, 230), 0.2))


def palm(c: Canvas, x: float, foot: float, tall: float) -> None:
    """Draw a palm that leans a little."""
    top = (x + tall * 0.12, foot - tall)
    c.stroke([(x, foot), (x + tall * 0.03, foot - tall * 0.5), top], (142, 114, 88), tall * 0.045)
    for dx, dy in (
        (-0.36, -0.02),
        (-0.3, -0.18),
        (-0.1, -0.26),
        (0.16, -0.24),
        (0.34, -0.12),
        (0.38, 0.06),
        (-0.26, 0.14),
    ):
        tip = (top[0] + dx * tall, top[1] + dy * tall + abs(dx) * tall * 0.3)
        bend = (top[0] + dx * tall * 0.5, top[1] + dy * tall * 0.9 - tall * 0.03)
        c.shape([top, (bend[0], bend[1] - tall * 0.03), tip, (bend[0], bend[1] + tall * 0.05)], (84, 138, 98))


def house(c: Canvas, x: float, foot: float, w: float, h: float, wall: Colour, rng: Random) -> None:
    """Draw a tall block with lit and unlit windows."""
    c.rect(x, foot - h, w, h, wall)
    c.rect(x + w * 0.82, foot - h, w * 0.18, h, mix(wall, (30, 40, 60), 0.12))
    across, down = max(2, int(w / 34)), max(3, int(h / 42))
    for row in range(down):
        for col in range(across):
            pane = mix(wall, (255, 255, 250), 0.5) if rng.random() < 0.6 else mix(wall, (60, 80, 110), 0.3)
            c.rect(
                x + w * (col + 0.28) / across,
                foot - h + h * (row + 0.3) / down,
                w * 0.44 / across,
                h * 0.42 / down,
                pane,
            )


def skyline(c: Canvas, foot: float, tint: Colour, rng: Random, tall: float = 420) -> None:
    """Draw a row of distant towers over the whole width."""
    x = -30.0
    while x < 1620:
        w, h = rng.uniform(70, 150), tall * rng.uniform(0.35, 1.0)
        house(c, x, foot, w, h, mix(tint, (255, 255, 255), rng.uniform(0.0, 0.22)), rng)
        x += w + rng.uniform(-8, 26)


def hills(c: Canvas, foot: float, tall: float, colour: Colour, rng: Random) -> None:
    """Draw a chain of soft hills over the whole width."""
    x = -200.0
    while x < 1700:
        w = rng.uniform(260, 460)
        c.oval(x + w / 2, foot, w * 0.78, tall * rng.uniform(0.6, 1.0), colour)
        x += w * 0.8
    c.rect(0, foot, 1600, 40, colour)


def cloud(c: Canvas, x: float, y: float, w: float) -> None:
    """Draw a pale cloud."""
    for dx, dy, r in ((-0.3, 0.05, 0.16), (-0.08, -0.04, 0.23), (0.16, 0.0, 0.2), (0.34, 0.07, 0.13)):
        c.oval(x + dx * w, y + dy * w, r * w, r * w * 0.62, (255, 255, 255, 150))
