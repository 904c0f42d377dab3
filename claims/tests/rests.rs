//! What is left of a whole, and what lies between two numbers, in the words of offices.

mod ties;

use ties::{Case, all_hold};

/// Those that hold.
const RIGHT: &[Case] = &[
    (
        "Toàn xã có 1.140 hộ, đã lắp đồng hồ điện tử 987 hộ; 153 hộ còn lại sẽ lắp trong quý I.",
        &["difference | 153 hộ | ok"],
    ),
    (
        "Phường tiếp nhận 2.350 hồ sơ, số hóa được 2.018 hồ sơ. 332 hồ sơ còn lại thiếu giấy tờ gốc.",
        &["difference | 332 hồ sơ | ok"],
    ),
    (
        "Có 128/140 trường có phòng máy tính (91,4%); 12 trường còn lại phải học nhờ.",
        &["difference | 12 trường | ok"],
    ),
    (
        "Kho lưu trữ đã chỉnh lý 640 m tài liệu. Khối lượng còn lại phải chỉnh lý 275 m trên tổng số 915 m.",
        &["difference | 275 m | ok"],
    ),
    (
        "Trường có 684 học sinh, chia thành 24 lớp. Bình quân 28,5 học sinh/lớp. Có 361 em là nữ, chiếm 52,8%; còn \
         lại 323 em là nam.",
        &["difference | 323 em | ok"],
    ),
    (
        "Xuất khẩu đạt 2,45 tỷ USD, nhập khẩu đạt 1,9 tỷ USD. Tổng kim ngạch hai chiều là 4,35 tỷ USD. Như vậy, \
         tỉnh xuất siêu 550 triệu USD.",
        &["difference | 550 triệu USD | ok"],
    ),
    (
        "Có 214/260 bản có điện lưới quốc gia. Số bản chưa có điện là 46 bản, đều ở vùng cao.",
        &["difference | 46 bản | ok"],
    ),
    (
        "Thu nội địa đạt 5.240 tỷ đồng, trong đó thu tiền sử dụng đất 1.860 tỷ đồng. Không kể tiền sử dụng đất, thu \
         nội địa đạt 3.380 tỷ đồng.",
        &["difference | 3.380 tỷ đồng | ok"],
    ),
    (
        "Có 41/57 trường đạt chuẩn quốc gia, thiếu 4 trường so với kế hoạch 45 trường.",
        &["difference | 4 trường | ok"],
    ),
];

/// Planted errors.
const PLANTED: &[Case] = &[
    (
        "Trường có 684 học sinh, chia thành 24 lớp. Có 361 em là nữ, chiếm 52,8%; còn lại 332 em là nam.",
        &["difference | 332 em | mismatch | nếu 323 thì khớp"],
    ),
    (
        "Xã thu 64 tỷ đồng, chi 71 tỷ đồng; phần chênh lệch 7 triệu đồng do tỉnh cấp bù.",
        &["difference | 7 triệu đồng | mismatch | sai đơn vị"],
    ),
    (
        "Kế hoạch vốn năm 2025 là 3.480 tỷ đồng; đến 30/11 giải ngân 2.215 tỷ đồng. Còn 1.625 tỷ đồng chưa giải ngân.",
        &["difference | 1.625 tỷ đồng | mismatch | nếu 1.265"],
    ),
    // No slip of the pen explains it, and it is wrong all the same.
    (
        "Kế hoạch vốn năm 2025 là 3.480 tỷ đồng; đến 30/11 giải ngân 2.215 tỷ đồng. Còn 1.438 tỷ đồng chưa giải ngân.",
        &["difference | 1.438 tỷ đồng | mismatch | chưa rõ"],
    ),
    (
        "Có 41.230/48.900 người dân đã cài đặt ứng dụng. Còn 7.760 người chưa cài đặt.",
        &["difference | 7.760 người | mismatch | nếu 7.670 thì khớp"],
    ),
    (
        "Huyện có 268 phòng học, đã kiên cố hóa 231 phòng học; 73 phòng học còn lại làm trong năm tới.",
        &["difference | 73 phòng học | mismatch | nếu 37 thì khớp"],
    ),
];

/// Of something else than the two before.
const OTHER: &[Case] = &[
    ("Lô hàng có 120 tấn quả; đã thông quan 80 tấn, còn 30 tấn chờ kiểm dịch, 5 tấn hư hỏng.", &[]),
    (
        "Chủ đầu tư cam kết giải ngân 450 tỷ đồng; đến nay mới giải ngân 120 tỷ đồng, còn 85 tỷ đồng chưa có khối lượng \
         nghiệm thu.",
        &[],
    ),
    ("Dự án liên quan 500 hộ, đã di dời 320 hộ, còn 45 hộ vướng mặt bằng.", &[]),
    ("Tỉnh có 99 xã; 54 xã đã công bố dữ liệu. Còn 12 xã chưa gửi báo cáo quý.", &[]),
    ("Kế hoạch vốn là 500 tỷ đồng, đã giải ngân 320 tỷ đồng. Còn 45 tỷ đồng chưa phân bổ.", &[]),
    ("Năm 2024 có 187 vụ, năm 2025 có 165 vụ; 40 vụ còn lại từ kỳ trước chuyển sang.", &[]),
    ("Trường có 24 lớp với 684 học sinh, có 361 em là nữ. Còn lại 30 em chưa có thẻ bảo hiểm.", &[]),
    ("Có 214/260 bản có điện. Số bản chưa có sóng điện thoại là 31 bản.", &[]),
    ("Thu phí đạt 64 tỷ đồng, thu lệ phí đạt 71 tỷ đồng, chênh lệch tỷ giá 3 tỷ đồng.", &[]),
];

#[test]
fn what_is_left_holds() {
    all_hold(RIGHT);
}

#[test]
fn a_wrong_rest_is_found() {
    all_hold(PLANTED);
}

#[test]
fn what_is_left_of_something_else_is_not_judged() {
    all_hold(OTHER);
}
