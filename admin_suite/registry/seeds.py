"""What a new database begins with: its own unit, the district's communes."""

import csv
import unicodedata
from datetime import date

from sqlalchemy import func, select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.shipped import shipped
from admin_suite.db.work import Work, use_case
from admin_suite.registry.models import Commune, Unit
from admin_suite.registry.names import fold, tidy
from admin_suite.registry.permissions import USERS

KINDS = ("trung tam y te", "tram y te", "benh vien", "so y te", "huyen", "xa", "thi tran", "tinh")
SITE_LETTERS = 2


@use_case(USERS)
def name_unit(work: Work, name: str, parent: str, place: str) -> int:
    """Say which unit works with this database, and return its id."""
    name = tidy(name)
    if not name:
        raise UserError(_("The unit needs a name."))
    site = site_of(name)
    unit = Unit(name=name, folded=fold(name), parent=tidy(parent), place=place, site=site, own=1)
    unit.place = tidy(place) or _place_of(name)
    work.session.add(unit)
    work.session.flush()
    return unit.id


@use_case(USERS)
def add_communes(work: Work) -> int:
    """Enter the communes of the district with the days they are valid for; returns how many.

    Source: the lists of administrative units before and after 1 July 2025 (Resolution
    1673/NQ-UBTVQH15 for Lào Cai), and the merger of 2020 (Resolution 896/NQ-UBTVQH14).
    """
    if work.session.scalar(select(func.count(Commune.id))):
        return 0
    file = shipped("resources") / "places" / "communes.csv"
    lines = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    for line in lines:
        valid_from, valid_to = line.pop("valid_from"), line.pop("valid_to")
        work.session.add(
            Commune(
                **line,
                valid_from=date.fromisoformat(valid_from),
                valid_to=date.fromisoformat(valid_to) if valid_to else None,
            )
        )
    return len(lines)


def site_of(name: str) -> str:
    """Two letters that stand for a unit in its tube numbers: ``BY`` for … huyện Bảo Yên."""
    words = _own_words(name)
    letters = "".join(word[0] for word in words if word[0].isalpha())[-SITE_LETTERS:]
    return (letters or "XX").upper().rjust(SITE_LETTERS, "X")


def _place_of(name: str) -> str:
    """The place that papers of the unit are dated at: what its name says after its kind."""
    return " ".join(unicodedata.normalize("NFC", name).split()[-SITE_LETTERS:])


def _own_words(name: str) -> list[str]:
    rest = fold(name)
    for kind in KINDS:
        rest = f" {rest} ".replace(f" {kind} ", " ").strip()
    return rest.split()
