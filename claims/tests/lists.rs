//! Lists and ranks in the words of offices.

mod ties;

use ties::{Case, all_hold};

/// As many as are named, and positions.
const LISTS: &[Case] = &[
    (
        "Có bốn nguyên nhân chính là thiếu mặt bằng, giá vật liệu tăng, nhà thầu yếu và mưa kéo dài.",
        &["list_count | bốn nguyên nhân | ok"],
    ),
    (
        "Báo cáo chỉ ra ba thách thức: hạ tầng yếu, thiếu nhân lực, dữ liệu phân tán và kinh phí hạn hẹp.",
        &["list_count | ba thách thức | mismatch | nếu 4 thì khớp"],
    ),
    (
        "Sở được giao lựa chọn 4 bài toán lớn là: cảnh báo lũ quét, cửa khẩu số, y tế từ xa, du lịch số; xong trước \
         ngày 20/12.",
        &["list_count | 4 bài toán | ok"],
    ),
    (
        "Phường Sa Pa thí điểm 3 mô hình là bãi xe số, chợ số và trợ lý ảo; xã Bảo Hà có 2 mô hình gồm lễ hội số và bản \
         đồ số.",
        &["list_count | 3 mô hình | ok", "list_count | 2 mô hình | ok"],
    ),
    ("Mất điện tại ba tổ dân phố 4, 7 và 12.", &["list_count | ba tổ dân phố | ok"]),
    ("Hai khâu yếu nhất là giải phóng mặt bằng và nghiệm thu.", &["list_count | Hai khâu | ok"]),
    (
        "Hội nghị thống nhất bốn giải pháp trọng tâm. Một là, hoàn thiện thể chế. Hai là, phát triển hạ tầng. Ba là, \
         đào tạo nhân lực. Bốn là, bảo đảm vốn.",
        &["list_count | bốn giải pháp | ok"],
    ),
    (
        "Sở đề ra 4 nhiệm vụ: thứ nhất, rà soát văn bản; thứ hai, số hóa hồ sơ; thứ ba, đào tạo cán bộ.",
        &["list_count | 4 nhiệm vụ | mismatch | nếu 3 thì khớp"],
    ),
    (
        "Đề án có 5 nhóm nhiệm vụ, giải pháp gồm: (1) hoàn thiện thể chế; (2) phát triển hạ tầng; (3) đào tạo nhân lực; \
         (4) bảo đảm an toàn.",
        &["list_count | 5 nhóm nhiệm vụ | mismatch | nếu 4 thì khớp"],
    ),
    (
        "Có 3 xã chưa đạt tiêu chí môi trường là Bát Xát, Y Tý, Dền Sáng và Mường Hum.",
        &["list_count | 3 xã | mismatch | nếu 4 thì khớp"],
    ),
    ("Có 5 giải pháp đột phá. Thứ nhất, xã trồng quế. Thứ hai, xã mở rộng chăn nuôi.", &[]),
    ("Xã đề ra 5 giải pháp, trong đó, một là, làm tốt công tác tuyên truyền.", &[]),
    (
        "Kế hoạch xác định 3 trọng điểm là hạ tầng số, dữ liệu số và nhân lực số.",
        &["list_count | 3 trọng điểm | ok"],
    ),
    (
        "Hội nghị thống nhất 5 giải pháp gồm: hoàn thiện thể chế, phát triển hạ tầng, đào tạo nhân lực và bảo đảm \
         an toàn thông tin.",
        &["list_count | 5 giải pháp | mismatch | nếu 4 thì khớp"],
    ),
    (
        "Có 3 sở tham gia gồm: Sở Giáo dục và Đào tạo, Sở Khoa học và Công nghệ, Sở Nông nghiệp và Môi trường.",
        &["list_count | 3 sở | ok"],
    ),
    ("Có 3 sở tham gia gồm Sở Y tế, Sở Nội vụ và Sở Giáo dục và Đào tạo.", &["list_count | 3 sở | ok"]),
    ("Quy trình gồm 3 khâu: tiếp nhận, thẩm định và trả kết quả.", &["list_count | 3 khâu | ok"]),
    ("Quy trình có 3 khâu: tiếp nhận hồ sơ, thẩm định, phê duyệt và trả kết quả.", &[]),
    (
        "Tỉnh ký 6 thỏa thuận hợp tác như: du lịch, giáo dục, thương mại.",
        &["list_count | 6 thỏa thuận | insufficient"],
    ),
    ("Đề án thí điểm tại 4 xã: Bát Xát, Cao Sơn, Y Tý và Mường Hum.", &["list_count | 4 xã | ok"]),
    (
        "Đề án thí điểm tại 5 xã, gồm: xã Bát Xát, xã Cao Sơn, xã Y Tý và xã Mường Hum.",
        &["list_count | 5 xã | mismatch"],
    ),
    ("Có 4 nhóm việc, gồm: hạ tầng, dữ liệu, nhân lực, …", &[]),
    (
        "Tỉnh chọn 4 ngành mũi nhọn được ưu tiên, hỗ trợ, gồm: du lịch núi - nghỉ dưỡng, dược liệu, chế biến quế và \
         kinh tế biên mậu.",
        &["list_count | 4 ngành | ok"],
    ),
    ("Có 6 xã được chọn, mỗi xã làm nhiều việc, gồm: rà soát, số hóa, kiểm tra và bàn giao.", &[]),
    ("Chỉ số xếp thứ 36/34 tỉnh, thành phố.", &["rank | 36 | mismatch"]),
    ("Tỉnh đứng thứ 12 trong số 34 tỉnh, thành phố.", &["rank | 12 | ok"]),
    (
        "Toàn tỉnh hiện có 3 khu công nghiệp gồm Tằng Loỏng, Đông Phố Mới và Bắc Duyên Hải, thu hút 95 dự án.",
        &["list_count | 3 khu công nghiệp | ok"],
    ),
    (
        "Hội nghị có 5 tham luận của các đơn vị: Sở Tài chính, Sở Xây dựng, UBND xã Bảo Thắng, UBND phường Sa Pa và Công an tỉnh.",
        &["list_count | 5 tham luận | ok"],
    ),
    (
        "Hai bên thống nhất 4 nội dung hợp tác: (1) trao đổi thông tin; (2) đào tạo cán bộ; (3) phát triển du lịch; (4) xúc tiến thương mại.",
        &["list_count | 4 nội dung | ok"],
    ),
    (
        "Báo cáo nêu 3 tồn tại sau:\n- Dữ liệu chưa đồng bộ.\n- Nhân lực còn thiếu.\n- Kinh phí bố trí chậm.",
        &["list_count | 3 tồn tại | ok"],
    ),
    ("Đề án gồm 6 nhiệm vụ, 15 giải pháp và 42 nhiệm vụ cụ thể.", &[]),
    ("Hội chợ có 15 gian hàng gồm nông sản, dược liệu và hàng thủ công.", &[]),
    ("Trong đó 12 hộ là hộ nghèo, cận nghèo và mới thoát nghèo.", &[]),
    (
        "Lãnh đạo tỉnh gợi mở 3 vấn đề, đó là nâng cao chất lượng cán bộ, đẩy mạnh phân cấp, phân quyền và siết chặt kỷ luật, kỷ cương.",
        &["list_count | 3 vấn đề | ok"],
    ),
    (
        "Chương trình triển khai 4 đột phá chiến lược là: hoàn thiện thể chế; phát triển nguồn nhân lực; xây dựng kết cấu hạ tầng.",
        &["list_count | 4 đột phá | mismatch | nếu 3 thì khớp"],
    ),
    ("Có 5/9 xã, phường đạt tỷ lệ này dưới 3%, 9/9 xã, phường đạt tỷ lệ dưới 10%.", &[]),
    (
        "Mô hình cửa khẩu số qua 5 bước: khai báo, xác nhận, vào bãi và thông quan, giúp tiết kiệm khoảng 1,2 triệu đồng/xe.",
        &["list_count | 5 bước | mismatch | nếu 4 thì khớp"],
    ),
];

#[test]
fn lists_are_as_long_as_they_say() {
    all_hold(LISTS);
}
