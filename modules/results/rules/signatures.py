"""How many people it takes to let a result out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Signatures:
    """So many different ``persons`` stand between entering and releasing, never one.

    2: the second one checks and releases. 3: the second one checks, the third one releases.
    """

    persons: int
