"""The headings of lists of rapid tests, and what is only said there."""

import re

from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About
from admin_suite.excel.sheet import Wrong as WrongCell
from admin_suite.excel.words import either, loose
from modules.lab.codes import Outcome, RapidOutcome
from modules.lab.formats.results import outcome_word

TESTED_WORDS = either(
    """
    Ngày giờ test | Thời gian test | Ngày test | Ngày làm test | Thời gian xét nghiệm | Ngày xét
    nghiệm | Ngày giờ xét nghiệm | Ngày thực hiện | Thời gian thực hiện | Ngày test nhanh | Thời
    điểm test | Ngày | Ngày giờ
    """
)
KIT_WORDS = either(
    """
    Tên test | Loại test | Tên kit | Kit test | Bộ test | Sinh phẩm | Tên sinh phẩm | Loại kit |
    Loại sinh phẩm | Test nhanh | Bộ kit | Tên bộ test
    """
)
LOT_WORDS = either("Số lô | Lô | Lot | Lô test | Số lô test | Số lô sinh phẩm | Lô sinh phẩm")
OUTCOME_WORDS = either(
    """
    Kết quả | Kết quả test | KQ | KQ test | Kết quả test nhanh | KQ test nhanh | Kết quả xét nghiệm
    | Kết quả xét nghiệm nhanh | Kết luận
    """
)
TESTER_WORDS = either(
    """
    Người test | Người làm test | Người thực hiện | Cán bộ test | Cán bộ thực hiện | Người xét
    nghiệm | Nhân viên thực hiện | Người lấy mẫu
    """
)
SITE_WORDS = either("Nơi test | Địa điểm test | Điểm test | Nơi thực hiện | Điểm xét nghiệm")
KITS, LOTS = ({loose(word) for word in known} for known in (KIT_WORDS, LOT_WORDS))
PART = re.compile(r"[\n,;()]|\s[-\u2013]\s")
LOT_ALONE = re.compile(r"(?:số\s+)?lô\s+([\w./-]*\d[\w./-]*)", re.IGNORECASE)
HOUR_WORDS = either(
    "Giờ test | Giờ | Giờ làm test | Giờ thực hiện | Giờ lấy mẫu | Giờ xét nghiệm | Time"
)


def used(about: About) -> tuple[str, str]:
    """Kit and lot that a list names once, below its title: ``Sinh phẩm: Humasis, số lô: H21``."""
    kit = lot = ""
    for part in PART.split(about.place):
        label, _colon, value = (piece.strip() for piece in part.partition(":"))
        alone = LOT_ALONE.fullmatch(part.strip())
        if loose(label) in KITS:
            kit = kit or value
        elif loose(label) in LOTS or alone:
            lot = lot or value or (alone[1] if alone else "")
    return kit, lot


def rapid_outcome(cell: object, _about: About) -> RapidOutcome:
    """What a rapid test says; it knows no half tones."""
    word = outcome_word(cell)
    if word in (Outcome.NEGATIVE, Outcome.POSITIVE, Outcome.INVALID):
        return RapidOutcome.of(word.value)
    said = _("A rapid test is negative, positive or invalid; “{cell}” is none of them.")
    raise WrongCell("BAD_OUTCOME", said.format(cell=plain(cell)))
