//! Sums, differences, growth, lists and ranks in the words of offices: each with what a careful editor says.

use std::sync::LazyLock;

use mc_base::Day;
use mc_claims::{Checked, Context, Gazetteer, check};

static PLACES: LazyLock<Gazetteer> = LazyLock::new(|| mc_reference::gazetteer().expect("places"));

/// A text, and per tie "kind | stated number | verdict | words of the reason".
type Case = (&'static str, &'static [&'static str]);

/// Parts that add up.
const SUMS: &[Case] = &[
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
        &["sum | 1.672 lượt | mismatch | nếu 380 thì khớp"],
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
    ("Năm 2025, tỉnh có 120 xã, phường, bao gồm 99 xã, phường mới thành lập như 10 phường và 89 xã.", &[]),
];

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
];

/// As many as are named, and positions.
const LISTS: &[Case] = &[
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
    ("Chỉ số xếp thứ 36/34 tỉnh, thành phố.", &["rank | 36 | mismatch"]),
    ("Tỉnh đứng thứ 12 trong số 34 tỉnh, thành phố.", &["rank | 12 | ok"]),
];

fn lines(checked: &Checked) -> Vec<String> {
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let line = |relation: &mc_claims::Relation| {
        let stated = relation.claims.first().map(|at| checked.claims[*at].text.as_str()).unwrap_or_default();
        let kind = word(serde_json::to_value(relation.kind).expect("a kind"));
        let verdict = word(serde_json::to_value(relation.verdict).expect("a verdict"));
        format!("{kind} | {stated} | {verdict} | {} [{}]", relation.reason, relation.expression)
    };
    checked.relations.iter().map(line).collect()
}

/// What is wrong with a case: a tie that is missing, or a mismatch that nobody planted.
fn faults((text, wanted): &Case) -> Vec<String> {
    let date = Day::parse_iso("2025-12-20").expect("a day");
    let checked = check(text, &Context { date, places: &PLACES });
    let given = lines(&checked);
    let has = |line: &str, wanted: &str| {
        let mut parts = wanted.splitn(4, " | ");
        let head: Vec<&str> = parts.by_ref().take(3).collect();
        line.starts_with(&format!("{} |", head.join(" | ")))
            && parts.next().is_none_or(|reason| line.contains(reason))
    };
    let missing = wanted.iter().filter(|wanted| !given.iter().any(|line| has(line, wanted)));
    let mut faults: Vec<String> = missing.map(|wanted| format!("{text}\n    – {wanted}")).collect();
    let planted = |line: &String| wanted.iter().any(|wanted| has(line, wanted));
    let alarms = given.iter().filter(|line| line.contains("| mismatch |") && !planted(line));
    faults.extend(alarms.map(|line| format!("{text}\n    + {line}")));
    if !faults.is_empty() {
        faults.extend(given.iter().map(|line| format!("      {line}")));
    }
    faults
}

fn all_hold(cases: &[Case]) {
    let faults: Vec<String> = cases.iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn parts_add_up() {
    all_hold(SUMS);
}

#[test]
fn changes_lie_between_their_levels() {
    all_hold(CHANGES);
}

#[test]
fn lists_are_as_long_as_they_say() {
    all_hold(LISTS);
}
