"""A letter that finds what was misread or mistyped in a number.

It is a weighted sum of the digits modulo 19. Weights differ and 19 is a prime larger than any
digit, so one wrong digit and two digits changed about are always found. The letters that look like
digits or like one another (B, I, O, Q, S, U, Z) are left out.
"""

LETTERS = "ACDEFGHJKLMNPRTVWXY"


def check_letter(digits: str) -> str:
    """The letter that goes with these digits (at most 18 of them)."""
    return LETTERS[sum(w * int(digit) for w, digit in enumerate(digits, start=1)) % len(LETTERS)]
