"""The words of venues as lists write them: kinds, entrances, opening hours."""

import re
from collections.abc import Mapping

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.excel.counting import Counted
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Noted, Whole
from admin_suite.excel.words import as_marked, either, loose, meant
from admin_suite.registry.reading import numbers
from admin_suite.registry.reading.columns import tidied
from modules.venues.codes import Kind, Standing

NAME_WORDS = either(
    """
    Tên địa điểm | Tên cơ sở | Tên điểm | Tên điểm kiểm soát | Tên cơ sở kinh doanh | Tên đơn vị |
    Tên cửa hàng | Tên quán | Tên hộ kinh doanh | Tên cơ sở, địa điểm | Tên địa điểm, cơ sở | Tên
    địa điểm đăng ký | Tên biển hiệu | Tên theo biển hiệu | Địa điểm | Cơ sở | Tên nơi quét mã | Tên
    điểm quét | Tên điểm quét mã | Tên hộ KD | Tên hộ kinh doanh, doanh nghiệp | Tên hộ KD, doanh
    nghiệp | Tên doanh nghiệp | Tên công ty | Tên hộ | Hộ kinh doanh | Địa điểm đăng ký | Cơ sở, địa
    điểm | Tên cơ quan, đơn vị | Tên cơ quan | Tên điểm QR | Tên | Place name | Name of place | Name
    of venue
    """
)
KIND_WORDS = either(
    """
    Loại hình | Phân loại | Loại | Loại hình kinh doanh | Loại hình hoạt động | Loại hình cơ sở |
    Loại cơ sở | Loại địa điểm | Loại điểm | Nhóm | Nhóm loại hình | Nhóm cơ sở | Nhóm địa điểm |
    Ngành nghề | Ngành nghề kinh doanh | Ngành hàng | Lĩnh vực | Lĩnh vực hoạt động | Hình thức |
    Type | Kind of place | Category
    """
)
COMMUNE_WORDS = either(
    """
    Địa bàn | Địa bàn xã | Địa bàn xã, thị trấn | Thuộc xã | Thuộc xã, thị trấn | Xã quản lý | Đơn
    vị hành chính
    """
)
KEEPER_WORDS = either(
    """
    Người phụ trách | Chủ cơ sở | Người đại diện | Người đăng ký | Chủ hộ | Chủ hộ kinh doanh |
    Người quản lý | Người liên hệ | Đại diện | Họ tên chủ cơ sở | Họ và tên chủ cơ sở | Họ tên chủ
    hộ | Họ và tên chủ hộ | Họ tên chủ quán | Họ và tên chủ quán | Họ tên người quản lý | Họ và tên
    người quản lý | Họ tên người đại diện | Họ và tên người đại diện | Họ tên người phụ trách | Họ
    và tên người phụ trách | Họ tên người đăng ký | Họ và tên người đăng ký | Chủ quán | Chủ ki ốt |
    Chủ sạp | Chủ quầy | Chủ điểm | Chủ cửa hàng | Quản lý | Người đầu mối | Đầu mối | Cán bộ đầu
    mối | Cán bộ phụ trách | Ông bà phụ trách | Ông bà chủ | Chủ kinh doanh | Tên chủ cơ sở | Tên
    chủ hộ | Thủ trưởng đơn vị | Họ tên | Họ và tên | Contact person | Person in charge | Owner
    """
)
PHONE_WORDS = either(
    """
    SĐT người đăng ký | SĐT chủ cơ sở | SĐT người phụ trách | SĐT người đại diện | Số điện thoại
    người đăng ký | Số điện thoại chủ cơ sở | Số điện thoại người phụ trách | Số điện thoại người
    đại diện | Điện thoại người phụ trách | Điện thoại chủ cơ sở | Điện thoại người đại diện | Điện
    thoại người đăng ký | SĐT đăng ký | Số điện thoại đăng ký | SĐT quản lý | Hotline
    """
)
ENTRANCE_WORDS = either(
    """
    Số lối vào | Số cổng | Lối vào | Số lối ra vào | Số lối ra, vào | Lối ra vào | Cổng | Số cửa |
    Cửa ra vào | Số cửa ra vào | Số cổng ra vào | Số điểm quét | Số điểm quét mã | Số điểm kiểm
    soát | Số vị trí dán mã | Số vị trí đặt mã | Số mã cần cấp | Số mã QR cần cấp | Số lượng lối
    vào | Số lượng cổng | Số điểm ra vào | Số lượng mã | Số lượng mã QR | Entrances
    | Number of entrances | Doors | Gates
    """
)
LABEL_WORDS = either(
    """
    Tên lối vào | Tên các lối vào | Tên cổng | Tên các cổng | Tên cửa | Tên các cửa | Names of
    entrances
    """
)
NATIONAL_WORDS = either(
    """
    Mã QR quốc gia | Mã quốc gia | Đã có mã | Mã QR | Mã địa điểm quốc gia | Mã PC-Covid | Mã trên
    nền tảng | Đã đăng ký mã | Đã có mã QR | Link mã QR | Link QR | Đường dẫn mã QR | Mã QR
    tokhaiyte | Nội dung mã QR
    """
)
STANDING_WORDS = either("Tình trạng | Trạng thái | Tình trạng hoạt động | Hoạt động | Status")
OPENS_WORDS = either("Giờ mở cửa | Mở cửa lúc | Giờ bắt đầu | Mở cửa | Opens")
CLOSES_WORDS = either("Giờ đóng cửa | Đóng cửa lúc | Giờ kết thúc | Đóng cửa | Closes")
HOURS_WORDS = either(
    """
    Giờ hoạt động | Thời gian hoạt động | Giờ làm việc | Thời gian mở cửa | Thời gian làm việc | Giờ
    mở cửa, đóng cửa | Giờ mở - đóng cửa | Giờ mở, đóng cửa | Khung giờ | Khung giờ hoạt động |
    Khung giờ bán hàng | Giờ bán hàng | Thời gian bán hàng | Giờ phục vụ | Thời gian phục vụ |
    Opening hours
    """
)
CAPACITY_WORDS = either(
    """
    Sức chứa | Sức chứa tối đa | Chứa tối đa | Số người tối đa | Số khách tối đa | Số lượng tối đa |
    Quy mô | Số chỗ | Số chỗ ngồi | Số ghế | Capacity
    """
)
PLATE_WORDS = either("Biển số xe | Biển số | BKS | Biển kiểm soát | Number plate")
NOT_OURS = either(
    """
    STT | TT | Ngày đăng ký | Ngày cấp | Ngày cấp mã | Người lập | Ký nhận | Mã số thuế | MST | Mã
    số doanh nghiệp | Email | Website | Diện tích | Số lao động | Số nhân viên | Số giấy phép | CCCD
    | CMND | Số CCCD | Ngày sinh | Năm sinh | Giới tính | Đơn vị | Tổ chức | Cán bộ cấp mã
    """
)

# What places are called, the surer first: a kind's own words, then what stands in a name.
KINDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.HEALTH_FACILITY: either(
        """
        cơ sở y tế | y tế | trạm y tế | bệnh viện | phòng khám | trung tâm y tế | cơ sở khám chữa
        bệnh | khám chữa bệnh | nha khoa | phòng mạch | nhà hộ sinh | health
        """
    ),
    Kind.PHARMACY: either(
        """
        nhà thuốc | quầy thuốc | hiệu thuốc | thuốc tân dược | bán thuốc | kinh doanh thuốc | cửa
        hàng thuốc | dược | pharmacy
        """
    ),
    Kind.SCHOOL: either(
        """
        trường học | trường | mầm non | tiểu học | thcs | thpt | ptdtbt | ptdtnt | nhà trẻ |
        nhóm trẻ | cơ sở giáo dục | giáo dục | mẫu giáo | trung tâm gdtx | gdtx |
        trung tâm ngoại ngữ | lớp học | school
        """
    ),
    Kind.MARKET: either("chợ | chợ phiên | chợ dân sinh | siêu thị chợ | market"),
    Kind.CAFE: either(
        """
        quán cà phê | cà phê | cafe | café | coffee | trà sữa | quán cafe | giải khát | quán nước |
        trà chanh | quán giải khát | caphe | cà phê, giải khát
        """
    ),
    Kind.KARAOKE: either("karaoke | quán hát | dịch vụ karaoke"),
    Kind.RESTAURANT: either(
        """
        nhà hàng, quán ăn | nhà hàng | quán ăn | quán phở | cơm bình dân | ăn uống | dịch vụ ăn
        uống | quán cơm | quán bún | quán bia | quán nhậu | quán lẩu | bún phở | cơm phở |
        phở | bún chả | lẩu nướng | lẩu | hàng ăn | hàng ăn uống | bếp ăn | căng tin | restaurant
        """
    ),
    Kind.LODGING: either(
        """
        cơ sở lưu trú | lưu trú | khách sạn | nhà nghỉ | homestay | nhà trọ | resort | khu nghỉ
        dưỡng | dịch vụ lưu trú | hotel | motel | khu trọ |
        nhà khách | ks | nn
        """
    ),
    Kind.TRANSPORT: either(
        """
        phương tiện vận chuyển công cộng | phương tiện | phương tiện công cộng | xe |
        vận chuyển công cộng | nhà xe | bến xe | ga | vận tải |
        xe khách | bến đò | bến phà | bến tàu | xe buýt | taxi | giao thông công cộng | phương tiện
        giao thông | ga tàu | ga đường sắt | transport
        """
    ),
    Kind.RELIGIOUS: either(
        """
        cơ sở tôn giáo, tín ngưỡng | cơ sở tôn giáo | tôn giáo | tín ngưỡng
        | di tích | di tích lịch sử | đền chùa | đền | chùa | nhà thờ
        | đình | miếu | nhà nguyện | giáo xứ | thánh thất | điểm nhóm | religious
        """
    ),
    Kind.PETROL_STATION: either("cây xăng | xăng dầu | cửa hàng xăng dầu | trạm xăng | petrol"),
    Kind.BANK: either("ngân hàng | agribank | quỹ tín dụng | bank | vietinbank | bidv"),
    Kind.EVENT: either("sự kiện | hội chợ | đám cưới | đám tang | lễ hội | hội nghị | event"),
    Kind.OFFICE: either(
        """
        công sở | cơ quan | trụ sở | ubnd | ủy ban nhân dân | công an | bưu điện | cơ quan nhà nước
        | cơ quan, công sở | hđnd | hành chính | tòa án | kho bạc | chi cục | đảng ủy | huyện ủy |
        bưu cục | nhà văn hóa | ban chỉ huy quân sự | hạt kiểm lâm | office
        """
    ),
    Kind.COMPANY: either(
        """
        doanh nghiệp | doanh nghiệp tư nhân | dn | dntn | cty |
        công ty | htx | hợp tác xã | nhà máy | xí nghiệp | xưởng | cơ sở sản xuất | cơ sở sx |
        tnhh | khu công nghiệp | công ty, doanh nghiệp | company
        """
    ),
    Kind.OTHER: either("khác | loại khác | cơ sở khác | địa điểm khác | other"),
}
ALONE = as_marked(  # "Trương", "sữa chua" and "gà" are no school, pagoda and station
    word for spellings in KINDS.values() for word in spellings if " " not in word
)
SAID = {loose(word): kind for kind, spellings in KINDS.items() for word in spellings}
NAMED = [
    (re.compile(rf"\b{loose(word)}\b"), kind)
    for kind, spellings in KINDS.items()
    for word in spellings
    if kind is not Kind.OTHER
]
BEFORE_KIND = re.compile(
    r"^(?:[ivx]+\b|\d+\b|[a-h]\b)?\s*(?:(?:nhom|loai hinh|cac|co so|dich vu|kinh doanh)\s+)*"
)
SEVERAL = re.compile(r"[,;/]|\bvà\b")
IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]\d]+)[)\]]\s*$")
# What is also a name of people says a kind only where a name begins with it.
PEOPLE = {rf"\b{word}\b" for word in ("dinh", "truong", "mieu", "duoc", "ga")}
WITHIN = [(word, kind) for word, kind in NAMED if word.pattern not in PEOPLE]
PAUSED = re.compile(r"\b(?:tam (?:dung|ngung|nghi|dong)|paused)\b")
CLOSED = re.compile(r"\b(?:giai the|da (?:dong cua|nghi|dung)|ngung han|dong cua|closed)\b")
THOUSANDS = re.compile(r"(?<=\d)[.,\s](?=\d{3}(?!\d))")
FIRST_NUMBER = re.compile(r"(?:^-)?\d+")
LEAST_NATIONAL, MOST_NATIONAL = 12, 500  # letters; more of them are too fine for a telephone
COUNTED = Counted(
    N_("{n} venues"),
    (
        *("cơ sở", "co so", "địa điểm", "dia diem", "điểm", "diem", "quán", "quan", "cửa hàng"),
        *("hộ kinh doanh", "ho kinh doanh", "hộ", "nơi", "đơn vị", "venues", "places"),
    ),
)


def kind(cell: object, _about: About) -> object:
    """The kind of a place; an unknown word is another place, and said so."""
    written = plain(cell)
    found = _kind(meant(written, ALONE))
    if found is not None:
        return found
    try:
        return Kind.read(written)
    except UserError:
        said = _("“{cell}” is no kind of place known here; it is kept as another place.")
        return Noted(Kind.OTHER, "KIND_UNKNOWN", said.format(cell=written))


def _kind(words: str) -> Kind | None:
    """The kind that words of a column name: the whole of them, or one of several kinds named."""
    if words in SAID:
        return SAID[words]
    return next((kind for word, kind in NAMED if word.match(words)), None)


def kind_of_name(name: str) -> Kind | None:
    """The kind of a place as its name tells it, from the beginning of the name; None of most."""
    words = meant(name, ALONE)
    begins = next((kind for word, kind in NAMED if word.match(words)), None)
    return begins or next((kind for word, kind in WITHIN if word.search(words)), None)


def kind_above(line: str) -> Kind | None:
    """The kind that the line above a group of places names: ``II. Cơ sở kinh doanh ăn uống``.

    Of a line that names several, ``Hàng ăn, giải khát``, the first one.
    """
    bare = BEFORE_KIND.sub("", loose(line))
    parts = [SAID.get(BEFORE_KIND.sub("", loose(one))) for one in SEVERAL.split(line)]
    return SAID.get(bare) or (parts[0] if all(parts) else None)


def phone(cell: object, about: About) -> object:
    """The telephone of a venue, which has one: the first of several, and which others there are."""
    return numbers.one_phone(cell, about, N_("A venue has one telephone; not kept: {others}."))


def standing(cell: object, _about: About) -> Standing | None:
    """Whether a place is open; what else stands in that column says nothing of it."""
    bare = loose(plain(cell))
    if told := Standing.words().get(plain(cell).casefold()):
        return told
    if PAUSED.search(bare):
        return Standing.PAUSED
    return Standing.CLOSED if CLOSED.search(bare) else None


def standing_in(name: str) -> tuple[str, Standing | None]:
    """A name without the state that stands in brackets behind it, and that state if one does."""
    found = IN_BRACKETS.search(name)  # an hour in it says when a place closes every day
    told = standing(found[1], About()) if found and found.start() else None
    return (name[: found.start()], told) if found and told else (name, None)


def capacity(cell: object, _about: About) -> object:
    """For how many people there is room."""
    found = FIRST_NUMBER.search(THOUSANDS.sub("", plain(cell)))
    if found and int(found[0]) > 0:
        return int(found[0])
    said = _("“{cell}” is no number of people and was left out.")
    return Noted(None, "CAPACITY_UNKNOWN", said.format(cell=plain(cell)))


def bare_plate(written: str) -> str:
    """A number plate as plates are compared: ``24b-012.34`` and ``24B 01234`` are one."""
    return re.sub(r"[\s.\-]", "", written).upper()


@Whole
def national(cell: object, about: About) -> object:
    """The text of the national platform's code, or what the column says in its place."""
    written = tidied(cell, about)
    if len(written) <= MOST_NATIONAL:
        return written
    said = _("A code of {n} letters cannot be read from a poster and was left out.")
    return Noted("", "NATIONAL_TOO_LONG", said.format(n=len(written)))


def national_code(written: str) -> str:
    """The text of the national platform's code; empty where the column only says that there is one.

    Its form is not published, so anything long enough without blanks is taken as it is.
    """
    bare = written.strip()
    told = LEAST_NATIONAL <= len(bare) <= MOST_NATIONAL and not re.search(r"\s", bare)
    return bare if told else ""
