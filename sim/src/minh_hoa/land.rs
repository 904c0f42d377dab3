//! 3,000 parcels: grouped, matched with the population database, obstructed, cleared. Owners are invented.

use mc_base::Day;
use mc_ledger::Value;

use crate::chance::Chance;
use crate::minh_hoa::names::person;
use crate::script::{Scene, Script};
use crate::stage::{Commune, Province};
use crate::value::{Fields, agency, at, code, codes, count, d25, day, later, on, place, point, scaled, text};

pub(crate) const PER_COMMUNE: usize = 125;
pub(crate) const LAND_USES: [&str; 6] = ["ONT", "LUC", "RSX", "CLN", "BHK", "ODT"];
pub(crate) const OBSTACLES: [&str; 7] =
    ["owner_changed", "certificate_lost", "paper_map", "wrong_unit", "owner_absent", "network", "staff"];
pub(crate) const MISMATCHES: [&str; 5] =
    ["name_differs", "birth_differs", "id_missing", "deceased_or_transferred", "duplicate"];
const CAMPAIGN: (i8, i8) = (9, 1);

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/land");
    for (nth, commune) in province.communes.iter().enumerate() {
        let file = format!("thua-dat-{}.xlsx (minh họa)", commune.code().to_lowercase());
        let reason = format!("Danh sách thửa đất của {} để rà soát", commune.name);
        let when = at(
            later(d25(9, 3), i32::try_from(nth / 5).unwrap_or(0)),
            8,
            5 + (crate::value::whole(nth) % 5) * 11,
        );
        let mut scene = Scene::new(when, province.standing_agency(), file, reason);
        for number in 1..=PER_COMMUNE {
            scene.insert("parcel", parcel(province, commune, nth, number, &mut chance));
        }
        script.add(scene);
        reviewed(commune, nth, &mut chance, script);
    }
    asks_for_erasure(province, script);
}

fn parcel_code(commune: &Commune, number: usize) -> String {
    format!("{}-{number:04}", commune.code())
}

fn parcel(province: &Province, commune: &Commune, nth: usize, number: usize, chance: &mut Chance) -> Fields {
    let kind = match chance.below(40) {
        0 => "organisation",
        1 => "community",
        2 => "state",
        3..=9 => "household",
        _ => "person",
    };
    let mut fields = vec![
        ("code", code(parcel_code(commune, number))),
        ("since", on(d25(CAMPAIGN.0, CAMPAIGN.1))),
        ("place", place(commune.place)),
        ("sheet", count(1 + number / 40)),
        ("number", count(number)),
        ("land_use", code(chance.pick(&LAND_USES))),
        ("area", scaled(chance.range(600, 48_000), 1)),
        ("group", code("unreviewed")),
        ("match", code("not_checked")),
        ("stage", code("none")),
        ("use_form", code(if kind == "household" { "common" } else { "own" })),
        ("position", point(commune.near(chance))),
        ("owner_kind", code(kind)),
        ("agency", agency(&province.agency("van-phong-dang-ky-dat-dai"))),
    ];
    if chance.percent(80) {
        fields.push(("certificate_no", text(format!("MH {:06}", nth * 1_000 + number))));
        fields.push((
            "certificate_day",
            on(later(day(2004, 1, 5), i32::try_from(chance.below(7_000)).unwrap_or(0))),
        ));
    }
    match kind {
        "organisation" => {
            fields.push(("organisation", text(format!("Hợp tác xã số {} {}", number, commune.name))))
        }
        "person" | "household" => fields.extend(owner(commune, nth * PER_COMMUNE + number, chance)),
        _ => {}
    }
    fields
}

/// Numbers begin with 000, which no citizen's does.
fn owner(commune: &Commune, nth: usize, chance: &mut Chance) -> [(&'static str, Value); 5] {
    let born = later(day(1948, 1, 1), i32::try_from(chance.below(19_000)).unwrap_or(0));
    [
        ("owner_name", text(person(chance))),
        ("owner_id", text(format!("000{nth:09}"))),
        ("owner_birth", on(born)),
        ("owner_sex", text(chance.pick(&["Nam", "Nữ"]))),
        ("owner_address", text(format!("Thôn {}, {}", chance.range(1, 8), commune.name))),
    ]
}

/// A commune reviews its parcels in September and clears some of the obstacles in October and November.
fn reviewed(commune: &Commune, nth: usize, chance: &mut Chance, script: &mut Script) {
    let offset = i32::try_from(nth).unwrap_or(0);
    let first = later(d25(9, 15), offset % 12 * 2);
    let second = later(d25(10, 16), offset % 14 * 2);
    let source = "Phiếu rà soát của tổ công tác xã (minh họa)";
    let reason = format!("Phân nhóm thửa đất của {}", commune.name);
    let mut groups = Scene::new(at(first, 16, 0), commune.officer(), source, reason);
    let reason = format!("Đối soát lại và gỡ vướng mắc tại {}", commune.name);
    let source = "Biên bản đối soát với Công an xã (minh họa)";
    let mut cleared = Scene::new(at(second, 16, 20), commune.officer(), source, reason);
    let diligence = if commune.is_ward { 94 } else { 62 + nth };
    for number in 1..=PER_COMMUNE {
        if !chance.percent(diligence) {
            continue;
        }
        let key = || parcel_code(commune, number);
        let (group, fields) = verdict(chance);
        groups.change("parcel", key(), first, fields);
        if group != "1" && chance.percent(35) {
            cleared.change("parcel", key(), second, clean(second));
        }
    }
    script.add(groups);
    script.add(cleared);
}

fn verdict(chance: &mut Chance) -> (&'static str, Fields) {
    let drawn = chance.below(100);
    if drawn < 52 {
        let matched = vec![("group", code("1")), ("match", code("matched")), ("stage", code("approved"))];
        return ("1", matched);
    }
    let group = if drawn < 84 { "2" } else { "3" };
    let mut obstacles = vec![chance.pick(&OBSTACLES)];
    if chance.percent(30) {
        obstacles.push(chance.pick(&OBSTACLES));
    }
    let fields = vec![
        ("group", code(group)),
        ("match", code(chance.pick(&MISMATCHES))),
        ("stage", code("collected")),
        ("obstacles", codes(&obstacles)),
    ];
    (group, fields)
}

fn clean(synced: Day) -> Fields {
    vec![
        ("group", code("1")),
        ("match", code("matched")),
        ("stage", code("synced")),
        ("obstacles", Value::Null),
        ("document", text(format!("Biên bản đối soát ngày {} (minh họa)", mc_base::date::short(synced)))),
    ]
}

/// Somebody asks that the personal data of a parcel be erased: a candidate to try erasure on.
fn asks_for_erasure(province: &Province, script: &mut Script) {
    let Some(commune) = province.communes.get(9) else { return };
    let source = "Đơn đề nghị của chủ sử dụng đất cũ (minh họa)";
    let reason = "Ghi đề nghị xóa dữ liệu cá nhân, chờ quyết định";
    let mut scene = Scene::new(at(d25(11, 14), 10, 0), commune.officer(), source, reason);
    let note = "bản ghi minh họa; chủ sử dụng cũ đề nghị xóa dữ liệu cá nhân, đã chuyển quyền sử dụng đất";
    scene.correct("parcel", parcel_code(commune, 7), vec![("note", text(note))]);
    script.add(scene);
}
