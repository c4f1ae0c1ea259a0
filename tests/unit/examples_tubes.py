"""Examples of what questions about tubes, numbers, boxes and tasks are asked with."""

from modules.lab import service as lab
from modules.lab.codes import BlockKind, Deed, LabelState, Stage, State, Unfit


def examples(suite, as_actor, known):
    """Labels, a record, the expected tube rejected, and an example of each argument about them."""
    tube = known["rows"][3].tube_id
    with suite.database.work(as_actor(1)) as work:
        block = lab.reserve(work, lab.NewBlock(2, BlockKind.LABELS, "Cô Hà"))
        number = lab.begin_handover(work, known["list_id"])
        lab.receive(work, [tube])
        lab.reject(work, [tube], Unfit.BROKEN)
    return {
        "block": None,
        "block_id": block,
        "labels_of_block.block": block,
        "deed": Deed.STORE,
        "in_states.states": tuple(State),
        "reason": "torn",
        "unreasoned.reason": Unfit.BROKEN,
        "note": "",
        "state": LabelState.VOID,
        "unmeasurable.stage": Stage.REJECTED,
        "rack": ("TL1", "G03"),
        "freezer": "TL1",
        "taken_positions.rack": "G03",
        "rack_of.words": "TL1/G03",
        "positions": [1, 2],
        "rejected.tubes": [tube],
        "tasks": [1],
        "lines": [],
        "handover.number": number,
        "box.number": number,
        "uncountable.number": number,
        "unsigned.number": number,
    }
