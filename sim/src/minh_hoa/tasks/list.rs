//! What is to be done.

/// A piece of work.
pub(super) struct Work {
    pub(super) title: &'static str,
    pub(super) stem: &'static str,
    pub(super) group: &'static str,
    pub(super) product: &'static str,
    pub(super) product_kind: &'static str,
    pub(super) criteria: &'static str,
    pub(super) indicator: &'static str,
    /// The need it was born of, from 1.
    pub(super) need: Option<usize>,
}

macro_rules! work {
    ($title:literal, $stem:literal, $group:literal, $product:literal, $kind:literal, $criteria:literal,
     $indicator:literal, $need:expr) => {
        Work {
            title: $title,
            stem: $stem,
            group: $group,
            product: $product,
            product_kind: $kind,
            criteria: $criteria,
            indicator: $indicator,
            need: $need,
        }
    };
}

pub(super) const PROVINCE_TASKS: [Work; 24] = [
    work!(
        "Đưa kho giấy tờ dùng lại vào một cửa",
        "van-phong-ubnd",
        "state",
        "Kho giấy tờ dùng lại",
        "database",
        "Người dân không phải nộp lại năm loại giấy tờ",
        "procedures_online",
        Some(13)
    ),
    work!(
        "Công bố định kỳ số hồ sơ trễ theo từng sở",
        "van-phong-ubnd",
        "state",
        "Bảng công bố hằng tháng",
        "report",
        "Có trên cổng trước ngày 5 hằng tháng",
        "procedures_on_time",
        None
    ),
    work!(
        "Dựng cổng nhập liệu một lần cho xã",
        "so-khcn",
        "state",
        "Cổng nhập liệu một lần",
        "system",
        "Hai mươi bốn xã dùng, bỏ được ba biểu giấy",
        "platform_users",
        Some(14)
    ),
    work!(
        "Phủ sóng các thôn trắng sóng",
        "so-khcn",
        "infrastructure",
        "Trạm tại thôn trắng sóng",
        "infrastructure",
        "Đo tại nhà văn hóa thôn đạt ngưỡng",
        "villages_without_signal",
        Some(17)
    ),
    work!(
        "Đưa trung tâm dữ liệu tỉnh vào vận hành",
        "so-khcn",
        "infrastructure",
        "Trung tâm dữ liệu tỉnh",
        "infrastructure",
        "Chạy thử ba mươi ngày không gián đoạn",
        "data_centres",
        None
    ),
    work!(
        "Ban hành quy định thử nghiệm có kiểm soát",
        "so-khcn",
        "institutions",
        "Nghị quyết",
        "resolution",
        "Được Hội đồng nhân dân thông qua",
        "regulations",
        None
    ),
    work!(
        "Lập quy chế quyết định đầu tư của quỹ",
        "so-tai-chinh",
        "institutions",
        "Quy chế",
        "regulation",
        "Được cơ quan đại diện vốn phê duyệt",
        "regulations",
        None
    ),
    work!(
        "Đối chiếu mẫu số của tỷ lệ chi khoa học công nghệ",
        "so-tai-chinh",
        "institutions",
        "Bảng đối chiếu ba mẫu số",
        "report",
        "Khớp số kho bạc",
        "st_spending_share",
        None
    ),
    work!(
        "Số hóa tài liệu lịch sử giai đoạn 1945-1975",
        "so-noi-vu",
        "state",
        "Kho lưu trữ số",
        "database",
        "Nghiệm thu mẫu 5% không lỗi nặng",
        "digitisation_rate",
        Some(16)
    ),
    work!(
        "Mở khóa học số cho cán bộ xã",
        "so-noi-vu",
        "people",
        "Khóa học mười buổi",
        "training",
        "Sáu trăm người qua kiểm tra cuối khóa",
        "",
        Some(18)
    ),
    work!(
        "Lập kho ảnh hồ sơ đất",
        "so-nnmt",
        "state",
        "Kho ảnh hồ sơ đất",
        "database",
        "Tra một hồ sơ dưới một phút",
        "parcels_clean_rate",
        Some(15)
    ),
    work!(
        "Đối soát chủ sử dụng đất với dữ liệu dân cư",
        "so-nnmt",
        "state",
        "Kết quả đối soát",
        "target",
        "Bảy phần mười thửa đất khớp",
        "parcels_matched_rate",
        None
    ),
    work!(
        "Nhân rộng giống lúa chịu rét",
        "so-nnmt",
        "enterprise",
        "Quy trình và giống",
        "pilot",
        "Năm mươi hécta, năng suất không giảm",
        "products_in_use",
        Some(5)
    ),
    work!(
        "Làm tem truy xuất cho dược liệu",
        "so-khcn",
        "enterprise",
        "Tem truy xuất",
        "system",
        "Một nghìn hộ dán tem",
        "products_effective",
        Some(1)
    ),
    work!(
        "Sấy lúa bằng nhiệt thải ở ba hợp tác xã",
        "so-cong-thuong",
        "enterprise",
        "Lò sấy",
        "pilot",
        "Giảm một nửa lượng lúa hỏng",
        "products_in_use",
        Some(4)
    ),
    work!(
        "Tìm đối tác cho dây chuyền bún khô",
        "so-cong-thuong",
        "cooperation",
        "Biên bản ghi nhớ",
        "proposal",
        "Có hai doanh nghiệp ký",
        "",
        Some(6)
    ),
    work!(
        "Mở bản đồ du lịch số ba thứ tiếng",
        "so-vhttdl",
        "enterprise",
        "Bản đồ du lịch số",
        "system",
        "Mười nghìn lượt dùng mỗi tháng",
        "platform_users",
        Some(7)
    ),
    work!(
        "Bán vé thuyền điện tử",
        "so-vhttdl",
        "enterprise",
        "Vé thuyền điện tử",
        "system",
        "Một nửa số vé bán trên mạng",
        "platform_users",
        Some(8)
    ),
    work!(
        "Cho xe khai báo trước khi đến cửa khẩu",
        "ban-quan-ly-khu-kinh-te",
        "enterprise",
        "Ứng dụng khai báo xe",
        "system",
        "Tám phần mười xe khai báo trước",
        "gate_minutes_per_vehicle",
        Some(10)
    ),
    work!(
        "Nối dữ liệu với hải quan và biên phòng",
        "ban-quan-ly-khu-kinh-te",
        "cooperation",
        "Kết nối dữ liệu",
        "system",
        "Không phải nhập lại biển số",
        "gate_minutes_per_vehicle",
        Some(10)
    ),
    work!(
        "Cấp tài khoản định danh cho doanh nghiệp",
        "cong-an",
        "state",
        "Tài khoản định danh",
        "target",
        "Chín phần mười doanh nghiệp có tài khoản",
        "",
        None
    ),
    work!(
        "Đưa học bạ số tới các trường vùng cao",
        "so-gddt",
        "state",
        "Học bạ số",
        "system",
        "Mọi trường ký số cuối học kỳ",
        "platform_users",
        None
    ),
    work!(
        "Nối sổ sức khỏe số giữa các bệnh viện",
        "so-y-te",
        "state",
        "Sổ sức khỏe số",
        "system",
        "Bệnh viện đọc được hồ sơ của nhau",
        "platform_users",
        None
    ),
    work!(
        "Lấy ý kiến về chương trình hành động",
        "ban-tuyen-giao-dan-van",
        "awareness",
        "Báo cáo tổng hợp ý kiến",
        "report",
        "Có ý kiến của hai mươi bốn xã",
        "",
        None
    ),
];

pub(super) const COMMUNE_TASKS: [Work; 2] = [
    work!(
        "Rà soát, phân nhóm thửa đất",
        "",
        "state",
        "Danh sách thửa đất đã phân nhóm",
        "target",
        "Mọi thửa có nhóm và lý do",
        "parcels_clean_rate",
        None
    ),
    work!(
        "Đo sóng di động từng thôn",
        "",
        "infrastructure",
        "Phiếu đo từng thôn",
        "report",
        "Mỗi thôn một phiếu, có tọa độ",
        "villages_without_signal",
        None
    ),
];
