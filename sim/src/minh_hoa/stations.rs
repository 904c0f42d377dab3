//! About 600 stations in 21 communes by list, three communes by total alone, and two data centres.

use std::collections::BTreeSet;

use mc_base::Day;

use crate::chance::Chance;
use crate::network::{Network, Station, counted, file_of};
use crate::script::{Scene, Script};
use crate::stage::{Commune, Province};
use crate::value::{agency, at, code, d25, day, int, later, on, place, text, yes};

/// Stations each operator lists in July.
const LISTED: [usize; 4] = [196, 150, 118, 72];
/// New stations of August, September and October.
const NEW: [usize; 3] = [17, 21, 14];
/// Positions, among the communes, of those that gave a total without a list, and the totals.
pub(crate) const TOTALS: [(usize, i64); 3] = [(18, 14), (19, 11), (20, 9)];
/// Of these, the one whose list arrives in October.
const LIST_ARRIVES: usize = 20;
const STORM: (i8, i8) = (9, 30);

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/stations");
    let is_listed = |at: &usize| TOTALS.iter().all(|(total, _)| total != at);
    let listed: Vec<Commune> = province
        .communes
        .iter()
        .enumerate()
        .filter(|(at, _)| is_listed(at))
        .map(|(_, commune)| commune.clone())
        .collect();
    let mut network = Network::new("MH", &listed, &mut chance);
    let opened = d25(7, 1);
    let july: Vec<Vec<Station>> = LISTED
        .into_iter()
        .enumerate()
        .map(|(operator, count)| {
            (0..count).filter_map(|_| network.station(&mut chance, operator, opened)).collect()
        })
        .collect();
    for (operator, list) in july.iter().enumerate() {
        let day = later(d25(7, 7), i32::try_from(operator).unwrap_or(0));
        let reason = format!("Nhập danh sách trạm tháng 7: {}", counted(list.len(), "trạm"));
        let sites = if operator == 0 { network.new_sites() } else { Vec::new() };
        lists(province, &file_of(operator), (day, 9), &reason, (&sites, list), script);
    }
    totals(province, script);
    storm(province, &july, script);
    for (month, count) in (8..).zip(NEW) {
        let since = |chance: &mut Chance| d25(month, i8::try_from(chance.range(1, 28)).unwrap_or(1));
        let stations: Vec<Station> = (0..count)
            .filter_map(|_| {
                let (operator, since) = (chance.below(4), since(&mut chance));
                let station = network.station(&mut chance, operator, since)?;
                Some(Station { on_air: since, ..station })
            })
            .collect();
        let day = later(d25(month, 1).month().last_day(), 4);
        let reason = format!("Trạm mới tháng {month}/2025: {}", counted(stations.len(), "trạm"));
        let file = format!("bang-tram-tang-thang-{month}.xlsx (minh họa)");
        let sites = network.new_sites();
        lists(province, &file, (day, 9), &reason, (&sites, &stations), script);
    }
    list_arrives(province, &mut chance, script);
    building(province, &mut chance, script);
    data_centres(province, script);
}

fn lists(
    province: &Province,
    file: &str,
    (day, hour): (Day, i64),
    reason: &str,
    (sites, stations): (&[crate::network::Site], &[Station]),
    script: &mut Script,
) {
    let keeper = province.agency("so-khcn");
    let officer = || province.focal_officer("so-khcn");
    let mut scene = Scene::new(at(day, hour, 0), officer(), file, "Vị trí đặt trạm kèm danh sách");
    for site in sites {
        scene.insert("base_site", site.fields(&keeper));
    }
    script.add(scene);
    let mut scene = Scene::new(at(day, hour, 20), officer(), file, reason);
    let source = format!("{file}, cột công nghệ");
    let mut technologies =
        Scene::new(at(day, hour, 40), province.standing_agency(), source, "Công nghệ của các trạm vừa nhập");
    for station in stations {
        let mut fields = station.fields(&keeper);
        fields.push(("emf_certificate", text(format!("KĐ-{} (minh họa)", station.code))));
        scene.insert("base_station", fields);
        for technology in station.technology_fields() {
            technologies.insert("station_technology", technology);
        }
    }
    script.add(scene);
    script.add(technologies);
}

/// Key of the total of a commune.
fn total_key(commune: &Commune, keeper: &mc_base::AgencyId) -> String {
    format!("stations/{}/{keeper}/-/-/2025-07-01", commune.place)
}

fn totals(province: &Province, script: &mut Script) {
    let keeper = province.agency("so-khcn");
    let source = "Báo cáo nhanh của ba xã (minh họa)";
    let reason = "Ba xã báo số trạm, chưa gửi danh sách";
    let mut scene = Scene::new(at(d25(7, 14), 8, 30), province.focal_officer("so-khcn"), source, reason);
    for (commune, amount) in TOTALS {
        let Some(commune) = province.communes.get(commune) else { continue };
        scene.insert(
            "total",
            vec![
                ("measure", code("stations")),
                ("place", place(commune.place)),
                ("agency", agency(&keeper)),
                ("cut", code("-")),
                ("cut_value", code("-")),
                ("day", on(d25(7, 1))),
                ("amount", int(amount)),
                ("document", text(format!("Báo cáo nhanh của {} ngày 11/07/2025 (minh họa)", commune.name))),
            ],
        );
    }
    script.add(scene);
}

/// The list covers the total of its commune: the same commit retires it and says so.
fn list_arrives(province: &Province, chance: &mut Chance, script: &mut Script) {
    let keeper = province.agency("so-khcn");
    let Some(commune) = province.communes.get(LIST_ARRIVES) else { return };
    let only = std::slice::from_ref(commune);
    let mut network = Network::new("MH-GCE", only, chance);
    let stations: Vec<Station> =
        (0..9).filter_map(|nth| network.station(chance, nth % 4, d25(7, 1))).collect();
    let file = "bang-tram-go-chim-en.xlsx (minh họa)";
    let officer = || province.focal_officer("so-khcn");
    let reason = format!("Vị trí đặt trạm của {}", commune.name);
    let mut sites = Scene::new(at(d25(10, 21), 10, 0), officer(), file, reason);
    for site in network.new_sites() {
        sites.insert("base_site", site.fields(&keeper));
    }
    script.add(sites);
    let reason = format!("Danh sách của {} về, thay cho số tổng", commune.name);
    let mut scene = Scene::new(at(d25(10, 21), 10, 15), province.standing_agency(), file, reason);
    scene.retire("total", total_key(commune, &keeper));
    scene.insert(
        "cover",
        vec![
            ("total", code(total_key(commune, &keeper))),
            ("cover_no", int(1)),
            ("day", on(d25(7, 1))),
            ("amount", int(TOTALS.get(2).map_or(0, |(_, amount)| *amount))),
            ("remaining", int(0)),
            ("place", place(commune.place)),
            ("agency", agency(&keeper)),
            ("reason", text(format!("Danh sách trạm của {} đã về đủ", commune.name))),
            ("document", text(file)),
        ],
    );
    for station in &stations {
        scene.insert("base_station", station.fields(&keeper));
    }
    script.add(scene);
}

/// A storm takes stations off the air; most come back within days, a few are given up.
fn storm(province: &Province, july: &[Vec<Station>], script: &mut Script) {
    let night = d25(STORM.0, STORM.1);
    let hit: Vec<&Station> = july.iter().flatten().step_by(23).collect();
    let officer = || province.focal_officer("so-khcn");
    let source = "Báo cáo thiệt hại sau bão (minh họa)";
    let reason = format!("{} mất liên lạc sau bão", counted(hit.len(), "trạm"));
    let mut lost = Scene::new(at(later(night, 1), 7, 30), officer(), source, reason);
    let source = "Báo cáo khắc phục sau bão (minh họa)";
    let reason = "Trạm phát sóng trở lại sau bão";
    let mut back = Scene::new(at(later(night, 9), 16, 0), officer(), source, reason);
    let reason = "Trạm hỏng nặng, doanh nghiệp ngừng hẳn";
    let mut stopped = Scene::new(at(later(night, 30), 10, 0), officer(), source, reason);
    for (nth, station) in (0_i32..).zip(hit) {
        let key = || station.code.clone();
        lost.change("base_station", key(), night, vec![("state", code("lost"))]);
        if nth % 6 == 5 {
            stopped.change("base_station", key(), later(night, 25), vec![("state", code("stopped"))]);
        } else {
            back.change("base_station", key(), later(night, 1 + nth % 7), vec![("state", code("live"))]);
        }
    }
    script.add(lost);
    script.add(back);
    script.add(stopped);
}

/// Stations that are planned, then built, then on air.
fn building(province: &Province, chance: &mut Chance, script: &mut Script) {
    let keeper = province.agency("so-khcn");
    let officer = || province.focal_officer("so-khcn");
    let mut network = Network::new("MH-QH", &province.communes, chance);
    let source = "Kế hoạch phủ sóng thôn trắng (minh họa)";
    let planned_on = d25(7, 20);
    let mut plan = Scene::new(at(d25(7, 21), 9, 0), officer(), source, "Mười sáu trạm trong quy hoạch");
    let stations: Vec<Station> =
        (0..16).filter_map(|nth| network.station(chance, nth % 4, planned_on)).collect();
    let mut sites =
        Scene::new(at(d25(7, 21), 8, 30), officer(), source, "Vị trí của các trạm trong quy hoạch");
    for site in network.new_sites() {
        let mut fields = site.fields(&keeper);
        fields.retain(|(id, _)| *id != "in_use_from");
        sites.insert("base_site", fields);
    }
    script.add(sites);
    for station in &stations {
        let mut fields = station.fields(&keeper);
        fields.retain(|(id, _)| *id != "on_air" && *id != "state");
        fields.push(("state", code("planned")));
        plan.insert("base_station", fields);
    }
    script.add(plan);
    let mut used = BTreeSet::new();
    for (nth, station) in (0_i32..).zip(&stations) {
        let begun = later(d25(8, 11), nth * 4);
        let live = later(begun, 32);
        let reported = |day: Day| at(day.month().last_day().min(d25(11, 14)), 17, 0);
        let source = "Báo cáo xây dựng trạm trong tháng (minh họa)";
        let mut scene =
            Scene::new(reported(begun), officer(), source, "Khởi công").about(station.code.as_str());
        scene.change("base_station", station.code.clone(), begun, vec![("state", code("building"))]);
        script.add(scene);
        if live > d25(11, 14) {
            continue;
        }
        let mut scene =
            Scene::new(reported(live), officer(), source, "Trạm mới phát sóng").about(station.code.as_str());
        let fields = vec![("state", code("live")), ("on_air", on(live))];
        scene.change("base_station", station.code.clone(), live, fields);
        // A site that stations share is in use from the first of them on.
        if used.insert(&station.site) {
            scene.correct("base_site", station.site.clone(), vec![("in_use_from", on(live))]);
        }
        script.add(scene);
    }
}

fn data_centres(province: &Province, script: &mut Script) {
    let lines = [
        (
            "TTDL-MH-1",
            "Trung tâm dữ liệu Văn phòng Tỉnh ủy",
            "van-phong-tinh-uy",
            "tier2",
            day(2019, 5, 2),
            d25(7, 6),
        ),
        ("TTDL-MH-2", "Trung tâm dữ liệu tỉnh", "so-khcn", "tier3", d25(9, 15), d25(9, 15)),
    ];
    for (key, name, stem, tier, from, recorded) in lines {
        let source = "Hồ sơ trung tâm dữ liệu (minh họa)";
        let reason = format!("Ghi {name}");
        let mut scene = Scene::new(at(recorded, 11, 0), province.focal_officer(stem), source, reason);
        scene.insert(
            "data_centre",
            vec![
                ("code", code(key)),
                ("name", text(name)),
                ("agency", agency(&province.agency(stem))),
                ("place", place(province.place)),
                ("tier", code(tier)),
                ("security_level", int(3)),
                ("racks", int(if tier == "tier3" { 24 } else { 8 })),
                ("power_kw", int(if tier == "tier3" { 180 } else { 45 })),
                ("storage_tb", int(if tier == "tier3" { 900 } else { 120 })),
                ("backup_site", yes(tier == "tier3")),
                ("in_use_from", on(from)),
            ],
        );
        script.add(scene);
    }
}
