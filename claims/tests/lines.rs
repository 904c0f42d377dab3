//! Ties told line by line, in brackets and over paragraphs, as budget reports and bulletins tell them.

mod ties;

use ties::{Case, all_hold};

const BRACKETS: &[Case] = &[
    (
        "Trung tâm tiếp nhận 812 hồ sơ (trực tuyến 785 hồ sơ, đạt 96,7%; trực tiếp 27 hồ sơ).",
        &["sum | 812 hồ sơ | ok", "share | 96,7% | ok"],
    ),
    (
        "Trung tâm tiếp nhận 812 hồ sơ (trực tuyến 785 hồ sơ, trực tiếp 72 hồ sơ).",
        &["sum | 812 hồ sơ | mismatch | nếu 27 thì khớp"],
    ),
    // What the bracket tells may be some of it.
    ("Trung tâm tiếp nhận 812 hồ sơ (đất đai 385 hồ sơ, hộ tịch 72 hồ sơ).", &[]),
    ("Tạm giữ 1.310 phương tiện (ô tô 54 chiếc, mô tô 1.256 chiếc).", &["sum | 1.310 phương tiện | ok"]),
    ("Tạm giữ 1.310 phương tiện (ô tô 45 chiếc, mô tô 1.256 chiếc).", &[]),
    ("Dịch bệnh xuất hiện tại 2 thôn (Séo Tung, Nậm Pẻn).", &["list_count | 2 thôn | ok"]),
    (
        "Còn 31 dự án chậm, nguyên nhân như: thiếu vật liệu (12 dự án), vướng rừng (8 dự án)...",
        &["sum | 31 dự án | insufficient"],
    ),
    (
        "Hải quan làm 1.840 tờ khai: luồng xanh 1.196 tờ khai (65%), luồng vàng 552 tờ khai (30%), luồng đỏ 92 tờ khai (15%).",
        &["sum | 1.840 tờ khai | ok", "share | 15% | mismatch", "shares_to_100 | 65% | mismatch"],
    ),
];

const LINES: &[Case] = &[
    (
        "Tổng chi: 5.075 tỷ đồng, bao gồm:\na) Chi đầu tư: 1.240 tỷ đồng;\nb) Chi thường xuyên: 3.150 tỷ đồng, riêng giáo dục \
         1.410 tỷ đồng;\nc) Dự phòng: 95 tỷ đồng;\nđ) Chi các chương trình, mục tiêu: 590 tỷ đồng.",
        &["sum | 5.075 tỷ đồng | ok"],
    ),
    (
        "Tổng chi: 5.075 tỷ đồng, bao gồm:\na) Chi đầu tư: 1.240 tỷ đồng;\nb) Chi thường xuyên: 3.150 tỷ đồng, riêng giáo dục \
         1.410 tỷ đồng;\nc) Dự phòng: 95 tỷ đồng;\nđ) Chi các chương trình, mục tiêu: 950 tỷ đồng.",
        &["sum | 5.075 tỷ đồng | mismatch | 590 tỷ"],
    ),
    (
        "Ba nhóm chủ đầu tư có kết quả đến ngày 31/10 như sau:\n(i) Ban giao thông: kế hoạch 3.120,5 tỷ đồng; giải ngân \
         2.106,4 tỷ đồng; tỷ lệ 67,5%;\n(ii) Ban dân dụng: kế hoạch 1.275 tỷ đồng; giải ngân 492,3 tỷ đồng; tỷ lệ 36,8%;\n\
         (iii) Sở Y tế: kế hoạch 318,6 tỷ đồng; giải ngân 74,2 tỷ đồng; tỷ lệ 23,3%.\nCộng ba nhóm: giải ngân 2.672,9 tỷ \
         đồng.",
        &[
            "list_count | Ba nhóm | ok",
            "share | 67,5% | ok",
            "share | 36,8% | mismatch | nếu 38,6% thì khớp",
            "sum | 2.672,9 tỷ đồng | ok",
        ],
    ),
    (
        "Toàn tỉnh có 89 xã. Xét theo số tiêu chí:\n- Nhóm đạt 19 tiêu chí: 52 xã;\n- Nhóm đạt từ 15 đến 18 tiêu chí: 16 \
         xã;\n- Nhóm đạt từ 10 đến 14 tiêu chí: 19 xã;\n- Nhóm đạt dưới 10 tiêu chí: 4 xã.",
        &["sum | 89 xã | mismatch"],
    ),
    (
        "- Đến hết quý III có 3.912 trạm. Chia theo doanh nghiệp:\n+ Viettel: 1.540 trạm;\n+ VNPT: 1.214 trạm;\n+ MobiFone: \
         860 trạm;\n+ Vietnamobile: 352 trạm.\n- Số trạm 5G là 214 trạm, chiếm 5,5% tổng số trạm.",
        &["sum | 3.912 trạm | mismatch | nếu 806 thì khớp"],
    ),
];

const PARAGRAPHS: &[Case] = &[
    (
        "2. Tổng thu ngân sách địa phương: 13.642.500 triệu đồng.\n3. Tổng chi ngân sách địa phương: 13.705.000 triệu đồng.\n4. \
         Bội chi (tổng chi trừ tổng thu): 62.500 triệu đồng.",
        &["difference | 62.500 triệu đồng | ok"],
    ),
    (
        "2. Tổng thu ngân sách địa phương: 13.642.500 triệu đồng.\n3. Tổng chi ngân sách địa phương: 13.705.000 triệu đồng.\n4. \
         Bội chi (tổng chi trừ tổng thu): 65.200 triệu đồng.",
        &["difference | 65.200 triệu đồng | mismatch | nếu 62.500 triệu thì khớp"],
    ),
    (
        "Thu được hưởng 2.726,3 tỷ đồng; thu bổ sung từ ngân sách trung ương 10.904,7 tỷ đồng. Thu bổ sung chia ra: bổ sung cân \
         đối 8.351,2 tỷ đồng, bổ sung có mục tiêu 2.589,5 tỷ đồng.",
        &["sum | 10.904,7 tỷ đồng | mismatch"],
    ),
    (
        "Xét theo nguồn, trong 15.486 tỷ đồng đã giao, vốn trung ương là 6.274 tỷ đồng, chiếm 40,5%; vốn địa phương là 7.938 tỷ \
         đồng, chiếm 51,3%; vốn chương trình là 1.274 tỷ đồng, chiếm 8,2%.",
        &["share | 40,5% | ok", "share | 51,3% | ok", "share | 8,2% | ok"],
    ),
    (
        "Lũy kế đến ngày 31/10 giải ngân 5.623,7 tỷ đồng, đạt 57% kế hoạch 9.864,3 tỷ đồng. Số vốn còn phải giải ngân là 4.204,6 \
         tỷ đồng.",
        &["difference | 4.204,6 tỷ đồng | mismatch | nếu 4.240,6 tỷ thì khớp"],
    ),
    (
        "Đã cắt giảm 214,5 tỷ đồng của 6 dự án, tương đương 2,2% tổng kế hoạch (9.864,3 tỷ đồng).",
        &["share | 2,2% | ok"],
    ),
    (
        "Sản phẩm trên địa bàn tăng 10,12%, đứng thứ 5/34 tỉnh, thành phố. Trong mức tăng chung, nông nghiệp đóng góp 0,62 điểm %; \
         công nghiệp 5,94 điểm %; dịch vụ 3,01 điểm %; thuế sản phẩm 0,55 điểm %.",
        &["sum | 10,12% | ok"],
    ),
    (
        "Trong 46 chủ đầu tư, 29 chủ đầu tư đạt trên mức chung, 11 chủ đầu tư ở mức từ 50% đến 72% và 8 chủ đầu tư dưới 50%.",
        &["sum | 46 chủ đầu tư | mismatch"],
    ),
    // What is in trouble may be so in two ways.
    ("Trong 46 dự án, 29 dự án chậm, 11 dự án vướng mặt bằng và 8 dự án thiếu vốn.", &[]),
];

const AROUND: &[Case] = &[
    (
        "Toàn tỉnh xảy ra 163 vụ tai nạn, làm chết 74 người, bị thương 121 người. So với cùng kỳ, giảm 41 vụ (20,1%), giảm 12 \
         người chết (14,0%), giảm 28 người bị thương (18,8%).",
        &["growth | 20,1% | ok", "growth | 14,0% | ok", "growth | 18,8% | ok"],
    ),
    (
        "Toàn tỉnh xảy ra 163 vụ tai nạn, làm chết 74 người, bị thương 121 người. So với cùng kỳ, giảm 41 vụ (26,1%), giảm 12 \
         người chết (14,0%), giảm 28 người bị thương (11,8%).",
        &["growth | 26,1% | mismatch", "growth | 14,0% | ok", "growth | 11,8% | mismatch"],
    ),
    // Of two levels nothing says which has changed.
    ("Xảy ra 163 vụ tai nạn, 58 vụ cháy. So với cùng kỳ, giảm 41 vụ (26,1%).", &[]),
    ("Diện tích phải thu hồi là 1.246 ha. Đến nay đã bàn giao 931,4 ha, đạt 74,8%.", &["share | 74,8% | ok"]),
    ("Diện tích phải thu hồi là 1.246 ha. Đã bàn giao 931,4 ha, đạt 78,8%.", &["share | 78,8% | mismatch"]),
    // Another whole may be meant.
    ("Xã có 1.246 ha lúa, vụ xuân gieo 1.100 ha. Đã thu hoạch 931,4 ha, đạt 80,8%.", &[]),
    (
        "Tỉnh được giao 11.840 tỷ đồng kế hoạch vốn, gồm vốn trung ương 4.620 tỷ đồng và vốn địa phương 7.220 tỷ đồng. Đến nay giải \
         ngân 8.146 tỷ đồng, đạt 68,8% kế hoạch.",
        &["sum | 11.840 tỷ đồng | ok", "share | 68,8% | ok"],
    ),
];

#[test]
fn what_alone_is_around_is_meant() {
    all_hold(AROUND);
}

#[test]
fn parts_in_brackets() {
    all_hold(BRACKETS);
}

#[test]
fn lists_are_read_line_by_line() {
    all_hold(LINES);
}

#[test]
fn what_paragraphs_tell_of_each_other() {
    all_hold(PARAGRAPHS);
}
