"""What release did to a tube, for its way: told early, held, changed, told, printed.

When it was checked and released the laboratory tells itself. Before the release only whoever checks
hears of it; afterwards everybody who may see results hears that something happened, and whoever
holds or corrects also why.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import aliased

from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.module import Happening
from admin_suite.registry.models import User
from modules.results.codes import Status
from modules.results.day.oversight import forewarnings, prints
from modules.results.models import Hold, Look, Proposal, Return, Telling
from modules.results.permissions import HOLD, VALIDATE
from modules.results.queries import versions


def steps(work: Work, tube_id: int) -> list[Happening]:
    """What happened to the result of a tube, the latest first; never what it says."""
    told = [*_tellings(work, tube_id), *_versions(work, tube_id), *_holds(work, tube_id)]
    if VALIDATE.code in work.actor.codes:
        told += [*forewarnings(work, tube_id), *_returns(work, tube_id), *_looks(work, tube_id)]
    told += prints(work, tube_id)
    return sorted(told, key=lambda happening: happening.at, reverse=True)


def _why(work: Work, who: str, reason: str) -> str:
    """Who did it, and to whoever may put results on hold also why."""
    return f"{who}: {reason}" if reason and HOLD.code in work.actor.codes else who


def _versions(work: Work, tube_id: int) -> Iterator[Happening]:
    """The versions after the first one; that one is the release."""
    for version in versions(work, tube_id):
        if version.status is not Status.FINAL:
            title = f"{version.status.word}, v{version.number}"
            yield Happening(version.at, title, _why(work, version.signer, version.reason))


def _holds(work: Work, tube_id: int) -> Iterator[Happening]:
    """When it was put on hold, by whom, and when somebody decided on it."""
    holder, lifter = aliased(User), aliased(User)
    query = (
        select(Hold, holder.full_name, lifter.full_name)
        .join(holder, holder.id == Hold.held_by)
        .outerjoin(lifter, lifter.id == Hold.lifted_by)
        .where(Hold.tube_id == tube_id)
    )
    for hold, by, until in work.session.execute(query):
        yield Happening(hold.held_at, _("Put on hold"), _why(work, by, hold.reason))
        if hold.lifted_at is not None:
            yield Happening(hold.lifted_at, _("Hold ended"), until or "")
    yield from _proposals(work, tube_id)


def _proposals(work: Work, tube_id: int) -> Iterator[Happening]:
    """Changes that were proposed, and those that came to nothing."""
    author, decliner = aliased(User), aliased(User)
    query = (
        select(Proposal, author.full_name, decliner.full_name)
        .join(author, author.id == Proposal.proposed_by)
        .outerjoin(decliner, decliner.id == Proposal.declined_by)
        .where(Proposal.tube_id == tube_id)
    )
    for proposal, by, against in work.session.execute(query):
        yield Happening(proposal.proposed_at, _("Change proposed"), _why(work, by, proposal.reason))
        if proposal.declined_at is not None:
            yield Happening(proposal.declined_at, _("Change declined"), against or "")


def _tellings(work: Work, tube_id: int) -> Iterator[Happening]:
    """Who was told, and who asked while there was nothing to say.

    That a notice is void tells that there was one.
    """
    query = (
        select(Telling, User.full_name)
        .join(User, User.id == Telling.told_by)
        .where(Telling.tube_id == tube_id)
    )
    if VALIDATE.code not in work.actor.codes:
        query = query.where(Telling.return_id.is_(None))
    for telling, by in work.session.execute(query):
        title = _("Told, v{number}").format(number=telling.number)
        if telling.number is None:
            void = _("Told that the preliminary notice is void")
            title = _("Asked, and it waited") if telling.return_id is None else void
        yield Happening(
            telling.told_at, title, ", ".join((telling.channel.word, telling.to_whom, by))
        )


def _returns(work: Work, tube_id: int) -> Iterator[Happening]:
    """Why results were sent back; that they were the laboratory tells."""
    query = (
        select(Return.returned_at, Return.reason, User.full_name)
        .join(User, User.id == Return.returned_by)
        .where(Return.tube_id == tube_id)
    )
    for at, reason, by in work.session.execute(query):
        yield Happening(at, _("Reason of the return"), _why(work, by, reason))


def _looks(work: Work, tube_id: int) -> Iterator[Happening]:
    """Who looked before his turn, and what for."""
    query = (
        select(Look.looked_at, Look.reason, User.full_name)
        .join(User, User.id == Look.looked_by)
        .where(Look.tube_id == tube_id)
    )
    for at, reason, by in work.session.execute(query):
        yield Happening(at, _("Looked at out of turn"), f"{by}: {reason}")
