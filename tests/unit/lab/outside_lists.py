"""Five lists of results as laboratories of provinces send them, with what each of them means.

The wordings, titles and merged cells are those of such lists; people and numbers are invented.
Rows count as Excel does; what a row means is written down by hand, not read by the reader.
"""

from pathlib import Path

from msgspec import Struct
from openpyxl import Workbook


class OutsideList(Struct, frozen=True):
    """Lines of a worksheet, merged ranges, and by row: outcome, the Ct told, and more fields."""

    name: str
    lines: tuple
    means: dict
    refused: dict
    merged: tuple = ()

    def write(self, folder: Path) -> Path:
        """The list as a workbook."""
        book = Workbook()
        sheet = book.active
        for line in self.lines:
            sheet.append(list(line))
        for one in self.merged:
            sheet.merge_cells(one)
        path = folder / f"{self.name}.xlsx"
        book.save(path)
        return path


CDC = OutsideList(
    "cdc",
    (
        ("SỞ Y TẾ TỈNH LÀO CAI", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("TRUNG TÂM KIỂM SOÁT BỆNH TẬT", "", "", "", "Độc lập - Tự do - Hạnh phúc"),
        (),
        ("KẾT QUẢ XÉT NGHIỆM SARS-CoV-2 BẰNG KỸ THUẬT REALTIME RT-PCR",),
        (),
        ("STT", "Họ và tên", "Năm sinh", "Địa chỉ", "Ngày lấy mẫu", "Mã số mẫu", "Kết quả"),
        (1, "Lý Thị Hòa", 1985, "xã Kim Sơn", "12/08/2021", "LC21-0431", "Âm tính"),
        (
            2,
            "VÀNG A PÁO",
            "1990",
            "xã Kim Sơn",
            "12/8/2021",
            "LC21-0432",
            "Dương tính (ORF1ab 24,5; N 25,1)",
        ),
        (3, "Giàng Thị Dở", 1962, "xã Bảo Hà", "12/08/2021", "LC21-0433", "(-)"),
        ("", "Tổng cộng: 03 mẫu"),
    ),
    {
        7: ("NEGATIVE", "", {"name": "Lý Thị Hòa", "number": "LC21-0431"}),
        8: ("POSITIVE", "ORF1ab 24.5 · N 25.1", {"number": "LC21-0432", "day": "2021-08-12"}),
        9: ("NEGATIVE", "", {"dob": "1962", "commune": "02989"}),
    },
    {},
    merged=("A4:G4",),
)
GENES = OutsideList(
    "genes",
    (
        ("BỆNH VIỆN ĐA KHOA TỈNH",),
        ("Sổ trả kết quả ngày 13/08/2021",),
        (
            "TT",
            "Tên bệnh nhân",
            "Tuổi/Giới",
            "",
            "Nơi gửi",
            "Số labo",
            "Giá trị Ct",
            "",
            "",
            "KQXN",
        ),
        ("", "", "Nam", "Nữ", "", "", "ORF1ab", "N", "Nội chứng", ""),
        (1, "Sùng A Chẩn", "1971", "", "Trạm Y tế xã Kim Sơn", "7715", "27,31", 28.4, 25, "DT"),
        (
            2,
            "Ma Thị Lan",
            "",
            "1988",
            "Trạm Y tế xã Kim Sơn",
            "7716",
            "Undetermined",
            "N/A",
            24.9,
            "AT",
        ),
        (3, "Bàn Văn Hùng", "2001", "", "Trạm Y tế xã Kim Sơn", "7717", 40, "-", "26,2", "ÂT"),
        (
            4,
            "Lương Thị Xuyến",
            "",
            "1979",
            "Trạm Y tế xã Kim Sơn",
            "7718",
            36.9,
            "",
            "26",
            "Nghi ngờ",
        ),
    ),
    {
        5: (
            "POSITIVE",
            "ORF1ab 27.31 · N 28.4",
            {"number": "7715", "genes": "ORF1ab 27.31 · N 28.4 · IC 25"},
        ),
        6: ("NEGATIVE", "", {"dob": "1988", "genes": "ORF1ab \u2013 · N \u2013 · IC 24.9"}),
        7: ("NEGATIVE", "", {"sender": "Trạm Y tế xã Kim Sơn"}),
        8: ("INCONCLUSIVE", "ORF1ab 36.9", {"name": "Lương Thị Xuyến"}),
    },
    {},
    merged=("C3:D3", "G3:I3"),
)
POOLS = OutsideList(
    "pools",
    (
        ("Danh sách kết quả mẫu gộp",),
        (
            "STT",
            "Mã ống gộp",
            "Họ tên",
            "NS",
            "Kết quả PCR",
            "Sinh phẩm",
            "Số lô",
            "Giờ có kết quả",
            "Ngày có kết quả",
        ),
        (
            1,
            "G001",
            "Lý Thị Hòa",
            "05/03/1985",
            "Âm tính",
            "LightPower",
            "LP2108",
            "02:10",
            "13/08/2021",
        ),
        (2, None, "Vàng A Páo", "1990", None, None, None, None, None),
        (3, None, "Giàng Thị Dở", "1962", None, None, None, None, None),
        (
            4,
            "G002",
            "Mẫu gộp 5 người",
            None,
            "DƯƠNG TÍNH, Ct: 22,7",
            "LightPower",
            "LP2108",
            "02:10",
            "13/08/2021",
        ),
    ),
    {
        3: ("NEGATIVE", "", {"code": "G001", "tested": "2021-08-13T02:10", "kit": "LightPower"}),
        4: ("NEGATIVE", "", {"code": "G001", "lot": "LP2108"}),
        5: ("NEGATIVE", "", {"code": "G001", "name": "Giàng Thị Dở"}),
        6: ("POSITIVE", "22.7", {"code": "G002"}),
    },
    {},
    merged=("B3:B5", "E3:E5", "F3:F5", "G3:G5", "H3:H5", "I3:I5"),
)
BY_NUMBER = OutsideList(
    "by number",
    (
        ("Viện Vệ sinh dịch tễ Trung ương",),
        ("No", "Sample ID", "Full name", "Result", "Ct", "Phương pháp", "Nơi xét nghiệm"),
        (1, "21BY 000 001 A", "Lý Thị Hòa", "NEGATIVE", "NaN", "Realtime RT-PCR", "Viện VSDTTƯ"),
        (2, "21by000002-l", "Vàng A Páo", "Positive", "E 27,3 / RdRp 28", "RT-PCR", "Viện VSDTTƯ"),
        (3, "X77", "", "negative", "", "test nhanh kháng nguyên", "Viện VSDTTƯ"),
    ),
    {
        3: ("NEGATIVE", "", {"accession": "21BY000001A", "performed": "Viện VSDTTƯ"}),
        4: ("POSITIVE", "E 27.3 · RdRp 28", {"accession": "21BY000002L"}),
        5: ("NEGATIVE", "", {"accession": "", "mark": "X77", "method": "ANTIGEN"}),
    },
    {},
)
ROUGH = OutsideList(
    "rough",
    (
        ("PHÒNG XÉT NGHIỆM SINH HỌC PHÂN TỬ",),
        ("KQ XN COVID đợt 3 ngày 13/8/2021",),
        ("STT gửi", "HỌ VÀ TÊN", "Ngày tháng năm sinh", "Xã", "KẾT LUẬN"),
        (1, "LÝ THỊ HOÀ", "05/03/1985", "Kim Sơn", "âm"),
        (2, "vàng a páo", "1990", "Kim Sơn", "+"),
        (3, "Giàng Thị Dở", "1962", "Bảo Hà", "chưa có kết quả"),
        (4, "Lý Văn Lâm", "1977", "Bảo Hà", "Âm tính nhưng dương tính lần 2"),
        (5, "Hoàng Thị Mẩy", "1955", "Bảo Hà", "Mẫu không đạt"),
        (6, "Hoàng Văn Quẩy", "1956", "Bảo Hà", None),
    ),
    {
        4: ("NEGATIVE", "", {"dob": "1985-03-05", "row": "1"}),
        5: ("POSITIVE", "", {"name": "vàng a páo", "row": "2"}),
        8: ("INVALID", "", {"row": "5"}),
    },
    {6: "BAD_OUTCOME", 7: "BAD_OUTCOME", 9: "NO_VALUE"},
)
LISTS = (CDC, GENES, POOLS, BY_NUMBER, ROUGH)
