//! Administrative dossiers by agency, area and month, with two months of communes that have since been
//! merged.

use mc_base::{AgencyId, PlaceId};

use crate::chance::Chance;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{Fields, agency, at, code, d25, int, later, m25, month, place, text};

/// Stem, area, dossiers a month, percent online, percent on time.
const LINES: [(&str, &str, i64, i64, i64); 8] = [
    ("so-nnmt", "Đất đai", 1_240, 61, 86),
    ("so-nnmt", "Môi trường", 120, 82, 93),
    ("so-tu-phap", "Hộ tịch, lý lịch tư pháp", 980, 88, 98),
    ("so-xay-dung", "Xây dựng", 310, 72, 91),
    ("so-y-te", "Hành nghề y", 150, 79, 95),
    ("so-tai-chinh", "Đăng ký kinh doanh", 420, 97, 99),
    ("so-noi-vu", "Người có công", 260, 55, 88),
    ("ban-quan-ly-khu-kinh-te", "Đầu tư trong khu kinh tế", 24, 90, 94),
];

/// A commune until 30 June 2025 that was divided between two of today's.
const DIVIDED: PlaceId = PlaceId(910_001);
/// A commune until 30 June 2025 that went whole into one of today's.
const MERGED: PlaceId = PlaceId(910_002);

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/procedures");
    let source = "tthc-6-thang-dau-nam.xlsx (minh họa)";
    let reason = "Hồ sơ thủ tục hành chính sáu tháng đầu năm";
    let mut scene = Scene::new(at(d25(7, 17), 9, 0), province.standing_agency(), source, reason);
    for of_month in 1..=6 {
        of_departments(province, of_month, &mut chance, &mut scene);
    }
    script.add(scene);
    before_the_merger(province, &mut chance, script);
    for of_month in 7..=10 {
        let when = later(m25(of_month).last_day(), 2);
        let source = format!("tthc-thang-{of_month}.xlsx (minh họa)");
        let reason = format!("Hồ sơ thủ tục hành chính tháng {of_month}/2025");
        let mut scene = Scene::new(at(when, 9, 30), province.standing_agency(), source, reason);
        of_departments(province, of_month, &mut chance, &mut scene);
        for commune in &province.communes {
            let usual = if commune.is_ward { 340 } else { 130 };
            let on_time = chance.range(84, 99);
            let owner = (&commune.agency, "Một cửa cấp xã", commune.place);
            let fields =
                dossiers(owner, of_month, (usual, 58 + i64::from(of_month) * 2, on_time), &mut chance);
            scene.insert("procedure_month", fields);
        }
        script.add(scene);
    }
}

fn of_departments(province: &Province, of_month: i8, chance: &mut Chance, scene: &mut Scene) {
    for (stem, area, usual, online, on_time) in LINES {
        let owner = province.agency(stem);
        let numbers = (usual, online, (on_time + i64::from(of_month) / 4).min(100));
        scene.insert("procedure_month", dossiers((&owner, area, province.place), of_month, numbers, chance));
    }
}

fn dossiers(
    (owner, area, here): (&AgencyId, &str, PlaceId),
    of_month: i8,
    (usual, online, on_time): (i64, i64, i64),
    chance: &mut Chance,
) -> Fields {
    let received = usual * chance.range(85, 118) / 100;
    let resolved = received * chance.range(90, 102) / 100;
    let in_time = resolved * on_time.min(100) / 100;
    vec![
        ("agency", agency(owner)),
        ("area", code(area)),
        ("month", month(m25(of_month))),
        ("place", place(here)),
        ("received", int(received)),
        ("online", int(received * online.min(99) / 100)),
        ("resolved", int(resolved)),
        ("on_time", int(in_time)),
        ("overdue_open", int((resolved - in_time) / 3)),
        ("paid_online", int(received * online.min(99) / 160)),
    ]
}

/// One of the two cannot be carried over to a commune of today.
fn before_the_merger(province: &Province, chance: &mut Chance, script: &mut Script) {
    let source = "tthc-xa-cu-thang-5.xlsx (minh họa)";
    let reason = "Hồ sơ tháng 5/2025 của hai xã trước sắp xếp";
    let mut scene = Scene::new(at(d25(7, 17), 10, 0), province.standing_agency(), source, reason);
    let owner = province.agency("van-phong-ubnd");
    for (here, area, usual) in
        [(DIVIDED, "Một cửa cấp xã (Suối Đàn Thượng)", 70), (MERGED, "Một cửa cấp xã (Thác Lụa)", 90)]
    {
        let mut fields = dossiers((&owner, area, here), 5, (usual, 40, 90), chance);
        fields.push(("document", text("Sổ theo dõi hồ sơ của xã trước sắp xếp (minh họa)")));
        scene.insert("procedure_month", fields);
    }
    script.add(scene);
}
