"""The register of venues in the window."""

from datetime import UTC, datetime

import pytest
from PyQt6.QtWidgets import QLabel, QScrollArea

from admin_suite.core.clock import here
from admin_suite.core.i18n import speak
from admin_suite.excel.sheet import Change
from admin_suite.registry.seeds import add_communes
from admin_suite.ui.widgets.buttons import Button
from modules.venues import queries, service
from modules.venues.codes import Kind, Standing
from modules.venues.day import without_code
from modules.venues.pages.form import VenueForm
from modules.venues.pages.map import MapPage
from modules.venues.pages.register import VenuesPage
from modules.venues.pages.roster import RosterCard, days_told
from modules.venues.queries.roster import roster
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


def test_codes_in_force_are_replaced_by_the_second_key_alone(page, suite, qtbot):
    issued(page, suite, qtbot)
    market = next(door for door in doors(suite) if door.venue == "Chợ Phố Ràng")
    page.open_at(market.venue_id)
    _reason, again, _revoke = page._deeds([d for d in doors(suite) if d.venue == market.venue])
    again.click()
    assert "2 codes in force" in page.notice.words
    assert [door.issue for door in doors(suite)] == [1, 1, 1]
    page.open_at(market.venue_id)
    again.click()
    assert [door.issue for door in doors(suite)] == [1, 1, 1]
    again.click()
    qtbot.waitUntil(lambda: sorted(door.issue for door in doors(suite)) == [1, 2, 2])


def test_a_key_of_long_ago_is_no_first_key(page, suite, qtbot):
    issued(page, suite, qtbot)
    market = next(door for door in doors(suite) if door.venue == "Chợ Phố Ràng")
    mine = [d for d in doors(suite) if d.venue == market.venue]
    page.open_at(market.venue_id)
    _reason, again, _revoke = page._deeds(mine)
    again.click()
    press(page, "Put up", qtbot)  # something else is done, and the question is gone
    qtbot.waitUntil(lambda: any(door.posted_on for door in doors(suite)))
    again.click()
    assert "2 codes in force" in page.notice.words
    assert [door.issue for door in doors(suite)] == [1, 1, 1]


# -- one venue in the side card -------------------------------------------------------------------


def press(page, words, qtbot):
    def there():
        return [b for b in page.drawer.findChildren(Button) if b.words == words]

    qtbot.waitUntil(lambda: len(there()) == 1)
    there()[0].click()


def form_of(page):
    return page.drawer.findChildren(VenueForm)[-1]


def fill(form, **texts):
    for name, words in texts.items():
        form.fields[name].edit.setText(words)


def venue(suite, name):
    with suite.database.read(suite.actor) as work:
        return next((row for row in queries.venues(work, {}) if row.name == name), None)


def test_a_venue_is_typed_as_lists_write_it_and_shown_then(page, suite, qtbot):
    page._write(None)
    form = form_of(page)
    form.commune.put("02971")
    fill(form, name="Nhà xe Hải Vân", phone="0912.345.678", entrances="2", opens="5h")
    fill(form, closes="19h30", capacity="45", plate="24B-012.34")
    press(page, "Save", qtbot)
    qtbot.waitUntil(lambda: venue(suite, "Nhà xe Hải Vân") is not None)
    made = venue(suite, "Nhà xe Hải Vân")
    assert (made.kind, made.commune_code, made.phone) == (Kind.TRANSPORT, "02971", "0912345678")
    assert (made.opens, made.closes, made.capacity) == ("05:00", "19:30", 45)
    assert (made.entrances, made.plate) == (2, "24B-012.34")
    qtbot.waitUntil(lambda: page._id == made.id)


def test_the_national_code_is_scanned_into_the_form_and_a_place_is_closed_there(page, suite, qtbot):
    page.open_at(venue(suite, "Quán Hoa").id)
    press(page, "Correct", qtbot)
    form = form_of(page)
    fill(form, national="https://qr.tokhaiyte.vn/d/6966499")
    form.standing.setCurrentIndex(form.standing.findData("CLOSED"))
    press(page, "Save", qtbot)
    qtbot.waitUntil(lambda: venue(suite, "Quán Hoa").national != "")
    made = venue(suite, "Quán Hoa")
    assert (made.national, made.standing) == ("https://qr.tokhaiyte.vn/d/6966499", Standing.CLOSED)


def test_a_place_that_is_closed_for_good_needs_no_code(page, suite, qtbot):
    market = venue(suite, "Chợ Phố Ràng")
    with suite.database.work(suite.actor) as work:
        service.correct(work, [Change(market.id, {"standing": ("OPEN", "CLOSED")})])
    page.reload()
    qtbot.waitUntil(lambda: any(page.model.line(at).standing is Standing.CLOSED for at in range(2)))
    page.issue.click()
    qtbot.waitUntil(lambda: any(door.issue for door in doors(suite)))
    assert {door.venue for door in doors(suite) if door.issue} == {"Quán Hoa"}
    qtbot.waitUntil(lambda: not page.issue.isEnabled())
    with suite.database.read(suite.actor) as work:
        assert without_code(work) == 0


def test_what_is_wrong_is_said_below_its_field_and_nothing_is_stored(page, suite, qtbot):
    page._write(None)
    form = form_of(page)
    fill(form, phone="12", entrances="100", opens="sáng")
    press(page, "Save", qtbot)
    wrong = {name for name, field in form.fields.items() if field.edit.property("wrong") == "true"}
    assert wrong == {"name", "phone", "entrances", "opens"}
    assert "no commune of the district" in form.hints.words
    with suite.database.read(suite.actor) as work:
        assert len(queries.venues(work, {})) == 2


def test_a_venue_that_is_there_is_opened_and_not_entered_twice(page, suite, qtbot):
    page._write(None)
    form = form_of(page)
    form.commune.put("02947")
    fill(form, name="quán hoa")
    press(page, "Save", qtbot)
    qtbot.waitUntil(lambda: page._id == venue(suite, "Quán Hoa").id)
    with suite.database.read(suite.actor) as work:
        assert len(queries.venues(work, {})) == 2


def test_a_correction_changes_what_was_typed_and_nothing_else(page, suite, qtbot):
    before = venue(suite, "Quán Hoa")
    page.open_at(before.id)
    press(page, "Correct", qtbot)
    form = form_of(page)
    fill(form, keeper="Lý Thị Hoa", capacity="")
    press(page, "Save", qtbot)
    qtbot.waitUntil(lambda: venue(suite, "Quán Hoa").keeper == "Lý Thị Hoa")
    after = venue(suite, "Quán Hoa")
    assert (after.kind, after.phone, after.opens) == (before.kind, before.phone, before.opens)
    assert after.number == before.number


def test_a_form_that_is_being_typed_is_not_shown_over(page, suite, qtbot):
    page.open_at(venue(suite, "Quán Hoa").id)
    press(page, "Correct", qtbot)
    fill(form_of(page), keeper="Lý Thị Hoa")
    with suite.database.work(suite.actor) as work:
        service.register(work, [NewVenue("Chợ Nghĩa Đô", Kind.MARKET, "02971")])
    page.reload()
    assert form_of(page).fields["keeper"].words == "Lý Thị Hoa"


def test_what_becomes_of_posters_is_noted_for_the_day_that_stands_there(page, suite, qtbot):
    issued(page, suite, qtbot)
    market = venue(suite, "Chợ Phố Ràng")
    page.open_at(market.id)
    press(page, "Posters handed over", qtbot)
    press(page, "Put up", qtbot)
    today = here(datetime.now(UTC)).date()

    def noted():
        mine = [door for door in doors(suite) if door.venue_id == market.id]
        return [(door.handed_on, door.posted_on, door.seen_on) for door in mine]

    qtbot.waitUntil(lambda: noted() == [(today, today, None)] * 2)
    others = [door for door in doors(suite) if door.venue_id != market.id]
    assert [door.handed_on for door in others] == [None]


def test_the_first_codes_of_one_venue_are_issued_alone(page, suite, qtbot):
    page.open_at(venue(suite, "Quán Hoa").id)
    press(page, "Issue the missing codes of this venue", qtbot)
    qtbot.waitUntil(lambda: sum(door.issue or 0 for door in doors(suite)) == 1)


def test_somebody_is_put_on_the_roster_and_taken_off(page, suite, qtbot):
    market = venue(suite, "Chợ Phố Ràng")
    page.open_at(market.id)
    press(page, "Staff", qtbot)
    card = card_with(page, 0, qtbot)
    fill(card, name="Lý Văn Trực", phone="0912345678", starts="6h", ends="6h")
    press(page, "Put on the roster", qtbot)
    assert listed(suite, market) == []  # a shift begins before it ends
    fill(card, ends="14h")
    card.days[5].setChecked(True)
    press(page, "Put on the roster", qtbot)
    qtbot.waitUntil(lambda: len(listed(suite, market)) == 1)
    [one] = listed(suite, market)
    assert (one.name, one.days, one.starts, one.ends) == ("Lý Văn Trực", "123456", "06:00", "14:00")
    card = card_with(page, 1, qtbot)
    press(page, "Works here no longer", qtbot)
    assert listed(suite, market)[0].until is None  # nobody is selected
    card.table.selectRow(0)
    press(page, "Works here no longer", qtbot)
    qtbot.waitUntil(lambda: listed(suite, market)[0].until is not None)


def card_with(page, rows, qtbot):
    def there():
        return [c for c in page.drawer.findChildren(RosterCard) if c.model.length() == rows]

    qtbot.waitUntil(lambda: len(there()) == 1)
    return there()[0]


def listed(suite, one):
    with suite.database.read(suite.actor) as work:
        return roster(work, one.id)


def test_the_map_has_a_tile_for_every_commune_and_says_its_numbers(page, suite, qtbot, runner):
    with suite.database.work(suite.actor) as work:
        add_communes(work)
    made = MapPage(runner)
    qtbot.addWidget(made)
    made.reload()
    qtbot.waitUntil(lambda: len(made.tiles) > 1)
    said = [tile.accessibleName() for tile in made.tiles]
    assert [words for words in said if "2 venues" in words] != []
    [full] = [tile for tile in made.tiles if "2 venues" in tile.accessibleName()]
    full.click()
    assert made.drawer.isVisibleTo(made)


def test_the_tiles_keep_to_the_room_beside_the_card_and_tell_what_a_commune_stated(
    page, suite, qtbot, runner
):
    with suite.database.work(suite.actor) as work:
        add_communes(work)
        service.state_numbers(work, "02953", {Kind.BANK: 2, Kind.CAFE: 0}, work.today())
    made = MapPage(runner)
    qtbot.addWidget(made)
    made.resize(1142, 700)
    made.show()
    made.reload()
    qtbot.waitUntil(lambda: len(made.tiles) > 4)
    [none] = [tile for tile in made.tiles if "Nghĩa Đô" in tile.accessibleName()]
    none.click()
    told = {one.text() for one in made.drawer.findChildren(QLabel)}
    assert {"Bank", "0 of 2 stated"} <= told

    def left_of_card():
        edge = made.drawer.mapTo(made, made.drawer.rect().topLeft()).x()
        return all(tile.mapTo(made, tile.rect().topRight()).x() < edge for tile in made.tiles)

    qtbot.waitUntil(left_of_card)


@pytest.mark.parametrize(
    ("digits", "told"),
    [
        ("12345", "Mon-Fri"),
        ("1234567", "Mon-Sun"),
        ("135", "Mon Wed Fri"),
        ("12567", "Mon Tue Fri-Sun"),
        ("7", "Sun"),
    ],
)
def test_days_of_a_roster_are_told_in_few_letters(digits, told):
    assert days_told(digits) == told


def test_the_form_of_a_venue_is_not_wider_than_its_card(page, qtbot):
    speak("vi")
    page.resize(1142, 700)
    page.show()
    page._write(page.model.line(0))
    qtbot.waitUntil(page.drawer.isVisible)
    room = max(one.viewport().width() for one in page.drawer.findChildren(QScrollArea))
    assert form_of(page).minimumSizeHint().width() <= room
