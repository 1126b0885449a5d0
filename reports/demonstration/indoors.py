"""Scenes under a roof: stage, laboratory, exhibition, classroom, hospital, market."""

from random import Random

from . import people as p
from .canvas import Canvas, Colour, mix
from .scenery import DEEP_RED, GOLD, INK, PAPER, RED, banner, board, chart, text_lines

WOOD: Colour = (176, 132, 92)
STEEL: Colour = (196, 204, 210)


def stage(c: Canvas, text: str, rng: Random) -> None:
    """A speaker before a red backdrop, a table of guests, an audience in the dark."""
    c.fade(0, 1067, (70, 52, 56), (38, 34, 44))
    for x in range(0, 1600, 64):
        c.rect(x, 0, 30, 700, (0, 0, 0, 16))
    c.rect(170, 70, 1260, 500, DEEP_RED, 6)
    c.rect(186, 86, 1228, 468, RED, 4)
    c.shape([(186, 554), (186, 430), (560, 500), (980, 450), (1414, 520), (1414, 554)], (206, 70, 52))
    c.shape([(186, 554), (186, 490), (640, 540), (1100, 506), (1414, 542), (1414, 554)], (232, 160, 96))
    c.letter(250, 130, 1100, 190, text, PAPER)
    c.rect(700, 346, 200, 3, GOLD)
    for x in (260, 800, 1340):
        c.glow(x, 60, 420, (255, 226, 180), 0.34)
    c.shape([(90, 640), (1510, 640), (1600, 780), (0, 780)], (150, 104, 76))
    c.rect(0, 760, 1600, 40, (104, 70, 54))
    _guests(c, rng)
    _lectern(c, rng)
    _flowers(c, rng)
    p.rows(c, 806, 2, 50, rng, 0.5)


def _guests(c: Canvas, rng: Random) -> None:
    for i in range(5):
        x = 640 + i * 168
        wear = rng.choice(((56, 66, 90), (70, 74, 84), (90, 62, 66)))
        c.rect(x - 52, 560, 104, 120, wear, 36)
        c.shape([(x - 15, 562), (x + 15, 562), (x, 606)], (244, 244, 242))
        p.head(c, x, 524, 31, rng, None, False)
    c.rect(540, 624, 940, 84, (196, 58, 48), 5)
    c.rect(540, 624, 940, 16, (232, 226, 214), 4)
    for i in range(5):
        c.rect(604 + i * 168, 602, 72, 26, PAPER, 3)
        c.rect(692 + i * 168, 598, 16, 28, (220, 236, 240), 4)


def _lectern(c: Canvas, rng: Random) -> None:
    p.stand(c, 330, 716, 320, rng, coat=(54, 64, 88))
    c.shape([(256, 566), (404, 566), (388, 724), (272, 724)], (150, 98, 62))
    c.rect(246, 552, 168, 22, (178, 122, 80), 4)
    c.oval(330, 640, 28, 28, GOLD)
    c.stroke([(350, 552), (342, 508)], (40, 40, 44), 4)
    c.oval(341, 504, 7, 9, (40, 40, 44))


def _flowers(c: Canvas, rng: Random) -> None:
    for x in range(20, 1600, 46):
        c.oval(x, 756, 30, 22, (78, 122, 84))
        for _ in range(3):
            hue = rng.choice(((232, 110, 96), (246, 206, 120), (250, 236, 226)))
            c.oval(x + rng.uniform(-20, 20), 744 + rng.uniform(-8, 8), 8, 8, hue)


def laboratory(c: Canvas, text: str, rng: Random) -> None:
    """White coats at a bench with instruments and glassware."""
    c.fade(0, 760, (188, 210, 220), (210, 224, 228))
    c.rect(0, 760, 1600, 307, (206, 214, 216))
    _window(c, 90, 110, 330, 330)
    board(c, 500, 100, 600, 230, text)
    text_lines(c, 536, 204, 240, 4, 28, rng)
    chart(c, 820, 196, 230, 104, rng)
    _shelf(c, rng)
    p.stand(c, 520, 880, 560, rng, coat=p.WHITE, holds="board")
    p.stand(c, 1010, 880, 540, rng, coat=p.WHITE, turn=1)
    p.stand(c, 1390, 880, 520, rng, coat=p.WHITE)
    c.rect(0, 720, 1600, 34, (236, 238, 236), 4)
    c.rect(0, 754, 1600, 313, (150, 170, 180))
    for x in range(40, 1600, 260):
        c.rect(x, 792, 232, 250, (168, 186, 194), 8)
        c.rect(x + 86, 816, 60, 10, (110, 128, 138), 5)
    _microscope(c, 260, 720)
    _analyser(c, 740, 720, rng)
    _glassware(c, 1130, 720, rng)


def _window(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    c.rect(x, y, w, h, (250, 250, 248), 6)
    c.rect(x + 14, y + 14, w - 28, h - 28, (188, 220, 236))
    c.shape([(x + 14, y + h - 14), (x + w * 0.3, y + h * 0.55), (x + w * 0.6, y + h - 14)], (146, 184, 168))
    c.shape([(x + w * 0.35, y + h - 14), (x + w * 0.7, y + h * 0.62), (x + w - 14, y + h - 14)], (126, 170, 154))
    c.rect(x + w / 2 - 5, y, 10, h, (250, 250, 248))
    c.glow(x + w / 2, y + h / 2, 380, (255, 250, 226), 0.3)


def _shelf(c: Canvas, rng: Random) -> None:
    for y in (210, 340):
        c.rect(1180, y, 350, 14, WOOD, 3)
        for i in range(7):
            hue = rng.choice(((112, 160, 176), (206, 156, 96), (150, 178, 140), (196, 108, 96)))
            x = 1196 + i * 48
            c.rect(x, y - 62, 32, 62, mix(hue, (255, 255, 255), 0.2), 6)
            c.rect(x + 8, y - 76, 16, 18, (90, 96, 104), 3)
            c.rect(x + 4, y - 40, 24, 22, PAPER)


def _microscope(c: Canvas, x: float, foot: float) -> None:
    c.rect(x - 70, foot - 20, 140, 20, INK, 8)
    c.stroke([(x + 40, foot - 20), (x + 56, foot - 96), (x + 16, foot - 160)], INK, 24)
    c.rect(x - 52, foot - 66, 96, 14, (86, 94, 106), 4)
    c.stroke([(x - 8, foot - 84), (x + 20, foot - 190)], (236, 238, 238), 32)
    c.stroke([(x + 22, foot - 200), (x + 30, foot - 226)], INK, 24)


def _analyser(c: Canvas, x: float, foot: float, rng: Random) -> None:
    c.rect(x - 150, foot - 170, 250, 170, (232, 236, 238), 10)
    c.rect(x - 128, foot - 146, 130, 92, (40, 66, 84), 6)
    points = [(x - 122 + i * 12, foot - 70 - rng.uniform(0, 62) * (i % 3 == 1)) for i in range(11)]
    c.stroke(points, (126, 214, 190), 3)
    for i in range(3):
        c.oval(x + 36, foot - 132 + i * 34, 11, 11, (RED, (230, 176, 80), (96, 160, 120))[i])
    c.rect(x - 128, foot - 36, 206, 12, (170, 182, 188), 6)


def _glassware(c: Canvas, x: float, foot: float, rng: Random) -> None:
    for i, liquid in enumerate(((98, 164, 186), (222, 164, 88), (160, 190, 130))):
        fx = x + i * 92
        c.shape(
            [(fx - 12, foot - 118), (fx + 12, foot - 118), (fx + 40, foot - 4), (fx - 40, foot - 4)],
            (225, 240, 244, 200),
        )
        c.shape([(fx - 24, foot - 68), (fx + 24, foot - 68), (fx + 40, foot - 4), (fx - 40, foot - 4)], liquid)
        c.rect(fx - 17, foot - 126, 34, 10, (236, 246, 248), 4)
    for i in range(4):
        c.rect(x + 290 + i * 30, foot - 96, 16, 92, (228, 240, 244), 8)
        c.rect(x + 290 + i * 30, foot - 96 + rng.uniform(30, 56), 16, 40, (198, 92, 84), 8)
    c.rect(x + 276, foot - 60, 140, 10, WOOD, 3)


def exhibition(c: Canvas, text: str, rng: Random) -> None:
    """A bright hall with panels, show cases and visitors."""
    c.fade(0, 700, (214, 220, 226), (242, 240, 234))
    c.shape([(0, 700), (1600, 700), (1600, 1067), (0, 1067)], (206, 198, 186))
    for x in range(-800, 2500, 220):
        c.stroke([(800 + (x - 800) * 0.42, 700), (x, 1067)], (192, 184, 172), 3)
    for x in (200, 500, 800, 1100, 1400):
        c.rect(x - 30, 0, 60, 30, (92, 98, 108), 6)
        c.glow(x, 90, 300, (255, 244, 214), 0.5)
    banner(c, 380, 74, 840, 112, text)
    for i, x in enumerate((70, 440, 810, 1180)):
        _panel(c, x, 260, 340, 360, i, rng)
    for x in (330, 800, 1270):
        _showcase(c, x, 830, rng)
    for x, foot, tall in (
        (130, 900, 430),
        (560, 930, 460),
        (640, 940, 440),
        (1050, 910, 440),
        (1480, 950, 470),
    ):
        p.stand(c, x, foot, tall, rng, back=rng.random() < 0.55)
    p.stand(c, 930, 1000, 500, rng, coat=p.RED, turn=1)


def _panel(c: Canvas, x: float, y: float, w: float, h: float, kind: int, rng: Random) -> None:
    c.rect(x + 8, y + 10, w, h + 80, (20, 24, 30, 36), 6)
    c.rect(x, y, w, h + 80, (250, 249, 246), 6)
    c.rect(x, y, w, 16, (RED, (62, 104, 138), (92, 136, 112), (206, 150, 82))[kind % 4], 6)
    c.rect(x + 28, y + 44, w * 0.5, 20, INK, 3)
    if kind % 2:
        chart(c, x + 34, y + 96, w - 68, 150, rng)
    else:
        c.rect(x + 28, y + 90, w - 56, 160, (196, 216, 224), 4)
        c.oval(x + w * 0.72, y + 132, 22, 22, (246, 222, 160))
        c.shape([(x + 28, y + 250), (x + w * 0.4, y + 150), (x + w * 0.66, y + 250)], (132, 168, 152))
        c.shape([(x + w * 0.45, y + 250), (x + w * 0.7, y + 180), (x + w - 28, y + 250)], (108, 148, 136))
    text_lines(c, x + 28, y + 284, w - 56, 4, 26, rng)


def _showcase(c: Canvas, x: float, foot: float, rng: Random) -> None:
    c.oval(x, foot, 130, 16, (30, 26, 20, 50))
    c.rect(x - 105, foot - 140, 210, 140, (240, 238, 234), 4)
    c.rect(x + 60, foot - 140, 45, 140, (222, 220, 216), 4)
    c.rect(x - 105, foot - 236, 210, 96, (214, 234, 240, 130), 4)
    hue = rng.choice(((206, 158, 74), (110, 142, 166), (178, 84, 74)))
    c.rect(x - 46, foot - 160, 92, 20, (120, 112, 104), 4)
    c.shape([(x, foot - 222), (x + 40, foot - 190), (x, foot - 160), (x - 40, foot - 190)], hue)
    c.shape([(x, foot - 222), (x + 40, foot - 190), (x, foot - 190)], mix(hue, (255, 255, 255), 0.35))


def classroom(c: Canvas, text: str, rng: Random) -> None:
    """A teacher at the board, a class seen from behind."""
    c.fade(0, 760, (244, 238, 226), (236, 228, 212))
    c.rect(0, 700, 1600, 367, (200, 176, 148))
    c.rect(330, 110, 940, 400, WOOD, 8)
    c.rect(350, 130, 900, 360, (56, 98, 84))
    c.letter(400, 160, 800, 120, text, (250, 248, 236))
    c.rect(560, 296, 480, 4, (206, 222, 210))
    chart(c, 980, 330, 220, 120, rng)
    for row in range(4):
        c.rect(410, 336 + row * 34, 420 * rng.uniform(0.6, 1), 8, (176, 204, 190), 4)
    _window(c, 40, 130, 240, 330)
    c.rect(1330, 140, 210, 300, (250, 249, 244), 4)
    text_lines(c, 1352, 176, 160, 8, 30, rng)
    p.stand(c, 1130, 780, 450, rng, coat=(62, 92, 132), turn=-1)
    c.rect(240, 600, 300, 26, mix(WOOD, (255, 255, 255), 0.15), 4)
    c.rect(262, 626, 256, 120, WOOD)
    for row, (y, size, step) in enumerate(((720, 42, 230), (850, 56, 290))):
        for i in range(-1, 7):
            x = i * step + (140 if row else 60)
            p.seated(c, x, y, size, rng)
            c.rect(x - size * 1.9, y + size * 2.3, size * 3.8, size * 0.36, mix(WOOD, (255, 255, 255), 0.2), 5)
            c.rect(x - size * 1.7, y + size * 2.66, size * 3.4, size * 2.6, (164, 124, 88), 4)


def hospital(c: Canvas, text: str, rng: Random) -> None:
    """A nurses' station with a board of improvements, nurses and a doctor in talk."""
    c.fade(0, 780, (204, 226, 224), (224, 236, 232))
    c.rect(0, 780, 1600, 287, (204, 220, 218))
    c.rect(0, 560, 1600, 14, (160, 200, 192))
    c.rect(60, 150, 300, 620, (214, 230, 228), 6)
    c.rect(84, 176, 252, 594, (238, 244, 242), 4)
    c.rect(150, 220, 120, 190, (190, 218, 226), 4)
    c.oval(310, 500, 12, 12, (130, 140, 146))
    board(c, 460, 110, 720, 380, text)
    chart(c, 510, 280, 280, 160, rng)
    text_lines(c, 850, 280, 270, 6, 30, rng)
    c.rect(1280, 150, 230, 230, PAPER, 12)
    c.rect(1374, 190, 44, 150, (94, 160, 142), 6)
    c.rect(1320, 243, 152, 44, (94, 160, 142), 6)
    nurse, doctor = (198, 222, 232), p.WHITE
    p.stand(c, 470, 900, 540, rng, coat=nurse, turn=1)
    p.stand(c, 1130, 900, 550, rng, coat=doctor, holds="board")
    p.stand(c, 1390, 900, 530, rng, coat=nurse)
    c.rect(560, 720, 480, 34, mix(WOOD, (255, 255, 255), 0.35), 6)
    c.rect(580, 754, 440, 240, (236, 240, 238), 6)
    c.rect(580, 820, 440, 18, (120, 178, 164))
    c.rect(650, 620, 150, 100, (58, 72, 84), 8)
    c.rect(662, 632, 126, 76, (150, 196, 208))
    c.rect(900, 676, 90, 44, (226, 190, 120), 4)


def market(c: Canvas, text: str, rng: Random) -> None:
    """Two inspectors with a list between stalls of fruit and vegetables."""
    c.fade(0, 760, (232, 228, 216), (246, 240, 228))
    c.rect(0, 740, 1600, 327, (194, 190, 182))
    for x in range(0, 1600, 200):
        c.rect(x, 0, 12, 130, (160, 162, 160))
    c.rect(0, 122, 1600, 14, (150, 152, 152))
    for x in (300, 800, 1300):
        c.rect(x - 70, 136, 140, 14, (252, 250, 236), 6)
        c.glow(x, 170, 240, (255, 248, 220), 0.45)
    banner(c, 330, 190, 940, 118, text)
    _stall(c, -30, 520, (196, 74, 62), rng)
    _stall(c, 1110, 520, (84, 140, 116), rng)
    p.stand(c, 640, 930, 540, rng, coat=p.NAVY, hat=p.NAVY, holds="board")
    p.stand(c, 860, 950, 560, rng, coat=p.NAVY, hat=p.NAVY, turn=1)
    p.stand(c, 1040, 900, 490, rng, coat=(150, 108, 84))


def _stall(c: Canvas, x: float, w: float, hue: Colour, rng: Random) -> None:
    p.stand(c, x + w * 0.5, 880, 390, rng, coat=(206, 160, 98))
    for i in range(8):
        stripe = hue if i % 2 == 0 else PAPER
        left = x + i * w / 8
        c.shape([(left + 16, 360), (left + w / 8 + 16, 360), (left + w / 8, 460), (left, 460)], stripe)
        c.slice(left + w / 16, 458, w / 16, 0, 180, stripe)
    for side in (x + 20, x + w - 30):
        c.rect(side, 460, 12, 340, (140, 128, 116))
    c.shape([(x + 10, 730), (x + w - 10, 730), (x + w, 800), (x, 800)], mix(WOOD, (255, 255, 255), 0.2))
    c.rect(x, 800, w, 180, WOOD)
    for i in range(4):
        _crate(c, x + 22 + i * (w - 30) / 4, 740, (w - 80) / 4, rng)


def _crate(c: Canvas, x: float, y: float, w: float, rng: Random) -> None:
    hue = rng.choice(((214, 86, 70), (236, 166, 66), (122, 166, 84), (232, 206, 98), (150, 92, 130)))
    for row in range(2):
        for i in range(4):
            tone = mix(hue, (255, 255, 255), rng.uniform(0, 0.18))
            c.oval(x + w * (i + 0.5) / 4, y - 12 + row * 16, w / 7, w / 7, tone)
    c.rect(x, y + 14, w, 54, mix(WOOD, (40, 20, 10), 0.15), 3)
    c.rect(x, y + 34, w, 5, mix(WOOD, (40, 20, 10), 0.35))
