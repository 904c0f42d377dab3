//! 84,2% of the files and documents of State bodies digitised at the end of October 2025.
//!
//! Only that rate for that month was published. The agencies' volumes are invented; every agency has the same
//! rate, so that no real body is ranked, and no other month is given.

use mc_base::AgencyId;

use crate::chance::Chance;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{Fields, agency, at, code, d25, int, m25, month, place};

/// 421 of 500 is 84,2%.
const TOTAL_UNIT: i64 = 500;
const DONE_UNIT: i64 = 421;

/// Agencies, and in how many units of 500 their procedure files and historical records come.
const AGENCIES: [(&str, i64, i64); 12] = [
    ("trung-tam-hanh-chinh-cong", 118, 0),
    ("so-nnmt", 196, 64),
    ("so-xay-dung", 92, 41),
    ("so-tai-chinh", 74, 38),
    ("so-tu-phap", 88, 22),
    ("so-noi-vu", 63, 35),
    ("so-y-te", 57, 18),
    ("so-gddt", 69, 27),
    ("so-cong-thuong", 44, 16),
    ("so-khcn", 21, 9),
    ("so-vhttdl", 26, 14),
    ("luu-tru-lich-su", 0, 312),
];

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "lao-cai/digitisation");
    for (order, (stem, files, records)) in (0_i64..).zip(AGENCIES) {
        let agency = province.agency(stem);
        // Half-hour by half-hour over the first working days of November.
        let when = at(d25(11, i8::try_from(4 + order / 5).unwrap_or(4)), 9 + order % 5, chance.range(0, 55));
        let mut scene = Scene::new(
            when,
            province.focal_officer(stem),
            format!("so-hoa-thang-10-{stem}.xlsx (minh họa)"),
            "Số hóa hồ sơ, tài liệu đến cuối tháng 10/2025",
        );
        for (object, units) in [("procedure_file", files), ("historical_record", records)] {
            if units > 0 {
                scene.insert("digitisation_progress", level(province, &agency, object, units));
            }
        }
        script.add(scene);
    }
    let mut scene = Scene::new(
        at(d25(11, 12), 14, 30),
        province.focal_officer("luu-tru-lich-su"),
        "Biên bản nghiệm thu đợt 4 (minh họa)",
        "Bổ sung số tài liệu lịch sử đã nghiệm thu của tháng 10/2025",
    );
    let key = format!("{}/historical_record/file/state/2025-10", province.agency("luu-tru-lich-su"));
    scene.correct("digitisation_progress", key, vec![("accepted", int(124_800))]);
    script.add(scene);
}

fn level(province: &Province, owner: &AgencyId, object: &str, units: i64) -> Fields {
    vec![
        ("agency", agency(owner)),
        ("object", code(object)),
        ("unit", code("file")),
        ("bloc", code("state")),
        ("month", month(m25(10))),
        ("place", place(province.place)),
        ("total", int(units * TOTAL_UNIT)),
        ("done", int(units * DONE_UNIT)),
    ]
}
