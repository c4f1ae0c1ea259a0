"""Examples of what the questions of release are asked about, for the walk over all questions."""

from modules.lab.codes import Method, Outcome
from modules.results.codes import Change
from modules.results.queries import Told, lines
from modules.results.service import Wanted


def examples(suite, as_actor, known):
    """Of the swab in a tube that waits and of the one that was released."""
    pool, alone = known["rows"][0], known["rows"][2]
    with suite.database.read(as_actor(1)) as work:
        found = lines(work, [pool.tube_id, alone.tube_id])
    told = Told(1, alone.tube_id, Outcome.NEGATIVE, Outcome.NEGATIVE, Method.PCR, "", "", 1)
    return {
        "one": alone.tube_id,
        "other": pool.tube_id,
        "told": [told],
        "measurements": [1, 2],
        "reason": "release",
        "unsound.found": found,
        "unreleasable.found": found,
        "unreturnable.found": found,
        "unreturnable_check.found": found,
        "standings.wanted": [pool.tube_id, alone.tube_id],
        "reports.wanted": [pool.tube_id, alone.tube_id],
        "unproposable.wanted": [Wanted(alone.tube_id, Change.AMEND)],
        "unconfirmable.rows": [],
        "tube_numbered.number": alone.accession,
        "report_card.tube": alone.tube_id,
        "report_card_of.number": alone.accession,
        "versions.tube": alone.tube_id,
        "built_on.tube": alone.tube_id,
    }
