"""What is asked before a tube changes its state: whether its way leads there, and what is in it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select

from admin_suite.core.clock import day_shown, here, moment_shown
from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import N_, _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from modules.lab.codes import Deed, Stage, State, Unfit
from modules.lab.models import Recollection, Storage, Tube
from modules.lab.queries import (
    RETENTION,
    Standing,
    in_doubt,
    lives,
    released_since,
    standings,
)
from modules.lab.rules import WAYS

NOT_RECEIVED = N_("Tube {accession} has not been received. Receive it first.")
RECEIVED = N_("Tube {accession} was received at {time} by {name}.")
IN_THE_WAY: Mapping[State, str] = {
    State.PLANNED: N_("Tube {accession} has not been collected yet. Enter its collection first."),
    State.COLLECTED: NOT_RECEIVED,
    State.IN_TRANSIT: NOT_RECEIVED,
    State.RECEIVED: RECEIVED,
    State.STORED: N_("Tube {accession} is stored at {place}. Take it out first."),
    State.REFERRED_OUT: N_("Tube {accession} was sent to {place}. Take it back first."),
    State.RETURNED: RECEIVED,
    State.DISPOSED: N_("Tube {accession} was thrown away; nothing more is done with it."),
    State.REJECTED: N_("Tube {accession} was rejected at {rejected} by {rejecter}: {reason}."),
    State.CANCELLED: N_("Tube {accession} was cancelled. Take it up again first."),
    State.LOST: N_("Tube {accession} was reported as lost. Take it up again first."),
}
NOT_SO: Mapping[Deed, str] = {
    Deed.COLLECT: N_("Tube {accession} was collected already."),
    Deed.UNREJECT: N_("Tube {accession} was not rejected."),
    Deed.TAKE_OUT: N_("Tube {accession} is not stored."),
    Deed.RETURN: N_("Tube {accession} is at no other laboratory."),
    Deed.REOPEN: N_("Tube {accession} is neither lost nor cancelled."),
}
TOO_FAR: Mapping[Deed, str] = {
    Deed.UNRECEIVE: N_("Tube {accession} has been measured; its reception stays."),
    Deed.REJECT: N_("Tube {accession} has been measured. Send its result back first."),
    Deed.DISPOSE: N_("Tube {accession} waits for its result. Throw it away once it is released."),
}
GONE = frozenset({State.DISPOSED, State.REJECTED})


def impossible(work: Work, tubes: Sequence[int], deed: Deed) -> list[Refusal]:
    """Of which tubes the deed cannot be done, and why."""
    way, there = WAYS[deed], lives(work, tubes)
    stuck = [
        (at, key)
        for at, key in enumerate(tubes)
        if key not in there or there[key][0] not in way.stages or there[key][1] not in way.states
    ]
    found = standings(work, [key for _at, key in stuck]) if stuck else {}
    return [
        Refusal(at, "accession", _why(found[key], deed))
        if key in found
        else Refusal(at, "accession", _("There is no such tube."))
        for at, key in stuck
    ]


def _why(tube: Standing, deed: Deed) -> str:
    way = WAYS[deed]
    if tube.state not in way.states:
        own = NOT_SO.get(deed) if tube.state not in GONE else None
        if deed is Deed.SEND and tube.state is State.IN_TRANSIT:
            own = N_("Tube {accession} is on its way already.")
        return _told(own or IN_THE_WAY[tube.state], tube)
    return _told(TOO_FAR.get(deed, IN_THE_WAY[tube.state]), tube)


def _told(said: str, tube: Standing) -> str:
    return _(said).format(
        accession=tube.accession,
        time=moment_shown(tube.received_at) if tube.received_at else "",
        name=tube.received_by,
        place=tube.place,
        rejected=moment_shown(tube.rejected_at) if tube.rejected_at else "",
        rejecter=tube.rejected_by,
        reason=(tube.unfit_note or tube.unfit.word) if tube.unfit else "",
    )


def unreasoned(reason: Unfit | None, note: str) -> list[Refusal]:
    """Why nothing is rejected: without a reason nothing is, for "another reason" it needs words."""
    said = ""
    if reason is None:
        said = _("Choose why the tube is rejected.")
    elif reason is Unfit.OTHER and not note.strip():
        said = _("Write down why the tube is rejected.")
    return [Refusal(0, "reason", said)] if said else []


def undisposable(work: Work, tubes: Sequence[int]) -> list[Refusal]:
    """Which tubes are not thrown away: their way, a doubt or the rule of keeping speaks against."""
    if astray := impossible(work, tubes, Deed.DISPOSE):
        return astray
    keep = timedelta(days=RETENTION.at(work, work.today()).value.days)
    doubted, since = in_doubt(work, tubes), released_since(work, tubes)
    fresh = {key: moment for key, moment in since.items() if moment + keep > work.now()}
    stuck = [(at, key) for at, key in enumerate(tubes) if key in doubted or key in fresh]
    known = standings(work, [key for _at, key in stuck]) if stuck else {}
    doubt = _("The result of tube {accession} is being checked again; keep the tube until then.")
    young = _("Tube {accession} was released on {day}; it is kept for {days} days, until {end}.")
    wrong = []
    for at, key in stuck:
        values = {"accession": known[key].accession}
        if key not in doubted:
            values["day"] = day_shown(here(fresh[key]).date())
            values["end"] = day_shown(here(fresh[key] + keep).date())
            values["days"] = str(keep.days)
        said = doubt if key in doubted else young
        wrong.append(Refusal(at, "accession", said.format(**values)))
    return wrong


def unstorable(
    work: Work, tubes: Sequence[int], rack: tuple[str, str], positions: Sequence[int]
) -> list[Refusal]:
    """Which tubes cannot lie at these positions of a rack, and which tube lies there."""
    query = (
        select(Storage.position, Tube.accession)
        .join(Tube, Tube.id == Storage.tube_id)
        .where(Storage.freezer == rack[0], Storage.rack == rack[1], Storage.taken_at.is_(None))
    )
    there = {row[0]: row[1] for row in work.session.execute(query)}
    wrong = impossible(work, tubes, Deed.STORE)
    said = _("At {place} lies tube {accession} already. Choose another position.")
    for at, position in enumerate(positions):
        if position in there:
            place = f"{rack[0]}/{rack[1]}, {position}"
            words = said.format(place=place, accession=there[position])
            wrong.append(Refusal(at, "position", words))
    return wrong


def closed_tasks(work: Work, tasks: Sequence[int]) -> list[Refusal]:
    """Which tasks to swab again are done already."""
    query = select(Recollection.id).where(
        bulk.among(work, Recollection.id, tasks), Recollection.closed_at.is_(None)
    )
    open_ = set(work.session.scalars(query))
    said = _("This task is done already.")
    return [Refusal(at, "task", said) for at, key in enumerate(tasks) if key not in open_]


def unmeasurable(stage: Stage) -> str:
    """Why a tube at this stage will have no result, empty where it may have one."""
    if stage is Stage.REJECTED:
        return _("Tube {accession} was rejected; everybody in it is swabbed again.")
    if stage is Stage.CANCELLED:
        return _("Tube {accession} was cancelled or lost. Take it up again first.")
    return ""
