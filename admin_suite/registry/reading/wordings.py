"""How lists call the columns of a person, and the columns that only look like one of them."""

from admin_suite.excel.words import either

NAME = either(
    """
    Họ và tên | Họ tên | Họ và tên người bệnh | Họ và tên bệnh nhân | Tên người được lấy mẫu | Họ,
    tên | Họ tên người được lấy mẫu | Họ và chữ đệm và tên | Người được lấy mẫu | Full name | Tên
    người bệnh | Tên bệnh nhân | Tên đối tượng | Tên công dân | Người dân | Công dân | Họ tên người
    được xét nghiệm | Họ và tên công dân | Patient name | Name | Patient | HT | HVT | Người được xét
    nghiệm | Họ, chữ đệm và tên | Họ và tên khai sinh | Họ tên thành viên | Họ tên chủ hộ/thành viên
    | Tên tiểu thương | Tên công nhân | Tên học sinh | Tên người dân | Tên thành viên | Tên hành
    khách | Tên người lao động | Tên lái xe | Tên khách | Họ tên chủ hộ và thành viên | Họ tên chủ
    hộ và các thành viên | Họ tên chủ hộ, thành viên trong hộ | Họ tên thành viên trong hộ | Họ tên
    các thành viên trong hộ | Chủ hộ/thành viên
    | Chủ hộ và thành viên
    """
)
# who swabs or tests, unless nobody else is named
NAME_OTHERWISE = either(
    """
    Họ và tên người lấy mẫu | Tên người lấy mẫu | Họ và tên người xét nghiệm | Tên người xét nghiệm
    | Họ và tên người test | Tên người test
    """
)
FAMILY = either(
    """
    Họ đệm | Họ và đệm | Họ và tên đệm | Họ và chữ đệm | Họ lót | Họ | Họ và chữ lót | Họ và tên lót
    | Surname | Last name | Family name
    """
)
MIDDLE = either("Đệm | Chữ đệm | Tên đệm | Lót | Chữ lót | Tên lót | Middle name")
GIVEN = either("Tên | Tên gọi | First name | Given names")
DOB = either(
    """
    Ngày sinh | Năm sinh | Ngày tháng năm sinh | Ngày, tháng, năm sinh | Ngày/tháng/năm sinh | NS |
    N.sinh | Sinh ngày | NTNS | Ngày/năm sinh | DOB | Sinh năm | Ngày sinh/Năm sinh | Năm sinh/Tuổi
    | Năm sinh (tuổi) | Birth date | Birthday | Year of birth | Năm | Birth year | Born
    """
)
BIRTH_DAY = either(
    """
    Ngày tháng năm sinh Ngày | Ngày sinh Ngày | Năm sinh Ngày | Sinh ngày | Ngày
    """
)
BIRTH_MONTH = either(
    """
    Tháng sinh | Ngày tháng năm sinh Tháng | Ngày sinh Tháng | Năm sinh Tháng | Sinh tháng | Tháng |
    Ngày tháng | Ngày tháng sinh | Ngày sinh Ngày tháng | Năm sinh Ngày tháng
    """
)
BIRTH_YEAR = either(
    """
    Ngày sinh Năm | Năm sinh Năm | Ngày tháng năm sinh Năm | Sinh năm | Năm
    """
)
AGE = either(
    """
    Tuổi | Số tuổi | Độ tuổi | Tuổi (năm) | Năm tuổi
    """
)
MALE = either(
    """
    Nam | Năm sinh Nam | Ngày sinh Nam | Ngày tháng năm sinh Nam | Tuổi Nam | Giới tính Nam | Giới
    Nam | GT Nam | Phái Nam | Male | M/Nam | Nam/M | Male/Nam | Nam/Male
    | Giới tính M | Gender M | Sex M
    """
)
FEMALE = either(
    """
    Nữ | Năm sinh Nữ | Ngày sinh Nữ | Ngày tháng năm sinh Nữ | Tuổi Nữ | Giới tính Nữ | Giới Nữ | GT
    Nữ | Phái Nữ | Female | F/Nữ | Nữ/F | Female/Nữ | Nữ/Female |
    Giới tính F | Gender F | Sex F
    """
)
SEX = either(
    """
    Giới tính | Giới | Phái | GT | Nam/Nữ | Dân tộc, giới tính | Dân tộc - giới tính | Dân tộc/giới
    tính | Nam hay nữ | Gender | Giới tính nam nữ | Nữ/Nam | Nam, nữ
    """
)
ID_NO = either(
    """
    CCCD | CMND | CMT | CMTND | Số CCCD | Số CMND | CCCD/CMND | CMND/CCCD | Số CMND/CCCD |
    CMND/CCCD/HC | CCCD/Hộ chiếu | Căn cước công dân | Căn cước | Số căn cước | Số định danh | Chứng
    minh nhân dân | Giấy tờ tùy thân | Số giấy tờ | Hộ chiếu | Số hộ chiếu | Số định danh cá nhân |
    Mã định danh | Mã định danh cá nhân | Chứng minh nhân dân/Căn cước công dân | Thẻ căn cước | Thẻ
    CCCD | CMND/CCCD/Hộ chiếu | Số CMND/CCCD/Hộ chiếu | Số CCCD hoặc CMND | Identity card | ID | ID
    number | ID No | ID card | Citizen ID | Passport | Passport No | ĐDCN | Số ĐDCN | ĐDCN/CCCD
    """
)
INSURANCE_NO = either(
    """
    Số thẻ BHYT | Mã thẻ BHYT | Thẻ BHYT | BHYT | Mã BHYT | Số BHYT | Mã bảo hiểm | Mã số BHXH | Số
    BHXH | Bảo hiểm y tế | Mã BHXH | Số thẻ bảo hiểm y tế | Insurance | Mã thẻ bảo hiểm | Số thẻ bảo
    hiểm
    """
)
PHONE = either(
    """
    SĐT | Số điện thoại | Điện thoại | ĐT | Số ĐT | Di động | Số di động | Phone | Điện thoại liên
    hệ | SĐT liên hệ | Liên hệ | Điện thoại liên lạc | Điện thoại di động | Số máy | Số liên lạc |
    Số liên hệ | Mobile | Tel | Zalo | Phone number | Liên lạc | Contact | Contact number
    """
)
KIN_PHONE = either(
    """
    SĐT bố | SĐT mẹ | SĐT cha | SĐT bố/mẹ | SĐT bố mẹ | SĐT cha/mẹ | SĐT cha mẹ | SĐT bố (mẹ) | SĐT
    phụ huynh | SĐT PH | SĐT người giám hộ | SĐT vợ | SĐT chồng | SĐT vợ/chồng | SĐT người nhà | SĐT
    gia đình | Số điện thoại bố
    | Số điện thoại mẹ | Số điện thoại bố/mẹ | Số điện thoại cha mẹ | Số điện thoại phụ huynh | Số
    điện thoại người giám hộ | Số điện thoại người nhà | Số điện thoại gia đình | Điện thoại bố |
    Điện thoại mẹ | Điện thoại bố/mẹ | Điện thoại phụ huynh | Điện thoại người nhà | Điện thoại gia
    đình | ĐT bố | ĐT mẹ | ĐT bố/mẹ | ĐT phụ huynh | ĐT người nhà | ĐT gia đình | Parent phone |
    Parents' phone | Phone of a parent
    """
)
ADDRESS = either(
    """
    Địa chỉ | Địa chỉ thường trú | Nơi ở | Nơi ở hiện nay | Chỗ ở | Chỗ ở hiện nay | Nơi cư trú |
    Thường trú | Tạm trú | Địa chỉ chi tiết | Hộ khẩu thường trú | Nơi thường trú | Nơi ở hiện tại |
    Chỗ ở hiện tại | Địa chỉ hiện tại | Địa chỉ nơi ở | Địa chỉ nơi ở hiện nay | Địa chỉ nơi ở hiện
    tại | Nơi cư trú hiện nay | Địa chỉ liên hệ | Hộ khẩu | Nơi đăng ký hộ khẩu thường trú | Quê
    quán | Nơi lưu trú | Địa chỉ lưu trú | Nơi tạm trú | Home address | Residence | Nơi đang ở | Nơi
    sinh sống | Nơi đăng ký hộ khẩu | Trú quán | Trú tại | ĐC | Nơi đang sinh sống | Số nhà | Số
    nhà, đường | Số nhà, đường phố
    """
)
HAMLET = either(
    """
    Thôn/bản | Thôn, bản | Thôn bản | Thôn | Bản | Thôn/Tổ | Tổ dân phố | Thôn/Bản/Tổ dân phố | Thôn
    xóm | Xóm | Khu phố | Thôn/Bản/Tổ | Tổ/Thôn | Tổ | Bản/Tổ dân phố | Tổ dân phố/Thôn/Bản |
    Thôn/TDP | TDP | Tổ/Thôn/Bản | Số nhà, thôn, bản | Village | Ấp | Khối phố | Bản/Tổ | Tổ/Bản |
    Ấp/Khóm | Khóm | Hamlet
    """
)
COMMUNE = either(
    """
    Xã | Xã/phường | Xã, phường | Xã/thị trấn | Phường/Xã | Xã phường thị trấn | Xã/Phường/TT |
    Phường | Tên xã | Xã/TT | Xã, TT | Thị trấn | X/P/TT | Xã/Phường/Thị trấn | Ward | X/TT
    """
)
DISTRICT = either(
    """
    Huyện | Quận/huyện | Huyện/quận | Huyện/thị xã | Huyện/thành phố | Huyện/TP | Huyện/TX/TP |
    Quận/Huyện/TP | Thành phố/Huyện
    """
)
PROVINCE = either(
    """
    Tỉnh | Tỉnh/TP | Tỉnh/thành phố | Tỉnh, thành phố | Tỉnh thành | Tỉnh/Thành | Tỉnh TP
    """
)
OTHERS = either(
    """
    STT | Quốc tịch | Dân tộc | Nghề nghiệp | Đơn vị công tác | Nơi làm việc | Nơi lấy mẫu | Ghi chú
    | Tên cha mẹ | Họ tên cha | Họ tên mẹ | Người giám hộ | Chủ hộ | Họ tên chủ hộ | Người lấy mẫu |
    Quan hệ | Quan hệ với chủ hộ | Ký nhận | Ký tên | Tên đơn vị | Tên vắc xin | Email | Tôn giáo |
    Ngày cấp | Nơi cấp | Số ghế | Biển số xe | Xe | SĐT người thân | Điện thoại người thân | Địa
    điểm | Lớp | Chức vụ | Bộ phận | Ngày về | Ngày nhập cảnh | Ngày tiếp xúc | Mã nhân viên | Mã
    học sinh | Mã hộ | Mã hộ gia đình | Mã bệnh nhân | Mã BN | Số giường | Họ tên bố/mẹ | Họ tên bố
    | Tên bố mẹ | Tên chủ hộ | Địa chỉ nơi đến | Địa chỉ nơi về | Địa chỉ nơi đi | Nơi đi | Nơi đến
    | Về từ | Nơi về
    """
)
