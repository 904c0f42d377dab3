//! Shares of a whole and what is left of it, in the words of offices.

mod ties;

use ties::{Case, all_hold};

/// The whole is named beside its part.
const RIGHT: &[Case] = &[
    (
        "Phường có 12.640 hộ dân. Đến hết tháng 11, đã có 11.502 hộ cài đặt ứng dụng phản ánh hiện trường, đạt tỷ \
         lệ 91,0%.",
        &["share | 91,0% | ok"],
    ),
    ("Năm 2025, tỉnh tiếp nhận 12.480 hồ sơ, đã giải quyết 11.856 hồ sơ, đạt 95%.", &["share | 95% | ok"]),
    (
        "Thu nội địa đạt 9.640 tỷ đồng, đạt 96,4% kế hoạch (10.000 tỷ đồng); thu xuất nhập khẩu 1.205 tỷ đồng, đạt \
         120,5% kế hoạch (1.000 tỷ đồng).",
        &["share | 96,4% | ok", "share | 120,5% | ok"],
    ),
    (
        "Đoàn kiểm tra 85 cơ sở, phát hiện 17 cơ sở vi phạm (20%), còn lại chấp hành tốt.",
        &["share | 20% | ok"],
    ),
    (
        "Đã số hóa 48.600 hồ sơ trong tổng số 60.750 hồ sơ cần số hóa, đạt tỷ lệ 80%, số còn lại 20% hoàn thành \
         trong quý I/2026.",
        &["share | 80% | ok", "complement | 20% | ok"],
    ),
    ("Tỷ lệ hộ dân sử dụng nước sạch đạt 78,4% (9.408/12.000 hộ).", &["share | 78,4% | ok"]),
    (
        "Tỷ lệ trẻ em được tiêm chủng đầy đủ đạt 96,2%, tương ứng 14.430 trẻ trong tổng số 15.000 trẻ thuộc diện \
         tiêm.",
        &["share | 96,2% | ok"],
    ),
    (
        "Có 45,2% số thôn (678 thôn) đạt chuẩn nông thôn mới trong tổng số 1.500 thôn.",
        &["share | 45,2% | ok"],
    ),
    (
        "Tổng số cán bộ, công chức cấp xã là 3.460 người; số người có trình độ đại học trở lên là 3.183 người, \
         chiếm 92%.",
        &["share | 92% | ok"],
    ),
    (
        "Ban Quản lý dự án được giao 2.150 tỷ đồng, đã giải ngân 1.505 tỷ đồng (đạt 70%).",
        &["share | 70% | ok"],
    ),
    (
        "Kế hoạch vốn đầu tư công năm 2025 là 15.248 tỷ đồng. Đến ngày 30/11/2025 đã giải ngân 10.216 tỷ đồng, \
         bằng 67,0% kế hoạch vốn; cao hơn mức bình quân chung cả nước (60,6%).",
        &["share | 67,0% | ok"],
    ),
    (
        "Qua đánh giá, 1.250 sản phẩm xếp loại tốt, 500 sản phẩm xếp loại khá, 250 sản phẩm xếp loại đạt, chiếm \
         lần lượt 62,5%, 25% và 12,5% trong tổng số 2.000 sản phẩm.",
        &["share | 62,5% | ok", "share | 25% | ok", "share | 12,5% | ok", "shares_to_100 | 62,5% | ok"],
    ),
    (
        "Toàn tỉnh hiện có 1.523 thôn. Trong đó, thôn đặc biệt khó khăn là 612 thôn, chiếm 40,2%.",
        &["share | 40,2% | ok"],
    ),
    (
        "Tổng diện tích rừng của tỉnh là 862.400 ha, diện tích rừng tự nhiên 546.000 ha, chiếm 63,3% tổng diện \
         tích rừng.",
        &["share | 63,3% | ok"],
    ),
    (
        "Tổng chi ngân sách xã năm 2025 là 142,8 tỷ đồng, gồm chi thường xuyên 109,8 tỷ đồng và chi đầu tư 33,0 tỷ \
         đồng. Chi thường xuyên chiếm 76,9% tổng chi.",
        &["share | 76,9% | ok"],
    ),
    (
        "Trong số 75 dự án được cấp chủ trương đầu tư có 51 dự án đã khởi công (đạt 68%).",
        &["share | 68% | ok"],
    ),
    (
        "Năm 2025 Sở được giao 46 biên chế, thực tế sử dụng 41 biên chế, bằng 89,1% số được giao.",
        &["share | 89,1% | ok"],
    ),
    (
        "Toàn xã có 1.200 hộ, đã có 1.080 hộ dùng điện lưới; còn 10% số hộ chưa có điện.",
        &["complement | 10% | ok"],
    ),
    (
        "Kiểm tra 250 mẫu thực phẩm, phát hiện 15 mẫu không đạt; tỷ lệ mẫu đạt yêu cầu là 94%.",
        &["complement | 94% | ok"],
    ),
    ("Khách quốc tế đạt 612.000 lượt, chiếm 18% tổng lượng khách (3.400.000 lượt).", &["share | 18% | ok"]),
    (
        "Có 3.250 người, chiếm 65% số lao động được đào tạo (5.000 người), đã có việc làm ổn định.",
        &["share | 65% | ok"],
    ),
    (
        "Thu ngân sách 9 tháng đạt 7.350 tỷ đồng, bằng 105% so với cùng kỳ năm 2024 (7.000 tỷ đồng).",
        &["share | 105% | ok"],
    ),
    (
        "Đến nay, toàn tỉnh có 87/143 xã đạt chuẩn nông thôn mới, chiếm 60,8%; trong đó có 21 xã đạt chuẩn nông thôn \
         mới nâng cao, chiếm 24,1% số xã đạt chuẩn.",
        &["share | 60,8% | ok", "share | 24,1% | ok"],
    ),
    (
        "Đã giải ngân 5.304/8.500 tỷ đồng, bằng 62,4% kế hoạch, thấp hơn bình quân chung cả nước (65,1%).",
        &["share | 62,4% | ok"],
    ),
    (
        "Tính đến 30/11/2025, giải ngân đạt 5.304 tỷ đồng, bằng 62,4% kế hoạch Thủ tướng Chính phủ giao (8.500 tỷ đồng) \
         và bằng 58,9% kế hoạch tỉnh giao (9.005 tỷ đồng).",
        &["share | 62,4% | ok", "share | 58,9% | ok"],
    ),
    (
        "Dự toán HĐND tỉnh giao 10.000 tỷ đồng, dự toán Trung ương giao 9.000 tỷ đồng; thực hiện 9.850 tỷ đồng, đạt \
         109,4% dự toán Trung ương giao và 98,5% dự toán tỉnh giao.",
        &["share | 109,4% | ok", "share | 98,5% | ok"],
    ),
    (
        "Tỷ lệ giải ngân đạt 62,4% (tương ứng 5.304 tỷ đồng trên tổng kế hoạch 8.500 tỷ đồng).",
        &["share | 62,4% | ok"],
    ),
    ("Trồng rừng mới 8.240 ha/8.000 ha, đạt 103% kế hoạch.", &["share | 103% | ok"]),
    (
        "Số người có việc làm tăng thêm 12.500 người, đạt 104,2% kế hoạch năm (12.000 người).",
        &["share | 104,2% | ok"],
    ),
    (
        "Đảng bộ có 1.286 đảng viên, trong đó đảng viên nữ 514 đồng chí, chiếm 40%; đảng viên là người dân tộc thiểu số \
         900 đồng chí, chiếm 70%.",
        &["share | 40% | ok", "share | 70% | ok"],
    ),
    (
        "Qua lấy ý kiến, có 11.872/12.150 cử tri đại diện hộ gia đình đồng ý, đạt 97,7%; 278 cử tri không đồng ý, chiếm \
         2,3%.",
        &["share | 97,7% | ok", "share | 2,3% | ok"],
    ),
    (
        "Quý III/2025, Trung tâm tiếp nhận 18.420 hồ sơ (trực tuyến 15.657 hồ sơ, đạt 85%; trực tiếp 2.763 hồ sơ, chiếm \
         15%).",
        &["share | 85% | ok", "share | 15% | ok"],
    ),
    (
        "Toàn tỉnh đã cấp 612.450 tài khoản định danh, đạt 98,7% so với dân số từ đủ 14 tuổi trở lên (620.517 người).",
        &["share | 98,7% | ok"],
    ),
    (
        "Dư nợ cho vay ước đạt 98.400 tỷ đồng, tăng 8,2% so với cuối năm 2024; nợ xấu 1.476 tỷ đồng, chiếm 1,5% tổng dư \
         nợ.",
        &["share | 1,5% | ok"],
    ),
    (
        "Tổng số hồ sơ đã giải quyết: 54.000 hồ sơ\n- Đúng hạn: 53.190 hồ sơ (98,5%);\n- Quá hạn: 810 hồ sơ (1,5%).",
        &["share | 98,5% | ok", "share | 1,5% | ok", "shares_to_100 | 98,5% | ok"],
    ),
    ("Hội có 12.400 hội viên, tăng 620 hội viên; hội viên nữ 4.960 người, chiếm 40%.", &["share | 40% | ok"]),
    (
        "Thu nhập bình quân đầu người đạt 62 triệu đồng/năm, bằng 103% kế hoạch (60 triệu đồng).",
        &["share | 103% | ok"],
    ),
    ("Diện tích rừng bị cháy 12,5 ha, bằng 40% so với cùng kỳ năm trước (31,2 ha).", &["share | 40% | ok"]),
];

/// One number is wrong.
const PLANTED: &[Case] = &[
    (
        "Năm 2025, tỉnh tiếp nhận 12.480 hồ sơ, đã giải quyết 11.856 hồ sơ, đạt 59%.",
        &["share | 59% | mismatch | nếu 95%"],
    ),
    (
        "Kế hoạch vốn đầu tư công năm 2025 là 15.248 tỷ đồng. Đến ngày 30/11/2025 đã giải ngân 10.216 tỷ đồng, \
         bằng 76,0% kế hoạch vốn.",
        &["share | 76,0% | mismatch | nếu 67%"],
    ),
    (
        "Tỷ lệ trẻ em được tiêm chủng đầy đủ đạt 69,2%, tương ứng 14.430 trẻ trong tổng số 15.000 trẻ thuộc diện \
         tiêm.",
        &["share | 69,2% | mismatch"],
    ),
    (
        "Toàn tỉnh hiện có 1.523 thôn. Trong đó, thôn đặc biệt khó khăn là 612 thôn, chiếm 42,0%.",
        &["share | 42,0% | mismatch"],
    ),
    (
        "Tổng chi ngân sách xã năm 2025 là 142,8 tỷ đồng, gồm chi thường xuyên 109,8 tỷ đồng và chi đầu tư 33,0 tỷ \
         đồng. Chi thường xuyên chiếm 79,6% tổng chi.",
        &["share | 79,6% | mismatch"],
    ),
    (
        "Toàn xã có 1.200 hộ, đã có 1.050 hộ dùng điện lưới; còn 15,2% số hộ chưa có điện.",
        &["complement | 15,2% | mismatch"],
    ),
    (
        "Trong tổng số 246 cán bộ, công chức của phường, có 215 người có trình độ đại học, chiếm 78,4%.",
        &["share | 78,4% | mismatch"],
    ),
    ("Trong 96 thôn của xã có 106 thôn đã có nhà văn hóa.", &["share | 106 thôn | mismatch"]),
    (
        "Toàn tỉnh có 186.240 hộ; số hộ nghèo là 22.349 hộ, chiếm 21,0%; hộ cận nghèo 17.506 hộ, chiếm 9,4%.",
        &["share | 21,0% | mismatch | nếu 12%", "share | 9,4% | ok"],
    ),
    (
        "Tính đến 30/11/2025, giải ngân đạt 5.304 tỷ đồng, bằng 62,4% kế hoạch Thủ tướng Chính phủ giao (8.500 tỷ đồng) \
         và bằng 85,9% kế hoạch tỉnh giao (9.005 tỷ đồng).",
        &["share | 62,4% | ok", "share | 85,9% | mismatch | nếu 58,9%"],
    ),
    (
        "Xã có 2.240 hộ, 10.350 nhân khẩu; đồng bào dân tộc thiểu số 9.315 người, chiếm 90% dân số; hộ nghèo 336 hộ, \
         chiếm 51%.",
        &["share | 90% | ok", "share | 51% | mismatch | nếu 15%"],
    ),
    (
        "Tổng số phiếu phát ra 1.200 phiếu, thu về 1.150 phiếu, đạt 95,8%; trong đó 1.104 phiếu hài lòng, chiếm 69%.",
        &["share | 95,8% | ok", "share | 69% | mismatch | nếu 96%"],
    ),
    (
        "Năm 2025, xã được phân bổ 24,6 tỷ đồng vốn chương trình mục tiêu quốc gia. Đến 30/11, giải ngân 18,45 tỷ đồng, \
         đạt 57% kế hoạch.",
        &["share | 57% | mismatch | nếu 75%"],
    ),
    ("Sở đã trả kết quả trước hạn 4.120/5.150 hồ sơ (88%).", &["share | 88% | mismatch"]),
    ("Trường có 1.250 học sinh, trong đó 480 học sinh bán trú, chiếm 34,8%.", &["share | 34,8% | mismatch"]),
    (
        "Cụm công nghiệp thu hút 84 dự án, trong đó 37 dự án đã sản xuất, bằng 40,4%.",
        &["share | 40,4% | mismatch | nếu 44%"],
    ),
    ("Toàn ngành có 2.640 người, trong đó 495 bác sĩ, chiếm 28%.", &["share | 28% | mismatch"]),
    (
        "Trong tổng số 48 khu được phê duyệt, đã hoàn thành 27 khu, đạt 65,3%; đang làm 13 khu; chưa làm 8 khu.",
        &["share | 65,3% | mismatch | 56,3%"],
    ),
];

/// The whole is not in the text, or is of something else.
const OPEN: &[Case] = &[
    (
        "Đầu năm, xã có 500 hộ nghèo, đến nay còn 300 hộ nghèo, chiếm 12% tổng số hộ.",
        &["share | 12% | insufficient"],
    ),
    ("Xã A có 500 hộ, xã B có 300 hộ, chiếm 12% số hộ toàn vùng.", &["share | 12% | insufficient"]),
    (
        "Xã Nậm Chày có 640 hộ. Có 96 hộ nghèo đã được vay vốn ưu đãi, chiếm 48% số hộ nghèo của xã.",
        &["share | 48% | insufficient"],
    ),
    (
        "Tỉnh xuất khẩu 1.840 tấn xoài, chiếm 23,6% tổng lượng xoài xuất khẩu của cả nước.",
        &["share | 23,6% | insufficient"],
    ),
    ("Đã thu hồi 246 ha đất, đạt 82% kế hoạch.", &["share | 82% | insufficient"]),
    (
        "Thu được 960 tỷ đồng, đạt 80% dự toán giao (1.200 tỷ đồng), trong đó thu nội địa 720 tỷ đồng, đạt 75% dự toán.",
        &["share | 80% | ok", "share | 75% | insufficient"],
    ),
    (
        "Tổng chi 11.320 tỷ đồng. Chi đầu tư phát triển 3.850 tỷ đồng, đạt 77% dự toán và chiếm 34% tổng chi.",
        &["share | 77% | insufficient", "share | 34% | ok"],
    ),
    (
        "Tổng số hộ nghèo, cận nghèo toàn tỉnh là 39.855 hộ. Trong đó: hộ nghèo 22.349 hộ, chiếm tỷ lệ 12,0%; hộ cận \
         nghèo 17.506 hộ, chiếm tỷ lệ 9,4% so với tổng số hộ dân toàn tỉnh.",
        &["share | 12,0% | insufficient", "share | 9,4% | insufficient"],
    ),
    (
        "Tổng số 3.250 hộ đăng ký, 2.925 hộ đạt, đạt tỷ lệ 90% số hộ đăng ký và chiếm 65% tổng số hộ toàn xã.",
        &["share | 90% | ok", "share | 65% | insufficient"],
    ),
    ("Trong tháng, giải quyết 2.856/2.913 hồ sơ, tỷ lệ đúng hạn 99,2%.", &[]),
];

/// Nothing ties the numbers.
const TRAPS: &[Case] = &[
    ("Tỷ lệ hộ nghèo giảm từ 15,2% xuống 12,0%; tỷ lệ hộ cận nghèo còn 9,4%; số hộ nghèo là 22.349 hộ.", &[]),
    ("Kỳ họp thông qua 15 nghị quyết với tỷ lệ tán thành 100%.", &[]),
    ("Có 3 nhóm đối tượng được hỗ trợ 100%, 70% và 50% học phí.", &[]),
    ("Nhà máy tiết kiệm 20% điện năng, giảm 30% chi phí, tăng 50% năng suất.", &[]),
    ("Tính đến nay có 85% số hộ được dùng nước sạch, tăng 5% so với năm 2024; toàn xã có 1.640 hộ.", &[]),
    ("Toàn tỉnh có 2.754 hộ nghèo; hộ nghèo là người dân tộc thiểu số chiếm 81,5%.", &[]),
    ("Trong tổng số 5.000 hộ có 2.754 hộ dùng nước sạch, hộ nghèo chiếm 14%.", &[]),
    (
        "Trong 320 trường có 48 trường chưa đạt chuẩn; tỷ lệ trường đạt chuẩn của toàn tỉnh năm 2024 là 80%.",
        &[],
    ),
    ("Trong 58 hộ tham gia ban đầu, đến nay đã có 64 hộ được công nhận.", &[]),
    ("Xã có 1.250 hộ với 5.600 nhân khẩu, trong đó dân tộc Mông chiếm 72%, dân tộc Dao chiếm 21%.", &[]),
    ("Tổng mức đầu tư 148,5 tỷ đồng, lãi suất vay 6,5%; tiến độ đạt 45%.", &[]),
    (
        "Năm 2024 có 1.200 doanh nghiệp, năm 2025 có 900 doanh nghiệp nộp thuế điện tử, chiếm 98% doanh nghiệp \
         đang hoạt động.",
        &[],
    ),
    ("Tỉnh có 99 xã, phường. Có 1.100 thôn đạt chuẩn, chiếm 72,2%; còn 423 thôn chưa đạt.", &[]),
    (
        "Tổng số hộ của xã là 2.400 hộ, tỷ lệ hộ nghèo đầu năm là 12%, cuối năm còn 8,5%, giảm 3,5 điểm %.",
        &[],
    ),
    ("Trong 500 hộ được vay vốn có 120 hộ thoát nghèo, vượt 20% mục tiêu đề ra.", &[]),
    ("Sở tiếp nhận 1.500 hồ sơ, trong đó 1.200 hồ sơ trực tuyến; tỷ lệ hài lòng của người dân đạt 98%.", &[]),
    ("Có 120 đại biểu tham dự, tỷ lệ phiếu tán thành đạt 100%; 35 ý kiến phát biểu.", &[]),
    ("Có 13/20 khoản chi đạt từ 81% dự toán trở lên.", &[]),
];

/// Shares told by the name of their part, of another word for the same, beside a change; and what is left of a pair.
const NAMED: &[Case] = &[
    (
        "Các sở được giao 240 nhiệm vụ: 150 nhiệm vụ đã hoàn thành, 72 nhiệm vụ trong hạn và 18 nhiệm vụ quá hạn. Tỷ lệ \
         hoàn thành đạt 62,5%, tỷ lệ quá hạn 7,5%.",
        &["share | 62,5% | ok", "share | 7,5% | ok"],
    ),
    (
        "Trường có 684 học sinh. Bình quân 28,5 học sinh/lớp. Toàn trường có 361 em là nữ, chiếm 52,8%.",
        &["share | 52,8% | ok"],
    ),
    (
        "Từ đầu năm, tỉnh giải ngân 4.310 tỷ đồng, bằng 61,8% kế hoạch, thấp hơn 3,2 điểm % so với bình quân cả nước \
         (65,0%).",
        &["share | 61,8% | insufficient", "difference | 3,2 điểm % | ok"],
    ),
    (
        "Có 66/120 bản (55%) có sóng di động, 45% chưa có. Số bản chưa có sóng là 54 bản.",
        &["complement | 45% | ok", "difference | 54 bản | ok"],
    ),
    (
        "Kinh phí của chương trình năm 2025 là 360 tỷ đồng. Đến nay đã giải ngân 244,8 tỷ đồng, bằng 68% kế hoạch năm.",
        &["share | 68% | ok"],
    ),
    ("Tỉnh có 160 dự án; 12 dự án giải ngân dưới 30%, chiếm 7,5%.", &["share | 7,5% | ok"]),
    ("Có 12/16 khoản thu đạt trên 80% dự toán.", &[]),
    // A bound is no base: nothing can be wrong with it, nor right.
    (
        "Dư nợ không quá 2.150 tỷ đồng, bằng 47% hạn mức. Chi y tế năm 2026 là 3.120 tỷ đồng.",
        &["share | 47% | insufficient"],
    ),
];

#[test]
fn shares_told_by_name_are_tied() {
    all_hold(NAMED);
}

#[test]
fn right_shares_hold() {
    all_hold(RIGHT);
}

#[test]
fn planted_errors_are_found() {
    all_hold(PLANTED);
}

#[test]
fn a_whole_that_is_not_told_is_derived() {
    all_hold(OPEN);
}

#[test]
fn what_nothing_ties_is_left_alone() {
    all_hold(TRAPS);
}
