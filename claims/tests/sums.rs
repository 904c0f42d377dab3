//! Sums and parts in the words of offices.

mod ties;

use ties::{Case, all_hold};

/// Parts that add up.
const SUMS: &[Case] = &[
    (
        "Cả năm có 14 đợt thiên tai, gồm 6 đợt mưa lũ, 5 trận dông lốc, 2 đợt rét hại và 1 trận động đất.",
        &["sum | 14 đợt | ok"],
    ),
    ("Cả năm có 14 đợt thiên tai, gồm 6 đợt mưa lũ, 4 trận dông lốc, 2 đợt rét hại và 1 trận động đất.", &[]),
    (
        "Phường có 18.420 nhân khẩu, trong đó nam 9.115 người, nữ 9.530 người.",
        &["sum | 18.420 nhân khẩu | mismatch"],
    ),
    (
        "Tổng số tiền xử phạt 5,12 tỷ đồng: Công an 2,35 tỷ đồng, Quản lý thị trường 1,47 tỷ đồng, Kiểm lâm 1,03 tỷ đồng.",
        &["sum | 5,12 tỷ đồng | mismatch | nếu 1,74 tỷ thì khớp"],
    ),
    ("Có 38/99 xã hoàn thành 100% kế hoạch; 45 xã đạt từ 80% đến dưới 100%; 16 xã đạt dưới 80%.", &[]),
    (
        "Toàn xã có 1.318 hộ với 6.240 nhân khẩu; dân tộc Mông 702 hộ, Dao 388 hộ, Tày 164 hộ, Kinh 127 hộ.",
        &["sum | 1.318 hộ | mismatch"],
    ),
    (
        "Huy động 2.480 người chữa cháy rừng, gồm 320 cán bộ kiểm lâm, 640 bộ đội, 215 công an và 1.350 người dân.",
        &["sum | 2.480 người | mismatch | nếu 1.305 thì khớp"],
    ),
    (
        "Quỹ dư đầu kỳ 1.870 triệu đồng, thu trong kỳ 940 triệu đồng, tổng nguồn 2.810 triệu đồng; đã chi 1.236 triệu \
         đồng, còn dư 1.754 triệu đồng.",
        &[
            "sum | 2.810 triệu đồng | ok",
            "difference | 1.754 triệu đồng | mismatch | nếu 1.574 triệu thì khớp",
        ],
    ),
    (
        "Các nguồn vốn gồm: trung ương 45%, ngân sách tỉnh 30%, vốn vay 20%, nguồn khác 15%.",
        &["shares_to_100 | 45% | mismatch"],
    ),
    (
        "Xếp loại cán bộ: 18,5% hoàn thành xuất sắc nhiệm vụ, 74,2% hoàn thành tốt, 6,1% hoàn thành, 2,1% không hoàn \
         thành.",
        &["shares_to_100 | 18,5% | mismatch | nếu 1,2% thì khớp"],
    ),
    ("Kết quả giải ngân: nguồn vốn trung ương 45%, ngân sách tỉnh 60%, vốn vay 20%.", &[]),
    (
        "Một cửa tiếp nhận 86.420 hồ sơ, trong đó tiếp nhận mới 82.150 hồ sơ, từ kỳ trước chuyển sang 4.720 hồ sơ.",
        &["sum | 86.420 hồ sơ | mismatch | nếu 4.270 thì khớp"],
    ),
    (
        "Kế hoạch gồm 18 khoản thu, trong đó 13 khoản vượt dự toán, 6 khoản không đạt.",
        &["sum | 18 khoản thu | mismatch"],
    ),
    (
        "Quỹ vận động được 3.918 triệu đồng từ 3 nguồn: doanh nghiệp 2.105 triệu đồng, cán bộ 1.133 triệu đồng, nhân \
         dân 590 triệu đồng.",
        &["sum | 3.918 triệu đồng | mismatch"],
    ),
    (
        "Giai đoạn 1 đầu tư 1.340 tỷ đồng, giai đoạn 2 đầu tư 2.125 tỷ đồng; cả hai giai đoạn là 3.645 tỷ đồng.",
        &["sum | 3.645 tỷ đồng | mismatch | nếu 3.465 tỷ thì khớp"],
    ),
    (
        "Danh mục có 412 thủ tục, cấp tỉnh 298 thủ tục, cấp xã 126 thủ tục, dùng chung 12 thủ tục ở cả hai cấp.",
        &[],
    ),
    (
        "Các sở có nhiệm vụ quá hạn: Sở Y tế 9 nhiệm vụ, Sở Tư pháp 7 nhiệm vụ, Sở Công Thương 4 nhiệm vụ, xã 5 nhiệm vụ.",
        &[],
    ),
    ("Trường có 520 học sinh, nữ 268 em, dân tộc thiểu số 410 em.", &[]),
    ("Số trúng tuyển là 6.230 em, nam 3.014 em, nữ 3.261 em.", &["sum | 6.230 em | mismatch"]),
    // Parts by one attribute, by states, by the steps of a scale.
    (
        "Tỉnh có 2.614 doanh nghiệp; trong đó 2.187 doanh nghiệp nhỏ, 341 doanh nghiệp vừa, 186 doanh nghiệp lớn.",
        &["sum | 2.614 doanh nghiệp | mismatch"],
    ),
    (
        "Trong tổng số 7.350 lao động được tuyển, có 2.905 lao động làm việc trong tỉnh, 4.200 lao động đi làm việc \
         ngoài tỉnh và 425 lao động đi xuất khẩu.",
        &["sum | 7.350 lao động | mismatch"],
    ),
    (
        "Cử tri gửi 418 kiến nghị; đã trả lời 362 kiến nghị, đang xem xét 65 kiến nghị.",
        &["sum | 418 kiến nghị | mismatch | nếu 56 thì khớp"],
    ),
    (
        "Khảo sát 950 người: 512 người rất hài lòng, 362 người hài lòng, 50 người bình thường, 62 người không hài lòng.",
        &["sum | 950 người | mismatch"],
    ),
    (
        "Khảo sát 950 người: 512 người rất hài lòng, 326 người hài lòng, 62 người không hài lòng.",
        &["sum | 950 người | insufficient"],
    ),
    ("Giao 418 nhiệm vụ; đã hoàn thành 300 nhiệm vụ, quá hạn 12 nhiệm vụ.", &[]),
    (
        "Trong 120 xã, 45 xã có chợ, 87 xã có trạm y tế đạt chuẩn và 66 xã có điện.",
        &["sum | 120 xã | insufficient"],
    ),
    // The unit stands with the total, or with the last.
    (
        "Sở quản lý 6.420 viên chức: giáo viên 5.130, nhân viên y tế 815, khác 457 người.",
        &["sum | 6.420 viên chức | mismatch | nếu 6.402 thì khớp"],
    ),
    ("Toàn trường có 480 học sinh (nam 265, nữ 215).", &["sum | 480 học sinh | ok"]),
    (
        "Diện tích gieo trồng 8.450 ha, gồm lúa 5.200, ngô 2.150 và rau màu 1.100 ha.",
        &["sum | 8.450 ha | ok"],
    ),
    (
        "Toàn tỉnh xảy ra 1.204 vụ, trong đó đường bộ 1.150, đường sắt 34, đường thủy 20.",
        &["sum | 1.204 vụ | ok"],
    ),
    (
        "Đã cấp 2.740 giấy phép, trong đó cấp mới 1.860 giấy phép, cấp lại 512 giấy phép, còn lại 386 giấy phép điều \
         chỉnh.",
        &["sum | 2.740 giấy phép | mismatch | nếu 368 thì khớp"],
    ),
    (
        "Chi 3,6 tỷ đồng, trong đó khối Đảng 1,1 tỷ đồng, khối chính quyền 2,5 tỷ đồng.",
        &["sum | 3,6 tỷ đồng | ok"],
    ),
    // Right.
    (
        "Toàn xã có 1.286 hộ, trong đó: 412 hộ nghèo, 305 hộ cận nghèo và 569 hộ có mức sống trung bình trở lên.",
        &["sum | 1.286 hộ | ok"],
    ),
    (
        "Đội tuyển đạt 8 huy chương vàng, 12 huy chương bạc, 15 huy chương đồng; tổng cộng 35 huy chương.",
        &["sum | 35 huy chương | ok"],
    ),
    (
        "Tổng vốn được giao là 1.245,6 tỷ đồng. Trong đó, vốn ngân sách trung ương 845,2 tỷ đồng; vốn ngân sách \
         địa phương 400,4 tỷ đồng.",
        &["sum | 1.245,6 tỷ đồng | ok"],
    ),
    (
        "Ban chỉ đạo có 15 thành viên, gồm 01 trưởng ban, 02 phó trưởng ban và 12 ủy viên.",
        &["sum | 15 thành viên | ok"],
    ),
    (
        "Tổng số 246 nhiệm vụ, đã hoàn thành 180 nhiệm vụ (trong đó đúng hạn 171 nhiệm vụ, quá hạn 9 nhiệm vụ), \
         đang thực hiện 66 nhiệm vụ.",
        &["sum | 246 nhiệm vụ | ok"],
    ),
    (
        "Huyện trồng mới 640 ha rừng, gồm 500 ha rừng sản xuất (quế 320 ha, bồ đề 180 ha) và 140 ha rừng phòng hộ.",
        &["sum | 640 ha | ok"],
    ),
    // Planted.
    (
        "Năm 2025, Quỹ hỗ trợ 1.672 lượt hộ, chia ra: 1.250 lượt hộ vay mới, 308 lượt hộ vay bổ sung và 42 lượt \
         hộ gia hạn.",
        &["sum | 1.672 lượt hộ | mismatch | nếu 380 thì khớp"],
    ),
    (
        "Tổng chi ngân sách xã là 8.420 triệu đồng, bao gồm: chi đầu tư 2.150 triệu đồng; chi thường xuyên 5.840 \
         triệu đồng; dự phòng 340 triệu đồng.",
        &["sum | 8.420 triệu đồng | mismatch"],
    ),
    (
        "Cơ cấu đội ngũ gồm 326 giáo viên: 198 giáo viên tiểu học (60,7%) và 182 giáo viên trung học cơ sở (39,3%).",
        &["sum | 326 giáo viên | mismatch", "share | 39,3% | mismatch"],
    ),
    (
        "Đến 30/9, đã tiếp nhận 4.812 hồ sơ. Trong đó, giải quyết đúng hạn 4.655 hồ sơ, quá hạn 61 hồ sơ, đang \
         giải quyết trong hạn 69 hồ sơ.",
        &["sum | 4.812 hồ sơ | mismatch"],
    ),
    (
        "Trạm có 42 máy bơm, 18 máy phát và 9 máy nén, tổng cộng 96 máy.",
        &["sum | 96 máy | mismatch | nếu 69 thì khớp"],
    ),
    // Not enough.
    (
        "Toàn tỉnh có 512 sản phẩm OCOP, trong đó có 12 sản phẩm 5 sao tiềm năng, 96 sản phẩm 4 sao.",
        &["sum | 512 sản phẩm | insufficient"],
    ),
    ("Xã có 870 hộ, cụ thể: 120 hộ nghèo, 96 hộ cận nghèo.", &["sum | 870 hộ | insufficient"]),
    (
        "Hội nghị có hơn 300 đại biểu, gồm 210 đại biểu tại điểm cầu chính và 105 đại biểu tại các điểm cầu xã.",
        &["sum | 300 đại biểu | ok"],
    ),
    // Traps.
    (
        "Tổng số 246 nhiệm vụ, đã hoàn thành 180 nhiệm vụ, trong đó đúng hạn 171 nhiệm vụ, quá hạn 9 nhiệm vụ; \
         đang thực hiện 66 nhiệm vụ.",
        &["sum | 246 nhiệm vụ | ok"],
    ),
    ("Đoàn công tác làm việc tại 3 xã gồm 45 thôn và 2.300 hộ.", &[]),
    (
        "Xã xây mới 13 công trình, gồm 8 công trình thủy lợi, 4 công trình nước sạch và một công trình điện.",
        &[],
    ),
    ("Ban tổ chức trao 60 giải, gồm 1 giải Nhất, 5 giải Nhì, còn lại là giải Ba và giải Khuyến khích.", &[]),
    ("Toàn xã có 1.250 hộ, gồm 320 hộ người Mông, 410 hộ người Dao và các hộ dân tộc khác.", &[]),
    (
        "Thu ngân sách đạt 500 tỷ đồng, bằng 98% dự toán 510 tỷ đồng, gồm thu nội địa 380 tỷ đồng và thu xuất nhập \
         khẩu 120 tỷ đồng.",
        &["sum | 500 tỷ đồng | ok"],
    ),
    ("Hợp tác xã du lịch cộng đồng 12 hộ tham gia, năm trước có 5 hộ và 4 hộ đăng ký.", &[]),
    ("Tỉnh có 99 xã, phường, gồm 88 xã và 11 phường.", &["sum | 99 xã, phường | ok"]),
    ("Năm 2025, tỉnh có 120 xã, phường, bao gồm 99 xã, phường mới thành lập như 10 phường và 89 xã.", &[]),
    (
        "Năm 2025, Sở tiếp nhận 12.480 hồ sơ (trực tuyến 10.236 hồ sơ; trực tiếp 2.244 hồ sơ); đã giải quyết 12.101 hồ sơ, đang giải quyết 379 hồ sơ.",
        &["sum | 12.480 hồ sơ | ok"],
    ),
    (
        "Toàn tỉnh có 10 đơn vị đạt loại tốt, 24 đơn vị đạt loại khá và 5 đơn vị xếp loại trung bình; tổng cộng 49 đơn vị được đánh giá.",
        &["sum | 49 đơn vị | mismatch | nếu 39 thì khớp"],
    ),
    (
        "Tỉnh có 99 đơn vị hành chính cấp xã gồm 98 xã, 10 phường.",
        &["sum | 99 đơn vị hành chính | mismatch | nếu 89 thì khớp"],
    ),
    (
        "Lực lượng tham gia gồm 45 cán bộ chiến sĩ công an, 30 dân quân và 25 đoàn viên thanh niên, tổng cộng 110 người.",
        &["sum | 110 người | mismatch"],
    ),
    (
        "Tổng số 3.420 hồ sơ; số hồ sơ đã giải quyết 3.301 hồ sơ (trước hạn 2.950 hồ sơ, đúng hạn 340 hồ sơ, quá hạn 11 hồ sơ); số hồ sơ đang giải quyết 119 hồ sơ.",
        &["sum | 3.301 hồ sơ | ok"],
    ),
    (
        "Toàn tỉnh có 1.250 trường hợp vi phạm, trong đó vi phạm tốc độ 420 trường hợp, nồng độ cồn 515 trường hợp, không đội mũ bảo hiểm 380 trường hợp.",
        &["sum | 1.250 trường hợp | insufficient"],
    ),
    (
        "Tổng số cán bộ, công chức, viên chức là 2.460 người, trong đó nữ 1.312 người, nam 1.248 người.",
        &["sum | 2.460 người | mismatch"],
    ),
    (
        "Năm 2025, xã hỗ trợ 60 hộ làm nhà, gồm 45 hộ xây mới, mỗi hộ 60 triệu đồng và 15 hộ sửa chữa, mỗi hộ 30 triệu đồng.",
        &["sum | 60 hộ | ok"],
    ),
    (
        "Đảng bộ có 43 chi bộ với 1.120 đảng viên, trong đó 38 chi bộ thôn có 940 đảng viên, 5 chi bộ cơ quan có 180 đảng viên.",
        &["sum | 43 chi bộ | ok", "sum | 1.120 đảng viên | ok"],
    ),
    (
        "Nguồn vốn 5.200 triệu đồng gồm ngân sách nhà nước hỗ trợ 3.500 triệu đồng, nhân dân đóng góp 1.700 triệu đồng, trong đó hiến đất trị giá 600 triệu đồng.",
        &["sum | 5.200 triệu đồng | ok"],
    ),
    (
        "Tổng diện tích cây ăn quả 8.450 ha, gồm: xoài 2.100 ha, nhãn 3.200 ha, mận 2.350 ha và cây khác.",
        &["sum | 8.450 ha | insufficient"],
    ),
    (
        "Tổng diện tích cây ăn quả 8.450 ha, gồm: xoài 2.100 ha, nhãn 3.200 ha, mận 2.530 ha và cây khác 800 ha.",
        &["sum | 8.450 ha | mismatch | 2.350 thay cho 2.530"],
    ),
    (
        "Toàn xã có 1.204 hộ với 5.312 nhân khẩu, gồm 5 dân tộc: Mông 612 hộ, Dao 340 hộ, Tày 125 hộ, Kinh 88 hộ và Giáy 12 hộ.",
        &["sum | 1.204 hộ | mismatch | nếu 152 thì khớp", "list_count | 5 dân tộc | ok"],
    ),
    (
        "Tổng nguồn lực huy động 356 tỷ đồng; ngân sách nhà nước 241 tỷ đồng, chiếm 60,1%; doanh nghiệp 98 tỷ đồng, chiếm 27,5%; nhân dân đóng góp 44 tỷ đồng, chiếm 12,4%.",
        &["sum | 356 tỷ đồng | mismatch | nếu 214 tỷ thì khớp", "share | 60,1% | mismatch"],
    ),
    (
        "Chương trình có tổng kinh phí 12,5 tỷ đồng, gồm: giai đoạn 1 là 4,2 tỷ đồng (năm 2025), giai đoạn 2 là 8,3 tỷ đồng (năm 2026 là 5 tỷ đồng, năm 2027 là 3,3 tỷ đồng).",
        &["sum | 12,5 tỷ đồng | ok", "sum | 8,3 tỷ đồng | ok"],
    ),
    (
        "GRDP tăng 8,35%, trong đó khu vực nông, lâm nghiệp đóng góp 0,92 điểm %; công nghiệp, xây dựng đóng góp 4,11 điểm %; dịch vụ đóng góp 3,02 điểm %; thuế sản phẩm đóng góp 0,30 điểm %.",
        &["sum | 8,35% | ok"],
    ),
    (
        "Đến nay, có 8 dự án hoàn thành, 5 dự án đang thi công, 3 dự án chưa khởi công trong tổng số 18 dự án.",
        &["sum | 18 dự án | mismatch | nếu 16 thì khớp"],
    ),
    (
        "Trong số 18 dự án trọng điểm, 8 dự án đã hoàn thành, 5 dự án đang thi công, 3 dự án chưa khởi công.",
        &["sum | 18 dự án | mismatch"],
    ),
    (
        "Toàn tỉnh có 184 trường mầm non, 201 trường tiểu học, 190 trường trung học cơ sở, 36 trường trung học phổ thông. Tổng số 611 trường, giảm 12 trường so với năm học trước.",
        &["sum | 611 trường | ok", "difference | 12 trường | insufficient"],
    ),
    (
        "Trong 3 ngày, giải có 12 đội với 180 vận động viên, gồm 8 đội nam và 5 đội nữ.",
        &["sum | 12 đội | mismatch"],
    ),
    (
        "Trong tổng số 186 dự án đang triển khai, có 112 dự án bảo đảm tiến độ, 51 dự án chậm tiến độ dưới 3 tháng, 23 dự án chậm tiến độ trên 3 tháng.",
        &["sum | 186 dự án | ok"],
    ),
    (
        "Toàn tỉnh có 1.024 nhà văn hóa, trong đó 812 nhà văn hóa đạt chuẩn, 221 nhà văn hóa chưa đạt chuẩn.",
        &["sum | 1.024 nhà văn hóa | mismatch | nếu 212 thì khớp"],
    ),
    (
        "Thu nội địa năm 2025 đạt 18.572 tỷ đồng. Trong thu nội địa, thu tiền sử dụng đất đạt 5.314 tỷ đồng, thu thuế thu nhập cá nhân 742 tỷ đồng.",
        &["sum | 18.572 tỷ đồng | insufficient"],
    ),
    (
        "Trong tháng, Công an tỉnh phát hiện 45 vụ, 52 đối tượng; khởi tố 41 vụ, 47 bị can; xử lý hành chính 4 vụ, 5 đối tượng.",
        &[],
    ),
    (
        "Khảo sát 500 người dân cho thấy 412 người hài lòng, chiếm 82,4%; 63 người bình thường, chiếm 12,6%; 52 người không hài lòng, chiếm 5%.",
        &["sum | 500 người dân | mismatch | 25 thay cho 52", "share | 5% | mismatch"],
    ),
    (
        "Trong số hồ sơ đang giải quyết gồm 2.640 hồ sơ, có 2.500 hồ sơ chưa đến hạn và 140 hồ sơ đã quá hạn.",
        &["sum | 2.640 hồ sơ | ok"],
    ),
    (
        "Tổng chi ngân sách là 8.530 tỷ đồng. Trong đó: chi đầu tư 1.590 tỷ đồng, đạt 119%; chi thường xuyên 3.900 tỷ đồng, đạt 59,4%.",
        &["sum | 8.530 tỷ đồng | insufficient"],
    ),
    (
        "Xã có 4.120 hộ. Trong đó: hộ nghèo: 356 hộ; hộ cận nghèo: 278 hộ.\n\nVề các thôn vùng cao: hộ nghèo: 311 hộ; hộ cận nghèo: 238 hộ.",
        &["sum | 4.120 hộ | insufficient"],
    ),
    (
        "Tổng dư nợ là 24.600 tỷ đồng; so với đầu năm tăng 2.375 tỷ đồng, cụ thể như sau:\n+ Dư nợ của các ngân hàng thương mại là 21.000 tỷ đồng; so với đầu năm tăng 2.013 tỷ đồng.\n+ Dư nợ của Ngân hàng Chính sách xã hội là 3.600 tỷ đồng; so với đầu năm tăng 362 tỷ đồng.",
        &["sum | 24.600 tỷ đồng | ok"],
    ),
    (
        "Đã giải quyết 643.272 hồ sơ; trong đó, đúng và trước hạn 635.593 hồ sơ, chiếm tỷ lệ 98,81%; quá hạn 7.677 hồ sơ, chiếm tỷ lệ 1,19%.",
        &["sum | 643.272 hồ sơ | mismatch | nếu 643.270 thì khớp"],
    ),
    (
        "Vốn đăng ký cấp mới là 725,6 triệu USD; vốn đăng ký tăng thêm 492,4 triệu USD, nâng tổng vốn đăng ký cấp mới và tăng thêm lên 1.218 triệu USD.",
        &["sum | 1.218 triệu USD | ok"],
    ),
    (
        "Công an tỉnh vận động đầu thú 487 đối tượng truy nã. Trong số này, có 300 đối tượng bị bắt (có 55 đối tượng truy nã đặc biệt), 184 đối tượng đầu thú và 3 đối tượng bị thanh loại.",
        &["sum | 487 đối tượng | ok"],
    ),
    (
        "Tổng dân số là 1.254.300 người, trong đó nam 628.100 người, nữ 626.200 người; thành thị 312.500 người, nông thôn 941.800 người.",
        &["sum | 1.254.300 người | ok"],
    ),
    (
        "Năm 2025 tuyển dụng 240 giáo viên, gồm 96 giáo viên mầm non, 84 giáo viên tiểu học và 60 giáo viên THCS; riêng môn tiếng Anh tuyển 22 giáo viên, Tin học 18 giáo viên.",
        &["sum | 240 giáo viên | ok"],
    ),
    (
        "Toàn tỉnh phải xây dựng 53 khu tái định cư với 3.870 lô; đến nay 27 khu đã khởi công, 12 khu đang hoàn thiện hồ sơ, 4 khu chưa triển khai.",
        &["sum | 53 khu | mismatch"],
    ),
    (
        "Trung tâm có 12 đơn vị trực thuộc, tiếp nhận 36 viên chức và 14 người lao động hợp đồng, tổng cộng 60 người.",
        &["sum | 60 người | mismatch | nếu 50 thì khớp"],
    ),
    (
        "Chỉ số sản xuất tăng 8,2%; riêng chế biến tăng 9,5%, đóng góp 6,1 điểm % vào mức tăng chung, khai khoáng \
         đóng góp 1,4 điểm %, điện 0,7 điểm %.",
        &["sum | 8,2% | ok"],
    ),
    (
        "Phường Sa Pa có 31.500 thửa đất, đã hoàn thành 29.610 thửa; xã Bắc Hà có 28.600 thửa đất, hoàn thành 18.870 thửa.",
        &[],
    ),
];

#[test]
fn parts_add_up() {
    all_hold(SUMS);
}

/// Numbers without a unit that are no parts of a list.
#[test]
fn a_bare_number_outside_a_list_is_no_claim() {
    let places = mc_reference::gazetteer().expect("places");
    let context =
        mc_claims::Context { date: mc_base::Day::parse_iso("2025-12-20").expect("a day"), places: &places };
    for text in [
        "Xã có 45 đảng viên, sinh năm 1970, chi bộ số 12, tổ 15.",
        "Theo Nghị quyết 57, Chỉ thị 18, xã hoàn thành 30 công trình.",
        "Dự họp có 45 đại biểu; tuổi cao nhất 78, trẻ nhất 29.",
        "Tổng số 45 hộ, tăng 12, trong đó có hộ ở tổ 14, thôn 15.",
    ] {
        let claims = mc_claims::check(text, &context).claims;
        assert_eq!(claims.len(), 1, "{text}: {claims:?}");
    }
}
