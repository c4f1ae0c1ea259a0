"""The words of made lists: letterheads, titles, headings, people, totals, signatures."""

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
HEADINGS = {
    "number": ["STT", "TT", "Số TT", "Stt", "Số thứ tự"],
    "name": [
        "Họ tên",
        "HỌ VÀ TÊN NGƯỜI ĐƯỢC LẤY MẪU",
        "Họ và tên\n(viết chữ in hoa, có dấu)",
        "Ho va ten",
        "Họ & tên",
        "HOTEN",
        "Họ, tên người được xét nghiệm",
        "Full name",
        "H.tên",
        "Họ và tên người dân",
        "Họ tên BN",
    ],
    "dob": [
        "Năm sinh",
        "Sinh năm",
        "Ngày/tháng/năm sinh",
        "NS",
        "Ngày sinh (dd/mm/yyyy)",
        "N.sinh",
        "Ng.sinh",
        "DOB",
    ],
    "age": ["Tuổi", "Độ tuổi"],
    "sex": ["Giới tính", "G.tính", "GT", "Nam/Nữ", "Phái", "Giới (Nam, nữ)", "Sex"],
    "phone": [
        "SĐT liên hệ",
        "Số ĐT",
        "Điện thoại\n(bắt buộc)",
        "Di động",
        "ĐTDĐ",
        "Số điện thoai",
        "Tel",
        "Liên lạc",
    ],
    "id_no": [
        "CMND/CCCD",
        "Số CCCD/Hộ chiếu",
        "Số CMT",
        "Căn cước công dân",
        "CMTND/ CCCD",
        "C.M.N.D",
        "ID",
    ],
    "address": [
        "Địa chỉ nơi ở hiện tại",
        "Chỗ ở hiện nay",
        "Đ/c",
        "Nơi cư trú",
        "Địa chỉ (thôn, xã)",
        "ĐC",
        "HKTT",
        "Nơi đang ở",
    ],
    "hamlet": ["Thôn/Bản/Tổ", "Thôn, bản", "Tổ/Thôn", "Xóm"],
    "commune": ["Xã/TT", "Xã, phường", "Xã/Phường/Thị trấn"],
    "subject": [
        "Đối tượng XN",
        "Lý do xét nghiệm",
        "Phân loại đối tượng",
        "Diện",
        "Loại ĐT",
        "YTDT",
    ],
    "collected": [
        "Thời gian lấy mẫu",
        "Ngày giờ LM",
        "Ngày, giờ\nlấy mẫu",
        "Thời điểm lấy mẫu",
        "T.gian LM",
    ],
    "day": ["Ngày LM", "Ngày lấy mẫu", "Ngày lấy bệnh phẩm"],
    "hour": ["Giờ LM", "Giờ lấy", "Giờ"],
    "specimen": ["Loại bệnh phẩm", "Loại BP", "Bệnh phẩm", "Loại mẫu XN", "Specimen"],
    "pool": [
        "Mã ống",
        "Ống gộp số",
        "Mã mẫu",
        "Số hiệu ống",
        "Ký hiệu mẫu",
        "Mã số mẫu gộp",
        "KH mẫu",
        "Tube No.",
    ],
    "place": ["Nơi lấy mẫu", "Địa điểm lấy mẫu"],
    "result": ["KQ", "Kết quả XN", "Kết quả"],
    "job": ["Nghề nghiệp", "Nơi làm việc", "Đơn vị công tác"],
    "note": ["Ghi chú", "GC"],
}
COMMUNES = {"Nghĩa Đô": "02953", "Điện Quan": "02959", "Bảo Hà": "02989", "Kim Sơn": "02971"}
HAMLETS = ["Thôn Nặm Cằm", "Bản Lằng", "Tổ 3", "Thôn 2 Vài Siêu", "Bản Mo 1"]
FAMILY = ["Tống", "Bàn", "Lý", "Giàng", "Nguyễn", "Hoàng", "Công", "Tô", "Khu"]
MIDDLE = {"M": ["Văn", "A", "Seo"], "F": ["Thị", "Thị Thu", "Mùi"]}
GIVEN = ["Bản", "Hòa", "Thủy", "Páo", "Mẩy", "Đức", "Tổng", "Cộng", "Xuân", "Lù", "Ký"]
LETTERHEADS = [
    [],
    [["UBND XÃ {COMMUNE}", MOTTO[0]], ["TRẠM Y TẾ", MOTTO[1]]],
    [
        ["SỞ Y TẾ LÀO CAI\nTRUNG TÂM KIỂM SOÁT BỆNH TẬT", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["Số: 12/DS-KSBT", "Bảo Yên, ngày 15 tháng 8 năm 2021"],
    ],
    [
        ["CÔNG TY TNHH MAY BẢO YÊN", ""],
        ["Địa chỉ: Tổ 5, thị trấn Phố Ràng", ""],
        ["ĐT: 0214 3876 011", ""],
    ],
    [["TRƯỜNG PTDT BÁN TRÚ TIỂU HỌC SỐ 2", MOTTO[0]], ["", MOTTO[1]]],
]
TITLES = [
    "DANH SÁCH NGƯỜI ĐƯỢC LẤY MẪU XÉT NGHIỆM SARS-COV-2",
    "Danh sách lấy mẫu test nhanh và RT-PCR",
    "PHIẾU LẤY MẪU GỘP XÉT NGHIỆM COVID-19",
    "DANH SÁCH CÔNG NHÂN LẤY MẪU SÀNG LỌC",
]
UNDER_TITLE = [
    "(Ngày 13 tháng 8 năm 2021)",
    "Ngày lấy mẫu: 13/8/2021",
    "(Kèm theo Công văn số 215/TTYT ngày 10/8/2021)|Ngày 13/08/2021",
    "ngày 13.8.2021",
]
GRAND = [
    "Tổng cộng: {n} người",
    "Tổng số: {n} mẫu/ 9 ống",
    "Cộng: {n}",
    "Danh sách này có {n} người./.",
    "TỔNG SỐ|{n} người",
    "TC: {n} trường hợp",
]
SIGNATURES = [
    [
        "|NGƯỜI LẬP BIỂU||THỦ TRƯỞNG ĐƠN VỊ",
        "|(Ký, ghi rõ họ tên)||(Ký tên, đóng dấu)",
        "",
        "|Nguyễn Thị Hoa||Trần Văn Bình",
    ],
    [
        "||Bảo Yên, ngày 13 tháng 8 năm 2021",
        "|CÁN BỘ LẤY MẪU|TRƯỞNG TRẠM",
        "",
        "|Lý Văn Ký|Hoàng Xuân Tổng",
    ],
    [
        "Ghi chú: Mẫu gộp 5 người/ống, lấy trong 2 buổi.",
        "|Người lập bảng|TM. UBND XÃ",
        "||CHỦ TỊCH",
        "||Bàn Văn Cộng",
    ],
    ["|Người giao mẫu|Người nhận mẫu", "|Lý Thị Tám|Vũ Xuân Trường"],
    [],
]
SUBJECTS = {
    "F1": ["F1", "Tiếp xúc gần", "tx gần BN 12345"],
    "HEALTH_WORKER": ["NVYT", "Nhân viên trạm y tế", "Bác sĩ"],
    "RETURNEE": ["Về từ TP.HCM", "Từ Bắc Giang về", "về từ vùng dịch"],
    "SYMPTOMATIC": ["Ho, sốt", "đau họng", "mất vị giác"],
    "OTHER": ["tiểu thương", "Học sinh", "họ hàng"],
}
# Addresses that are not in the district, or do not say where, and what must be said of them.
AWAY = {
    "xã Yên Sơn, huyện Yên Sơn, Tuyên Quang": ("", ""),
    "Kim Sơn - Ninh Bình": ("", ""),
    "P. Kim Tân, TP Lào Cai": ("", ""),
    "Nghĩa Đô (Cầu Giấy, Hà Nội)": ("", ""),
    "xã Long Khánh": ("02998", "OLD_COMMUNE"),
    "Bản 5, Long Phúc, BY": ("02998", "OLD_COMMUNE"),
    "TTr. P.Ràng": ("02947", ""),
    "tổ 2 X.Hoà": ("02962", ""),
}
NAMELESS = ["CB Giàng Thị Mỷ", "Bé gái con bà Lý Thị Mẩy", "Chưa đặt tên", "Con chị Páo"]
DITTOS = ["nt", "-nt-", "//", "″", "Như trên", '"', "n/t"]
SPECIMENS = {
    "NASOPHARYNGEAL": ["Tỵ hầu", "dịch tị hầu", "Ngoáy mũi"],
    "OROPHARYNGEAL": ["Dịch họng", "hầu họng"],
    "SALIVA": ["Nước bọt", "NƯỚC BỌT"],
    "": ["Gộp 5", "mẫu gộp"],
}
