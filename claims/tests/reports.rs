//! Totals and parts over the lines and paragraphs of a report.

mod ties;

use ties::{Case, all_hold};

/// Those that hold.
const RIGHT: &[Case] = &[
    // Over paragraphs.
    (
        "Từ đầu năm có 286 vụ, làm chết 141 người.\n\nPhân loại: nghiêm trọng 132 vụ, ít nghiêm \
         trọng 154 vụ.\n\nPhân theo tuyến đường: trên quốc lộ 151 vụ, chiếm 52,8%; trên tỉnh lộ 62 vụ, chiếm 21,7%; trên \
         đường xã 73 vụ, chiếm 25,5%.",
        &["sum | 286 vụ | ok | [151 + 62 + 73", "share | 52,8% | ok"],
    ),
    (
        "Lực lượng chức năng xử lý 31.460 trường hợp, gồm ô tô 8.120 trường hợp, xe máy 23.340 trường hợp.\n\nTrong số \
         này, vi phạm nồng độ cồn là 6.218 trường hợp; chở quá tải 1.407 trường hợp.",
        &["sum | 31.460 trường hợp | ok", "sum | 31.460 trường hợp | insufficient"],
    ),
    (
        "Dự án liên quan 2.760 hộ. Số hộ đã nhận tiền bồi thường là 2.148 hộ.\n\nCòn 612 hộ chưa nhận tiền.",
        &["difference | 612 hộ | ok"],
    ),
    (
        "Chín tháng, tỉnh đón 2,85 triệu lượt khách.\n\nQuý IV, tỉnh dự kiến đón thêm 640.000 lượt khách, đưa tổng lượng \
         khách cả năm lên 3,49 triệu lượt.",
        &["sum | 3,49 triệu lượt | ok"],
    ),
    (
        "Tỉnh giải ngân 9.120 tỷ đồng, bằng 95% kế hoạch (9.600 tỷ đồng). So với số đã giải ngân (6.480 tỷ đồng), phải \
         giải ngân thêm 2.640 tỷ đồng.",
        &["difference | 2.640 tỷ đồng | ok"],
    ),
    // One total, split twice.
    (
        "Chương trình hỗ trợ 1.740 hộ: 1.125 hộ làm mới, 615 hộ sửa chữa. Đến ngày 30/10, có 1.592 hộ đã hoàn thành, 148 \
         hộ đang làm.",
        &["sum | 1.740 hộ | ok | [1.125 + 615", "sum | 1.740 hộ | ok | [1.592 + 148"],
    ),
    (
        "Tổng đàn gia súc 512.600 con (trâu 98.100 con, bò 36.200 con, lợn 378.300 con), giảm 2,4% so với cùng kỳ.",
        &["sum | 512.600 con | ok", "growth | 2,4% | insufficient | mức so sánh"],
    ),
    (
        "Kết quả: hoàn thành 840 nhiệm vụ (trong đó 798 nhiệm vụ đúng hạn, 42 nhiệm vụ quá hạn). Tỷ lệ hoàn thành đúng \
         hạn 95%.",
        &["share | 95% | ok"],
    ),
    (
        "Tổng thu ngân sách xã năm 2025 là 9.480 triệu đồng, bao gồm:\na) Thu được hưởng: 1.260 triệu đồng, chiếm \
         13,3%;\nb) Thu bổ sung cân đối: 7.450 triệu đồng, chiếm 78,6%;\nc) Thu chuyển nguồn: 770 triệu đồng, chiếm 8,1%.",
        &["sum | 9.480 triệu đồng | ok"],
    ),
    (
        "Kinh phí hỗ trợ như sau:\n- Xã Mường Khương: 3.150 triệu đồng;\n- Xã Si Ma Cai: 2.480 triệu đồng;\n- Phường \
         Cam Đường: 1.965 triệu đồng.\nTổng cộng: 7.595 triệu đồng.",
        &["sum | 7.595 triệu đồng | ok"],
    ),
    (
        "Vốn giao và giải ngân:\n- Xã Bát Xát: 820 triệu đồng, giải ngân 610 triệu đồng;\n- Xã Y Tý: 540 triệu đồng, \
         giải ngân 495 triệu đồng.\nCộng: 1.360 triệu đồng, giải ngân 1.105 triệu đồng.",
        &["sum | 1.360 triệu đồng | ok", "sum | 1.105 triệu đồng | ok"],
    ),
    (
        "Dự toán chi là 6.200 triệu đồng, gồm:\n- Chi thường xuyên: 5.100 triệu đồng, trong đó:\n+ Chi lương: 3.900 \
         triệu đồng;\n+ Chi hoạt động: 1.200 triệu đồng;\n- Chi đầu tư: 1.100 triệu đồng.",
        &["sum | 6.200 triệu đồng | ok", "sum | 5.100 triệu đồng | ok"],
    ),
    (
        "Đến hết tháng 11, toàn tỉnh giải ngân 8.614 tỷ đồng, đạt 70,2% kế hoạch.\n\nTheo nguồn vốn, ngân sách trung \
         ương giải ngân 3.905 tỷ đồng; ngân sách địa phương 4.488 tỷ đồng; vốn nước ngoài 221 tỷ đồng.",
        &["sum | 8.614 tỷ đồng | ok"],
    ),
    (
        "Tổng chi là 12.640 tỷ đồng.\n- Chi đầu tư phát triển: 4.310 tỷ đồng;\n- Chi thường xuyên: 8.330 tỷ đồng.\n\nTrong \
         chi thường xuyên năm 2025, chi giáo dục, đào tạo 3.970 tỷ đồng, chi y tế 1.120 tỷ đồng.",
        &["sum | 12.640 tỷ đồng | ok", "sum | 8.330 tỷ đồng | insufficient"],
    ),
    (
        "Trong 45 dự án chuyển tiếp, 31 dự án đúng tiến độ, 10 dự án chậm dưới 6 tháng và 4 dự án chậm trên 6 tháng.",
        &["sum | 45 dự án | ok"],
    ),
];

/// Planted errors.
const PLANTED: &[Case] = &[
    (
        "Trên địa bàn xảy ra 364 vụ phạm pháp hình sự, giảm 28 vụ (7,1%); đã làm rõ 327 vụ, còn 73 vụ đang điều tra.",
        &["difference | 73 vụ | mismatch | nếu 37 thì khớp"],
    ),
    (
        "4. Đầu tư công: tổng nguồn vốn 7.450 tỷ đồng, gồm vốn kéo dài 930 tỷ đồng và vốn giao trong năm 6.520 tỷ đồng. \
         Đến 25/11 giải ngân 4.917 tỷ đồng, đạt 66%. Số vốn chưa giải ngân 2.353 tỷ đồng.",
        &[
            "sum | 7.450 tỷ đồng | ok",
            "share | 66% | ok",
            "difference | 2.353 tỷ đồng | mismatch | nếu 2.533 tỷ thì khớp",
        ],
    ),
    (
        "Chủ tịch yêu cầu tập trung vào 4 nhiệm vụ trọng tâm sau:\n1. Rà soát nhiệm vụ quá hạn.\n2. Đẩy nhanh giải \
         ngân.\n3. Hoàn thành tái định cư.",
        &["list_count | 4 nhiệm vụ | mismatch | nếu 3 thì khớp"],
    ),
    (
        "Ngành có 4.906 cán bộ, gồm: 1.031 bác sĩ, 2.114 điều dưỡng, 378 dược sĩ, còn lại 1.421 người là hộ sinh và \
         nhân viên khác.",
        &["sum | 4.906 cán bộ | mismatch"],
    ),
    (
        "Tổng chi ngân sách xã là 8.615 triệu đồng:\n1. Chi đầu tư: 2.140 triệu đồng.\n2. Chi thường xuyên: 6.230 triệu \
         đồng.\n3. Chi khác: 254 triệu đồng.",
        &["sum | 8.615 triệu đồng | mismatch"],
    ),
    ("Toàn xã có 23 thôn. Có 14 thôn đạt chuẩn, 11 thôn chưa đạt.", &["sum | 23 thôn | mismatch"]),
    (
        "Vốn thực hiện gồm vốn nhà nước 6.120 tỷ đồng, vốn ngoài nhà nước 17.450 tỷ đồng và vốn FDI 1.230 tỷ đồng. \
         Tổng vốn đạt 28.400 tỷ đồng.",
        &["sum | 28.400 tỷ đồng | mismatch"],
    ),
    // The percentages are of all households, and stay open.
    (
        "Tỉnh còn 11.306 hộ nghèo (2,9%) và 17.418 hộ cận nghèo (4,4%), tổng số hộ nghèo và cận nghèo là 27.824 hộ.",
        &["sum | 27.824 hộ | mismatch"],
    ),
    (
        "Kinh phí hỗ trợ như sau:\n- Xã Mường Khương: 3.150 triệu đồng;\n- Xã Si Ma Cai: 2.480 triệu đồng;\n- Phường \
         Cam Đường: 1.965 triệu đồng.\nTổng cộng: 7.955 triệu đồng.",
        &["sum | 7.955 triệu đồng | mismatch | nếu 7.595 triệu thì khớp"],
    ),
    (
        "Công ty có 46 lao động nam và 38 lao động nữ trong tổng số 80 lao động.",
        &["sum | 80 lao động | mismatch"],
    ),
    (
        "Trong 45 dự án chuyển tiếp, 31 dự án đúng tiến độ, 10 dự án chậm dưới 6 tháng và 9 dự án chậm trên 6 tháng.",
        &["sum | 45 dự án | mismatch"],
    ),
    (
        "Thành phần gồm 128 hợp tác xã, 45 doanh nghiệp, 67 hộ kinh doanh; cộng 230 cơ sở.",
        &["sum | 230 cơ sở | mismatch"],
    ),
    (
        "Sở Tài chính chủ trì 36 nhiệm vụ, Sở Nội vụ 24 nhiệm vụ, Sở Xây dựng 18 nhiệm vụ; tổng cộng ba sở thực hiện \
         87 nhiệm vụ.",
        &["sum | 87 nhiệm vụ | mismatch | nếu 78 thì khớp"],
    ),
    (
        "Trong số người được hỏi, 41% chọn tiếp nhận qua mạng, 36% chọn bưu chính, số còn lại (32%) đến trực tiếp.",
        &["shares_to_100 | 41% | mismatch"],
    ),
];

/// What looks like it and is not.
const OTHER: &[Case] = &[
    ("Vốn sự nghiệp 340 tỷ đồng và vốn đầu tư 520 tỷ đồng, tổng mức bán lẻ là 890 tỷ đồng.", &[]),
    (
        "Tỉnh còn 11.306 hộ nghèo (2,9%) và 17.418 hộ cận nghèo (4,4%), tổng số hộ nghèo và cận nghèo là 28.724 hộ.",
        &["sum | 28.724 hộ | ok", "share | 2,9% | insufficient"],
    ),
    ("Xã có 12 thôn, 3 trường, 2 trạm y tế; tổng cộng 1.250 hộ.", &[]),
    ("Lớp học có 18 học viên nữ và 22 học viên dân tộc thiểu số trong tổng số 35 học viên.", &[]),
    (
        "Các chỉ tiêu:\n- Thu ngân sách: 500 tỷ đồng;\n- Vốn đầu tư: 900 tỷ đồng.\n\nTổng mức bán lẻ: 2.300 tỷ đồng.",
        &[],
    ),
    (
        "Kết quả như sau:\n- Xã A Mú Sung: 120 hộ, giảm 15 hộ;\n- Xã Trịnh Tường: giảm 22 hộ.\nTổng cộng: 640 hộ.",
        &[],
    ),
];

#[test]
fn totals_over_lines_and_paragraphs_hold() {
    all_hold(RIGHT);
}

#[test]
fn a_wrong_total_is_found() {
    all_hold(PLANTED);
}

#[test]
fn what_is_no_total_is_not_judged() {
    all_hold(OTHER);
}
