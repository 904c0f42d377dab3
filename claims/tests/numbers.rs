//! What is a claim and what is none: value, unit and hedge of the numbers of a sentence (definitions 1 to 9).

use mc_base::Day;
use mc_claims::{Checked, Context, Gazetteer, Hedge, check};

fn read(text: &str) -> Checked {
    let date = Day::new(2025, 11, 20).expect("a day");
    check(text, &Context { date, places: &Gazetteer::default() })
}

/// "hedge value unit" of each claim, the hedge only where there is one: "under 2600000 lượt", "3..5 %".
fn claims(text: &str) -> Vec<String> {
    let show = |claim: &mc_claims::Claim| {
        let to = claim.value_to.map_or(String::new(), |to| format!("..{}", to.decimal()));
        let hedge = match claim.hedge {
            Hedge::None => "",
            Hedge::Over => "over ",
            Hedge::Under => "under ",
            Hedge::About => "about ",
            Hedge::AtLeast => "atleast ",
            Hedge::AtMost => "atmost ",
        };
        format!("{hedge}{}{to} {}", claim.value.decimal(), claim.unit)
    };
    read(text).claims.iter().map(show).collect()
}

fn faults(cases: &[(&str, &[&str])]) -> String {
    let wrong = |(text, wanted): &&(&str, &[&str])| claims(text) != *wanted;
    let line = |(text, wanted): &(&str, &[&str])| {
        format!("{text}\n  wanted {wanted:?}\n  found  {:?}\n", claims(text))
    };
    cases.iter().filter(wrong).map(line).collect()
}

#[test]
fn numbers_of_things_are_claims() {
    let cases: &[(&str, &[&str])] = &[
        ("Xã có 38 thôn với 4.215 hộ.", &["38 thôn", "4215 hộ"]),
        ("Phường lắp 06 camera ở các ngã tư.", &["6 camera"]),
        ("Cả nước có 34 tỉnh, thành phố.", &["34 tỉnh"]),
        ("Xã hỗ trợ 42 căn xây mới, 17 căn sửa chữa.", &["42 căn", "17 căn"]),
        ("Công an thu giữ 3.150 viên ma túy tổng hợp.", &["3150 viên"]),
        ("Toàn xã có 14 xưởng bóc gỗ và 26 nhân viên.", &["14 xưởng", "26 nhân viên"]),
        ("Cửa khẩu làm thủ tục cho 1.240 lượt phương tiện.", &["1240 lượt phương tiện"]),
        ("Mưa lũ chia cắt 17 thôn, bản và 4 tổ dân phố.", &["17 thôn", "4 tổ dân phố"]),
        ("Trên quốc lộ xảy ra 21 vụ tai nạn giao thông.", &["21 vụ"]),
        ("Tỉnh đón hơn 2,6 triệu lượt khách.", &["over 2600000 lượt khách"]),
        ("Tổng thu đạt 574 tỷ đồng.", &["574000000000 đồng"]),
        ("Ba chục hộ nuôi cá thu hai tỷ rưỡi đồng, hàng chục hộ trồng quế.", &["30 hộ", "2500000000 đồng"]),
        ("Vốn đăng ký 1,25 tỷ USD.", &["1250000000 USD"]),
        ("Tỷ lệ giải ngân đạt 64,3%.", &["64.3 %"]),
        ("Lãi suất giảm 0,5 điểm phần trăm.", &["0.5 điểm %"]),
        ("Tỉnh xếp thứ 9 về cải cách hành chính.", &["9 hạng"]),
        ("Thu nhập đạt 52 triệu đồng/người/năm.", &["52000000 đồng/người/năm"]),
        ("Toàn huyện có 41 máy/100 hộ.", &["41 máy/100 hộ"]),
        (
            "Thời gian cấp phép giảm từ 25 ngày làm việc xuống 9 ngày làm việc.",
            &["25 ngày làm việc", "9 ngày làm việc"],
        ),
        ("Doanh thu tăng gấp 3 lần.", &["3 lần"]),
        ("Sản lượng gấp hai lần năm trước.", &["2 lần"]),
        ("Mỗi tuần có ba chuyến/tuần đi Hà Nội.", &["3 chuyến/tuần"]),
        ("Hộ nghèo giảm 3–5% mỗi năm.", &["3..5 %"]),
        ("Thời gian xử lý từ 20 đến 25 ngày.", &["20..25 ngày"]),
        ("Xã dựng sáu chốt kiểm soát.", &["6 chốt"]),
        ("Có mười lăm hộ phải di dời.", &["15 hộ"]),
        ("Diện tích trồng mới là hai phẩy năm nghìn ha.", &["2500 ha"]),
        ("Ba mươi tám nghìn cây quế được trồng.", &["38000 cây quế"]),
        ("Đến 30/11 giải ngân 6.144 tỷ đồng.", &["6144000000000 đồng"]),
        ("Đến 15/10 tổ chức hội nghị với 120 đại biểu.", &["120 đại biểu"]),
    ];
    assert_eq!(faults(cases), "");
}

#[test]
fn a_fraction_is_a_pair_a_share_or_a_day() {
    let cases: &[(&str, &[&str])] = &[
        ("Đã có 96/99 xã, phường hoàn thành.", &["96 xã", "99 xã"]),
        ("Đã giải ngân 2.915/4.630 tỷ đồng.", &["2915000000000 đồng", "4630000000000 đồng"]),
        ("Khoảng 2/3 số thôn có cáp quang.", &["about 66.67 %"]),
        ("Gần một phần ba số thôn chưa có sóng.", &["under 33.33 %"]),
        ("Ba phần tư diện tích đã được đo đạc.", &["about 75 %"]),
        ("Tỉnh mới bố trí 1/4 phần trách nhiệm.", &["about 25 %"]),
        ("Ngày 17/11 họp với 12 sở.", &["12 sở"]),
        ("Báo cáo 15/BC-STC nêu 12 tồn tại.", &["12 tồn tại"]),
    ];
    assert_eq!(faults(cases), "");
}

#[test]
fn the_nearest_hedge_wins() {
    let cases: &[(&str, &[&str])] = &[
        ("Ước đạt trên 1.200 tấn.", &["over 1200 tấn"]),
        ("Có gần 500 hộ và khoảng 2.000 người.", &["under 500 hộ", "about 2000 người"]),
        ("Hỗ trợ tối đa 40 triệu đồng/hộ.", &["atmost 40000000 đồng/hộ"]),
        ("Phải trồng ít nhất 300 ha.", &["atleast 300 ha"]),
        ("Thời gian xử lý không quá 3 ngày.", &["atmost 3 ngày"]),
    ];
    assert_eq!(faults(cases), "");
}

#[test]
fn names_days_and_papers_claim_nothing() {
    for text in [
        "Họp lúc 8 giờ 30 phút ngày 17/11/2025.",
        "Trực 24/24 giờ, tiếp dân 24/7.",
        "Nghị định 13/2023/NĐ-CP, khoản 2 Điều 12.",
        "Đây là lần thứ hai trong quý II của khóa XIV.",
        "Phủ sóng 5G dọc Quốc lộ 4D.",
        "Mô hình chính quyền 2 cấp và công nghiệp 4.0.",
        "Gọi đường dây nóng 0214.3820.820.",
        "Kỷ niệm 80 năm Quốc khánh.",
        "Hàng trăm hộ, nhiều thôn, vài chục xe.",
        "Khu dân cư số 3 tổ chức ngày hội.",
        "Tiểu dự án 2 thuộc Dự án 3 tiếp tục được thực hiện.",
        "Sản phẩm đạt hạng 4 sao.",
        "Một xã đã xong.",
        "Chương trình giai đoạn 2021–2025.",
        "Trạm đo ở tọa độ 22°29'N.",
        "Các năm 2023, 2024 lần lượt tăng.",
    ] {
        assert_eq!(claims(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_is_measured_is_the_phrase_as_written() {
    let text = "Tổng thu ngân sách 10 tháng ước đạt 12.480 tỷ đồng, bằng 138,7% dự toán Trung ương giao và tăng 31%; trong \
                đó, thu nội địa 3.120 tỷ đồng. Thời gian cấp phép giảm từ 30 ngày xuống còn 21 ngày.";
    let found = read(text);
    let measures: Vec<&str> = found.claims.iter().map(|claim| claim.measures.phrase.as_str()).collect();
    let (all, time) = ("tổng thu ngân sách 10 tháng", "thời gian cấp phép");
    assert_eq!(measures, [all, all, all, "thu nội địa", time, time]);
    let fact = |at: usize| found.claims[at].modality;
    assert_ne!(fact(2), mc_claims::Modality::Target, "the plan is what the percentage before is of");
}
