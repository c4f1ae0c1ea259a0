"""The list of results: of our own bench, or as another laboratory sends it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from admin_suite.core.i18n import N_, _
from admin_suite.excel.counting import Counted
from admin_suite.excel.headings import NUMBER
from admin_suite.excel.sheet import Column, Sheet, Table, text
from admin_suite.excel.titles import sender_of
from admin_suite.excel.words import either, loose
from admin_suite.registry.reading import days
from admin_suite.registry.reading.columns import PERSON_COLUMNS, tidied
from admin_suite.registry.reading.days import Moment
from admin_suite.registry.reading.people import people, world
from modules.lab import checks, formats, service
from modules.lab.codes import Method, Outcome
from modules.lab.formats.ticked import TICKED, ticked
from modules.lab.models import GENES, Gene, genes_said
from modules.lab.queries import Whose
from modules.lab.rules import ACCESSION, DAY
from modules.lab.service import NewResult, Performed

CONTROL = "IC"
SENT_BY = re.compile(
    r"[-+*\s]*(?:đơn vị|nơi|cơ sở)\s+(?:gửi|lấy|yêu cầu)(?:\s+(?:mẫu|xét nghiệm))?"
    r"\s*:\s*([^;:]{3,80})",
    re.IGNORECASE,
)
OFFERED = {"name", "dob", "address"}
MORE_FORMS = {
    "ORF1ab": ("ORF1a/b", "ORF", "Ct ORF", "ORF 1ab"),
    CONTROL: ("Nội chứng", "Chứng nội", "RNase P", "RP", "IPC", "Nội kiểm"),
}


def results(table: Table) -> list[NewResult | None]:
    """The results of a list of tubes, or of people."""
    told = zip(table.column("outcome"), ticked(table), strict=True)
    said = [word or (formats.Said(tick) if tick else None) for word, tick in told]
    _refuse_empty(table, said)
    moments: list[Moment | None] = table.column("tested_at")
    rows = zip(
        _numbers(table),
        said,
        table.column("method", Method.PCR),
        _genes(table, said),
        map(_tested, moments, table.column("hour")),
        _whose(table),
        _performed(table),
        strict=True,
    )
    return [
        None
        if word is None
        else NewResult(
            number, word.outcome, how, _told(genes), tested, whose, performed._replace(genes=genes)
        )
        for number, word, how, genes, tested, whose, performed in rows
    ]


def _refuse_empty(table: Table, said: Sequence[formats.Said | None]) -> None:
    """A row needs a result, and something that says whose it is."""
    refused = {remark.at for remark in table.refused}
    clues = ("accession", "number", "code", "name", "given", "sent_row")
    for at in range(table.size):
        if at not in refused and not said[at]:
            table.refuse(at, "outcome", "NO_VALUE", _("A value is required."))
        if at not in refused and not any(table.column(name)[at] for name in clues):
            table.refuse(at, "accession", "NO_VALUE", _("A value is required."))


def _numbers(table: Table) -> list[str]:
    """Our number of each row, in whichever of the two columns of numbers it stands."""
    pairs = zip(table.column("accession", ""), table.column("number", ""), strict=True)
    return [next(filter(ACCESSION.fullmatch, pair), "") for pair in pairs]


def _theirs(table: Table) -> list[str]:
    """The other laboratory's own number of each row."""
    pairs = zip(table.column("number", ""), table.column("accession", ""), strict=True)
    return [
        next((one for one in pair if one and not ACCESSION.fullmatch(one)), "") for pair in pairs
    ]


def _whose(table: Table) -> list[Whose]:
    """What each row says of whose result it is; what is odd about a person is not said here.

    A mere number of the row is the sender's if the list came back as it was sent, and the other
    laboratory's otherwise: it may speak for a swab, never against one.
    """
    mere = loose(table.about.headings.get("sent_row", "")) in NUMBER
    home = _sender_of(table)
    known = Table(table.about, table.size, table.values, table.sections, table.numbers)
    found = people(known)
    taken: list[Moment | None] = table.column("collected_at")
    rows = zip(
        found,
        taken,
        table.column("code", ""),
        table.column("accession", ""),
        table.column("sent_row", ""),
        table.column("sender", home),
        strict=True,
    )
    return [
        Whose(
            person.name if person else "",
            person.dob if person else "",
            person.id_no if person else "",
            person.commune_code if person and person.name else "",
            _tested(day, None)[:DAY],
            code,
            "" if ACCESSION.fullmatch(mark) else mark,
            "" if mere else row,
            sender,
            row if mere and not ACCESSION.fullmatch(mark) else "",
        )
        for person, day, code, mark, row, sender in rows
    ]


def _sender_of(table: Table) -> str:
    """Who sent the swabs of a whole list, as a line under its title says."""
    found = (SENT_BY.match(line) for line in table.about.place.splitlines())
    named = next((one[1] for one in found if one), "")
    return sender_of([named]) or named


def _genes(table: Table, said: Sequence[formats.Said | None]) -> list[tuple[Gene, ...]]:
    """The Ct of each row by gene: columns of genes first, then the column Ct, then the result."""
    columns = [table.column(_column_of(gene)) for gene in GENES]
    found = []
    for at, (word, more) in enumerate(zip(said, table.column("ct", ()), strict=True)):
        own = [column[at] for column in columns if column[at] is not None]
        every = [*own, *more, *(word.genes if word else ())]
        if len(every) > 1:
            every = [gene for gene in every if gene.name] or every
        genes = tuple({gene.name or at: gene for at, gene in enumerate(reversed(every))}.values())
        found.append(genes[::-1])
        if word and word.outcome is Outcome.NEGATIVE and (seen := _told(found[-1])):
            warning = _("The result is negative, but a gene was found: {genes}. Look again.")
            table.warn(at, "ct", "CT_AGAINST", warning.format(genes=seen))
    return found


def _told(genes: Sequence[Gene]) -> str:
    """The Ct that is told: of what was found of the virus, not of the control."""
    return genes_said([gene for gene in genes if gene.ct and gene.name != CONTROL])


def _performed(table: Table) -> list[Performed]:
    rows = zip(
        table.column("performed_at", ""),
        _theirs(table),
        table.column("kit", ""),
        table.column("lot", ""),
        strict=True,
    )
    return [Performed(*row) for row in rows]


def _tested(moment: Moment | None, hour: Moment | None) -> str:
    said = days.put_beside(moment, hour)
    return days.written(said.day, said.hour) if said.day else ""


def _column_of(gene: str) -> str:
    return f"ct_{gene.lower()}"


def _of_gene(gene: str) -> Column:
    forms = [f"Ct {gene}", gene, f"Gen {gene}", f"{gene} gene", f"Ct ({gene})", f"Ct gen {gene}"]
    forms += MORE_FORMS.get(gene, ())
    return Column(_column_of(gene), gene, tuple(forms), formats.of_gene(gene), offered=False)


def _persons() -> tuple[Column, ...]:
    """The columns of a person, none required; a name stands where there is no number."""
    return tuple(
        replace(
            column,
            required=False,
            dates=False,
            serves="accession" if column.field in {"name", "given"} else "",
            offered=column.field in OFFERED,
        )
        for column in PERSON_COLUMNS
    )


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
    context=world,
    columns=(
        Column(
            "accession",
            N_("Tube number"),
            either(
                """
                Mã số mẫu | Mã số ống | Số ống | Mã ống | Mã mẫu | Mã vạch | Barcode | Sample |
                Sample ID | Mã bệnh phẩm | Mã số bệnh phẩm | Mã số | Mã số XN | Mã
                """
            ),
            formats.accession,
            required=True,
            note=N_("Where it is not known: name, birth and commune, or the sender's tube code."),
        ),
        *_persons(),
        Column(
            "outcome",
            N_("Result"),
            either(
                """
                Kết quả | KQ | Kết quả xét nghiệm | KQXN | Kết luận | Result | Kết quả PCR | Kết quả
                xét nghiệm SARS-CoV-2 | Kết quả Realtime RT-PCR | KQ xét nghiệm | KQ PCR |
                SARS-CoV-2 | Kết quả SARS-CoV-2 | PCR SARS-CoV-2 | COVID-19
                """
            ),
            formats.outcome,
            required=True,
            choices=Outcome,
        ),
        *TICKED,
        Column(
            "code",
            N_("Tube code of the sender"),
            either(
                """
                Mã ống gộp | Mã gộp | Mẫu gộp | Ống gộp | Mã của đơn vị gửi | Mã mẫu nơi gửi | Mã
                nơi gửi | Ký hiệu mẫu | Ký hiệu ống | Mã mẫu gộp | Mã mẫu đơn vị gửi | Ký hiệu mẫu
                của đơn vị gửi | Mẫu số
                """
            ),
            text,
            serves="accession",
        ),
        Column(
            "sent_row",
            N_("No. in the list that was sent"),
            either(
                """
                STT danh sách gửi | STT trong danh sách gửi | STT nơi gửi | STT đơn vị gửi | STT mẫu
                gửi | STT gửi | Số thứ tự danh sách gửi | Số TT gửi
                """
            ),
            text,
            serves="accession",
            ordinal=True,
        ),
        Column(
            "collected_at",
            N_("Collected on"),
            either(
                """
                Ngày lấy mẫu | Ngày giờ lấy mẫu | Thời gian lấy mẫu | Ngày lấy | Ngày thu mẫu | Ngày
                lấy bệnh phẩm
                """
            ),
            days.moment,
            dates=True,
        ),
        Column(
            "method",
            N_("Method"),
            either("Phương pháp | Phương pháp xét nghiệm | Kỹ thuật | PP | Kỹ thuật xét nghiệm"),
            formats.method,
            choices=Method,
        ),
        Column(
            "ct",
            N_("Ct value"),
            either("Ct | Giá trị Ct | Chỉ số Ct | CT value | Cq | Ngưỡng Ct | Chu kỳ ngưỡng"),
            formats.cycles,
        ),
        *map(_of_gene, GENES),
        Column(
            "kit",
            N_("Kit"),
            either("Sinh phẩm | Tên sinh phẩm | Bộ kit | Tên kit | Bộ sinh phẩm | Kit xét nghiệm"),
            tidied,
        ),
        Column(
            "lot", N_("Lot"), either("Số lô | Lô | Lô sinh phẩm | Số lô sinh phẩm | Lot no"), text
        ),
        Column(
            "tested_at",
            N_("Tested at"),
            either(
                """
                Ngày xét nghiệm | Ngày giờ xét nghiệm | Thời gian xét nghiệm | Ngày có kết quả |
                Ngày giờ có kết quả | Ngày trả kết quả | Ngày trả | Ngày trả KQ | Ngày XN |
                Ngày có KQ | Ngày thực hiện xét nghiệm | Ngày chạy mẫu
                """
            ),
            days.moment,
        ),
        Column(
            "hour",
            N_("Hour of the test"),
            either("Giờ xét nghiệm | Giờ có kết quả | Giờ trả kết quả | Giờ"),
            days.hour_and_day,
            dates=True,
            offered=False,
        ),
        Column(
            "performed_at",
            N_("Performed at"),
            either(
                """
                Nơi xét nghiệm | Đơn vị xét nghiệm | Phòng xét nghiệm | Nơi thực hiện xét nghiệm |
                Cơ sở xét nghiệm | Đơn vị thực hiện xét nghiệm
                """
            ),
            tidied,
        ),
        Column(
            "number",
            N_("Number of that laboratory"),
            either(
                """
                Số xét nghiệm | Mã xét nghiệm | Số tiếp nhận | Số labo | Mã labo | Mã số labo | Mã
                phòng xét nghiệm | Lab ID | Mã hồ sơ | Số phiếu
                """
            ),
            formats.accession,
            serves="accession",
        ),
        Column(
            "sender",
            N_("Sender"),
            either("Đơn vị gửi | Nơi gửi | Đơn vị gửi mẫu | Nơi gửi mẫu | Đơn vị lấy mẫu"),
            tidied,
            offered=False,
        ),
    ),
    items=results,
    store=service.enter,
    check=checks.wrong_results,
    advise=checks.taken_as,
    ignored=either(
        """
        STT | Ghi chú | Loại mẫu | Loại bệnh phẩm | Đối tượng | Ngày nhận mẫu | Ngày gửi mẫu | Lần
        lấy mẫu | Lần xét nghiệm | Người xét nghiệm | Người lấy mẫu | Ngày khởi phát | Tình trạng
        mẫu | Mẫu đơn/gộp | Số lượng mẫu
        """
    ),
    example=RESULT_EXAMPLE,
    counted=Counted(N_("{n} results"), ("kết quả", "mẫu", "mau", "ống", "ong", "results")),
)
