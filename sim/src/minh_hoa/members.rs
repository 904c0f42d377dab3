//! The steering committee of the invented province.

use crate::chance::Chance;
use crate::minh_hoa::fields::field_code;
use crate::minh_hoa::names::person;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{agency, at, code, d25, on, place, text, to};

/// Position, role, stem of the agency, area, spearhead field or 0.
pub(super) const MEMBERS: [(&str, &str, &str, &str, usize); 14] = [
    ("Bí thư Tỉnh ủy", "chair", "tinh-uy", "Lãnh đạo chung", 0),
    ("Phó Bí thư Thường trực Tỉnh ủy", "standing_vice_chair", "tinh-uy", "Đôn đốc, kiểm tra", 0),
    ("Chủ tịch Ủy ban nhân dân tỉnh", "vice_chair", "ubnd-tinh", "Khối chính quyền", 0),
    ("Chánh Văn phòng Tỉnh ủy", "member", "van-phong-tinh-uy", "Cơ quan thường trực", 0),
    ("Giám đốc Sở Khoa học và Công nghệ", "member", "so-khcn", "Khoa học công nghệ, hạ tầng số", 1),
    ("Giám đốc Sở Nông nghiệp và Môi trường", "member", "so-nnmt", "Đất đai, nông nghiệp số", 2),
    ("Giám đốc Sở Tài chính", "member", "so-tai-chinh", "Kinh phí", 0),
    ("Giám đốc Sở Nội vụ", "member", "so-noi-vu", "Số hóa lưu trữ, nhân lực", 0),
    ("Giám đốc Sở Công Thương", "member", "so-cong-thuong", "Doanh nghiệp", 2),
    ("Giám đốc Sở Văn hóa, Thể thao và Du lịch", "member", "so-vhttdl", "Du lịch số", 3),
    ("Giám đốc Công an tỉnh", "member", "cong-an", "Dữ liệu dân cư", 0),
    ("Trưởng Ban Quản lý Khu kinh tế", "member", "ban-quan-ly-khu-kinh-te", "Cửa khẩu thông minh", 4),
    ("Chánh Văn phòng Ủy ban nhân dân tỉnh", "member", "van-phong-ubnd", "Thủ tục hành chính", 0),
    ("Trưởng phòng Chuyển đổi số - Cơ yếu", "secretariat", "van-phong-tinh-uy", "Tổ giúp việc", 0),
];

/// Key of a member, counted from 1.
pub(super) fn member_code(nth: usize) -> String {
    format!("BCD-MH-{nth:02}")
}

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/members");
    let source = "Quyết định kiện toàn Ban Chỉ đạo số 07-QĐ/TU (minh họa)";
    let reason = "Danh sách Ban Chỉ đạo sau sắp xếp";
    let mut scene = Scene::new(at(d25(7, 7), 8, 0), province.standing_agency(), source, reason);
    for (nth, (position, role, stem, area, field)) in (1..).zip(MEMBERS) {
        let mut fields = vec![
            ("code", code(member_code(nth))),
            ("position", text(position)),
            ("name", text(person(&mut chance))),
            ("role", code(role)),
            ("agency", agency(&province.agency(stem))),
            ("place", place(province.place)),
            ("area", text(area)),
            ("serves_from", on(d25(7, 4))),
            ("document", text("Quyết định số 07-QĐ/TU ngày 04/07/2025 (minh họa)")),
        ];
        if field > 0 {
            fields.push(("field", to("spearhead_field", field_code(field))));
        }
        scene.insert("member", fields);
    }
    script.add(scene);
    let reason = "Thành viên thôi tham gia do chuyển công tác";
    let source = "Quyết định số 21-QĐ/TU (minh họa)";
    let mut scene = Scene::new(at(d25(10, 3), 9, 0), province.standing_agency(), source, reason);
    scene.correct("member", member_code(9), vec![("serves_until", on(d25(10, 1)))]);
    script.add(scene);
}
