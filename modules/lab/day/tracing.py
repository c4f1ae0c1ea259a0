"""The way of one tube, step by step; to who is not of the laboratory it waits until it is released.

What the neighbours did to it they tell themselves (``Trace`` in their manifests).
"""

from collections.abc import Iterator

from sqlalchemy import select

from admin_suite.core.i18n import _
from admin_suite.core.identity import made_at
from admin_suite.db.work import Work
from admin_suite.module import Happening
from admin_suite.registry.models import Unit, User
from admin_suite.registry.outputs import sendings
from modules.lab.codes import Stage
from modules.lab.models import (
    Measurement,
    MeasurementDetail,
    Passage,
    Referral,
    SamplingList,
    Specimen,
    Storage,
    Tube,
)
from modules.lab.queries import place_shown, standings
from modules.lab.queries.where import inside
from modules.lab.queries.whose import SHEETS


def steps(work: Work, tube_id: int) -> list[Happening]:
    """What happened to a tube in the laboratory, the latest first; never what was measured."""
    row = work.session.execute(
        select(Tube.uid, Tube.stage, Tube.received_at, User.full_name, Unit.name)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .outerjoin(User, User.id == Tube.received_by)
        .where(Tube.id == tube_id)
    ).one_or_none()
    if row is None:
        return []
    uid, stage, received, by, sender = row
    told = [Happening(made_at(uid), _("Registered"), sender)]
    if received is not None:
        told.append(Happening(received, _("Received"), by or ""))
    told += _kept(work, tube_id)
    if inside(work):
        told += [*_measured(work, tube_id), *_passed(work, tube_id)]
    elif stage is Stage.RELEASED:
        told += [one for one in _passed(work, tube_id) if one.title == Stage.RELEASED.word][-1:]
    swabs = list(work.session.scalars(select(Specimen.id).where(Specimen.tube_id == tube_id)))
    told += sendings(work, SHEETS, swabs)
    return sorted(told, key=lambda happening: happening.at, reverse=True)


def _kept(work: Work, tube_id: int) -> Iterator[Happening]:
    """Where it lay and was sent, and why it was rejected."""
    known = standings(work, [tube_id])[tube_id]
    if known.unfit is not None and known.rejected_at is not None:
        why = known.unfit_note or known.unfit.word
        yield Happening(known.rejected_at, _("Rejected"), f"{known.rejected_by}: {why}")
    lay = select(Storage).where(Storage.tube_id == tube_id)
    for one in work.session.scalars(lay):
        place = place_shown(one.freezer, one.rack, one.position)
        yield Happening(one.stored_at, _("Stored"), place)
        if one.taken_at is not None:
            yield Happening(one.taken_at, _("Taken out of the store"), place)
    away = select(Referral, Unit.name).join(Unit, Unit.id == Referral.unit_id)
    for sent, name in work.session.execute(away.where(Referral.tube_id == tube_id)):
        yield Happening(sent.referred_at, _("Sent to another laboratory"), name)
        if sent.returned_at is not None:
            yield Happening(sent.returned_at, _("Back from another laboratory"), name)


def _measured(work: Work, tube_id: int) -> Iterator[Happening]:
    """When it was measured, by whom and where; the measurements that were replaced too."""
    query = (
        select(Measurement.entered_at, User.full_name, Unit.name, MeasurementDetail.number)
        .join(User, User.id == Measurement.entered_by)
        .outerjoin(MeasurementDetail, MeasurementDetail.measurement_id == Measurement.id)
        .outerjoin(Unit, Unit.id == MeasurementDetail.performed_at)
        .where(Measurement.tube_id == tube_id)
    )
    for at, by, place, number in work.session.execute(query):
        yield Happening(at, _("Measured"), ", ".join(part for part in (by, place, number) if part))


def _passed(work: Work, tube_id: int) -> Iterator[Happening]:
    """When it was checked, released or sent back, and by whom."""
    said = {
        Stage.MEASURED: _("Check taken back"),
        Stage.RECEIVED: _("Sent back to the bench"),
        Stage.CHECKED: _("Checked"),
        Stage.RELEASED: Stage.RELEASED.word,
    }
    query = (
        select(Passage.at, Passage.stage, User.full_name)
        .join(User, User.id == Passage.by)
        .where(Passage.tube_id == tube_id)
        .order_by(Passage.id)
    )
    for at, stage, by in work.session.execute(query):
        yield Happening(at, said.get(stage, stage.word), by)
