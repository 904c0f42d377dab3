//! Digitisation by agency, object, bloc and month: rising, with months not reported, a month without a
//! number, and one agency that scanned more than its total and explains it.

use mc_ledger::Value;
use mc_register::{EXPLANATION_DOCUMENT, EXPLANATION_REASON};

use crate::chance::Chance;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{Fields, agency, at, code, d25, int, later, m25, month, place, text};

/// Stem, object, bloc, unit, total, thousandths done by January, thousandths more each month.
type Line = (&'static str, &'static str, &'static str, &'static str, i64, i64, i64);

const LINES: [Line; 15] = [
    ("so-nnmt", "procedure_file", "state", "file", 41_200, 480, 36),
    ("so-nnmt", "historical_record", "state", "file", 18_400, 210, 48),
    ("so-tu-phap", "procedure_file", "state", "file", 22_600, 690, 24),
    ("so-xay-dung", "procedure_file", "state", "file", 15_300, 520, 31),
    ("so-noi-vu", "historical_record", "state", "file", 9_800, 330, 52),
    ("so-y-te", "procedure_file", "state", "file", 12_100, 610, 28),
    ("so-gddt", "procedure_file", "state", "file", 14_700, 570, 33),
    ("so-vhttdl", "procedure_file", "state", "file", 4_300, 440, 29),
    ("so-tai-chinh", "valid_result", "state", "file", 7_900, 720, 21),
    ("luu-tru-lich-su", "historical_record", "state", "file", 62_000, 150, 61),
    ("luu-tru-lich-su", "historical_record", "state", "shelf_metre", 840, 150, 58),
    ("van-phong-tinh-uy", "party_record", "party", "file", 8_600, 380, 44),
    ("uy-ban-kiem-tra", "party_record", "party", "file", 2_100, 290, 50),
    ("cong-an", "police_record", "police", "file", 31_500, 710, 23),
    ("cong-an", "procedure_file", "police", "file", 12_800, 810, 15),
];

/// Months in which an agency did not report.
const SILENT: [(&str, i8); 3] = [("so-vhttdl", 9), ("so-gddt", 7), ("so-xay-dung", 10)];
/// The month in which an agency reported without a number.
const WITHOUT_NUMBER: (&str, i8) = ("so-y-te", 8);
/// Scanned beyond its total in this month.
const BEYOND: (&str, i8) = ("so-tai-chinh", 10);

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/digitisation");
    let source = "so-hoa-6-thang-dau-nam.xlsx (minh họa)";
    let reason = "Số hóa sáu tháng đầu năm 2025, nạp khi mở sổ";
    let mut first = Scene::new(at(d25(7, 12), 9, 0), province.standing_agency(), source, reason);
    for of_month in 1..=6 {
        for line in LINES {
            let fields = level(province, line, of_month, &mut chance);
            first.insert("digitisation_progress", fields);
        }
    }
    script.add(first);
    for of_month in 7..=10 {
        let due = later(m25(of_month).last_day(), 3);
        let mut stems: Vec<&str> = LINES.iter().map(|line| line.0).collect();
        stems.dedup();
        for (nth, stem) in (0..).zip(stems) {
            if SILENT.contains(&(stem, of_month)) {
                continue;
            }
            let source = format!("so-hoa-thang-{of_month}-{stem}.xlsx (minh họa)");
            let reason = format!("Báo cáo số hóa tháng {of_month}/2025");
            let mut scene =
                Scene::new(at(due, 8 + nth % 9, 10), province.focal_officer(stem), source, reason);
            for line in LINES.into_iter().filter(|line| line.0 == stem) {
                scene.insert("digitisation_progress", level(province, line, of_month, &mut chance));
            }
            script.add(scene);
        }
    }
    corrected(province, script);
}

fn level(province: &Province, line: Line, of_month: i8, chance: &mut Chance) -> Fields {
    let (stem, object, bloc, unit, total, first, step) = line;
    let thousandths = (first + step * i64::from(of_month - 1) + chance.range(-6, 6)).min(985);
    let mut done = total * thousandths / 1_000;
    let mut fields = vec![
        ("agency", agency(&province.agency(reporter(stem, of_month)))),
        ("object", code(object)),
        ("unit", code(unit)),
        ("bloc", code(bloc)),
        ("month", month(m25(of_month))),
        ("place", place(province.place)),
        ("total", int(total)),
    ];
    if (stem, of_month) == BEYOND {
        done = total + 310;
        let why =
            "Tổng số lập từ đầu năm chưa gồm 310 kết quả cấp trong quý III; đang lập lại tổng số (minh họa).";
        fields.push((EXPLANATION_DOCUMENT, text("Công văn giải trình số 214/STC-VP (minh họa)")));
        fields.push((EXPLANATION_REASON, text(why)));
    }
    if (stem, of_month) != WITHOUT_NUMBER {
        fields.push(("done", int(done)));
        fields.push(("accepted", int((done * 9 / 10).min(total))));
    }
    fields
}

/// Who reported: the departments of land and of labour ended on 1 March, the one taken over whole, the other parted.
fn reporter(stem: &str, of_month: i8) -> &str {
    match (stem, of_month) {
        ("so-nnmt", ..3) => "so-tnmt",
        ("so-y-te", ..3) => "so-ldtbxh",
        _ => stem,
    }
}

/// An agency had counted pages as files.
fn corrected(province: &Province, script: &mut Script) {
    let stem = "so-tu-phap";
    let source = "Biên bản đối chiếu sổ giao nhận (minh họa)";
    let reason = "Sửa số đã số hóa tháng 9: tệp trước đếm lẫn trang với hồ sơ";
    let mut scene = Scene::new(at(d25(10, 16), 14, 45), province.focal_officer(stem), source, reason);
    let key = format!("{}/procedure_file/file/state/2025-09", province.agency(stem));
    let fields: Vec<(&'static str, Value)> = vec![("done", int(19_240)), ("accepted", int(17_300))];
    scene.correct("digitisation_progress", key, fields);
    script.add(scene);
}
