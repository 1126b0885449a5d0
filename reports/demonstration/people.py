"""Small flat figures: somebody standing, somebody seated and seen from behind, a row of either."""

from random import Random

from .canvas import Canvas, Colour, mix

SKIN: Colour = (238, 200, 168)
HAIR: tuple[Colour, ...] = ((43, 38, 38), (58, 46, 42), (33, 33, 40))
CLOTHES: tuple[Colour, ...] = (
    (66, 98, 138), (92, 124, 116), (176, 98, 78), (214, 178, 110), (128, 138, 150),
    (86, 78, 112), (198, 142, 128), (70, 82, 98), (148, 168, 132), (232, 226, 214),
)  # fmt: skip
TROUSERS: tuple[Colour, ...] = ((54, 62, 78), (78, 72, 70), (44, 48, 56), (96, 104, 116))
WHITE: Colour = (246, 247, 245)
RED: Colour = (190, 42, 38)
NAVY: Colour = (38, 58, 92)
ORANGE: Colour = (226, 130, 54)
YELLOW: Colour = (240, 192, 62)


def head(c: Canvas, x: float, y: float, r: float, rng: Random, hat: Colour | None, back: bool) -> None:
    """Draw a head round its centre, with hair or a helmet, seen from the front or from behind."""
    hair, long = rng.choice(HAIR), rng.random() < 0.45
    if long:
        c.rect(x - r * 1.08, y - r * 0.4, r * 2.16, r * 1.75, hair, r * 0.6)
    c.rect(x - r * 0.32, y + r * 0.6, r * 0.64, r * 0.8, mix(SKIN, hair, 0.12), r * 0.2)
    c.oval(x, y, r * 0.92, r * 1.08, hair if back else SKIN)
    if not back:
        c.slice(x, y - r * 0.08, r * 1.06, 182, 358, hair)
        c.rect(x - r * 0.98, y - r * 0.34, r * 1.96, r * 0.24, hair, r * 0.1)
        for side in (-0.36, 0.36):
            c.oval(x + side * r, y + r * 0.16, r * 0.08, r * 0.1, (70, 52, 46))
        smile = [(x - r * 0.24, y + r * 0.48), (x, y + r * 0.6), (x + r * 0.24, y + r * 0.48)]
        c.stroke(smile, (198, 112, 98), max(1.5, r * 0.09))
    if hat:
        c.slice(x, y - r * 0.28, r * 1.16, 180, 360, hat)
        c.rect(x - r * 1.3, y - r * 0.38, r * 2.6, r * 0.24, mix(hat, (0, 0, 0), 0.16), r * 0.12)


def stand(
    c: Canvas, x: float, foot: float, tall: float, rng: Random, *, coat: Colour | None = None,
    vest: Colour | None = None, hat: Colour | None = None, back: bool = False, holds: str = "", turn: int = 0,
) -> None:  # fmt: skip
    """Draw somebody standing.

    Takes: the middle of the feet, the height, clothes; `holds` is "", "board" or "paper"; `turn` -1, 0 or 1
    lifts the arm of that side to point at something.
    """
    wear, legs = coat or rng.choice(CLOTHES), rng.choice(TROUSERS)
    r, waist, neck, half = tall * 0.072, foot - tall * 0.47, foot - tall * 0.83, tall * 0.115
    c.oval(x, foot, tall * 0.2, tall * 0.028, (20, 24, 30, 46))
    for side in (-1, 1):
        c.stroke([(x + side * half * 0.45, waist), (x + side * half * 0.6, foot - 4)], legs, half * 0.82)
        c.rect(x + side * half * 0.6 - half * 0.42, foot - half * 0.34, half * 0.84, half * 0.36, (36, 36, 40), 3)
    _arms(c, x, neck, half, wear, tall, turn)
    hem = waist + tall * (0.2 if coat == WHITE else 0.035)
    c.shape([(x - half, neck + 6), (x + half, neck + 6), (x + half * 1.02, hem), (x - half * 1.02, hem)], wear)
    c.rect(x - half, neck, half * 2, half * 0.9, wear, half * 0.42)
    _front(c, x, neck, half, waist, wear, vest, back)
    if holds:
        _holding(c, x, neck, half, wear, holds)
    head(c, x, neck - r * 1.35, r, rng, hat, back)


def _arms(c: Canvas, x: float, neck: float, half: float, wear: Colour, tall: float, turn: int) -> None:
    shade = mix(wear, (0, 0, 0), 0.14)
    for side in (-1, 1):
        shoulder = (x + side * half * 0.95, neck + half * 0.45)
        if side == turn:
            elbow, hand = (
                (x + side * half * 2.1, neck + half * 0.9),
                (x + side * half * 3.1, neck - half * 0.5),
            )
        else:
            elbow, hand = (
                (x + side * half * 1.5, neck + tall * 0.2),
                (x + side * half * 1.25, neck + tall * 0.36),
            )
        c.stroke([shoulder, elbow, hand], shade, half * 0.55)
        c.oval(*hand, half * 0.27, half * 0.27, SKIN)


def _front(
    c: Canvas, x: float, neck: float, half: float, waist: float, wear: Colour, vest: Colour | None, back: bool
) -> None:
    if vest:
        c.rect(x - half * 0.98, neck + 3, half * 1.96, waist - neck, vest, half * 0.25)
        stripe = mix(vest, (255, 255, 255), 0.72)
        c.rect(x - half * 0.98, neck + (waist - neck) * 0.55, half * 1.96, half * 0.24, stripe)
    if not back:
        opening = mix(vest or wear, (255, 255, 255), 0.55)
        c.shape([(x - half * 0.34, neck), (x + half * 0.34, neck), (x, neck + half * 0.95)], opening)


def _holding(c: Canvas, x: float, neck: float, half: float, wear: Colour, what: str) -> None:
    y = neck + half * 2.1
    sleeve = mix(wear, (0, 0, 0), 0.2)
    for side in (-1, 1):
        c.stroke(
            [(x + side * half * 1.05, y - half * 0.8), (x + side * half * 0.5, y + half * 0.5)],
            sleeve,
            half * 0.5,
        )
    if what == "board":
        c.rect(x - half * 0.85, y - half * 0.75, half * 1.7, half * 1.5, (120, 88, 60), 4)
    c.rect(x - half * 0.7, y - half * 0.6, half * 1.4, half * 1.25, (250, 249, 244), 2)
    for row in range(3):
        line_y = y - half * 0.32 + row * half * 0.32
        c.rect(x - half * 0.5, line_y, half * (1.0 - row * 0.15), half * 0.09, (150, 156, 164))


def seated(c: Canvas, x: float, y: float, size: float, rng: Random, shade: float = 0.0) -> None:
    """Draw head and shoulders of somebody who sits with the back to us; `shade` darkens the clothes."""
    wear = mix(rng.choice(CLOTHES), (22, 24, 34), shade)
    c.rect(x - size * 1.15, y + size * 0.95, size * 2.3, size * 2.6, wear, size * 0.85)
    head(c, x, y, size * 0.72, rng, None, True)


def rows(c: Canvas, top: float, count: int, first: float, rng: Random, shade: float = 0.2) -> None:
    """Fill the lower part of a sheet with an audience, each row larger and nearer than the last."""
    for row in range(count):
        size = first * (1 + 0.34 * row)
        y = top + sum(first * (1 + 0.34 * k) * 2.15 for k in range(row))
        c.rect(0, y + size * 2.2, 1600, size * 3, (30, 32, 42, 70))
        step = size * 3.1
        x = -step * (0.5 if row % 2 else 0.1)
        while x < 1600 + step:
            seated(c, x + rng.uniform(-0.18, 0.18) * size, y + rng.uniform(-0.1, 0.1) * size, size, rng, shade)
            x += step
