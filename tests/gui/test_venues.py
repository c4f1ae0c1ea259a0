"""The register of venues in the window."""

import pytest

from modules.venues import queries, service
from modules.venues.codes import Kind
from modules.venues.pages.register import VenuesPage
from modules.venues.service import NewVenue


@pytest.fixture
def page(qtbot, runner, suite):
    with suite.database.work(suite.actor) as work:
        market = NewVenue("Chợ Phố Ràng", Kind.MARKET, "02947", entrances=2)
        service.register(work, [market, NewVenue("Quán Hoa", Kind.CAFE, "02947")])
    made = VenuesPage(runner)
    qtbot.addWidget(made)
    made.reload()
    qtbot.waitUntil(lambda: made.model.length() == 2)
    return made


def doors(suite):
    with suite.database.read(suite.actor) as work:
        ids = [row.id for row in queries.venues(work, {})]
        return queries.entrance_rows(work, ids)


def issued(page, suite, qtbot):
    page.issue.click()
    qtbot.waitUntil(lambda: all(door.issue for door in doors(suite)))


def test_one_key_issues_every_missing_code_and_a_second_changes_nothing(page, suite, qtbot):
    assert page.issue.isEnabled()
    issued(page, suite, qtbot)
    assert [door.issue for door in doors(suite)] == [1, 1, 1]
    page.reload()
    qtbot.waitUntil(lambda: not page.issue.isEnabled())


def test_codes_are_revoked_only_with_a_reason(page, suite, qtbot):
    issued(page, suite, qtbot)
    market = next(door for door in doors(suite) if door.venue == "Chợ Phố Ràng")
    page.open_at(market.venue_id)
    deeds = page._deeds([door for door in doors(suite) if door.venue_id == market.venue_id])
    reason, _again, revoke = deeds
    revoke.click()
    assert all(door.revoked_at is None for door in doors(suite))
    reason.edit.setText("photographed")
    revoke.click()
    qtbot.waitUntil(lambda: any(door.revoked_at for door in doors(suite)))
    revoked = [door for door in doors(suite) if door.revoked_at is not None]
    assert {door.venue_id for door in revoked} == {market.venue_id}
    assert len(revoked) == 2
