"""A letter that finds what was misread or mistyped in a number.

It is a weighted sum of the digits modulo 19. Weights differ and 19 is a prime larger than any
digit, so one wrong digit and two digits changed about are always found. The letters that look like
digits or like one another (B, I, O, Q, S, U, Z) are left out.
"""

LETTERS = "ACDEFGHJKLMNPRTVWXY"


FIRST_LETTER = 11  # weight of the first letter, above those of ten digits; all below 19


def check_letter(digits: str, letters: str = "") -> str:
    """The letter that goes with these digits (at most ten) and capitals (at most eight).

    Without capitals up to 18 digits. One wrong capital is found but for seven pairs that no eye
    takes for each other (A and T, B and U, ... G and Z: nineteen letters apart).
    """
    whole = sum(w * int(digit) for w, digit in enumerate(digits, start=1))
    whole += sum(w * (ord(one) - ord("A")) for w, one in enumerate(letters, start=FIRST_LETTER))
    return LETTERS[whole % len(LETTERS)]
