"""How many people it takes to let a result out."""

from msgspec import Struct


class Signatures(Struct, frozen=True):
    """So many different ``persons`` stand between entering and releasing, never one.

    2: the second one checks and releases. 3: the second one checks, the third one releases.
    """

    persons: int
