//! Villages and their mobile signal over time.

use crate::chance::Chance;
use crate::minh_hoa::names;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{Fields, at, code, d25, friday, int, later, on, place, point, scaled, text, yes};

pub(crate) const PER_COMMUNE: usize = 8;
/// Covered, weak, none: of a hundred, in wards and in rural communes.
const WARD: [usize; 3] = [96, 4, 0];
const RURAL: [usize; 3] = [68, 20, 12];
const SIGNALS: [&str; 3] = ["covered", "weak", "none"];

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/villages");
    let source = "bang-thon-va-song-di-dong.xlsx (minh họa)";
    let reason = "Lập sổ thôn và tình trạng sóng di động";
    let mut scene = Scene::new(at(d25(7, 16), 9, 0), province.standing_agency(), source, reason);
    let mut improves = Vec::new();
    for (at_commune, commune) in province.communes.iter().enumerate() {
        for nth in 0..PER_COMMUNE {
            let weights = if commune.is_ward { WARD } else { RURAL };
            let signal = SIGNALS.get(chance.weighted(&weights)).copied().unwrap_or("covered");
            let key = format!("{}-T{:02}", commune.code(), nth + 1);
            let households = chance.range(45, 260);
            let best = match signal {
                "covered" => chance.pick(&["4g", "4g", "5g"]),
                "weak" => "3g",
                _ => "",
            };
            let mut fields = vec![
                ("code", code(key.clone())),
                ("since", on(d25(7, 1))),
                ("name", text(names::village(at_commune, nth))),
                ("kind", code(if commune.is_ward { "to_dan_pho" } else { "thon" })),
                ("place", place(commune.place)),
                ("signal", code(signal)),
                ("fibre", yes(signal == "covered" || chance.percent(40))),
                ("electricity", yes(signal == "covered" || chance.percent(85))),
                ("households", int(households)),
                ("internet_households", int(households * chance.range(35, 92) / 100)),
                ("position", point(commune.near(&mut chance))),
                ("measured_on", on(d25(6, 20))),
                ("method", code(if commune.is_ward { "i_speed" } else { "survey" })),
            ];
            if !best.is_empty() {
                fields.push(("best_technology", code(best)));
            }
            scene.insert("village", fields);
            if signal != "covered" && chance.percent(62) {
                improves.push((key, signal));
            }
        }
    }
    script.add(scene);
    for (nth, (key, signal)) in (0_i32..).zip(improves) {
        let since = later(d25(8, 1), (nth * 7) % 95);
        let reason = "Đo lại sau khi có trạm mới, thôn đã có sóng";
        let source = "Phiếu đo trong tuần tại nhà văn hóa thôn (minh họa)";
        let when = at(friday(since), 16, 30);
        let standing = province.standing_agency();
        let mut scene = Scene::new(when, standing, source, reason).about(key.as_str());
        scene.change("village", key, since, measured(&mut chance, signal, on(since)));
        script.add(scene);
    }
}

fn measured(chance: &mut Chance, before: &str, day: mc_ledger::Value) -> Fields {
    let signal = if before == "none" && chance.percent(45) { "weak" } else { "covered" };
    let best = if signal == "covered" { "4g" } else { "3g" };
    vec![
        ("signal", code(signal)),
        ("best_technology", code(best)),
        ("measured_on", day),
        ("method", code("i_speed")),
        ("download_mbps", scaled(chance.range(42, 380), 1)),
    ]
}
