"""Whom a row of a log is about, and how that was noted: scanned cards, telephones, posters."""

from collections.abc import Collection, Mapping

from admin_suite.core.i18n import _
from admin_suite.excel.sheet import Table
from admin_suite.registry.cards import Card
from modules.venues.codes import Means, Source
from modules.venues.formats import checkins as words

CARRIED = ("dob", "sex", "phone", "id_no", "old_id_no", "insurance_no", "address")


def name_everybody(table: Table) -> Mapping[int, Card]:
    """Spread scanned cards over the columns; who is known by the telephone alone is called so.

    Returns the cards that were scanned, by row.
    """
    names = list(table.column("name"))
    phones = table.column("phone", "")
    refused = {remark.at for remark in table.refused if remark.field == "name"}
    cards = {at: card for at, name in enumerate(names) if (card := words.card_of(name))}
    for at, card in cards.items():
        names[at] = card.name
    for name in CARRIED if cards else ():
        values = list(table.column(name))
        for at, card in cards.items():
            values[at] = values[at] or getattr(card, name) or None
        table.values[name] = values
    for at, (name, phone) in enumerate(zip(names, phones, strict=True)):
        if not name and phone and at not in refused:
            names[at] = phone
            said = _(
                "The name is missing; this person is called by the telephone until it is known."
            )
            table.warn(at, "name", "NAME_MISSING", said)
    table.values["name"] = names
    return cards


def means_of(
    table: Table, cards: Mapping[int, Card], signed: Collection[int], source: Source
) -> list[Means]:
    """How each row was noted: as it says, else by what a scanner alone can have written into it.

    A guard who types writes neither a whole card nor the signature of a poster. The national
    platform notes who scans a poster.
    """
    usual = Means.POSTER if source is Source.NATIONAL else Means.TYPED
    return [
        told or _scanned(cards.get(at), signed=at in signed) or usual
        for at, told in enumerate(table.column("means"))
    ]


def _scanned(card: Card | None, *, signed: bool) -> Means | None:
    if card is None:
        return Means.POSTER if signed else None
    if card.masked:
        return Means.PERSONAL
    return Means.CARD if card.id_no else Means.INSURANCE
