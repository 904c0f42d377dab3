//! When a claim is: expressions of time in sentences of offices, and which claims they reach.

use mc_base::Day;
use mc_claims::{Context, Gazetteer, check};

/// The times of the claims of a text of 20/11/2025, "–" for none: "2025-01-01..2025-10-31", "..2025-11-20".
fn times(text: &str) -> Vec<String> {
    let date = Day::new(2025, 11, 20).expect("a day");
    let show = |day: Option<Day>| {
        day.map_or(String::new(), |day| {
            let (year, month, day) = day.ymd();
            format!("{year:04}-{month:02}-{day:02}")
        })
    };
    let checked = check(text, &Context { date, places: &Gazetteer::default() });
    let time = |claim: &mc_claims::Claim| {
        claim.time.map_or("–".to_owned(), |time| format!("{}..{}", show(time.from), show(time.to)))
    };
    checked.claims.iter().map(time).collect()
}

#[test]
fn periods_and_days_are_closed_intervals() {
    let year = "2025-01-01..2025-12-31";
    let cases = [
        ("9 tháng đầu năm, xã tiếp nhận 512 hồ sơ.", "2025-01-01..2025-09-30"),
        ("Trong 10 tháng, xã tiếp nhận 512 hồ sơ.", "2025-01-01..2025-10-31"),
        ("6 tháng đầu năm 2024, xã tiếp nhận 512 hồ sơ.", "2024-01-01..2024-06-30"),
        ("Quý III, xã tiếp nhận 512 hồ sơ.", "2025-07-01..2025-09-30"),
        ("Quý IV năm 2024, xã tiếp nhận 512 hồ sơ.", "2024-10-01..2024-12-31"),
        ("Năm 2025, xã tiếp nhận 512 hồ sơ.", year),
        ("Giai đoạn 2021–2025, xã tiếp nhận 512 hồ sơ.", "2021-01-01..2025-12-31"),
        ("Từ đầu năm đến hết tháng 10, xã tiếp nhận 512 hồ sơ.", "2025-01-01..2025-10-31"),
        ("Từ ngày 01/7/2025 đến ngày 30/9/2025, xã tiếp nhận 512 hồ sơ.", "2025-07-01..2025-09-30"),
        ("Trong tháng 10, xã tiếp nhận 512 hồ sơ.", "2025-10-01..2025-10-31"),
        ("Cuối tháng 10/2025, xã có 512 hộ dùng nước sạch.", "..2025-10-31"),
        ("Đến hết ngày 31/10, xã có 512 hộ dùng nước sạch.", "..2025-10-31"),
        ("Tính đến 8h ngày 3/9, xã có 512 hộ bị ngập.", "..2025-09-03"),
        ("Đến thời điểm này, xã có 512 hộ dùng nước sạch.", "..2025-11-20"),
        ("Xã hiện có 512 hộ dùng nước sạch.", "..2025-11-20"),
        ("Nay xã có 512 hộ dùng nước sạch.", "..2025-11-20"),
        ("Phấn đấu đến năm 2030 có 512 hộ dùng nước sạch.", "..2030-12-31"),
        ("Trước ngày 01/7/2025, huyện có 512 hộ nghèo.", "..2025-06-30"),
    ];
    for (text, time) in cases {
        assert_eq!(times(text), [time], "{text}");
    }
}

#[test]
fn what_names_a_paper_a_meeting_or_a_term_is_no_time_of_a_claim() {
    for text in [
        "Xã có 512 hộ dùng nước sạch.",
        "Theo Công văn số 118/UBND-VX ngày 12/8/2025, xã có 512 hộ dùng nước sạch.",
        "Tại phiên họp ngày 06/11, thường trực nghe xã báo cáo có 512 hộ dùng nước sạch.",
        "Năm học 2025 - 2026, trường có 512 học sinh.",
        "Nhiệm kỳ 2021 - 2026, hội đồng nhân dân thông qua 512 nghị quyết.",
        "Trước đây xã có 512 hộ thiếu nước.",
        "Thiết bị cấp từ năm 2009 đã hỏng, có 512 máy phải thay.",
        "Sở chủ trì, trước ngày 10/12/2025 trình kế hoạch cấp nước cho 512 hộ.",
    ] {
        assert_eq!(times(text), ["–"], "{text}");
    }
}

#[test]
fn a_base_is_of_its_own_time_and_a_change_of_its_level() {
    let (ten, before) = ("2025-01-01..2025-10-31", "2024-01-01..2024-10-31");
    let cases: [(&str, &[&str]); 7] = [
        (
            "Trong 10 tháng, cảng xếp dỡ 5.120 tấn, tăng 28% so với cùng kỳ năm trước (4.000 tấn).",
            &[ten, ten, before],
        ),
        (
            "Quý III, cửa khẩu thu 900 tỷ đồng, gấp 1,5 lần quý II (600 tỷ đồng).",
            &["2025-07-01..2025-09-30", "2025-07-01..2025-09-30", "2025-04-01..2025-06-30"],
        ),
        (
            "Trong 10 tháng, xã thu 42 tỷ đồng, đạt 84% kế hoạch năm 2025 (50 tỷ đồng).",
            &[ten, ten, "2025-01-01..2025-12-31"],
        ),
        (
            "Tỷ lệ bao phủ đạt 61% tính đến 30/9, tăng 4 điểm % so với cuối năm 2024 (57%).",
            &["..2025-09-30", "..2025-09-30", "..2024-12-31"],
        ),
        ("Phấn đấu năm 2026 rút thời gian chờ từ 12 ngày xuống 7 ngày.", &["–", "2026-01-01..2026-12-31"]),
        (
            "Mục tiêu đến năm 2030 đạt 70%; hiện đạt 43%, thấp hơn 27 điểm %.",
            &["..2030-12-31", "..2025-11-20", "..2025-11-20"],
        ),
        (
            "Tỷ lệ là 40% năm 2023, lên 55% năm 2024, tăng 15 điểm %.",
            &["2023-01-01..2023-12-31", "2024-01-01..2024-12-31", "–"],
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(times(text), wanted, "{text}");
    }
}

#[test]
fn a_time_reaches_the_later_sentences_of_its_paragraph() {
    let nine = "2025-01-01..2025-09-30";
    let now = "..2025-11-20";
    let cases: [(&str, &[&str]); 11] = [
        ("9 tháng, xã tiếp nhận 512 hồ sơ. Có 90% được trả sớm.", &[nine, "–"]),
        ("9 tháng, xã tiếp nhận 512 hồ sơ. Tỷ lệ trả sớm đạt 90%.", &[nine, nine]),
        ("9 tháng, xã tiếp nhận 512 hồ sơ. Mỗi hồ sơ mất bình quân 3 ngày.", &[nine, "–"]),
        ("9 tháng, xã tiếp nhận 512 hồ sơ.\nTỷ lệ trả sớm đạt 90%.", &[nine, "–"]),
        (
            "9 tháng, xã tiếp nhận 512 hồ sơ. Bà Mẩy nói: “Nhà tôi có 4 sào ruộng, mỗi vụ đủ ăn”.",
            &[nine, "–"],
        ),
        ("Hiện xã có 38 thôn. Số thôn có cáp quang là 30 thôn.", &[now, now]),
        ("Đến hết năm 2026, xã phấn đấu trồng 40 ha chè. Xã giao 8 tổ giúp dân.", &["..2026-12-31", "–"]),
        (
            "10 tháng, xuất khẩu đạt 52 triệu USD. Cùng kỳ là 40 triệu USD.",
            &["2025-01-01..2025-10-31", "2024-01-01..2024-10-31"],
        ),
        ("9 tháng, xã tiếp nhận 512 hồ sơ. Trong đó, 400 hồ sơ nộp trực tuyến.", &[nine, nine]),
        ("9 tháng, xã tiếp nhận 512 hồ sơ. Toàn xã có 38 thôn.", &[nine, "–"]),
        (
            "9 tháng, xã chi 120 tỷ đồng. Cụ thể gồm:\n- Chi đầu tư: 50 tỷ đồng.\n- Chi khác: 70 tỷ đồng.",
            &[nine, nine, nine],
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(times(text), wanted, "{text}");
    }
}

#[test]
fn a_numbered_heading_names_the_period_of_what_stands_under_it() {
    let year = |year: i16| format!("{year}-01-01..{year}-12-31");
    let text = "A. THỰC HIỆN NĂM 2025\n1. Thu ngân sách\nThu nội địa đạt 512 tỷ đồng.\nB. DỰ TOÁN NĂM 2026\nThu nội địa 600 tỷ đồng.";
    assert_eq!(times(text), [year(2025), year(2026)]);
    let articles = "Điều 1. Dự toán ngân sách năm 2026\n1. Tổng thu: 512 tỷ đồng.\nĐiều 2. Tổ chức thực hiện\nGiao 99 xã thực hiện.";
    assert_eq!(times(articles), [year(2026), "–".to_owned()]);
    // Without a number, or with two periods, it names none.
    assert_eq!(times("BÁO CÁO KẾT QUẢ NĂM 2025\nXã có 512 hộ dùng nước sạch."), ["–"]);
    assert_eq!(times("I. KẾT QUẢ THÁNG 10, NHIỆM VỤ THÁNG 11\nXã có 512 hộ dùng nước sạch."), ["–"]);
    assert_eq!(times("II. NHIỆM VỤ THÁNG 12\nMở 12 lớp bồi dưỡng."), ["2025-12-01..2025-12-31"]);
}

#[test]
fn a_report_says_which_month_it_is_of() {
    let text = "BÁO CÁO\nTình hình tháng 11, nhiệm vụ tháng 12\n(Số liệu trong tháng tính từ ngày 15/10 đến ngày 14/11/2025)\nTrong tháng, xã \
                tiếp nhận 512 hồ sơ.";
    assert_eq!(times(text), ["2025-10-15..2025-11-14"]);
    assert_eq!(
        times("Báo cáo quý III năm 2025\nTrong quý, xã tiếp nhận 512 hồ sơ."),
        ["2025-07-01..2025-09-30"]
    );
    assert_eq!(times("Trong kỳ (15/10 - 14/11/2025) xảy ra 38 vụ."), ["2025-10-15..2025-11-14"]);
}

#[test]
fn money_is_cumulated_over_its_year_and_what_is_ahead_ends_with_it() {
    for (text, time) in [
        ("Lũy kế đến ngày 31/10, xã giải ngân 512 tỷ đồng.", "2025-01-01..2025-10-31"),
        ("Lũy kế đến ngày 31/10, tỉnh có 512 dự án còn hiệu lực.", "..2025-10-31"),
        ("Từ nay đến cuối năm, xã phải giải ngân 512 tỷ đồng.", "2025-11-20..2025-12-31"),
        ("Trong hai tháng cuối năm, xã phải giải ngân 512 tỷ đồng.", "2025-11-01..2025-12-31"),
        ("6 tháng cuối năm, xã phải giải ngân 512 tỷ đồng.", "2025-07-01..2025-12-31"),
        ("Tính đến đầu tháng 9, xã thiếu 512 giáo viên.", "..2025-09-01"),
    ] {
        assert_eq!(times(text), [time], "{text}");
    }
}

#[test]
fn a_plan_is_of_its_year_and_money_of_what_it_is_cumulated_over() {
    let text = "Lũy kế đến hết ngày 31/10/2025 giải ngân 512 tỷ đồng.\nĐến ngày 31/10, xã giải ngân 12 tỷ đồng, còn nợ 3 tỷ đồng.";
    let cumulated = "2025-01-01..2025-10-31";
    assert_eq!(times(text), [cumulated, cumulated, "..2025-10-31"]);
    let lines =
        "Kết quả đến ngày 31/10 như sau:\n- Ban giao thông: kế hoạch 512 tỷ đồng; giải ngân 212 tỷ đồng.";
    assert_eq!(times(lines), ["2025-01-01..2025-12-31", "..2025-10-31"]);
}
