"""Scenes in the open: harbour, street, reservoir, building site, housing estate, beach."""

from random import Random

from . import people as p
from .canvas import Canvas, Colour, mix
from .scenery import PAPER, RED, banner, cloud, hills, house, palm, skyline, text_lines, tree

STEEL: Colour = (108, 122, 138)
ASPHALT: Colour = (112, 116, 124)


def _sky(c: Canvas, rng: Random, foot: float) -> None:
    top = rng.choice(((132, 184, 216), (146, 192, 218), (156, 194, 206)))
    c.fade(0, foot, top, (242, 240, 226))
    c.glow(rng.uniform(200, 1400), 120, 460, (255, 246, 214), 0.6)
    for _ in range(4):
        cloud(c, rng.uniform(60, 1540), rng.uniform(70, 260), rng.uniform(150, 290))


def harbour(c: Canvas, text: str, rng: Random) -> None:
    """Gantry cranes, a ship and stacks of boxes; inspectors on the quay."""
    _sky(c, rng, 560)
    hills(c, 560, 110, (150, 178, 184), rng)
    c.fade(550, 260, (108, 162, 184), (84, 138, 164))
    for _ in range(40):
        x, y = rng.uniform(0, 1600), rng.uniform(570, 770)
        c.rect(x, y, rng.uniform(30, 90), 3, (210, 232, 238, 110), 1)
    _ship(c, rng)
    for x in (300, 760, 1240):
        _gantry(c, x)
    c.rect(0, 770, 1600, 297, (178, 178, 176))
    c.rect(0, 770, 1600, 14, (226, 186, 76))
    for x, count in ((-40, 3), (1180, 4)):
        _boxes(c, x, 900, count, rng)
    banner(c, 420, 50, 760, 104, text, 930)
    p.stand(c, 520, 1040, 330, rng, coat=p.NAVY, vest=p.YELLOW, hat=p.WHITE, holds="board")
    p.stand(c, 720, 1046, 340, rng, coat=p.NAVY, vest=p.YELLOW, hat=p.WHITE, turn=1)
    p.stand(c, 1030, 1040, 330, rng, coat=(120, 130, 138), vest=p.ORANGE, hat=p.YELLOW)


def _ship(c: Canvas, rng: Random) -> None:
    c.shape([(420, 620), (1420, 620), (1360, 730), (480, 730)], (60, 82, 108))
    c.shape([(462, 698), (1376, 698), (1360, 730), (480, 730)], RED)
    for col in range(12):
        for row in range(rng.randint(2, 4)):
            hue = rng.choice(BOXES)
            c.rect(500 + col * 60, 582 - row * 40, 56, 38, hue, 2)
    c.rect(1250, 470, 110, 150, PAPER, 4)
    c.rect(1236, 470, 138, 28, (214, 220, 222), 4)
    for i in range(3):
        c.rect(1264 + i * 32, 512, 20, 16, STEEL)
    c.rect(1288, 420, 30, 50, RED)


BOXES: tuple[Colour, ...] = (
    (190, 82, 70),
    (72, 118, 150),
    (216, 162, 84),
    (104, 146, 122),
    (226, 222, 212),
    (126, 112, 140),
)


def _gantry(c: Canvas, x: float) -> None:
    blue: Colour = (56, 98, 138)
    for leg in (x - 90, x + 90):
        c.stroke([(leg, 790), (leg, 300)], blue, 18)
    c.rect(x - 110, 560, 220, 16, blue)
    c.stroke([(x - 90, 560), (x + 90, 330)], blue, 7)
    c.rect(x - 200, 290, 470, 24, blue, 3)
    c.stroke([(x, 290), (x, 190)], blue, 14)
    for end in (x - 195, x + 265):
        c.stroke([(x, 192), (end, 292)], blue, 5)
    c.rect(x + 150, 314, 50, 30, (232, 226, 214), 4)
    c.stroke([(x + 175, 344), (x + 175, 440)], (70, 76, 84), 3)
    c.rect(x + 146, 440, 58, 36, BOXES[round(x) % 5], 2)


def _boxes(c: Canvas, x: float, foot: float, count: int, rng: Random) -> None:
    for row in range(count):
        for col in range(3 if row < count - 1 else 2):
            hue = rng.choice(BOXES)
            left, top = x + col * 156, foot - 74 * (row + 1)
            c.rect(left, top, 150, 70, hue, 2)
            for rib in range(1, 9):
                c.rect(left + rib * 17, top + 8, 4, 54, mix(hue, (0, 0, 0), 0.14))


def street(c: Canvas, text: str, rng: Random) -> None:
    """Buses at a stop under trees, towers behind."""
    _sky(c, rng, 640)
    skyline(c, 640, (150, 176, 192), rng, 460)
    for x in range(40, 1640, 190):
        tree(c, x + rng.uniform(-20, 20), 672, rng.uniform(210, 270), rng)
    c.rect(0, 664, 1600, 60, (206, 202, 192))
    c.rect(0, 716, 1600, 200, ASPHALT)
    c.rect(0, 712, 1600, 10, (168, 168, 166))
    for x in range(-40, 1600, 180):
        c.rect(x, 862, 100, 9, (236, 232, 214))
    banner(c, 380, 70, 840, 112, text, 716)
    _bus(c, 60, 780, (92, 150, 118), rng)
    _bus(c, 900, 790, (64, 120, 162), rng)
    c.rect(0, 906, 1600, 161, (218, 212, 200))
    c.rect(0, 906, 1600, 10, (186, 182, 174))
    _stop(c, rng)
    for x, tall in ((150, 300), (330, 320), (1010, 310), (1190, 316), (1440, 300)):
        p.stand(c, x, 1030, tall, rng, back=rng.random() < 0.3)
    p.stand(c, 880, 1040, 320, rng, coat=(90, 96, 104), vest=p.RED, hat=p.RED, turn=-1)


def _bus(c: Canvas, x: float, foot: float, hue: Colour, rng: Random) -> None:
    c.oval(x + 300, foot + 66, 320, 16, (20, 24, 30, 60))
    c.rect(x, foot - 190, 600, 240, hue, 26)
    c.rect(x, foot - 20, 600, 40, PAPER)
    c.rect(x + 24, foot - 160, 552, 104, (206, 230, 238), 12)
    for i in range(1, 6):
        c.rect(x + 24 + i * 92, foot - 160, 9, 104, hue)
    for i in range(5):
        p.seated(c, x + 82 + i * 92, foot - 104, 24, rng)
    c.rect(x + 24, foot - 56, 552, 70, hue)
    c.rect(x, foot - 12, 600, 26, PAPER)
    c.rect(x + 470, foot - 150, 84, 196, (186, 214, 224), 8)
    c.rect(x + 508, foot - 150, 8, 196, hue)
    c.rect(x + 576, foot - 6, 18, 26, (250, 226, 150), 6)
    for wheel in (x + 120, x + 420):
        c.oval(wheel, foot + 46, 44, 44, (48, 50, 56))
        c.oval(wheel, foot + 46, 20, 20, (190, 194, 198))


def _stop(c: Canvas, rng: Random) -> None:
    c.rect(520, 760, 300, 18, (76, 86, 98), 6)
    for x in (536, 792):
        c.rect(x, 778, 12, 250, (76, 86, 98))
    c.rect(560, 806, 220, 150, (250, 249, 244), 4)
    c.rect(560, 806, 220, 34, (62, 128, 102), 4)
    text_lines(c, 580, 858, 180, 4, 22, rng)
    c.rect(550, 980, 240, 16, (176, 132, 92), 5)


def reservoir(c: Canvas, text: str, rng: Random) -> None:
    """Water behind a dam among hills; engineers on the crest."""
    _sky(c, rng, 520)
    hills(c, 520, 250, (148, 184, 172), rng)
    hills(c, 540, 150, (112, 158, 132), rng)
    c.fade(530, 240, (128, 186, 202), (86, 148, 176))
    for _ in range(46):
        c.rect(rng.uniform(0, 1600), rng.uniform(545, 740), rng.uniform(40, 130), 3, (226, 242, 244, 100), 1)
    c.shape([(0, 740), (1600, 690), (1600, 780), (0, 830)], (206, 206, 200))
    c.shape([(0, 830), (1600, 780), (1600, 1067), (0, 1067)], (178, 182, 178))
    c.shape([(930, 806), (1580, 786), (1600, 1067), (880, 1067)], (160, 166, 164))
    for i in range(4):
        _gate(c, 960 + i * 150, 800 - i * 5)
    c.fade(1020, 47, (176, 214, 224), (128, 184, 202))
    for x in range(10, 1600, 70):
        c.rect(x, 694 - x * 0.031, 7, 54, (236, 238, 236))
    c.stroke([(0, 698), (1600, 648)], (236, 238, 236), 8)
    c.rect(180, 560, 130, 150, (232, 226, 214), 3)
    c.shape([(164, 566), (245, 500), (326, 566)], (172, 92, 76))
    c.rect(226, 626, 40, 84, (120, 140, 150))
    banner(c, 300, 100, 650, 104, text, 800)
    for x, foot, tall, hold, turn in (
        (480, 930, 380, "board", 0),
        (650, 930, 390, "", 1),
        (832, 920, 370, "", 0),
    ):
        p.stand(c, x, foot, tall, rng, coat=(84, 108, 132), vest=p.ORANGE, hat=p.WHITE, holds=hold, turn=turn)


def _gate(c: Canvas, x: float, y: float) -> None:
    c.rect(x - 14, y - 8, 136, 30, (132, 142, 144), 3)
    c.rect(x, y + 14, 108, 230, (222, 238, 243))
    for i in range(5):
        c.rect(x + 10 + i * 20, y + 22, 5, 222, (166, 206, 219))
    c.rect(x, y - 46, 108, 64, (78, 112, 138), 3)
    for bar in (y - 34, y - 18, y - 2):
        c.rect(x + 8, bar, 92, 5, (112, 146, 168))


def construction(c: Canvas, text: str, rng: Random) -> None:
    """A frame rising under tower cranes; helmets gather before the hoarding."""
    _sky(c, rng, 800)
    skyline(c, 790, (182, 198, 206), rng, 330)
    _frame(c, 180, 800, 520, 500)
    _frame(c, 820, 800, 560, 400)
    _tower_crane(c, 760, 800, 650, 1)
    _tower_crane(c, 1450, 800, 560, -1)
    c.rect(0, 780, 1600, 287, (204, 188, 164))
    c.rect(0, 560, 1600, 230, (74, 130, 122))
    for x in range(0, 1600, 160):
        c.rect(x, 560, 5, 230, (58, 108, 102))
    c.rect(260, 576, 1080, 124, RED, 4)
    c.letter(300, 584, 1000, 108, text, PAPER)
    for i in range(7):
        x = 250 + i * 185
        hat = p.WHITE if i == 3 else rng.choice((p.YELLOW, p.ORANGE))
        hold, turn = ("paper", 0) if i == 3 else ("", 0)
        p.stand(
            c,
            x,
            1010 + (i % 2) * 26,
            300,
            rng,
            coat=(94, 112, 130),
            vest=p.ORANGE,
            hat=hat,
            holds=hold,
            turn=turn,
        )


def _frame(c: Canvas, x: float, foot: float, w: float, h: float) -> None:
    floors, bays = round(h / 90), round(w / 100)
    for i in range(floors + 1):
        c.rect(x - 12, foot - h + i * h / floors, w + 24, 16, (172, 170, 164))
    for i in range(bays + 1):
        c.rect(x + i * (w - 16) / bays, foot - h, 16, h, (190, 188, 182))
    for i in range(floors - 2):
        top = foot - h + (i + 2) * h / floors + 16
        c.rect(x + 16, top, w - 32, h / floors - 16, (120, 154, 168, 120))
    for i in range(bays * 2):
        c.rect(x + i * w / bays / 2, foot - h - 36, 5, 36, (150, 110, 84))


def _tower_crane(c: Canvas, x: float, foot: float, tall: float, side: int) -> None:
    hue: Colour = (222, 170, 64)
    top = foot - tall
    for dx in (-14, 14):
        c.stroke([(x + dx, foot), (x + dx, top)], hue, 6)
    for i in range(round(tall / 32)):
        y = foot - i * 32
        c.stroke([(x - 14, y), (x + 14, y - 32)], hue, 3)
    c.stroke([(x - side * 130, top), (x + side * 430, top)], hue, 13)
    c.stroke([(x, top - 70), (x + side * 400, top)], hue, 3)
    c.stroke([(x, top - 70), (x - side * 125, top)], hue, 3)
    c.stroke([(x, top), (x, top - 72)], hue, 11)
    c.rect(x - side * 130 - 30, top, 60, 46, (126, 126, 124), 3)
    c.stroke([(x + side * 330, top), (x + side * 330, top + 120)], (80, 84, 90), 3)
    c.rect(x + side * 330 - 30, top + 120, 60, 18, (150, 110, 84), 2)


def community(c: Canvas, text: str, rng: Random) -> None:
    """Volunteers at a table under a tent among blocks of flats."""
    _sky(c, rng, 700)
    for x, w, h in ((-20, 220, 470), (240, 190, 380), (1130, 200, 410), (1370, 250, 500)):
        house(c, x, 720, w, h, rng.choice(((226, 206, 184), (212, 214, 208), (222, 196, 176))), rng)
    for x in (60, 220, 440, 1140, 1330, 1540):
        tree(c, x, 740, rng.uniform(220, 300), rng)
    c.rect(0, 720, 1600, 347, (208, 204, 194))
    c.rect(0, 720, 1600, 26, (150, 184, 138))
    for pole in (500, 1090):
        c.rect(pole, 400, 12, 440, (220, 222, 222))
    c.shape([(470, 420), (640, 280), (960, 280), (1132, 420)], RED)
    c.shape([(640, 280), (800, 280), (800, 420), (600, 420)], (206, 66, 58))
    c.rect(470, 420, 662, 96, PAPER, 3)
    c.letter(490, 424, 622, 88, text, RED)
    for x in (620, 800, 980):
        p.stand(c, x, 850, 300, rng, coat=PAPER, vest=p.RED, hat=p.RED)
    c.rect(520, 740, 570, 110, RED, 4)
    c.rect(510, 728, 590, 20, (232, 226, 214), 4)
    for i in range(6):
        c.rect(
            560 + i * 84,
            702,
            52,
            28,
            rng.choice(((226, 188, 110), (122, 164, 184), (214, 120, 104), PAPER)),
            3,
        )
    for x, tall, behind in (
        (180, 380, False),
        (330, 350, False),
        (640, 400, True),
        (830, 390, True),
        (1230, 380, False),
        (1430, 360, False),
    ):
        p.stand(c, x, 1036, tall, rng, back=behind, holds="" if behind else rng.choice(("", "paper")))


def beach(c: Canvas, text: str, rng: Random) -> None:
    """Sea, palms and sun shades; visitors before an arch."""
    _sky(c, rng, 480)
    hills(c, 480, 120, (138, 172, 170), rng)
    c.fade(470, 240, (92, 172, 194), (150, 214, 216))
    for _ in range(30):
        c.rect(rng.uniform(0, 1600), rng.uniform(490, 680), rng.uniform(50, 140), 4, (240, 250, 250, 120), 2)
    c.shape([(1060, 500), (1180, 500), (1160, 524), (1080, 524)], PAPER)
    c.shape([(1118, 400), (1118, 494), (1180, 494)], (232, 130, 96))
    c.shape([(0, 690), (500, 668), (1000, 700), (1600, 676), (1600, 1067), (0, 1067)], (238, 216, 172))
    c.stroke([(0, 690), (500, 668), (1000, 700), (1600, 676)], (250, 250, 244), 12)
    for x, foot, hue in ((170, 830, (222, 96, 80)), (1440, 840, (84, 142, 168)), (1240, 780, (232, 176, 84))):
        _shade(c, x, foot, hue)
    palm(c, 60, 900, 560)
    palm(c, 1500, 960, 620)
    banner(c, 430, 420, 742, 120, text, 870)
    for i in range(8):
        at, near = 270 + i * 150 + rng.uniform(-34, 34), 900 + (i * 53) % 130
        p.stand(c, at, near, near * 0.31, rng, back=rng.random() < 0.3)


def _shade(c: Canvas, x: float, foot: float, hue: Colour) -> None:
    c.oval(x, foot, 110, 14, (90, 70, 30, 50))
    c.rect(x - 4, foot - 190, 9, 190, (240, 236, 226))
    c.slice(x, foot - 150, 116, 180, 360, hue)
    c.slice(x, foot - 150, 116, 215, 250, mix(hue, (255, 255, 255), 0.6))
    c.slice(x, foot - 150, 116, 290, 325, mix(hue, (255, 255, 255), 0.6))
