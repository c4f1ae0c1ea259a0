"""Which station a seat is: what it shows, what its keys do; kept on this computer."""

from collections.abc import Mapping
from typing import NamedTuple

from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.ui.remembered import remembered_here
from admin_suite.ui.widgets.forms import Choice
from admin_suite.ui.widgets.layout import named
from modules.vaccination import queries, service
from modules.vaccination.codes import Consent, Screened, Station, Turn
from modules.vaccination.service import NewScreening, VialEnd

KEPT = "vaccination/station"


class Parts(NamedTuple):
    """What of the desk a station needs, and which keys it has for the person at it."""

    queue: bool = True
    screening: bool = False
    needle: bool = False
    board: bool = False
    done: bool = False  # F3
    defer: bool = False  # F4


PARTS: Mapping[Station, Parts] = {
    Station.ALONE: Parts(screening=True, needle=True, board=True, done=True, defer=True),
    Station.RECEPTION: Parts(done=True, defer=True),
    Station.SCREENING: Parts(screening=True, done=True, defer=True),
    Station.INJECTION: Parts(needle=True),
    Station.REST: Parts(queue=False, board=True),
}


DECIDED: Mapping[Turn, Screened] = {
    Turn.DEFERRED: Screened.DEFER,
    Turn.HOSPITAL: Screened.CAUTION,
    Turn.CONTRAINDICATED: Screened.CONTRAINDICATED,
}


class StationChoice(Choice):
    """The stations; the one of this seat is chosen when the desk opens."""

    def __init__(self) -> None:
        super().__init__()
        named(self, _("Station of this seat"))
        self.offer((station.value, station.word) for station in Station)
        self.setCurrentIndex(max(0, self.findData(remembered_here().value(KEPT))))
        self.activated.connect(lambda _n: remembered_here().setValue(KEPT, self.station.value))

    @property
    def station(self) -> Station:
        """The one that is chosen."""
        return Station.of(str(self.currentData()))


def words_of_keys(station: Station) -> tuple[str, str]:
    """What F3 and F4 do at a station."""
    if station is Station.RECEPTION:
        return _("Consents"), _("Does not consent")
    if station is Station.SCREENING:
        return _("Examined"), _("Postpone")
    return _("Consents, screened"), _("Postpone")


def examine(work: Work, station: Station, visit_id: int, said: NewScreening) -> str:
    """What F3 and F4 write down at a station; answers with the word for it.

    Alone it is consent and screening in one act; who is postponed has consented to nothing.
    """
    deferred = said.decision is Screened.DEFER
    if station is Station.RECEPTION:
        word = Consent.REFUSED if deferred else Consent.GIVEN
        service.consent(work, visit_id, word)
        return word.word
    verb = service.screen if deferred or station is Station.SCREENING else service.admit
    return _("Screening: {word}").format(word=verb(work, visit_id, said).word)


def dismiss(work: Work, visit_id: int, turn: Turn, said: NewScreening) -> str:
    """Write down why somebody who came is not vaccinated here; answers with the word for it."""
    if turn is Turn.REFUSED:
        service.consent(work, visit_id, Consent.REFUSED, reason=said.reason)
    else:
        sent = turn is Turn.HOSPITAL
        service.screen(work, visit_id, said._replace(decision=DECIDED[turn], hospital=sent))
    return turn.word


def close_open_vials(work: Work, session_id: int) -> tuple[list[int], int]:
    """Close every open vial of a session; what was not given is thrown away."""
    vials = [one.id for one in queries.stock.vials_of(work, session_id) if not one.closed]
    return vials, service.close_vials(work, [VialEnd(vial) for vial in vials])
