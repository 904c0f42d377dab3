//! Differences, growth and what is left, in the words of offices.

mod ties;

use ties::{Case, all_hold};

/// Changes between two levels.
const CHANGES: &[Case] = &[
    // Right.
    (
        "Đến nay, toàn tỉnh có 4.607 trạm phát sóng, tăng 590 trạm so với cuối năm 2024 (4.017 trạm).",
        &["difference | 590 trạm | ok"],
    ),
    ("Trong 6 tháng xảy ra 1.331 vụ, giảm 598 vụ (−31%) so với cùng kỳ.", &["growth | 31% | ok"]),
    (
        "Năm 2024 toàn xã còn 312 hộ nghèo; năm 2025 còn 248 hộ nghèo, giảm 64 hộ.",
        &["difference | 64 hộ | ok"],
    ),
    ("Tỷ lệ giải ngân tăng từ 40% lên 45%, tăng 5%.", &["difference | 5% | ok | điểm %"]),
    ("Tỷ lệ giải ngân tăng từ 40% lên 50%, tăng 25%.", &["growth | 25% | ok"]),
    (
        "So với cùng kỳ năm trước (2.140 lượt), số lượt khám trong quý đạt 2.568 lượt, tăng 20%.",
        &["growth | 20% | ok"],
    ),
    (
        "Thu nội địa đạt 6.432 tỷ đồng, tăng 7,2% so với cùng kỳ, cùng kỳ năm 2024 là 6.000 tỷ đồng.",
        &["growth | 7,2% | ok"],
    ),
    ("Thời gian cấp phép rút ngắn 12 ngày, từ 30 ngày xuống còn 18 ngày.", &["difference | 12 ngày | ok"]),
    (
        "Chỉ số đạt 43,8%, thấp hơn 6,2 điểm % so với bình quân chung cả nước (50%).",
        &["difference | 6,2 điểm % | ok"],
    ),
    (
        "Tổng kinh phí 1.450 tỷ đồng, đã giải ngân 1.036,8 tỷ đồng, còn lại 413,2 tỷ đồng.",
        &["difference | 413,2 tỷ đồng | ok"],
    ),
    (
        "Đầu năm xã có 418 hộ nghèo, trong năm giảm 96 hộ, đến nay còn 322 hộ nghèo.",
        &["difference | 322 hộ | ok"],
    ),
    // Planted.
    (
        "Đàn lợn đạt 92.600 con, tăng 1.900 con so với 90.400 con cùng kỳ năm trước.",
        &["difference | 1.900 con | mismatch"],
    ),
    (
        "Kinh phí giao 645 tỷ đồng, đã giải ngân 387 tỷ đồng, còn lại 285 tỷ đồng chưa giải ngân.",
        &["difference | 285 tỷ đồng | mismatch | nếu 258 tỷ thì khớp"],
    ),
    (
        "Số thuê bao tăng từ 12.500 thuê bao lên 15.000 thuê bao, tương đương tăng 2%.",
        &["growth | 2% | mismatch | nếu 20% thì khớp"],
    ),
    (
        "Quý III, toàn tỉnh cấp 1.560 giấy phép, tăng 38% so với quý II (1.200 giấy phép).",
        &["growth | 38% | mismatch"],
    ),
    (
        "Trạm tiếp nhận 1.620 lượt khám, tăng 270 lượt (16,7%) so với tháng trước.",
        &["growth | 16,7% | mismatch | số mới"],
    ),
    // Not enough.
    (
        "Doanh thu du lịch đạt 32.450 tỷ đồng, tăng 28,6% so với cùng kỳ năm trước.",
        &["growth | 28,6% | insufficient | suy ra"],
    ),
    (
        "Cả tỉnh có 28 ca mắc sởi, giảm 130 ca so với năm trước.",
        &["difference | 130 ca | insufficient | suy ra"],
    ),
    (
        "Chỉ số cải cách hành chính đứng thứ 9/34 tỉnh, thành phố, tăng 5 bậc so với năm 2024.",
        &["rank | 9 | ok", "difference | 5 bậc | insufficient"],
    ),
    // Traps.
    (
        "Đàn trâu hiện có 198.400 con, giảm 1,9% so với cùng kỳ; đàn lợn 912.600 con, tăng 3,4%.",
        &["growth | 1,9% | insufficient", "growth | 3,4% | insufficient"],
    ),
    ("Doanh thu đạt 500 tỷ đồng, nộp ngân sách tăng 50 tỷ đồng so với năm trước (120 tỷ đồng).", &[]),
    ("Toàn xã có 500 doanh nghiệp. Số doanh nghiệp thành lập mới giảm 20 doanh nghiệp (−10%).", &[]),
    ("Số lớp tăng từ 30 lớp lên 40 lớp, số học sinh tăng 5%.", &[]),
    (
        "Năm 2025 khám cho 892.315 lượt, tăng 6,1% so với cùng kỳ năm 2024; điều trị nội trú 118.640 lượt, giảm \
         3.560 lượt (−2,9%).",
        &["growth | 6,1% | insufficient", "growth | 2,9% | ok"],
    ),
    ("Tổng vốn 900 tỷ đồng, trong đó giải ngân 300 tỷ đồng, riêng vốn đối ứng còn 50 tỷ đồng.", &[]),
    (
        "Đón 1,2 triệu lượt khách, tăng 14% so với cùng kỳ, trong đó khách quốc tế 392.700 lượt khách.",
        &["growth | 14% | insufficient"],
    ),
    ("Sản lượng đạt 4.200 tấn, tăng hơn 5% so với năm 2024 (3.995 tấn).", &["growth | 5% | ok"]),
    (
        "Quý III/2025, số vụ vi phạm là 214 vụ, giảm 36 vụ so với quý II/2025 và giảm 14,4%.",
        &["growth | 14,4% | ok"],
    ),
    (
        "Số học sinh bỏ học giảm còn 46 em, giảm 28 em so với năm học trước (64 em).",
        &["difference | 28 em | mismatch | nếu 18 thì khớp"],
    ),
    (
        "Tỷ lệ hộ nghèo giảm từ 14,37% cuối năm 2024 xuống còn 10,12% cuối năm 2025, giảm 4,25 điểm phần trăm, vượt 0,25 điểm phần trăm so với kế hoạch.",
        &["difference | 4,25 điểm phần trăm | ok"],
    ),
    (
        "Bệnh viện có 250 giường bệnh kế hoạch, 312 giường thực kê, tăng 62 giường so với kế hoạch.",
        &["difference | 62 giường | ok"],
    ),
    (
        "Vốn đầu tư công được giao 4.250 tỷ đồng. Đến 30/11 giải ngân 3.060 tỷ đồng, đạt 72%, cao hơn 4,5% so với cùng kỳ (67,5%).",
        &["difference | 4,5% | ok | điểm %"],
    ),
    (
        "Chi thường xuyên 11 tháng là 6.214 tỷ đồng, đạt 88,2% dự toán và tăng 421 tỷ đồng so với cùng kỳ (5.802 tỷ đồng).",
        &["difference | 421 tỷ đồng | mismatch | nếu 412 tỷ thì khớp"],
    ),
    (
        "Giá trị sản xuất công nghiệp ước đạt 48.200 tỷ đồng, bằng 96,4% kế hoạch, tăng 8,5% so với cùng kỳ (44.018 tỷ đồng).",
        &["growth | 8,5% | mismatch | nếu 9,5% thì khớp"],
    ),
    (
        "Sau sắp xếp, tỉnh giảm từ 325 đơn vị hành chính cấp xã xuống còn 99 đơn vị, giảm 226 đơn vị (giảm 69,5%).",
        &["difference | 226 đơn vị | ok", "growth | 69,5% | ok"],
    ),
    (
        "Toàn tỉnh có 20 cơ quan chuyên môn, sau sắp xếp còn 14 cơ quan (giảm 8 cơ quan).",
        &["difference | 8 cơ quan | mismatch"],
    ),
    (
        "Trong 10 tháng, xảy ra 96 vụ cháy, tăng 12 vụ so với cùng kỳ năm 2024; làm chết 5 người, giảm 2 người; bị thương 11 người, tăng 3 người.",
        &[
            "difference | 12 vụ | insufficient",
            "difference | 2 người | insufficient",
            "difference | 3 người | insufficient",
        ],
    ),
    (
        "Thu nhập bình quân đầu người đạt 52 triệu đồng, tăng 6 triệu đồng so với năm 2024; tỷ lệ hộ nghèo còn 8,2%, giảm 3,1%.",
        &["difference | 6 triệu đồng | insufficient"],
    ),
    (
        "Đến nay, xã còn 118 hộ nghèo (giảm 36 hộ so với năm trước), 94 hộ cận nghèo (giảm 21 hộ).",
        &["difference | 36 hộ | insufficient", "difference | 21 hộ | insufficient"],
    ),
    ("Giai đoạn 2021-2025, tỷ lệ hộ nghèo giảm bình quân 4,6%/năm, từ 31,2% xuống còn 8,2%.", &[]),
    (
        "Dự toán thu 2026: 21.500 tỷ đồng, tăng 7,5% so với dự toán 2025 (20.000 tỷ đồng) và tăng 4,1% so với ước thực hiện (20.854 tỷ đồng).",
        &["growth | 7,5% | ok", "growth | 4,1% | mismatch | nếu 3,1% thì khớp"],
    ),
    ("Sản lượng thủy sản ước đạt 18.240 tấn, tăng 3,5% (620 tấn) so với cùng kỳ.", &["growth | 3,5% | ok"]),
    (
        "Cấp mới 48 giấy chứng nhận đầu tư với tổng vốn 6.120 tỷ đồng, tăng 20% về số dự án so với cùng kỳ.",
        &[],
    ),
    (
        "Kim ngạch tháng 10 đạt 312,5 triệu USD; trong đó xuất khẩu 184,3 triệu USD, nhập khẩu 128,2 triệu USD, xuất siêu 65,1 triệu USD.",
        &["difference | 65,1 triệu USD | mismatch | nếu 56,1 triệu thì khớp"],
    ),
    (
        "Tổng biên chế năm 2025 là 22.408 người. Đến năm 2030 giảm còn 21.288 người, giảm 1.120 người (5%) so với năm 2025.",
        &["difference | 1.120 người | ok", "growth | 5% | ok"],
    ),
    (
        "Thu ngân sách: quý I đạt 210 tỷ đồng, quý II đạt 245 tỷ đồng (tăng 16,7% so với quý I), quý III đạt 230 tỷ đồng (giảm 1,6% so với quý II).",
        &["growth | 16,7% | ok", "growth | 1,6% | mismatch | nếu 6,1% thì khớp"],
    ),
    (
        "Giá bán lẻ điện bình quân tăng từ 2.103 đồng/kWh lên 2.204 đồng/kWh, tương đương tăng 8,4%.",
        &["growth | 8,4% | mismatch | nếu 4,8% thì khớp"],
    ),
    (
        "Năm 2025, tỷ lệ đô thị hóa đạt 31,5%; dự kiến năm 2030 đạt 38%, tăng 6,5 điểm phần trăm.",
        &["difference | 6,5 điểm phần trăm | ok"],
    ),
    ("Sau 1 năm, số cơ sở lưu trú tăng thêm 46 cơ sở, nâng tổng số lên 742 cơ sở.", &[]),
    (
        "Diện tích gieo trồng đạt 64.460 ha, giảm 1,1% (-717 ha) so với vụ trước; sản lượng 364.300 tấn, giảm 1,3% (-4.700 tấn).",
        &["growth | 1,1% | ok", "growth | 1,3% | ok"],
    ),
    (
        "Toàn tỉnh xảy ra 92 vụ, làm chết 48 người, bị thương 64 người. So với cùng kỳ giảm 11 vụ (giảm 10,7%), giảm 4 người chết (-7,7%), giảm 7 người bị thương (-9,9%).",
        &["growth | 10,7% | ok", "growth | 7,7% | ok", "growth | 9,9% | ok"],
    ),
    ("Xã có 138 hộ nghèo (chiếm 2,1%) và 144 hộ cận nghèo (chiếm 2,2%). Cuối năm, xã còn 96 hộ nghèo.", &[]),
    (
        "Quý I, tỉnh cấp mới 13 dự án với tổng vốn đăng ký tăng thêm hơn 1,55 tỷ USD, tăng 15,5 lần so với cùng kỳ.",
        &[],
    ),
    (
        "Toàn tỉnh phát hiện 318 vụ, so với cùng kỳ phát hiện nhiều hơn 15 vụ (4,95%).",
        &["growth | 4,95% | ok"],
    ),
    (
        "Cả nước có 5.340/8.260 xã đạt chuẩn, tăng 200 xã so với cuối năm 2020 (5.410 xã).",
        &["difference | 200 xã | mismatch"],
    ),
    (
        "Học phí tăng 10% so với năm học trước, từ 150.000 đồng lên 165.000 đồng đối với khu vực nông thôn và từ 300.000 đồng lên 340.000 đồng đối với khu vực thành thị.",
        &["growth | 10% | ok"],
    ),
    ("Tỷ lệ hồ sơ trực tuyến năm 2023 là 40%, năm 2024 là 50%, tăng 20%.", &["difference | 20% | mismatch"]),
    (
        "Kế hoạch vốn là 15.240 tỷ đồng. Đến ngày 30/11, giải ngân được 10.210 tỷ đồng, đạt 67,0%; số vốn còn lại 6.030 tỷ đồng.",
        &["difference | 6.030 tỷ đồng | mismatch | nếu 5.030 tỷ thì khớp"],
    ),
    (
        "Giải ngân đến 15/11 là 1.036,8 tỷ đồng, đạt 71,5% kế hoạch; còn lại 431,2 tỷ đồng chưa giải ngân trong tổng số 1.450 tỷ đồng.",
        &["difference | 431,2 tỷ đồng | mismatch | nếu 413,2 tỷ thì khớp"],
    ),
    ("So với cùng kỳ năm 2024 (450.000 tấn), hàng qua ga tăng 63.000 tấn, bằng 14%.", &["growth | 14% | ok"]),
    ("Số vụ cháy giảm 3 lần so với năm trước (138 vụ), còn 46 vụ.", &["multiple | 3 lần | ok"]),
    ("Đến nay 58/65 xã, phường đã xong; còn 7 đơn vị chưa xong.", &["difference | 7 đơn vị | ok"]),
    (
        "Ban Quản lý dự án được giao 1.950 tỷ đồng, giải ngân 1.166 tỷ đồng, còn 748 tỷ đồng chưa giải ngân.",
        &["difference | 748 tỷ đồng | mismatch | 784"],
    ),
];

/// Changes told in the next sentence, by the name of their level; and what one level is more than another.
const TOLD_AGAIN: &[Case] = &[
    (
        "Toàn tỉnh xảy ra 96 vụ cháy, làm chết 7 người, bị thương 12 người. So với cùng kỳ năm trước, giảm 14 vụ, giảm \
         3 người chết và tăng 2 người bị thương.",
        &[
            "difference | 14 vụ | insufficient",
            "difference | 3 người | insufficient",
            "difference | 2 người | insufficient",
        ],
    ),
    (
        "Toàn xã có 4.120 hộ nghèo, 6.300 hộ cận nghèo. So với năm trước, số hộ nghèo giảm 1.150 hộ.",
        &["difference | 1.150 hộ | insufficient"],
    ),
    (
        "Xã gieo cấy 640 ha lúa, sản lượng 3.712 tấn; so với vụ trước, diện tích giảm 12 ha song sản lượng tăng 1,8%.",
        &["growth | 1,8% | insufficient"],
    ),
    (
        "Số bác sĩ tăng từ 812 lên 871 người, tức thêm 59 người. Mức tăng này tương ứng 7,3%.",
        &["difference | 59 người | ok", "growth | 7,3% | ok"],
    ),
    ("Xã có 12 thôn và 4.120 hộ. Trong năm, trâu giảm 310 con.", &[]),
];

#[test]
fn changes_of_a_level_that_was_told_before_are_tied_to_it() {
    all_hold(TOLD_AGAIN);
}

#[test]
fn changes_lie_between_their_levels() {
    all_hold(CHANGES);
}
