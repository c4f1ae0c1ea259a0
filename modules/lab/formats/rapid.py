"""The headings of lists of rapid tests, and what is only said there."""

from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About
from admin_suite.excel.sheet import Wrong as WrongCell
from admin_suite.excel.words import either
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
HOUR_WORDS = either("Giờ test | Giờ | Giờ làm test | Giờ thực hiện")


def rapid_outcome(cell: object, _about: About) -> RapidOutcome:
    """What a rapid test says; it knows no half tones."""
    word = outcome_word(cell)
    if word in (Outcome.NEGATIVE, Outcome.POSITIVE, Outcome.INVALID):
        return RapidOutcome.of(word.value)
    said = _("A rapid test is negative, positive or invalid; “{cell}” is none of them.")
    raise WrongCell("BAD_OUTCOME", said.format(cell=plain(cell)))
