"""What release adds to the demo district: results signed, told early, held, corrected, handed out.

The lists, slips and texts for the senders are those that the ordinary verbs and papers make.
"""

from collections.abc import Sequence
from datetime import timedelta

from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.excel import writer
from admin_suite.module import Scene
from modules.lab.api import Outcome, Stage
from modules.results import documents, queries, service
from modules.results.codes import Change
from modules.results.service import Wanted
from modules.results.sheets import RELEASED, write_lists


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
    _doubt(scene, [row.tube_id for row in ready], [row.tube_id for row in rows[-waiting:]])
    _hand_out(scene)


def _doubt(scene: Scene, released: Sequence[int], waiting: Sequence[int]) -> None:
    """One result told early, one put on hold, two that were taken for each other, one annulled."""
    early, soon = scene.today - timedelta(hours=6), scene.today - timedelta(minutes=50)
    with scene.work("technician", early) as work:
        service.forewarn(work, _not_negative(work, waiting)[:1] or list(waiting[:1]))
    with scene.work("technician", soon) as work:
        positive = _not_negative(work, released)
        others = [tube for tube in released if tube not in positive]
        service.hold_back(work, others[:1], _("The control of the run is in doubt."))
        swapped = service.propose_swap(
            work, others[1], others[2], _("The labels of the two tubes were changed about.")
        )
        annulled = service.propose(
            work, [Wanted(others[3], Change.ANNUL)], _("The tube was another person's.")
        )
    with scene.work("lab_head", scene.today - timedelta(minutes=40)) as work:
        service.confirm(work, [*swapped, *annulled])
    with scene.work("technician", scene.today - timedelta(minutes=30)) as work:
        told = Wanted(others[4], Change.CORRECT, Outcome.INCONCLUSIVE, ct="37.9")
        service.propose(work, [told], _("The curve was read again."))


def _not_negative(work: Work, tubes: Sequence[int]) -> list[int]:
    found = queries.lines(work, tubes)
    return [line.tube_id for line in found if line.outcome is not Outcome.NEGATIVE]


def _hand_out(scene: Scene) -> None:
    """A list on paper and a workbook for every sender; slips of one; whom to tell; the numbers."""
    folder = scene.folder / "results"
    folder.mkdir(parents=True, exist_ok=True)
    with scene.work("lab_head", scene.today) as work:
        for sender in queries.senders(work):
            where = {"sender": sender}
            with (folder / f"{sender}.pdf").open("wb") as out:
                documents.draw_list(work, where, out)
            writer.export(RELEASED, queries.released(work, where), folder / f"{sender}.xlsx")
        with (folder / "slips.pdf").open("wb") as out:
            documents.draw_slips(work, {"sender": queries.senders(work)[0]}, out)
        write_lists(queries.notify_rows(work, {}, "commune"), scene.folder / "notify")
        (folder / "numbers.txt").write_text(queries.day_message(work), encoding="utf-8")
        (folder / "public-keys.json").write_text(queries.keys_file(work), encoding="utf-8")
    with scene.work("technician", scene.today) as work, (folder / "early.pdf").open("wb") as out:
        documents.draw_preliminary(work, {}, out)
