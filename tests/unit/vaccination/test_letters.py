"""The papers of a session and of a recall."""

from io import BytesIO

import pytest

from admin_suite.core.errors import UserError
from modules.vaccination import service
from modules.vaccination.documents import draw_recall
from modules.vaccination.queries.sessions import session_choices
from modules.vaccination.queries.stock import recalled_choices


def test_nobody_is_written_to_of_a_lot_that_was_not_recalled(day):
    values = {"lot": "FD9234"}
    assert day.ask(recalled_choices) == []
    with pytest.raises(UserError, match="recall it first"):
        day.ask(draw_recall, values, BytesIO())
    day.do(service.recall, day.lot_id, "CV 12")
    assert day.ask(recalled_choices) == [("FD9234", "Comirnaty FD9234")]
    with pytest.raises(UserError, match="Nobody was given"):
        day.ask(draw_recall, values, BytesIO())


def test_a_paper_of_a_session_is_chosen_by_place_and_day(day):
    [(key, line)] = day.ask(session_choices)
    assert key == str(day.session_id)
    assert line.startswith("Trạm Y tế xã Bảo Hà, 20/08/2021")
