"""The words of sampling lists: subjects, specimens, the headings they stand under."""

import re
from collections import Counter
from typing import Any, TypeVar

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain
from admin_suite.excel.identity import UID
from admin_suite.excel.sheet import About, Noted, Table
from admin_suite.excel.words import BRACKETS, as_marked, either, loose, meant
from admin_suite.registry.reading.health import affirmed
from modules.lab.codes import Material, Subject

I = TypeVar("I", bound=tuple[Any, ...])  # noqa: E741 - an item
NOT_OURS = either(
    """
    Nơi lấy | Mã xét nghiệm | Tube number | Mẫu gộp | Ngày giờ nhận mẫu | Tình trạng | Địa điểm lấy
    mẫu | Phương pháp | Phương pháp xét nghiệm | Kết quả | Kết quả xét nghiệm | Lần | Lần lấy mẫu |
    Lần xét nghiệm | Ngày gửi mẫu | Ngày nhận mẫu | Ngày trả kết quả | Ngày xét nghiệm | Đơn vị lấy
    mẫu | Cán bộ lấy mẫu | Số lượng | Số phiếu | Ct | Tình trạng mẫu | Giờ nhận mẫu | Người giao mẫu
    | Người nhận mẫu | Tên người lấy mẫu | Họ tên người lấy mẫu | Chất lượng mẫu | Trạng thái mẫu |
    Số lượng mẫu | Số lần lấy mẫu | Khu cách ly | Nơi cách ly | Ngày cách ly | Triệu chứng | Ngày
    khởi phát | Ngày tiêm | Số mũi tiêm | Gộp 5 | Đơn/Gộp | Mẫu đơn/gộp
    """
)
COLLECTED_AT_WORDS = either(
    """
    Ngày giờ lấy mẫu | Thời gian lấy mẫu | Ngày lấy mẫu | Ngày lấy | Thời gian lấy | Ngày, giờ lấy
    mẫu | Ngày giờ lấy | Thời điểm lấy mẫu | Ngày thu mẫu | Ngày lấy bệnh phẩm | Ngày giờ lấy bệnh
    phẩm | Ngày tháng lấy mẫu | Thời gian thu mẫu | Thời điểm lấy | Lấy mẫu lúc | Lấy mẫu ngày |
    Ngày test | Ngày thực hiện | Ngày giờ | Thời gian | Ngày | Collection date | Date of collection
    | Collected | Sampling date | Sampling time | Date | Sampled at | Date sampled | Ngày giờ lấy BP
    """
)
SUBJECT_WORDS = either(
    """
    Đối tượng | Lý do | Nhóm | Diện | Nhóm đối tượng | Đối tượng lấy mẫu | Phân loại | Lý do lấy mẫu
    | Diện lấy mẫu | Đối tượng xét nghiệm | Yếu tố dịch tễ | Lý do xét nghiệm | Mục đích lấy mẫu |
    Mục đích xét nghiệm | Tiền sử dịch tễ | Chỉ định | Chỉ định xét nghiệm | Lý do chỉ định | Yếu tố
    DT | Diện xét nghiệm | Subject | ĐT lấy mẫu | Loại ĐT | Phân loại ĐT | Loại đối tượng | F1/F2 |
    F1/F2/khác | Category | Reason | Reason for testing | Thuộc đối tượng
    """
)
HOUR_WORDS = either(
    """
    Giờ | Giờ lấy | Giờ lấy mẫu | Giờ thu mẫu | Giờ lấy bệnh phẩm | Giờ phút | Giờ phút lấy mẫu |
    Thời gian (giờ) | Hour | Time
    """
)
SPECIMEN_WORDS = either(
    """
    Loại mẫu | Loại bệnh phẩm | Bệnh phẩm | Mẫu bệnh phẩm | Loại mẫu bệnh phẩm | Vị trí lấy mẫu | Vị
    trí lấy | Kiểu mẫu | Loại dịch | Dịch | Dịch lấy | Loại mẫu xét nghiệm | Loại mẫu lấy | Phân
    loại mẫu | Phương pháp lấy mẫu | Cách lấy mẫu | Sample type | Type of sample
    """
)
POOL_WORDS = either(
    """
    Mã ống gộp | Mã ống | Mã gộp | Số ống | Mã mẫu | Mã mẫu gộp | Ký hiệu mẫu | Mã số mẫu | Ống số |
    Mã ống mẫu | Nhóm gộp | Số hiệu ống | Ký hiệu ống | Ống | Mã số ống | Ống gộp | Ống gộp số | Số
    ống gộp | Ống mẫu | STT ống | Số TT ống | Số thứ tự ống | Thứ tự ống | Mẫu gộp số | Số hiệu mẫu
    | Ký hiệu | Ký hiệu mẫu gộp | Mã số | Mã bệnh phẩm | Mã tube | Mã lọ | Số lọ | Lọ số | Mã code |
    Code | Mã vạch | Barcode | Nhóm mẫu gộp | Số mẫu | Mẫu số | Mã hóa mẫu | Mã hóa | Mã ống nghiệm
    | Ống nghiệm | Ống nghiệm số | Gộp ống | Số hiệu | Tube | Pool | Pool code | Tube no | Sample
    code | Mã | KH mẫu | Sample ID | Sample no | Tube ID | Pool ID | ID mẫu | ID ống |
    Số thứ tự mẫu | STT mẫu | Số TT mẫu
    """
)
NOTE_WORDS = either(
    """
    Ghi chú | Chú thích | Chú ý | Notes | Remarks | Remark
    """
)
SUBJECTS = (
    (
        Subject.HEALTH_WORKER,
        r"(?:nhan vien|can bo|\bnv|\bcb|vien chuc|lao dong)[a-z ]{0,20} ?"
        r"(?:y te|tyt|ttyt|benh vien)\b|"
        r"nvyt|cbyt|\bduoc s[iy]\b|ky thuat vien|\bktv\b|\b(?:lai xe|bao ve) (?:ttyt|benh vien)\b|"
        r"\by bac s[iy]|\bbac s[iy]\b|\by s[iy]\b|\by ta\b|dieu duong|ho sinh|y te thon|"
        r"health worker|medical staff",
    ),
    (Subject.F2, r"\bf ?2\b"),
    (
        Subject.F1,
        r"\bf ?1\b|(?:tiep xuc|\btx) gan|\btxg\b|(?:tiep xuc|\btx) (?:truc tiep )?(?:voi |ca )*"
        r"(?:f ?0|ca|bn|benh nhan|nguoi benh|nguoi nhiem)|close contact|"
        r"nguoi nha (?:cua )?(?:f ?0|bn)",
    ),
    (
        Subject.RETURNEE,
        r"\bve tu\b|vung dich|tro ve|ve dia phuong|ve que|returned|"
        r"\bve (?:tphcm|tp|hcm|hn|mien|tinh|nuoc|bac giang|bac ninh|ha noi|sai gon)|hoi huong|"
        r"\btu .+ ve$|lam an xa|di xa ve|den tu|vung do|"
        r"nhap canh|^(?!.*(?:tien su|bao ve)).* ve$",
    ),
    (Subject.QUARANTINE, r"cach ly|\bcltt\b|khu cl|quarantine"),
    (
        Subject.SYMPTOMATIC,
        r"trieu chung|\bho\b(?! (?:hang|gia dinh|kinh doanh|chi minh|tro|dan|ngheo)\b)"
        r"|mat (?:vi|khuu|mui)|cum\b|"
        r"\bsot\b|kho tho|dau hong|viem phoi|symptom|nghi ngo|nghi mac",
    ),
    (Subject.SCREENING, r"sang loc|tam soat|cong dong|nguy co|dinh ky|screening"),
    (Subject.OTHER, r"^khac$|doi tuong khac|other"),
)
SUBJECTS_ABOVE = (
    (Subject.F1, r"\bf ?1\b|tiep xuc gan"),
    (Subject.F2, r"\bf ?2\b"),
    (Subject.RETURNEE, r"tro ve|vung dich|hoi huong|\bve tu\b"),
    (Subject.HEALTH_WORKER, r"(?:nhan vien|can bo) y te|\bnvyt\b"),
)
TUBE_LINE = re.compile(
    r"(?:mã\s+|số\s+)?(?:ống|mẫu\s+gộp|gộp|tube|pool)(?:\s+(?:mẫu|gộp|số|mã|no\.?))*\s*[:.]?\s*"
    r"([\w./-]*\d[\w./-]*)",
    re.IGNORECASE,
)
THROAT = as_marked(["họng"])  # a tube that is spoilt (hỏng) is none of a throat
SPECIMENS = (
    (
        Material.NASOPHARYNGEAL,
        r"\bt[yi] ?hau|mui hong|\bnps?\b|\bdth\b|\bnasal|ngoay mui|\bmui\b|nasopharyn|^th$",
    ),
    (Material.SALIVA, r"nuoc bot|saliva|nuoc mieng|^nb$"),
    (Material.OROPHARYNGEAL, r"hong\b|\bops?\b|oropharyn|throat|khau hau|dich hau"),
)


def tube_above(line: str) -> str:
    """The tube that the line above some people names: ``Ống số 01``, ``Mẫu gộp G02 (5 người)``."""
    found = TUBE_LINE.fullmatch(BRACKETS.sub("", line).strip(" .:"))
    return found[1] if found else ""


def subject_above(line: str) -> Subject | None:
    """The one reason that the line above some people names of all of them: ``II. Đối tượng F2``."""
    bare = loose(line)
    found = [code for code, pattern in SUBJECTS_ABOVE if re.search(pattern, bare)]
    return found[0] if len(found) == 1 else None


def transferred(table: Table, items: list[I | None]) -> list[I | None]:
    """The swabs of an export, each with whose list and which tube it was in."""
    if not table.has(UID):
        return items
    tubes, codes = table.column("accession", ""), table.column("pool", "")
    inside = Counter(zip(tubes, codes, strict=True))
    whose = zip(table.column("sender", ""), table.column("pooled", False), strict=True)
    rows = zip(items, tubes, codes, whose, strict=True)
    return [
        None
        if item is None
        else item._replace(  # type: ignore[attr-defined]
            from_sender=sender,
            from_tube=tube,
            stated=max(inside[tube, code] if tube or code else 1, 1 + bool(pooled)),
        )
        for item, tube, code, (sender, pooled) in rows
    ]


def yes(cell: object, _about: About) -> bool:
    """Whether a cell says yes, as exports do in either language."""
    return loose(plain(cell)) in {"co", "yes", "x", "1", "true"}


def subject(cell: object, _about: About) -> object:
    """Why somebody is sampled; words that are not known become OTHER."""
    bare, said = loose(plain(cell)), " ".join(affirmed(plain(cell)))
    for code, pattern in SUBJECTS:
        if re.search(pattern, said) or bare == code.value.casefold().replace("_", " "):
            return code
    try:
        return Subject.read(cell)
    except UserError:
        said = _("The reason “{cell}” is not known; it is kept as another reason.")
        return Noted(Subject.OTHER, "SUBJECT_UNKNOWN", said.format(cell=plain(cell)))


def specimen(cell: object, _about: About) -> object:
    """What is in the tube; unknown words are left out."""
    bare = meant(plain(cell), THROAT)
    for code, pattern in SPECIMENS:
        if re.search(pattern, bare):
            return code
    try:
        return Material.read(cell)
    except UserError:
        said = _("The specimen “{cell}” is not known and was left out.")
        return Noted(None, "SPECIMEN_UNKNOWN", said.format(cell=plain(cell)))
