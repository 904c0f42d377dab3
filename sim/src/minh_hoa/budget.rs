//! Budget lines, what was allocated, adjusted, committed and disbursed, and the local budget by all three
//! bases.

use mc_base::Day;

use crate::chance::Chance;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{Fields, agency, at, code, codes, d25, day, int, later, on, place, text, to};

const MILLION: i64 = 1_000_000;
const BILLION: i64 = 1_000 * MILLION;

/// Title, stem or position of a commune, nature, tag, allocated in tỷ đồng, adjusted in tỷ đồng, percent
/// spent by October.
type Line = (&'static str, Spender, &'static str, &'static str, i64, i64, i64);

#[derive(Clone, Copy)]
enum Spender {
    Office(&'static str),
    Commune(usize),
}
use Spender::{Commune, Office};

const LINES: [Line; 16] = [
    ("Trung tâm dữ liệu tỉnh", Office("so-khcn"), "investment", "digital", 42, 6, 88),
    ("Nền tảng tích hợp, chia sẻ dữ liệu", Office("so-khcn"), "investment", "digital", 18, 0, 71),
    ("Số hóa tài liệu lịch sử", Office("so-noi-vu"), "recurrent", "digital", 14, 4, 83),
    ("Làm sạch dữ liệu đất đai", Office("so-nnmt"), "recurrent", "digital", 26, 0, 64),
    ("Một cửa số", Office("van-phong-ubnd"), "recurrent", "digital", 11, 0, 90),
    (
        "Cửa khẩu thông minh, giai đoạn 1",
        Office("ban-quan-ly-khu-kinh-te"),
        "investment",
        "digital",
        31,
        -5,
        42,
    ),
    ("Đề tài cấp tỉnh", Office("so-khcn"), "recurrent", "st", 19, 0, 76),
    ("Tiềm lực khoa học và công nghệ", Office("so-khcn"), "investment", "st", 22, 0, 58),
    ("Giống lúa chịu rét", Office("so-nnmt"), "recurrent", "st", 6, 1, 81),
    ("Kiểm nghiệm, đo lường", Office("so-khcn"), "recurrent", "st", 5, 0, 93),
    ("Quỹ đầu tư mạo hiểm, phần góp của tỉnh", Office("so-tai-chinh"), "investment", "innovation", 24, -8, 0),
    ("Hỗ trợ doanh nghiệp thử nghiệm có kiểm soát", Office("so-khcn"), "recurrent", "innovation", 7, 0, 35),
    ("Ươm tạo Vườn Sao", Office("so-khcn"), "recurrent", "innovation", 5, 0, 69),
    ("Chuyển đổi số phường Bến Trăng", Commune(0), "recurrent", "digital", 3, 0, 84),
    ("Chuyển đổi số phường Cầu Nắng", Commune(2), "recurrent", "digital", 2, 0, 79),
    ("Chuyển đổi số xã Nà Mơ", Commune(7), "recurrent", "digital", 2, 0, 47),
];

/// What the local budget spent in each month, in tỷ đồng.
const SPENT: [i64; 10] = [640, 580, 790, 810, 860, 1_020, 940, 970, 1_010, 1_130];
const PLANNED: i64 = 13_400;
const ESTIMATED: i64 = 12_850;

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/budget");
    let source = "du-toan-2025.xlsx (minh họa)";
    let mut lines =
        Scene::new(at(d25(7, 8), 14, 0), province.standing_agency(), source, "Các dòng ngân sách năm 2025");
    for (nth, line) in (1..).zip(&LINES) {
        lines.insert("budget_line", line_fields(province, nth, line));
    }
    script.add(lines);
    let mut scene = Scene::new(
        at(d25(7, 8), 15, 0),
        province.standing_agency(),
        source,
        "Giao dự toán đầu năm và giải ngân sáu tháng",
    );
    for (nth, line) in (1..).zip(&LINES) {
        let amount = line.4 * BILLION;
        scene.insert("budget_entry", entry(nth, line, "allocated", d25(1, 10), amount));
    }
    for month in 2..=6 {
        spend(&mut scene, month, &mut chance);
    }
    script.add(scene);
    for month in 7..=10 {
        let source = format!("giai-ngan-thang-{month}.xlsx (minh họa)");
        let reason = format!("Giải ngân tháng {month}/2025");
        let when = at(later(d25(month, 1).month().last_day(), 5), 9, 0);
        let mut scene = Scene::new(when, province.standing_agency(), source, reason);
        spend(&mut scene, month, &mut chance);
        script.add(scene);
    }
    adjusted(province, script);
    local_budget(province, script);
}

fn line_key(nth: usize) -> String {
    format!("MH-{nth:03}")
}

fn line_fields(province: &Province, nth: usize, line: &Line) -> Fields {
    let commune = |at: usize| province.communes.get(at);
    let (spender, here, level) = match line.1 {
        Office(stem) => (province.agency(stem), province.place, "province"),
        Commune(at) => match commune(at) {
            Some(commune) => (commune.agency.clone(), commune.place, "commune"),
            None => (province.agency("so-tai-chinh"), province.place, "commune"),
        },
    };
    vec![
        ("year", int(2025)),
        ("code", code(line_key(nth))),
        ("title", text(line.0)),
        ("agency", agency(&spender)),
        ("place", place(here)),
        ("nature", code(line.2)),
        ("source", code(if nth.is_multiple_of(5) { "central" } else { "local" })),
        ("budget_level", code(level)),
        ("section", code(if line.3 == "st" { "101" } else { "103" })),
        ("tags", codes(&[line.3])),
    ]
}

fn entry(nth: usize, line: &Line, kind: &str, day: Day, amount: i64) -> Fields {
    let part = |of: &str| int(if of == line.3 { amount } else { 0 });
    vec![
        ("line", to("budget_line", format!("2025/{}", line_key(nth)))),
        ("kind", code(kind)),
        ("day", on(day)),
        ("voucher", code(format!("CT-{}-{kind}-{day}", line_key(nth)))),
        ("amount", int(amount)),
        ("st", part("st")),
        ("innovation", part("innovation")),
        ("digital", part("digital")),
    ]
}

/// What the lines spend in a month: a ninth of what they spend by October, more or less.
fn spend(scene: &mut Scene, month: i8, chance: &mut Chance) {
    for (nth, line) in (1..).zip(&LINES) {
        let year = line.4 * BILLION * line.6 / 100;
        let amount = year / 9 * chance.range(70, 125) / 100 / MILLION * MILLION;
        if amount > 0 {
            let day = d25(month, i8::try_from(chance.range(3, 27)).unwrap_or(3));
            scene.insert("budget_entry", entry(nth, line, "disbursed", day, amount));
        }
    }
}

fn adjusted(province: &Province, script: &mut Script) {
    let source = "Quyết định điều chỉnh dự toán số 77/QĐ-UBND (minh họa)";
    let reason = "Điều chỉnh dự toán giữa năm";
    let mut scene = Scene::new(at(d25(8, 15), 10, 0), province.standing_agency(), source, reason);
    for (nth, line) in (1..).zip(&LINES).filter(|(_, line)| line.5 != 0) {
        scene.insert("budget_entry", entry(nth, line, "adjusted", d25(8, 14), line.5 * BILLION));
    }
    script.add(scene);
    let source = "Phiếu thu hồi tạm ứng (minh họa)";
    let reason = "Thu hồi tạm ứng quá hạn của dòng cửa khẩu thông minh";
    let mut scene = Scene::new(at(d25(10, 29), 15, 0), province.standing_agency(), source, reason);
    if let Some(line) = LINES.get(5) {
        scene.insert("budget_entry", entry(6, line, "disbursed", d25(10, 28), -820 * MILLION));
    }
    script.add(scene);
}

fn local_budget(province: &Province, script: &mut Script) {
    let issuer = province.agency("so-tai-chinh");
    let total = |kind: &str, on_day: Day, billions: i64, valid: Option<(Day, Day)>| {
        let mut fields = vec![
            ("place", place(province.place)),
            ("year", int(2025)),
            ("kind", code(kind)),
            ("day", on(on_day)),
            ("amount", int(billions * BILLION)),
            ("agency", agency(&issuer)),
            ("document", text(format!("Báo cáo ngân sách ngày {} (minh họa)", mc_base::date::short(on_day)))),
        ];
        fields.extend(
            valid
                .into_iter()
                .flat_map(|(from, until)| [("valid_from", on(from)), ("valid_until", on(until))]),
        );
        fields
    };
    let officer = || province.focal_officer("so-tai-chinh");
    let year = Some((d25(1, 1), day(2026, 1, 1)));
    let source = "bao-cao-ngan-sach-6-thang.xlsx (minh họa)";
    let reason = "Dự toán năm và thực chi sáu tháng đầu năm";
    let mut first = Scene::new(at(d25(7, 15), 9, 0), officer(), source, reason);
    first.insert("local_budget_total", total("planned", day(2024, 12, 12), PLANNED, year));
    for (month, billions) in (1..=6).zip(SPENT) {
        let last = d25(month, 1).month().last_day();
        first.insert("local_budget_total", total("actual", last, billions, None));
    }
    script.add(first);
    for (month, billions) in (1..).zip(SPENT).skip(6) {
        let last = d25(month, 1).month().last_day();
        let source = format!("bao-cao-ngan-sach-thang-{month}.xlsx (minh họa)");
        let reason = format!("Thực chi ngân sách địa phương tháng {month}/2025");
        let mut scene = Scene::new(at(later(last, 6), 9, 0), officer(), source, reason);
        scene.insert("local_budget_total", total("actual", last, billions, None));
        if month == 9 {
            scene.insert("local_budget_total", total("estimated", last, ESTIMATED, year));
        }
        script.add(scene);
    }
}
