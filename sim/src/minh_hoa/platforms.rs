//! Platforms and how much they are really used.

use mc_base::Day;

use crate::chance::Chance;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{agency, at, code, codes, d25, day, int, later, m25, month, place, text, to, yes};

/// Code, name, kind, stem, users, first users, growth a month in hundredths, cost in tỷ đồng.
type Line = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str], i64, i64, i64);

const PEOPLE: &[&str] = &["people"];
const OFFICIALS: &[&str] = &["officials"];
const BUSINESS: &[&str] = &["enterprises", "people"];

const LINES: [Line; 9] = [
    ("NT-MH-01", "Cổng dịch vụ công của tỉnh", "shared", "van-phong-ubnd", PEOPLE, 21_400, 6, 4),
    ("NT-MH-02", "Quản lý văn bản và điều hành", "shared", "van-phong-ubnd", OFFICIALS, 5_900, 1, 3),
    ("NT-MH-03", "Nền tảng tích hợp, chia sẻ dữ liệu", "shared", "so-khcn", OFFICIALS, 310, 4, 5),
    ("NT-MH-04", "Ứng dụng công dân Minh Họa", "shared", "so-khcn", PEOPLE, 12_700, 11, 2),
    ("NT-MH-05", "Sổ sức khỏe số", "specialised", "so-y-te", PEOPLE, 8_300, 5, 2),
    ("NT-MH-06", "Học bạ số", "specialised", "so-gddt", PEOPLE, 14_900, 2, 2),
    ("NT-MH-07", "Dữ liệu đất đai", "specialised", "so-nnmt", OFFICIALS, 480, 9, 6),
    ("NT-MH-08", "Khai báo xe qua cửa khẩu", "specialised", "ban-quan-ly-khu-kinh-te", BUSINESS, 1_150, 8, 3),
    ("NT-MH-09", "Bản đồ du lịch số", "specialised", "so-vhttdl", BUSINESS, 2_600, 13, 1),
];

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/platforms");
    let source = "danh-muc-nen-tang.xlsx (minh họa)";
    let reason = "Danh mục nền tảng, ứng dụng số của tỉnh";
    let mut scene = Scene::new(at(d25(7, 9), 14, 0), province.standing_agency(), source, reason);
    for (nth, line) in (0_i32..).zip(LINES) {
        let (key, name, kind, stem, audience, _, _, cost) = line;
        scene.insert(
            "platform",
            vec![
                ("code", code(key)),
                ("name", text(name)),
                ("kind", code(kind)),
                ("agency", agency(&province.agency(stem))),
                ("place", place(province.place)),
                ("audience", codes(audience)),
                ("in_use_from", crate::value::on(later(day(2021, 4, 1), nth * 170))),
                ("data_centre", to("data_centre", "TTDL-MH-1")),
                ("security_level", int(if nth % 3 == 0 { 3 } else { 2 })),
                ("connected", yes(nth % 4 != 3)),
                ("yearly_cost", int(cost * 1_000_000_000)),
            ],
        );
    }
    script.add(scene);
    let source = "muc-su-dung-6-thang.xlsx (minh họa)";
    let reason = "Mức sử dụng nền tảng sáu tháng đầu năm";
    let mut scene = Scene::new(at(d25(7, 15), 15, 0), province.standing_agency(), source, reason);
    for of_month in 1..=6 {
        used(province, of_month, &mut chance, &mut scene);
    }
    script.add(scene);
    for of_month in 7..=10 {
        let when: Day = later(m25(of_month).last_day(), 2);
        let source = format!("muc-su-dung-thang-{of_month}.xlsx (minh họa)");
        let reason = format!("Mức sử dụng nền tảng tháng {of_month}/2025");
        let mut scene = Scene::new(at(when, 10, 30), province.standing_agency(), source, reason);
        used(province, of_month, &mut chance, &mut scene);
        script.add(scene);
    }
}

fn used(province: &Province, of_month: i8, chance: &mut Chance, scene: &mut Scene) {
    for (key, _, _, _, _, first, growth, _) in LINES {
        let users = first * (100 + growth * i64::from(of_month - 1)) / 100 + chance.range(-20, 20);
        scene.insert(
            "platform_month",
            vec![
                ("platform", to("platform", key)),
                ("place", place(province.place)),
                ("month", month(m25(of_month))),
                ("accounts", int(users * 17 / 10)),
                ("users", int(users)),
                ("sessions", int(users * chance.range(3, 9))),
                ("transactions", int(users * chance.range(1, 3))),
                ("downtime_minutes", int(chance.range(0, 140))),
            ],
        );
    }
}
