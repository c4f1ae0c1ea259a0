"""What release adds to the demo district: results signed, lists for the senders on paper."""

from datetime import timedelta

from admin_suite.excel import writer
from admin_suite.module import Scene
from modules.lab.api import Outcome, Stage
from modules.results import documents, queries, service
from modules.results.sheets import RELEASED


def build(scene: Scene) -> None:
    """Release what is older than two days, negatives together, every other one alone."""
    with scene.work("lab_head", scene.today - timedelta(hours=2)) as work:
        rows = queries.lines(work, queries.waiting(work, (Stage.MEASURED,)))
    waiting = max(len(rows) // 8, 1)
    ready = rows[:-waiting]
    with scene.work("lab_head", scene.today - timedelta(hours=2)) as work:
        service.sign(work, [row.tube_id for row in ready if row.outcome is Outcome.NEGATIVE])
    for row in ready:
        if row.outcome is not Outcome.NEGATIVE:
            with scene.work("lab_head", scene.today - timedelta(hours=1)) as work:
                service.sign(work, [row.tube_id])
    _hand_out(scene)


def _hand_out(scene: Scene) -> None:
    """A list on paper and a workbook for every sender."""
    folder = scene.folder / "results"
    folder.mkdir(parents=True, exist_ok=True)
    with scene.work("lab_head", scene.today) as work:
        for sender in queries.senders(work):
            where = {"sender": sender}
            with (folder / f"{sender}.pdf").open("wb") as out:
                documents.draw_list(work, where, out)
            writer.export(RELEASED, queries.released(work, where), folder / f"{sender}.xlsx")
