//! Institutions, organisations and expert groups.

use crate::chance::Chance;
use crate::minh_hoa::fields::field_code;
use crate::minh_hoa::members::{MEMBERS, member_code};
use crate::minh_hoa::names::person;
use crate::minh_hoa::products::product_code;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{agency, at, code, d25, day, int, later, on, place, text, to};

const INSTITUTIONS: [(&str, &str, i64, i64); 3] = [
    ("Trường Cao đẳng Bến Trăng", "college", 142, 9),
    ("Phân hiệu Đại học Hồ Gương", "branch", 88, 21),
    ("Trường Cao đẳng Y tế Cầu Nắng", "college", 96, 6),
];

const ORGANISATIONS: [(&str, &str, &str, &str); 16] = [
    ("Trung tâm Ứng dụng tiến bộ khoa học", "service", "public", "Nông nghiệp, dược liệu"),
    ("Trung tâm Kiểm nghiệm Minh Họa", "service", "public", "Đo lường, thử nghiệm"),
    ("Viện Dược liệu Thông Reo", "research", "private", "Dược liệu"),
    ("Viện Lúa vùng cao Thung Lúa Chín", "research", "public", "Giống cây trồng"),
    ("Trung tâm Công nghệ thông tin Cầu Nắng", "service", "public", "Công nghệ thông tin"),
    ("Công ty Công nghệ Mây Hồng", "enterprise", "private", "Phần mềm"),
    ("Công ty Cơ khí Núi Chuông", "enterprise", "private", "Cơ khí chế tạo"),
    ("Công ty Giống Nà Mơ", "enterprise", "private", "Giống cây trồng"),
    ("Công ty Tinh dầu Sương Mai", "enterprise", "private", "Chiết xuất"),
    ("Trung tâm Đổi mới sáng tạo Vườn Sao", "innovation_centre", "public", "Ươm tạo"),
    ("Trung tâm Quan trắc Hồ Gương", "service", "public", "Môi trường"),
    ("Viện Vật liệu Đá Mặt Trời", "research", "private", "Vật liệu"),
    ("Công ty Logistics Cổng Gió", "enterprise", "foreign", "Logistics"),
    ("Trung tâm Bảo tồn Ong mật", "research", "public", "Chăn nuôi"),
    ("Công ty Du lịch số Bản Sương", "enterprise", "private", "Du lịch"),
    ("Trung tâm Dữ liệu không gian Minh Họa", "service", "public", "Đo đạc, bản đồ"),
];

/// Member (from 1), field or 0, product (from 1), title.
const GROUPS: [(usize, usize, usize, &str); 9] = [
    (5, 1, 1, "Nhóm chuyên gia truy xuất nguồn gốc"),
    (6, 2, 5, "Nhóm chuyên gia giống lúa"),
    (7, 0, 14, "Nhóm chuyên gia kinh phí và đo lường hiệu quả"),
    (8, 0, 16, "Nhóm chuyên gia lưu trữ số"),
    (9, 2, 4, "Nhóm chuyên gia sấy và chế biến"),
    (10, 3, 7, "Nhóm chuyên gia du lịch số"),
    (11, 0, 13, "Nhóm chuyên gia dữ liệu dân cư"),
    (12, 4, 10, "Nhóm chuyên gia cửa khẩu thông minh"),
    (13, 0, 13, "Nhóm chuyên gia thủ tục hành chính"),
];

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/capacity");
    let keeper = province.agency("so-khcn");
    let source = "danh-sach-to-chuc-khcn.xlsx (minh họa)";
    let reason = "Cơ sở đào tạo và tổ chức khoa học công nghệ trên địa bàn";
    let mut scene = Scene::new(at(d25(7, 9), 10, 0), province.focal_officer("so-khcn"), source, reason);
    for (nth, (name, kind, staff, doctors)) in (1..).zip(INSTITUTIONS) {
        scene.insert(
            "training_institution",
            vec![
                ("code", code(format!("DT-MH-{nth}"))),
                ("name", text(name)),
                ("kind", code(kind)),
                ("ownership", code("public")),
                ("place", place(province.place)),
                ("active_from", on(day(1998, 9, 5).plus(nth * 900).unwrap_or(day(1998, 9, 5)))),
                ("staff", int(staff)),
                ("doctors", int(doctors)),
                ("agency", agency(&keeper)),
            ],
        );
    }
    for (nth, (name, kind, ownership, areas)) in (1_i32..).zip(ORGANISATIONS) {
        let staff = chance.range(6, 60);
        scene.insert(
            "st_organisation",
            vec![
                ("code", code(format!("TC-MH-{nth:02}"))),
                ("name", text(name)),
                ("kind", code(kind)),
                ("ownership", code(ownership)),
                ("place", place(province.place)),
                ("areas", text(areas)),
                ("licence", text(format!("MH-{:03}/ĐK-KHCN (minh họa)", 100 + nth))),
                ("active_from", on(later(day(2006, 3, 1), nth * 410))),
                ("staff", int(staff)),
                ("doctors", int(staff / 9)),
                ("agency", agency(&keeper)),
            ],
        );
    }
    script.add(scene);
    let reason = "Công ty Logistics Cổng Gió chấm dứt đăng ký hoạt động khoa học công nghệ";
    let source = "Thông báo của doanh nghiệp (minh họa)";
    let mut scene = Scene::new(at(d25(9, 18), 9, 40), province.focal_officer("so-khcn"), source, reason);
    scene.correct("st_organisation", "TC-MH-13", vec![("active_until", on(d25(9, 15)))]);
    script.add(scene);
    groups(province, &mut chance, script);
}

fn groups(province: &Province, chance: &mut Chance, script: &mut Script) {
    for (nth, (member, field, product, title)) in (1_i32..).zip(GROUPS) {
        let Some((_, _, stem, _, _)) = MEMBERS.get(member - 1) else { continue };
        let founded = later(d25(8, 6), nth * 8);
        let experts = chance.range(4, 11);
        let mut fields = vec![
            ("code", code(format!("NCG-MH-{nth:02}"))),
            ("title", text(title)),
            ("member", to("member", member_code(member))),
            ("agency", agency(&province.agency(stem))),
            ("place", place(province.place)),
            ("product", to("product", product_code(product))),
            ("founded", on(founded)),
            ("experts", int(experts)),
            ("outside_experts", int(experts / 3)),
            ("leader", text(person(chance))),
            ("document", text(format!("Quyết định thành lập số {:02}/QĐ-NCG (minh họa)", 30 + nth))),
        ];
        if field > 0 {
            fields.push(("field", to("spearhead_field", field_code(field))));
        }
        let source = format!("Quyết định thành lập số {:02}/QĐ-NCG (minh họa)", 30 + nth);
        let actor = province.focal_officer(stem);
        let mut scene = Scene::new(at(founded, 14, 20), actor, source, format!("Thành lập {}", small(title)));
        scene.insert("expert_group", fields);
        script.add(scene);
    }
}

/// With a small first letter, as inside a sentence.
fn small(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
