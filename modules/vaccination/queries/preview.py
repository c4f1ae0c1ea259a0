"""What a change of rules would do, before it is adopted: the same code asks "what if"."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import func, or_, select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.dated import Dated
from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from modules.vaccination.codes import Standing, Verdict
from modules.vaccination.models import Dose, Forecast, Lot, Registration, StockMove
from modules.vaccination.queries.doses import facts, given
from modules.vaccination.queries.regimen import BOOKS, regimen
from modules.vaccination.rules.due import Forecaster, Hold, standing
from modules.vaccination.rules.regimen import Regimen
from modules.vaccination.rules.verdicts import judge

CALLED = (Standing.DUE, Standing.OVERDUE)
PLACES = {
    "vaccination.product": "products",
    "vaccination.interval": "intervals",
    "vaccination.age": "ages",
    "vaccination.upper_age": "uppers",
    "vaccination.mixing": "mixing",
    "vaccination.booster": "boosters",
    "vaccination.additional": "additional",
}


class Preview(Struct, frozen=True):
    """Who is due before and after a change, whose doses are judged otherwise, the stock.

    Whoever is not called, postponed or moved, is not due either; what is recalled or out of date
    is no stock. ``day`` is today, or the first day of a rule that begins later.
    """

    day: date
    due_before: int
    due_after: int
    newly_due: int
    no_longer_due: int
    verdicts_changed: int
    in_stock: int


def preview(
    work: Work, code: str, valid_from: date, content: Mapping[str, Any], scope: str = ""
) -> Preview:
    """Count what a version of a rule would change on its first day, or today; writes nothing."""
    now = regimen(work)
    then = _with(now, code, valid_from, content, scope)
    day, doses = max(work.today(), valid_from), facts(work)
    people = select(Person.id, Person.dob, func.min(Registration.listed_on))
    people = people.outerjoin(Registration, Registration.person_id == Person.id)
    people = people.where(
        Person.id.in_(select(Dose.person_id)) | Registration.id.is_not(None)
    ).group_by(Person.id, Person.dob)
    before, after = Forecaster(now, day), Forecaster(then, day)
    kept = select(Forecast.person_id, Forecast.hold, Forecast.hold_until)
    held = work.session.execute(kept.where(Forecast.hold.is_not(None)))
    holds = {row[0]: Hold(row[1], row[2]) for row in held if row[1] is not None}
    counts: Any = [0, 0, 0, 0, 0]
    rows: Sequence[Any] = work.session.execute(people).all()
    for person, born, since in rows:
        history = [given(row) for row in doses.get(person, ())]
        hold = holds.get(person)
        one = standing(before(history, born, since or day), hold, day) in CALLED
        other = one
        if then is not now:  # else nothing comes out otherwise
            other = standing(after(history, born, since or day), hold, day) in CALLED
            counts[4] += _verdicts(history, born, day, now) != _verdicts(history, born, day, then)
        counts[0] += one
        counts[1] += other
        counts[2] += other and not one
        counts[3] += one and not other
    good = select(Lot.id).where(
        Lot.recalled_at.is_(None), or_(Lot.expires_on.is_(None), Lot.expires_on >= day)
    )
    total = select(func.coalesce(func.sum(StockMove.doses), 0))
    stock = work.session.scalar(total.where(StockMove.lot_id.in_(good)))
    values: Any = (day, *counts, int(stock or 0))
    return Preview(*values)


def _verdicts(
    history: Sequence[Any], born: str, day: date, rules: Regimen
) -> list[tuple[Verdict, bool]]:
    return [(one.verdict, one.doubtful) for one in judge(history, born, day, rules)]


def _with(
    now: Regimen, code: str, valid_from: date, content: Mapping[str, Any], scope: str
) -> Regimen:
    """The rules of now with one version more."""
    book = next((one for one in BOOKS if one.code == code), None)
    if book is None:
        raise UserError(_("There is no rule “{code}”.").format(code=code))
    if code not in PLACES:  # groups, forms, rests: nobody is due by them
        return now
    version = Dated(0, valid_from, "", book.read(content))
    name = PLACES[code]
    kept = getattr(now, name)
    changed: dict[str, Any] = {}
    if isinstance(kept, Mapping):
        changed[name] = {**kept, scope: _in_order([*kept.get(scope, ()), version])}
    else:
        changed[name] = _in_order([*kept, version])
    return replace(now, **changed)


def _in_order(versions: Sequence[Dated[Any]]) -> list[Dated[Any]]:
    return sorted(versions, key=lambda version: version.valid_from)
