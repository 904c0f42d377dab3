//! The border gate: milestones of the scheme and a year's second half of traffic, day by day.

use mc_base::Day;

use crate::chance::Chance;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{Fields, agency, at, code, d25, day, int, later, on, place, scaled, text};

/// Gate, exports and imports a usual day.
pub(crate) const GATES: [(&str, i64, i64); 2] =
    [("Cửa khẩu Cổng Gió", 118, 164), ("Lối thông quan Bãi Dâu", 34, 21)];
pub(crate) const OWNER: &str = "ban-quan-ly-khu-kinh-te";

/// Title, state, planned for (year, month, day), done on (month, day).
type Milestone = (&'static str, &'static str, (i16, i8, i8), Option<(i8, i8)>);

const MILESTONES: [Milestone; 6] = [
    ("Trình đề án cửa khẩu thông minh", "done", (2025, 8, 15), Some((8, 13))),
    ("Khai báo xe trước khi đến", "done", (2025, 9, 30), Some((10, 6))),
    ("Hai làn tự động ở barrier số 1", "building", (2025, 12, 20), None),
    ("Kết nối với hải quan và biên phòng", "building", (2026, 1, 31), None),
    ("Bãi xe có cảm biến chỗ trống", "approved", (2026, 6, 30), None),
    ("Cân tự động không dừng", "planned", (2026, 9, 30), None),
];

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/gate");
    milestones(province, script);
    let mut first = d25(7, 1);
    let end = d25(11, 17);
    while first < end {
        let last = later(first, 6).min(later(end, -1));
        week(province, (first, last), &mut chance, script);
        first = later(last, 1);
    }
    corrected(province, script);
}

fn milestones(province: &Province, script: &mut Script) {
    let source = "Đề án cửa khẩu thông minh (minh họa)";
    let reason = "Các mốc của đề án cửa khẩu thông minh";
    let mut scene = Scene::new(at(d25(7, 22), 9, 0), province.focal_officer(OWNER), source, reason);
    for (nth, (title, state, (year, month, date), done)) in (1..).zip(MILESTONES) {
        let begun = if done.is_some() { "preparing" } else { state };
        scene.insert(
            "gate_milestone",
            vec![
                ("code", code(milestone(nth))),
                ("title", text(title)),
                ("gate", code(GATES.first().map_or("", |gate| gate.0))),
                ("state", code(begun)),
                ("planned_for", on(day(year, month, date))),
                ("agency", agency(&province.agency(OWNER))),
                ("place", place(province.place)),
            ],
        );
    }
    script.add(scene);
    for (nth, (title, state, _, done)) in (1..).zip(MILESTONES) {
        let Some((month, date)) = done else { continue };
        let when = d25(month, date);
        let reason = format!("Đạt mốc: {title}");
        let actor = province.focal_officer(OWNER);
        let mut scene = Scene::new(at(when, 17, 0), actor, "Biên bản hoàn thành (minh họa)", reason);
        let fields = vec![("state", code(state)), ("done_on", on(when))];
        scene.correct("gate_milestone", milestone(nth), fields);
        script.add(scene);
    }
}

fn milestone(nth: usize) -> String {
    format!("CKTM-MH-{nth:02}")
}

fn week(province: &Province, (first, last): (Day, Day), chance: &mut Chance, script: &mut Script) {
    let source = format!("nhat-ky-cua-khau-{first}.csv (minh họa)");
    let reason =
        format!("Lượt phương tiện từ {} đến {}", mc_base::date::short(first), mc_base::date::short(last));
    let when = at(later(last, 1), 7, 15);
    let mut scene = Scene::new(when, province.focal_officer(OWNER), source, reason);
    let mut today = first;
    while today <= last {
        for (gate, exports, imports) in GATES {
            let rows = [("exit", "export", exports), ("entry", "import", imports)];
            for (direction, flow, usual) in rows {
                let fields = traffic(province, (gate, direction, flow), usual, today, chance);
                scene.insert("gate_day", fields);
            }
        }
        today = later(today, 1);
    }
    script.add(scene);
}

/// Declaring beforehand, from 6 October, takes minutes off each vehicle.
fn traffic(
    province: &Province,
    (gate, direction, flow): (&str, &str, &str),
    usual: i64,
    today: Day,
    chance: &mut Chance,
) -> Fields {
    let is_sunday = today.weekday() == 7;
    let vehicles = usual * chance.range(82, 121) / if is_sunday { 210 } else { 100 };
    let timed = vehicles * chance.range(90, 100) / 100;
    let usual_minutes = if today < d25(10, 6) { 74 } else { 51 };
    let minutes = timed * (usual_minutes + chance.range(-7, 9));
    vec![
        ("gate", code(gate)),
        ("day", on(today)),
        ("direction", code(direction)),
        ("flow", code(flow)),
        ("place", place(province.place)),
        ("agency", agency(&province.agency(OWNER))),
        ("vehicles", int(vehicles)),
        ("minutes", int(minutes)),
        ("vehicles_timed", int(timed)),
        ("weight", scaled(vehicles * chance.range(120, 240), 1)),
        ("waiting", int(vehicles * chance.range(0, 12) / 100)),
    ]
}

fn corrected(province: &Province, script: &mut Script) {
    let source = "Đối chiếu với nhật ký barrier số 1 (minh họa)";
    let reason = "Sửa số lượt ngày 02/9: máy đếm chạy lại giữa ngày";
    let mut scene = Scene::new(at(d25(9, 12), 9, 0), province.focal_officer(OWNER), source, reason);
    let key = format!("{}/2025-09-02/exit/export", GATES.first().map_or("", |gate| gate.0));
    let fields = vec![("vehicles", int(131)), ("vehicles_timed", int(120)), ("minutes", int(8_880))];
    scene.correct("gate_day", key, fields);
    script.add(scene);
}
