"""The dated letterhead and signature of a unit as papers take them."""

from datetime import date

from admin_suite.db.work import Work
from admin_suite.documents.parts import Agency, Signature
from admin_suite.documents.text import plain
from admin_suite.registry.units import face_on, signer_on


def agency(work: Work, day: date, unit_id: int | None = None) -> Agency:
    """Who issues a paper of that day: our own unit, if none is named."""
    face = face_on(work, day, unit_id)
    return Agency(plain(face.governing), plain(face.name), plain(face.place))


def signature(work: Work, paper: str, day: date, head: str, hint: str) -> Signature:
    """Who signs a paper of that day; ``head`` stands there where nobody has said it."""
    signer = signer_on(work, paper, day)
    if signer is None:
        return Signature((head,), hint=hint)
    return Signature(tuple(map(plain, signer.heads)), signer.name, hint)
