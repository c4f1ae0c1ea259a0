"""What changes by the clock is looked at again only while somebody can see it."""

from PyQt6.QtWidgets import QWidget

from admin_suite.ui.minutely import Minutely


def test_a_page_out_of_sight_asks_for_nothing_and_looks_when_it_is_back(qtbot):
    page, looks = QWidget(), []
    qtbot.addWidget(page)
    minutely = Minutely(page, lambda: looks.append(1))
    assert not minutely.isActive()
    page.show()
    assert minutely.isActive()
    assert looks == []  # whoever opens a page has just asked
    page.hide()
    assert not minutely.isActive()
    page.show()
    assert (minutely.isActive(), looks) == (True, [1])
    minutely.timeout.emit()
    assert looks == [1, 1]
