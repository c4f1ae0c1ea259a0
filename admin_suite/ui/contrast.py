"""How well two colours can be told apart: WCAG contrast, and distance in colour-blind eyes."""

from itertools import combinations

Triple = tuple[float, float, float]
SRGB_KNEE = 0.04045  # IEC 61966-2-1
LAB_KNEE = 0.008856  # CIE 15

# Machado, Oliveira, Fernandes 2009, full severity, on linear RGB.
BLINDNESS: dict[str, tuple[Triple, Triple, Triple]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> Triple:
    """``#rrggbb`` as linear red, green and blue between 0 and 1."""
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        v / 12.92 if v <= SRGB_KNEE else ((v + 0.055) / 1.055) ** 2.4 for v in values
    )
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two colours, 1 to 21."""
    weights = (0.2126, 0.7152, 0.0722)
    light = [sum(w * c for w, c in zip(weights, linear(x), strict=True)) for x in (one, other)]
    return (max(light) + 0.05) / (min(light) + 0.05)


def seen_by(blindness: str, colour: str) -> Triple:
    """The colour as linear RGB in the eyes of somebody with that blindness."""
    rgb = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(m * c for m, c in zip(line, rgb, strict=True))))
        for line in BLINDNESS[blindness]
    )
    return red, green, blue


def lab(rgb: Triple) -> Triple:
    """Linear RGB as CIE L*a*b* (D65)."""
    red, green, blue = rgb
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > LAB_KNEE else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def closest_pair(colours: dict[str, str]) -> tuple[float, str]:
    """The smallest distance (CIE 1976) between two of the colours in any colour-blind eye."""
    found: list[tuple[float, str]] = []
    for eye in BLINDNESS:
        for (a, one), (b, other) in combinations(colours.items(), 2):
            pair = zip(lab(seen_by(eye, one)), lab(seen_by(eye, other)), strict=True)
            found.append((sum((p - q) ** 2 for p, q in pair) ** 0.5, f"{a}/{b} ({eye})"))
    return min(found)
