//! Means, prices, multiples and shares that are the whole together, in the words of offices.

mod ties;

use ties::{Case, all_hold};

/// Totals and counts of a mean.
const MEANS: &[Case] = &[
    (
        "Xử phạt 9 cơ sở với tổng số tiền 113 triệu đồng, bình quân 12,6 triệu đồng/cơ sở.",
        &["mean | 12,6 triệu đồng/cơ sở | ok"],
    ),
    (
        "Các địa phương đã hỗ trợ 1.250 hộ xây mới nhà ở với định mức 60 triệu đồng/hộ, tổng kinh phí 75 tỷ đồng.",
        &["mean | 60 triệu đồng/hộ | ok"],
    ),
    (
        "Trao 120 suất quà, mỗi suất trị giá 500.000 đồng, tổng trị giá 60 triệu đồng cho học sinh nghèo.",
        &["mean | 500.000 đồng | ok"],
    ),
    (
        "Diện tích gieo trồng 4.250 ha, năng suất đạt 58 tạ/ha, sản lượng 24.650 tấn.",
        &["mean | 58 tạ/ha | ok"],
    ),
    (
        "Mật độ dân số bình quân 130 người/km², diện tích tự nhiên 13.256 km², dân số 1.723.280 người.",
        &["mean | 130 người/km² | ok"],
    ),
    ("Bình quân mỗi thôn có 110 hộ; toàn xã có 12 thôn với 1.320 hộ.", &["mean | 110 hộ | ok"]),
    (
        "Toàn tỉnh có 738 nghìn máy điện thoại thông minh trên 1.800 nghìn dân, đạt 41 máy/100 dân.",
        &["mean | 41 máy/100 dân | ok"],
    ),
    (
        "Tổng dư nợ đạt 4.680 tỷ đồng với 78.000 hộ còn dư nợ. Bình quân mỗi hộ vay 60 triệu đồng.",
        &["mean | 60 triệu đồng | ok"],
    ),
    (
        "Công ty bán 250 vé với giá 120.000 đồng/vé, thu về tổng số tiền 30 triệu đồng.",
        &["mean | 120.000 đồng/vé | ok"],
    ),
    (
        "Kinh phí bình quân cho mỗi km đường là 1,2 tỷ đồng; toàn tuyến dài 25 km với tổng kinh phí 30 tỷ đồng.",
        &["mean | 1,2 tỷ đồng | ok"],
    ),
    (
        "Mỗi học sinh được hỗ trợ 150.000 đồng/tháng; toàn trường có 420 học sinh, tổng kinh phí 63 triệu đồng/tháng.",
        &["mean | 150.000 đồng/tháng | ok"],
    ),
    (
        "Khoán 400.000 đồng/ha/năm cho 12.500 ha rừng, tổng kinh phí 5 tỷ đồng.",
        &["mean | 400.000 đồng/ha/năm | ok"],
    ),
    (
        "Doanh thu du lịch đạt 8.100 tỷ đồng với 4,5 triệu lượt khách, bình quân mỗi khách chi 1,8 triệu đồng.",
        &["mean | 1,8 triệu đồng | ok"],
    ),
    (
        "Toàn tỉnh có 2.160 cơ sở lưu trú với 26.800 buồng phòng, bình quân 12,4 buồng/cơ sở.",
        &["mean | 12,4 buồng/cơ sở | ok"],
    ),
    (
        "Huy động 45.600 ngày công, bình quân mỗi hộ đóng góp 12 ngày công; có 3.800 hộ tham gia.",
        &["mean | 12 ngày công | ok"],
    ),
    (
        "Bình quân mỗi xã có 46,5 trạm, cao nhất là phường Lào Cai 120 trạm; toàn tỉnh có 99 xã, phường với 4.607 trạm.",
        &["mean | 46,5 trạm | ok"],
    ),
    (
        "Giá bán 25.000 đồng/kg, với sản lượng 1.200 tấn, tổng giá trị đạt 30 tỷ đồng.",
        &["mean | 25.000 đồng/kg | ok"],
    ),
    // Planted.
    (
        "Xử phạt 9 cơ sở với tổng số tiền 113 triệu đồng, bình quân 21,6 triệu đồng/cơ sở.",
        &["mean | 21,6 triệu đồng/cơ sở | mismatch"],
    ),
    (
        "Các địa phương đã hỗ trợ 1.250 hộ xây mới nhà ở với định mức 60 triệu đồng/hộ, tổng kinh phí 57 tỷ đồng.",
        &["mean | 60 triệu đồng/hộ | mismatch"],
    ),
    (
        "Trao 120 suất quà, mỗi suất trị giá 500.000 đồng, tổng trị giá 600 triệu đồng cho học sinh nghèo.",
        &["mean | 500.000 đồng | mismatch"],
    ),
    (
        "Hội đã giải ngân 84 tỷ đồng cho 1.400 hộ, bình quân mỗi hộ 6 triệu đồng.",
        &["mean | 6 triệu đồng | mismatch"],
    ),
    // Traps.
    (
        "Diện tích cây ăn quả 12.500 ha, sản lượng 87.500 tấn; riêng cây lê 1.046 ha, năng suất bình quân 9 tạ/ha.",
        &[],
    ),
    ("Trung bình mỗi ngày trung tâm tiếp nhận 240 hồ sơ; trong tháng có 3.100 hồ sơ.", &[]),
    (
        "Xã có 5.000 người, thu nhập bình quân đạt 58 triệu đồng/người/năm; tổng thu ngân sách 12 tỷ đồng.",
        &[],
    ),
    (
        "Hỗ trợ 60 triệu đồng/hộ xây mới và 30 triệu đồng/hộ sửa chữa cho 420 hộ, tổng kinh phí 19,5 tỷ đồng.",
        &[],
    ),
    ("Mỗi xã phấn đấu có ít nhất 2 sản phẩm; toàn tỉnh có 99 xã với 540 sản phẩm.", &[]),
    ("Tặng 50 suất quà, mỗi suất 500 nghìn đồng và 10 xe đạp với tổng trị giá 45 triệu đồng.", &[]),
    ("Phê duyệt 46 dự án với tổng vốn 211,6 tỷ đồng; giải ngân bình quân 2 tỷ đồng/dự án.", &[]),
    ("Mỗi lớp không quá 35 học sinh; trường có 24 lớp với 912 học sinh.", &[]),
    ("Năm 2024 bình quân mỗi xã có 4,2 hợp tác xã; năm 2025 toàn tỉnh có 520 hợp tác xã tại 99 xã.", &[]),
];

/// So many times as much.
const MULTIPLES: &[Case] = &[
    (
        "Doanh thu bán lẻ đạt 4.500 tỷ đồng, gấp 1,5 lần cùng kỳ (3.000 tỷ đồng).",
        &["multiple | 1,5 lần | ok"],
    ),
    (
        "Năm 2020 toàn tỉnh có 120 sản phẩm OCOP. Đến nay có 540 sản phẩm, gấp 4,5 lần năm 2020.",
        &["multiple | 4,5 lần | ok"],
    ),
    ("Số vụ cháy giảm 2 lần, từ 48 vụ xuống 24 vụ.", &["multiple | 2 lần | ok"]),
    (
        "Năm 2020 toàn tỉnh có 120 sản phẩm OCOP; đến nay đã có 540 sản phẩm, tăng gấp 5,4 lần.",
        &["multiple | 5,4 lần | mismatch | nếu 4,5"],
    ),
    ("Sản lượng chè đạt 36.000 tấn, gấp 1,2 lần mục tiêu đề ra là 30.000 tấn.", &["multiple | 1,2 lần | ok"]),
    (
        "Thu nhập bình quân đạt 63 triệu đồng/người, gấp 2,1 lần so với năm 2015 (30 triệu đồng/người).",
        &["multiple | 2,1 lần | ok"],
    ),
    ("Vốn đăng ký đạt 1.260 tỷ đồng, gấp 3 lần cùng kỳ năm trước.", &["multiple | 3 lần | insufficient"]),
    (
        "Thu phí đạt 46 tỷ đồng, gấp 2 lần cùng kỳ; trong đó phí thẩm định 12 tỷ đồng.",
        &["multiple | 2 lần | insufficient"],
    ),
];

/// Percentages that are the whole together.
const TOGETHER: &[Case] = &[
    (
        "Kết quả khảo sát: rất hài lòng 62,5%, hài lòng 31,2%, bình thường 4,1%, không hài lòng 2,2%.",
        &["shares_to_100 | 62,5% | ok"],
    ),
    ("Lao động nữ chiếm 46,3%, lao động nam chiếm 53,7%.", &["shares_to_100 | 46,3% | ok"]),
    ("Lao động nữ chiếm 46,3%, lao động nam chiếm 57,3%.", &["shares_to_100 | 46,3% | mismatch | nếu 53,7%"]),
    (
        "Cơ cấu nguồn vốn:\n- Ngân sách trung ương: 45%;\n- Ngân sách tỉnh: 35%;\n- Xã hội hóa: 20%.",
        &["shares_to_100 | 45% | ok"],
    ),
    (
        "Cơ cấu giá trị sản xuất gồm trồng trọt 52,4%, chăn nuôi 38,1%, dịch vụ nông nghiệp 5,9%.",
        &["shares_to_100 | 52,4% | mismatch"],
    ),
    (
        "Xếp loại tốt chiếm 42,5%, khá chiếm 38,0%, trung bình chiếm 25,9%.",
        &["shares_to_100 | 42,5% | mismatch"],
    ),
    ("Nguồn ngân sách chiếm 62%, còn lại 38% là vốn xã hội hóa.", &["shares_to_100 | 62% | ok"]),
    (
        "Học lực giỏi đạt 21,5%, khá 64,3%, trung bình 30,2%, yếu 2,0%.",
        &["shares_to_100 | 21,5% | mismatch | nếu 46,3%"],
    ),
    ("Cơ cấu thu: thu nội địa 84%, thu xuất nhập khẩu 16%.", &["shares_to_100 | 84% | ok"]),
    // Told, but not as all there are.
    (
        "Cơ cấu kinh tế: nông nghiệp 14,2%, công nghiệp 38,0%, dịch vụ 41,3%.",
        &["shares_to_100 | 14,2% | insufficient"],
    ),
    // Traps.
    ("Tỷ lệ hồ sơ trực tuyến đạt 85%, hồ sơ trực tiếp đúng hạn đạt 98%.", &[]),
    (
        "Cơ cấu kinh tế năm 2024: nông nghiệp 15%, công nghiệp 40%, dịch vụ 45%; năm 2025: nông nghiệp 14%, công \
         nghiệp 41%, dịch vụ 46%.",
        &[],
    ),
    ("Dân tộc Mông chiếm 42%, hộ nghèo chiếm 31%, nữ chiếm 49%.", &[]),
    ("Tỷ lệ hài lòng đạt 96%, trong đó rất hài lòng 41%.", &[]),
    ("Tỷ lệ hộ nghèo chiếm 12%, đến cuối năm còn lại 8%.", &[]),
    ("Tỷ lệ giải quyết đúng hạn và trước hạn đạt 98,5%, trong đó trước hạn 45,2%; quá hạn 1,5%.", &[]),
];

/// Means per span of time, whose count no claim tells; and norms that a total and a count belie.
const SPANS: &[Case] = &[
    (
        "Từ đầu năm đến hết tháng 10, bệnh viện khám 86.430 lượt người; bình quân 8.643 lượt/tháng.",
        &["mean | 8.643 lượt/tháng | insufficient"],
    ),
    (
        "Kho đã số hóa 1,8 triệu trang, trong đó khối Đảng 0,6 triệu trang; bình quân mỗi tháng số hóa 150.000 trang.",
        &["mean | 150.000 trang | insufficient | số để chia"],
    ),
    (
        "Hỗ trợ có mục tiêu cho 8 xã vùng cao là 112 tỷ đồng; định mức 41 tỷ đồng/xã.",
        &["mean | 41 tỷ đồng/xã | mismatch | nếu 14 tỷ thì khớp"],
    ),
    ("Bệnh viện có 320 giường. Bình quân mỗi tháng khám 4.200 lượt.", &[]),
];

#[test]
fn means_per_span_are_open() {
    all_hold(SPANS);
}

#[test]
fn means_are_totals_by_counts() {
    all_hold(MEANS);
}

#[test]
fn multiples_are_of_the_level_that_is_named() {
    all_hold(MULTIPLES);
}

#[test]
fn shares_of_one_whole_are_a_hundred() {
    all_hold(TOGETHER);
}
