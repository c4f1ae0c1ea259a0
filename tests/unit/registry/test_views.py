import pytest

from admin_suite.core.errors import UserError
from admin_suite.registry.views import drop_view, keep_view, views


def test_everybody_has_views_of_his_own(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        keep_view(work, "lab.samples", "Today", "{}")
        keep_view(work, "lab.samples", "Today", '{"by": "name"}')
        keep_view(work, "lab.samples", "", "{}")
        keep_view(work, "another", "Today", "{}")
    with suite.database.read(as_actor(1)) as work:
        assert views(work, "lab.samples") == {"": "{}", "Today": '{"by": "name"}'}
    with suite.database.read(as_actor(2)) as work:
        assert views(work, "lab.samples") == {}
    with suite.database.work(as_actor(2)) as work:
        drop_view(work, "lab.samples", "Today")
    with suite.database.work(as_actor(1)) as work:
        drop_view(work, "lab.samples", "Today")
        assert views(work, "lab.samples") == {"": "{}"}


def test_a_name_is_no_novel(suite, as_actor):
    with suite.database.work(as_actor(1)) as work, pytest.raises(UserError, match="too long"):
        keep_view(work, "lab.samples", "x" * 61, "{}")
