"""Where is my sample: the tubes that a number, a name, a code or a list of a sender means."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from sqlalchemy import String, func, or_, select, type_coerce

from admin_suite.core.clock import shown
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry import queries as registry
from admin_suite.registry.models import Person, Unit
from admin_suite.registry.names import fold
from modules.lab.codes import Stage, State
from modules.lab.models import SamplingList, Specimen, Tube
from modules.lab.permissions import ENTER
from modules.lab.rules import DAY, typed

MOST, MOST_LISTED = 50, 500
SHORTEST = 2  # letters from which on a word is looked for among senders and lists


class Located(Struct, frozen=True):
    """A tube that was found; ``state`` says no more than whoever asks may know."""

    tube_id: int
    accession: str
    people: tuple[str, ...]
    sender: str
    code: str
    collected: str
    stage: Stage

    @property
    def state(self) -> str:
        """The word of its stage."""
        return self.stage.word


def inside(work: Work) -> bool:
    """Whether who asks works in the laboratory; to others a tube waits until it is released."""
    return ENTER.code in work.actor.codes


def told_stage(work: Work, stage: Stage) -> Stage:
    """The stage that may be told."""
    hidden = stage not in (Stage.EXPECTED, Stage.RELEASED) and not inside(work)
    return Stage.RECEIVED if hidden else stage


def located(work: Work, text: str) -> list[Located]:
    """The tubes that a text may mean, the latest first; an exact number or code comes alone."""
    words = text.strip()
    if not words:
        return []
    coded = _tubes(work, Tube.accession == typed(words))
    coded = coded or _tubes(work, type_coerce(func.lower(Tube.code), String) == words.lower())
    if coded:
        return _shown(work, coded)
    people = [hit.id for hit in registry.find(work, words)]
    of_people = select(Specimen.tube_id).where(bulk.among(work, Specimen.person_id, people))
    found = _tubes(work, Tube.id.in_(of_people)) if people else []
    if not found and len(fold(words)) >= SHORTEST:
        named = Unit.folded.contains(fold(words), autoescape=True)
        titled = func.lower(SamplingList.title).contains(words.lower(), autoescape=True)
        lists = select(SamplingList.id).join(Unit, Unit.id == SamplingList.sender_id)
        found = _tubes(work, Tube.list_id.in_(lists.where(or_(named, titled))))
    return _shown(work, found)


def _tubes(work: Work, condition: object, most: int = MOST) -> list[int]:
    query = select(Tube.id).where(condition)  # type: ignore[arg-type]
    return list(work.session.scalars(query.order_by(Tube.id.desc()).limit(most)))


def _shown(work: Work, tubes: Sequence[int]) -> list[Located]:
    query = (
        select(
            Tube.id,
            Tube.accession,
            Unit.name,
            func.coalesce(Tube.code, ""),
            Tube.stage,
            Specimen.collected_at,
            Person.id,
            Person.name,
        )
        .join(Specimen, Specimen.tube_id == Tube.id)
        .join(Person, Person.id == Specimen.person_id)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .where(bulk.among(work, Tube.id, tubes))
        .order_by(Specimen.id)
    )
    found: dict[int, Located] = {}
    seen: set[int] = set()
    for key, number, sender, code, stage, taken, person, name in work.session.execute(query):
        before = found.get(key)
        people = (*(before.people if before else ()), name)
        day = before.collected if before else shown(taken[:DAY])
        told = told_stage(work, stage)
        found[key] = Located(key, number, people, sender, code, day, told)
        seen.add(person)
    work.saw(Person.__tablename__, sorted(seen))
    return [found[key] for key in tubes if key in found]


def in_states(work: Work, states: Collection[State]) -> list[Located]:
    """The tubes that are in one of these states, the latest first, as many as a list shows."""
    return _shown(work, _tubes(work, Tube.state.in_(states), MOST_LISTED))
