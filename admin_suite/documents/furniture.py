"""What every administrative paper has: letterhead, title, signatures, recipients.

Decree 30/2020/ND-CP, Annex I: agency on the left, state and motto on the right, number and place
with date on one line below, the title in bold capitals, the signer at the right.
"""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from admin_suite.core.i18n import _
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import MM, MOTTO, STATE, Agency, Signature, Style
from admin_suite.documents.text import Line, Spot, balanced, draw_line, face, plain, width, wrap
from admin_suite.documents.writing import bind, long_date

NAME = Style(14, "center", bold=True, leading=1.2)
NOTE = Style(12, "center", italic=True)
SIGNER = Style(13, "center", bold=True)
ENTRY = Style(11)
AGENCY_RULE = 0.45
"""The line under the agency, as a part of the agency's length."""


def letterhead(
    paper: Paper, agency: Agency, mark: str = "", when: date | None = None, size: float = 12
) -> None:
    """The two blocks at the top, with the paper's number on the left and place and date right."""
    thin, thick = Style(size, "center"), Style(size, "center", bold=True)
    right = max(width(_(STATE), face(bold=True), size) + 4, 0.56 * paper.room)
    x, left = paper.left + paper.room - right, paper.room - right - 8
    top, leading = paper.y, size * 1.25
    rows = list(balanced(agency.parent.upper(), left, thin)) if agency.parent else []
    rows += balanced(agency.name.upper(), left, thick)
    y = _stack(paper, rows, Spot(paper.left, top, left), thick)
    paper.rule(rows[-1].width * AGENCY_RULE, Spot(paper.left, y - 6.5, left))
    paper.at(Spot(x, top - leading, right), _(STATE), thick)
    motto, second = replace(thick, size=size + 1), top - 2 * leading - 1
    length = paper.at(Spot(x, second, right), _(MOTTO), motto)
    paper.rule(length, Spot(x, second - 6, right))
    base = min(y, second) - 5 - (size + 1) * 1.45
    if mark:
        number = _("No. {number}").format(number=mark)
        paper.at(Spot(paper.left, base, left), number, replace(thin, size=size + 1))
    if when:
        dated = f"{agency.place}, {long_date(when)}" if agency.place else long_date(when)
        paper.at(Spot(x, base, right), dated, Style(size + 1, "center", italic=True))
    paper.y = base if mark or when else base + (size + 1) * 1.2


def title(paper: Paper, name: str, *, about: str = "", note: str = "", before: float = 7) -> None:
    """Name of the paper in capitals, what it is about, and a note in italics."""
    paper.skip(before)
    paper.lines(balanced(name, paper.room * 0.9, NAME), NAME)
    if about:
        paper.lines(balanced(about, paper.room * 0.86, NAME), replace(NAME, leading=1.25))
    if note:
        paper.y -= 2
        paper.lines(balanced(bind(note), paper.room, NOTE), NOTE)


def signatures(
    paper: Paper,
    blocks: Sequence[Signature],
    *,
    recipients: Sequence[str] = (),
    space: float = 24,
) -> None:
    """Signature blocks side by side, the last at the right; recipients take the left place."""
    size = SIGNER.size
    columns = max(len(blocks) + bool(recipients), 2)
    share = paper.room / columns
    deep = max(_depth(block, share) for block in blocks)
    paper.need(max(deep + 0.4 * size + space * MM, len(recipients) * 13 + 15) + 4)
    top = paper.y - 4
    names = top - deep - space * MM
    ends = [_recipients(paper, recipients, top, share * 0.9)] if recipients else []
    for place, block in enumerate(blocks, start=columns - len(blocks)):
        spot = Spot(paper.left + place * share, top, share)
        ends.append(_signature(paper, block, spot, names))
    paper.y = min(ends)


def _stack(paper: Paper, lines: Sequence[Line], spot: Spot, style: Style) -> float:
    """Lines one below the other from a height on; returns the last baseline."""
    y = spot.y
    for line in lines:
        y -= style.size * style.leading
        draw_line(paper.canvas, line, replace(spot, y=y), style.size, style.align)
    return y


def _depth(block: Signature, share: float) -> float:
    heads = sum(len(balanced(head, share - 4, SIGNER)) for head in block.heads)
    return (heads * 1.25 + bool(block.hint) * 1.15) * SIGNER.size


def _signature(paper: Paper, block: Signature, spot: Spot, names: float) -> float:
    heads = [line for head in block.heads for line in balanced(head, spot.room - 4, SIGNER)]
    y = _stack(paper, heads, spot, SIGNER)
    if block.hint:
        y -= SIGNER.size * 1.15
        paper.at(replace(spot, y=y), block.hint, Style(SIGNER.size - 2, "center", italic=True))
    if not block.name:
        return names
    lines = balanced(plain(block.name), spot.room - 4, SIGNER)
    first = replace(spot, y=names + SIGNER.size * SIGNER.leading)
    return _stack(paper, lines, first, SIGNER)


def _recipients(paper: Paper, entries: Sequence[str], top: float, room: float) -> float:
    y = top - 15
    head = Style(12, bold=True, italic=True)
    paper.at(Spot(paper.left, y), _("Recipients:"), head)
    for entry in entries:
        for line in wrap(f"- {plain(entry)}", room, ENTRY):
            y -= 13
            draw_line(paper.canvas, line, Spot(paper.left, y, room), ENTRY.size)
    return y
