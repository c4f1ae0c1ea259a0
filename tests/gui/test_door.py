"""At the door: a child alone is asked about, a digit says who cares for it."""

from PyQt6.QtCore import Qt
from sqlalchemy import select

from admin_suite.registry.service import NewPerson, add_people
from modules.quarantine.models import Episode
from tests.gui.test_quarantine import school  # noqa: F401 - a fixture


def test_a_digit_says_who_cares_for_a_child_and_the_door_goes_on(
    school,  # noqa: F811
    shell,
    qtbot,
    suite,
):
    people = [NewPerson("Giàng Thị Sú", "1990"), NewPerson("Giàng A Lâm", "2015")]
    with suite.database.work(suite.actor) as work:
        mother, child = add_people(work, people).ids
    page = shell.open("quarantine.arrivals")
    qtbot.waitUntil(lambda: page._found is not None and len(page._found.rows) == 1)
    for n, (key, name) in enumerate(((mother, "Giàng Thị Sú"), (child, "Giàng A Lâm")), start=2):
        page.who.put(key, name)
        page.who.picked.emit()
        qtbot.waitUntil(lambda n=n: len(page._found.rows) == n)
    qtbot.waitUntil(page.drawer.isVisible)
    assert page.drawer.accessibleName().startswith("Who cares for Giàng A Lâm?")

    def families():
        with suite.database.read(suite.actor) as work:
            query = select(Episode.person_id, Episode.party_id)
            rows = work.session.execute(query.where(Episode.person_id.in_([mother, child])))
            return {row[0]: row[1] for row in rows}

    assert set(families().values()) == {None}
    qtbot.keyClicks(page.drawer, "1")
    qtbot.waitUntil(lambda: len(set(families().values())) == 1 and families()[child] is not None)
    qtbot.waitUntil(lambda: not page.drawer.isVisible())
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: families()[child] is None)


def test_a_carer_who_comes_after_the_child_is_offered_too(
    school,  # noqa: F811
    shell,
    qtbot,
    suite,
):
    people = [NewPerson("Giàng A Lâm", "2015"), NewPerson("Giàng Thị Sú", "1990")]
    with suite.database.work(suite.actor) as work:
        child, mother = add_people(work, people).ids
    page = shell.open("quarantine.arrivals")
    qtbot.waitUntil(lambda: page._found is not None and len(page._found.rows) == 1)
    page.who.put(child, "Giàng A Lâm")
    page.who.picked.emit()
    qtbot.waitUntil(lambda: page._child is not None)
    assert page._child.carers == []
    page.who.put(mother, "Giàng Thị Sú")
    page.who.picked.emit()
    qtbot.waitUntil(lambda: [one.name for one in page._child.carers] == ["Giàng Thị Sú"])
    assert page.drawer.accessibleName().startswith("Who cares for Giàng A Lâm?")
