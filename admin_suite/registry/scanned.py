"""What a scanned card gives to a form, and where it speaks against what is known: never a block."""

from collections.abc import Iterator
from typing import Protocol

from admin_suite.core.clock import shown
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.registry.cards import Card
from admin_suite.registry.codes import Sex
from admin_suite.registry.names import fold
from admin_suite.registry.queries import communes
from admin_suite.registry.reading.numbers import fits
from admin_suite.registry.reading.places import gazetteer, place
from admin_suite.registry.service import NewPerson

LASTING = 10  # the digits of an insurance number that are the same on an old and a new card


class Compared(Protocol):
    """What of an entry or a form a card may speak against."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def dob(self) -> str: ...  # noqa: D102
    @property
    def sex(self) -> Sex | None: ...  # noqa: D102
    @property
    def id_no(self) -> str: ...  # noqa: D102
    @property
    def insurance_no(self) -> str: ...  # noqa: D102


def filled(work: Work, card: Card) -> NewPerson:
    """The fields of a form as a card fills them; damaged letters are left to be asked for."""
    known = gazetteer(communes(work), work.today())
    return NewPerson(
        name="" if card.damaged else card.name,
        dob=card.dob,
        sex=card.sex,
        phone=card.phone,
        id_no=card.id_no,
        commune_code=place(card.address, known).code if card.address else "",
        address="" if card.damaged else card.address,
        insurance_no=card.insurance_no,
        old_id_no=card.old_id_no,
    )


def contradictions(person: Compared, card: Card) -> list[str]:
    """Where a card says otherwise than an entry, in sentences; the entry may still be right."""
    return [said for said in (*_between(person, card), *_within(card)) if said]


def _between(person: Compared, card: Card) -> Iterator[str]:
    said = _("The card says “{card}”, the entry “{entry}”.")
    if card.name and not card.damaged and fold(card.name) != fold(person.name):
        yield said.format(card=card.name, entry=person.name)
    for mine, theirs in ((person.dob, card.dob),):
        if mine and theirs and not (mine.startswith(theirs) or theirs.startswith(mine)):
            yield said.format(card=shown(theirs), entry=shown(mine))
    if person.sex and card.sex and person.sex is not card.sex:
        yield said.format(card=card.sex.word, entry=person.sex.word)
    numbers = {card.id_no, card.old_id_no} - {""}
    if person.id_no and numbers and person.id_no not in numbers:
        yield said.format(card=card.id_no or card.old_id_no, entry=person.id_no)
    if len({person.insurance_no[-LASTING:], card.insurance_no[-LASTING:]} - {""}) > 1:
        yield said.format(card=card.insurance_no, entry=person.insurance_no)


def _within(card: Card) -> Iterator[str]:
    if card.damaged:
        yield _("Letters of the name were lost on the way from the scanner; type the name.")
    if card.id_no and not fits(card.id_no, card.dob, card.sex):
        yield _("The number speaks of another sex or year of birth than the card.")
