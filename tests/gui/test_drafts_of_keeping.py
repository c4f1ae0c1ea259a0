"""Settings, a new user and a new role that were half typed survive a power cut."""

from admin_suite.registry import roles
from admin_suite.ui.drafts import of_runner
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Choice, Field


def test_settings_half_typed_are_there_again_and_what_is_stored_is_not(shell, qtbot, cut):
    page = shell.open("registry.settings")
    qtbot.waitUntil(lambda: page.draft.begun)
    key = next(k for k, one in page.fields.items() if isinstance(one, Field))
    known = page.fields[key].words
    page.fields[key].edit.setText(f"{known}9")
    again, words = cut(page.draft)
    assert "Settings" in words
    other = again.pages["registry.settings"]
    qtbot.waitUntil(lambda: other.fields[key].words == f"{known}9")
    assert other.changed() == {key: f"{known}9"}
    other.escape()
    other.draft._keeper.keep_now()
    assert of_runner(shell.runner).all() == []


def test_stored_settings_leave_no_draft_and_the_next_is_measured_by_them(shell, qtbot):
    page = shell.open("registry.settings")
    qtbot.waitUntil(lambda: page.draft.begun)
    key = "house.idle_minutes"
    before = page.fields[key].words
    page.fields[key].edit.setText("7")
    page.draft._keeper.keep()
    assert before != "7"
    page.store.click()
    qtbot.waitUntil(lambda: page._known[key] == "7")
    page.draft._keeper.keep_now()
    assert of_runner(shell.runner).all() == []
    page.fields[key].edit.setText(before)
    page.draft._keeper.keep_now()
    assert [one.rows for one in of_runner(shell.runner).all()] == [1]


def test_a_new_user_is_there_again_without_a_password(shell, qtbot, cut):
    page = shell.open("registry.users")
    qtbot.waitUntil(page.add.isEnabled)
    page.add.click()
    for part, words in zip(
        page.drawer.findChildren(Field), ("Lò Thị Hà", "ha.lo", "bi-mat-9"), strict=True
    ):
        part.edit.setText(words)
    again, words = cut(page.findChild(FormDraft))
    assert "Add a user" in words
    other = again.pages["registry.users"]
    qtbot.waitUntil(lambda: len(other.drawer.findChildren(Field)) == 3)
    fields = other.drawer.findChildren(Field)
    assert [one.words for one in fields] == ["Lò Thị Hà", "ha.lo", ""]
    next(b for b in other.drawer.findChildren(Button) if b.words == "Add").click()
    qtbot.waitUntil(lambda: of_runner(shell.runner).all() == [])
    qtbot.waitUntil(lambda: "ha.lo" in [one.name for one in other._all])


def test_a_new_role_is_there_again(shell, qtbot, cut, suite):
    page = shell.open("registry.roles")
    qtbot.waitUntil(page.add.isEnabled)
    page.add.click()
    page.drawer.findChild(Field).edit.setText("Cán bộ dân số")
    like = page.drawer.findChild(Choice)
    like.setCurrentIndex(like.findData("clerk"))
    again, words = cut(page.findChild(FormDraft))
    assert "Add a role" in words
    other = again.pages["registry.roles"]
    qtbot.waitUntil(lambda: other.drawer.findChild(Field) is not None)
    assert other.drawer.findChild(Field).words == "Cán bộ dân số"
    assert other.drawer.findChild(Choice).currentData() == "clerk"
    next(b for b in other.drawer.findChildren(Button) if b.words == "Add").click()
    qtbot.waitUntil(lambda: of_runner(shell.runner).all() == [])
    with suite.database.read(suite.actor) as work:
        assert "Cán bộ dân số" in [
            one.title for one in roles.roles(work, shell.runner.suite.modules)
        ]
