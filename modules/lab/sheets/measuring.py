"""The list of results."""

from collections.abc import Mapping
from typing import Any

from admin_suite.core.i18n import N_, _
from admin_suite.excel.sheet import Column, Sheet, Table
from admin_suite.registry.reading import days
from admin_suite.registry.reading.days import Moment
from modules.lab import checks, formats, service
from modules.lab.codes import Method, Outcome
from modules.lab.service import NewResult


def results(table: Table) -> list[NewResult | None]:
    """The results of a list of tubes."""
    for name in ("accession", "outcome"):
        refused = {remark.at for remark in table.refused}
        for at, value in enumerate(table.column(name, "")):
            if not value and at not in refused:
                table.refuse(at, name, "NO_VALUE", _("A value is required."))
    tested = [_tested(value) for value in table.column("tested_at")]
    rows = zip(
        table.column("accession", ""),
        table.column("outcome"),
        table.column("method", Method.PCR),
        table.column("ct", ""),
        tested,
        strict=True,
    )
    return [NewResult(*row) for row in rows]


def _tested(moment: Moment | None) -> str:
    if moment is None or moment.day is None:
        return ""
    return days.written(moment.day, moment.hour)


RESULT_EXAMPLE: Mapping[str, Any] = {
    "accession": "21BY000001A",
    "outcome": Outcome.NEGATIVE,
    "method": Method.PCR,
    "ct": "",
    "tested_at": "14:00 13/08/2021",
}
RESULTS = Sheet(
    name="lab.results",
    title=N_("Results of tubes"),
    kind=NewResult,
    columns=(
        Column(
            "accession",
            N_("Tube number"),
            (
                "Mã số mẫu",
                "Mã số ống",
                "Số ống",
                "Mã xét nghiệm",
                "Mã ống",
                "Mã mẫu",
                "Số xét nghiệm",
                "Mã vạch",
                "Barcode",
                "Sample",
                "Sample ID",
                "Số tiếp nhận",
            ),
            formats.accession,
            required=True,
        ),
        Column(
            "outcome",
            N_("Result"),
            ("Kết quả", "KQ", "Kết quả xét nghiệm", "KQXN", "Kết luận", "Result"),
            formats.outcome,
            required=True,
            choices=Outcome,
        ),
        Column(
            "method",
            N_("Method"),
            ("Phương pháp", "Phương pháp xét nghiệm", "Kỹ thuật", "PP"),
            formats.method,
            choices=Method,
        ),
        Column(
            "ct", N_("Ct value"), ("Ct", "Giá trị Ct", "Giá trị CT", "Chỉ số Ct"), formats.cycles
        ),
        Column(
            "tested_at",
            N_("Tested at"),
            (
                "Ngày xét nghiệm",
                "Ngày giờ xét nghiệm",
                "Thời gian xét nghiệm",
                "Ngày có kết quả",
                "Ngày giờ có kết quả",
                "Ngày trả kết quả",
            ),
            days.moment,
        ),
    ),
    items=results,
    store=service.enter,
    check=checks.wrong_results,
    ignored=("STT", "Ghi chú", "Họ và tên", "Ngày lấy mẫu", "Đơn vị gửi"),
    example=RESULT_EXAMPLE,
)
