//! Ties over paragraphs and lines of a list, and pairs that others stand beside.

mod ties;

use ties::{Case, all_hold};

/// Those that hold, wherever their other numbers stand.
const RIGHT: &[Case] = &[
    // What a pair leaves, and its share behind that.
    (
        "Có 58/84 trường đạt chuẩn mức độ 1, 26 trường chưa đạt; tỷ lệ đạt chuẩn 69,0%.",
        &["difference | 26 trường | ok", "share | 69,0% | ok"],
    ),
    (
        "Có 9/14 khoản thu đạt trên 75% dự toán, 5 khoản thu đạt thấp hơn.",
        &["share | 9 | ok", "difference | 5 khoản thu | ok"],
    ),
    // One of the two stands paragraphs before.
    (
        "Thu nội địa 11.420 tỷ đồng, thu xuất nhập khẩu 1.980 tỷ đồng.\n\nTrong quý có 14 khoản thu.\n\nTiền sử dụng đất \
         nộp 3.615 tỷ đồng; loại trừ khoản này, thu nội địa còn 7.805 tỷ đồng.",
        &["difference | 7.805 tỷ đồng | ok"],
    ),
    (
        "Bộ phận một cửa tiếp nhận 318.442 hồ sơ.\n\nĐã giải quyết 301.960 hồ sơ. Số hồ sơ đang giải quyết là 16.482 hồ sơ, \
         gồm 16.201 hồ sơ trong hạn và 281 hồ sơ quá hạn.",
        &["sum | 318.442 hồ sơ | ok", "sum | 16.482 hồ sơ | ok"],
    ),
    (
        "Toàn tỉnh còn 21.406 hộ nghèo.\n\nSo với cuối năm 2024 (29.980 hộ), số hộ nghèo giảm 8.574 hộ.",
        &["difference | 8.574 hộ | ok"],
    ),
    (
        "Toàn tỉnh đã cấp 1.104.230 thẻ căn cước, kích hoạt 912.650 tài khoản định danh, còn 191.580 trường hợp chưa kích \
         hoạt.",
        &["difference | 191.580 trường hợp | ok"],
    ),
    // Lines of a list in columns.
    (
        "Đến hết tháng 10 giải ngân được 5.184 tỷ đồng:\n- Vốn trung ương được giao 4.120 tỷ đồng, giải ngân 2.302 tỷ \
         đồng, đạt 55,9%.\n- Vốn địa phương được giao 5.036 tỷ đồng, giải ngân 2.882 tỷ đồng, đạt 57,2%.",
        &["sum | 5.184 tỷ đồng | ok"],
    ),
    // A list of the next paragraph, of people told by another word.
    (
        "Có 1.208 lao động đi làm việc ở nước ngoài theo hợp đồng.\n\nTrong số lao động đi làm việc ở nước ngoài, Nhật Bản \
         có 514 người, Đài Loan 431 người, Hàn Quốc 180 người, còn lại 83 người đi nước khác.",
        &["sum | 1.208 lao động | ok"],
    ),
    // Two parts together, contributions behind a rank, the base in brackets between a change and its percentage.
    (
        "Đã giải quyết 20.400 hồ sơ, trong đó trước hạn 15.300 hồ sơ, đúng hạn 4.896 hồ sơ, quá hạn 204 hồ sơ. Tỷ lệ giải \
         quyết trước và đúng hạn đạt 99,0%.",
        &["share | 99,0% | ok"],
    ),
    (
        "GRDP tăng 7,60%, đứng thứ 14 cả nước; trong đó nông nghiệp đóng góp 0,94 điểm %, công nghiệp 3,21 điểm %, dịch vụ \
         3,45 điểm %.",
        &["sum | 7,60% | ok"],
    ),
    ("Số vụ cháy giảm 18 vụ so với cùng kỳ (120 vụ), tương đương 15,0%.", &["growth | 15,0% | ok"]),
    ("Hai xã còn tỷ lệ hộ nghèo trên 30% là Nậm Chày và Y Tý.", &["list_count | Hai xã | ok"]),
    ("Đảng ủy kỷ luật 14 đảng viên: khiển trách 9, cảnh cáo 4, cách chức 1.", &["sum | 14 đảng viên | ok"]),
    (
        "Ngân hàng cho 12.400 lượt hộ vay 806 tỷ đồng, bình quân 65 triệu đồng/hộ.",
        &["mean | 65 triệu đồng/hộ | ok"],
    ),
];

/// Pairs that other numbers stand between.
const BETWEEN: &[Case] = &[
    // The base of a change in brackets is no part; a change is told without what its level is told per.
    (
        "Trong quý, xã đón 182.400 lượt khách, tăng 14,0% so với quý I năm trước (160.000 lượt khách), bằng 30,4% kế hoạch \
         năm (600.000 lượt khách).",
        &["growth | 14,0% | ok", "share | 30,4% | ok"],
    ),
    (
        "Thu nhập bình quân đạt 61,2 triệu đồng/người/năm, tăng 5,4 triệu đồng so với năm 2024 (55,8 triệu đồng).",
        &["difference | 5,4 triệu đồng | ok"],
    ),
    (
        "Sản lượng đạt 418.000 tấn, tăng 8.000 tấn so với năm 2024, bằng 102% so với năm trước.",
        &["share | 102% | insufficient"],
    ),
    ("Khoảng 65% trong số 1.240 thôn có tổ công nghệ số, cụ thể là 806 thôn.", &["share | 65% | ok"]),
    (
        "Có 912 hộ được hỗ trợ trong tổng số 1.325 hộ đăng ký; số còn lại, trên 410 hộ, sẽ khởi công trong quý IV.",
        &["difference | 410 hộ | ok"],
    ),
    (
        "Thu xuất nhập khẩu đạt 2.150 tỷ đồng; thu nội địa 8.600 tỷ đồng, gấp bốn lần thu xuất nhập khẩu.",
        &["multiple | bốn lần | ok"],
    ),
    (
        "Chỉ số tăng 9,8%; tính chung, chế biến đóng góp 5,1 điểm phần trăm, khai khoáng 2,9 điểm phần trăm, điện 1,8 điểm phần \
         trăm vào mức tăng 9,8%.",
        &["sum | 9,8% | ok"],
    ),
    (
        "Trạm y tế khám cho 620 công nhân, phát hiện 93 trường hợp tăng huyết áp, chiếm 15,0%.",
        &["share | 15,0% | ok"],
    ),
    (
        "Xã giải quyết việc làm cho 900 lao động, trong đó 60 người đi làm việc ở nước ngoài.",
        &["sum | 900 lao động | insufficient"],
    ),
    (
        "Tỉnh cấp mới 36 dự án với tổng vốn 7.440 tỷ đồng, tăng 20% về số dự án và gấp 1,5 lần về số vốn so với cùng kỳ.",
        &["growth | 20% | insufficient", "multiple | 1,5 lần | insufficient"],
    ),
    // What is left is of the other number; a level is compared with last year, not with the plan behind it.
    (
        "Tờ khai trên nền tảng số đạt 64.350 tờ khai, bằng 99,0% tổng số tờ khai, còn lại 650 tờ khai giấy.",
        &[],
    ),
    (
        "Thu phí 214,6 tỷ đồng, tăng 14,9 tỷ đồng so với năm trước, đạt 107,3% kế hoạch 200 tỷ đồng.",
        &["share | 107,3% | ok", "difference | 14,9 tỷ đồng | insufficient"],
    ),
];

/// Planted errors.
const PLANTED: &[Case] = &[
    (
        "Các sở đã ban hành 58 văn bản, trong đó có 30 kế hoạch, 19 quyết định và 21 công văn.",
        &["sum | 58 văn bản | mismatch"],
    ),
    (
        "Quý I có 1.104 doanh nghiệp thành lập mới, tăng 8% so với cùng kỳ (1.022 doanh nghiệp), và 343 doanh nghiệp quay trở \
         lại hoạt động, nâng tổng số lên 1.474 doanh nghiệp.",
        &["sum | 1.474 doanh nghiệp | mismatch | đảo chữ số"],
    ),
    (
        "Chi ngân sách 31,4 tỷ đồng, trong đó chi thường xuyên 24,9 tỷ đồng, chi đầu tư 7,5 tỷ đồng.",
        &["sum | 31,4 tỷ đồng | mismatch"],
    ),
    (
        "Hơn bảy mươi phần trăm trong số 1.240 thôn có tổ công nghệ số, cụ thể là 806 thôn.",
        &["share | bảy mươi phần trăm | mismatch"],
    ),
    (
        "Thu xuất nhập khẩu đạt 2.150 tỷ đồng; thu nội địa 8.600 tỷ đồng, gấp năm lần thu xuất nhập khẩu.",
        &["multiple | năm lần | mismatch"],
    ),
    (
        "Thu ngân sách đạt 2.906 tỷ đồng, bằng 81,3% dự toán (3.574 tỷ đồng) và tăng 12,4% so với cùng kỳ (2.417 tỷ đồng).",
        &["growth | 12,4% | mismatch"],
    ),
    (
        "Toàn tỉnh còn 21.406 hộ nghèo.\n\nSo với cuối năm 2024 (29.980 hộ), số hộ nghèo giảm 8.547 hộ.",
        &["difference | 8.547 hộ | mismatch | đảo chữ số"],
    ),
    (
        "Đã bàn giao 38,4 ha trên tổng số 51,6 ha; phần còn lại 132 ha thuộc 27 hộ.",
        &["difference | 132 ha | mismatch | sai đơn vị"],
    ),
    (
        "Trong quý xảy ra 52 vụ, làm chết 26 người, bị thương 47 người; so với cùng kỳ giảm 04 người chết (15,4%).",
        &["growth | 15,4% | mismatch"],
    ),
    (
        "Trong 9 tháng, kim ngạch xuất, nhập khẩu đạt 2,45 tỷ USD. Trong đó, xuất khẩu 1,26 tỷ USD, nhập khẩu 1,28 tỷ USD.",
        &["sum | 2,45 tỷ USD | mismatch"],
    ),
    (
        "Xã Bắc Hà có 24.500 thửa đất, hoàn thành 15.925 thửa, mới đạt 56,0%; phường Yên Bái có 31.000 thửa đất, đã hoàn \
         thành 27.900 thửa, đạt 90,0%.",
        &["share | 56,0% | mismatch | đảo chữ số", "share | 90,0% | ok"],
    ),
];

/// Wholes that are checked, levels side by side, means of what shall be.
const CHECKED: &[Case] = &[
    (
        "Kiểm tra 74 cơ sở kinh doanh, lực lượng chức năng phát hiện 81 cơ sở vi phạm.",
        &["share | 81 cơ sở | mismatch"],
    ),
    (
        "Qua kiểm tra 1.250 lượt cơ sở, đoàn phát hiện 175 cơ sở không bảo đảm an toàn thực phẩm, chiếm 14,0%.",
        &["share | 14,0% | ok"],
    ),
    (
        "Phường Yên Bái có 64 tổ dân phố, phường Nam Cường có 38 tổ dân phố, nhiều hơn 36 tổ.",
        &["difference | 36 tổ | mismatch | nếu 26 thì khớp"],
    ),
    (
        "Xã phân bổ 3.120 triệu đồng cho 15 thôn khó khăn, bình quân mỗi thôn 280 triệu đồng, hoàn thành trước ngày 30/4.",
        &["mean | 280 triệu đồng | mismatch | đảo chữ số"],
    ),
    (
        "Hệ thống có 1.560 camera, 1.404 camera hoạt động tốt, chiếm 90,0%; 165 camera hỏng chờ thay thế.",
        &["sum | 1.560 camera | mismatch"],
    ),
    // Houses built for households are no kinds of households.
    ("Xóa nhà tạm cho 8.120 hộ, trong đó xây mới 6.240 nhà, sửa chữa 1.925 nhà.", &[]),
];

/// Near misses: what the text does not give.
const OPEN: &[Case] = &[
    (
        "Giải ngân đạt 45,0% kế hoạch, thấp hơn bình quân chung cả nước 5 điểm %.",
        &["difference | 5 điểm % | insufficient"],
    ),
    (
        "Số giường thực kê là 5.940 giường, đạt 36,2 giường/10.000 dân.",
        &["mean | 36,2 giường/10.000 dân | insufficient"],
    ),
    // Of two communes nothing is added up.
    ("Xã Bắc Hà có 420 hộ trồng chè; xã Y Tý có 318 hộ, xã Mường Hum 102 hộ trồng lê.", &[]),
];

#[test]
fn ties_that_hold_are_found() {
    all_hold(RIGHT);
    all_hold(BETWEEN);
}

#[test]
fn planted_errors_are_found() {
    all_hold(PLANTED);
    all_hold(CHECKED);
}

#[test]
fn what_is_open_stays_open() {
    all_hold(OPEN);
}
