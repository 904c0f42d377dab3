//! Needs, and the products that answer them: promised, accepted, in use, with effect.

use crate::chance::Chance;
use crate::minh_hoa::fields::{field_code, project_code};
use crate::minh_hoa::members::{MEMBERS, member_code};
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{Fields, agency, at, code, d25, day, int, later, on, place, text, to, yes};

/// What is needed, by how many, field or 0, product that answers it, its kind, stem of its owner, project or
/// 0, and how far it has come (0 promised, 1 accepted, 2 in use, 3 with effect).
type Line = (&'static str, i64, usize, &'static str, &'static str, &'static str, usize, u8);

const LINES: [Line; 18] = [
    (
        "Người trồng dược liệu cần chứng minh nguồn gốc",
        1_240,
        1,
        "Tem truy xuất dược liệu",
        "system",
        "so-khcn",
        2,
        3,
    ),
    ("Hợp tác xã cần cây giống sạch bệnh", 86, 1, "Quy trình nhân giống ba bước", "process", "so-nnmt", 1, 2),
    (
        "Hợp tác xã cần tinh dầu đạt chuẩn bán xa",
        31,
        1,
        "Bộ chiết tinh dầu 50 lít",
        "technology",
        "so-khcn",
        3,
        3,
    ),
    ("Nông dân mất lúa vì mưa lúc gặt", 5_300, 2, "Lò sấy nhiệt thải", "technology", "so-cong-thuong", 4, 2),
    ("Vùng cao cần giống lúa chịu rét", 2_150, 2, "Giống lúa Chuông Bạc 1", "goods", "so-nnmt", 5, 1),
    ("Gạo bán thô, giá thấp", 5_300, 2, "Dây chuyền bún khô", "technology", "so-cong-thuong", 6, 0),
    ("Khách không biết đường vào bản", 41_000, 3, "Bản đồ du lịch số", "system", "so-vhttdl", 7, 3),
    ("Xếp hàng mua vé thuyền quá lâu", 18_500, 3, "Vé thuyền điện tử", "system", "so-vhttdl", 8, 2),
    ("Nhà dân có phòng mà không có khách", 214, 3, "Cổng đặt phòng bản làng", "system", "so-vhttdl", 9, 0),
    (
        "Xe tải chờ cửa khẩu không biết đến lượt lúc nào",
        9_800,
        4,
        "Ứng dụng khai báo xe",
        "system",
        "ban-quan-ly-khu-kinh-te",
        10,
        3,
    ),
    ("Bãi xe quá tải giờ cao điểm", 9_800, 4, "Mô hình dự báo lượng xe", "model", "so-khcn", 11, 1),
    (
        "Lái xe không biết bãi nào còn chỗ",
        9_800,
        4,
        "Bảng chỗ trống bãi xe",
        "system",
        "ban-quan-ly-khu-kinh-te",
        12,
        0,
    ),
    (
        "Người dân nộp lại giấy tờ đã nộp",
        62_000,
        0,
        "Kho giấy tờ dùng lại",
        "database",
        "van-phong-ubnd",
        0,
        2,
    ),
    ("Xã nhập một số liệu vào năm phần mềm", 24, 0, "Cổng nhập liệu một lần", "system", "so-khcn", 0, 1),
    ("Tra cứu hồ sơ đất cũ mất nhiều ngày", 12_400, 0, "Kho ảnh hồ sơ đất", "database", "so-nnmt", 0, 2),
    ("Tài liệu lịch sử mủn, sắp mất", 1, 0, "Kho lưu trữ số", "database", "so-noi-vu", 0, 2),
    ("Thôn xa không gọi được khi lũ", 3_900, 0, "Trạm phát sóng cơ động", "technology", "so-khcn", 0, 1),
    ("Cán bộ xã thiếu kỹ năng số", 620, 0, "Khóa học số mười buổi", "document", "so-noi-vu", 0, 3),
];

/// Key of a need, counted from 1.
pub(super) fn need_code(nth: usize) -> String {
    format!("NC-MH-{nth:02}")
}

/// Key of a product, counted from 1.
pub(super) fn product_code(nth: usize) -> String {
    format!("SP-MH-{nth:02}")
}

/// Needs, and products, there are.
pub(super) const COUNT: usize = LINES.len();

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/products");
    let source = "phieu-thu-thap-nhu-cau.xlsx (minh họa)";
    let mut needs = Scene::new(
        at(d25(7, 7), 10, 30),
        province.standing_agency(),
        source,
        "Nhu cầu của ngành, địa phương, doanh nghiệp và người dân",
    );
    let source = "phieu-dang-ky-san-pham.xlsx (minh họa)";
    let mut products = Scene::new(
        at(d25(7, 18), 9, 30),
        province.standing_agency(),
        source,
        "Sản phẩm các ngành cam kết trả lời từng nhu cầu",
    );
    for (nth, line) in (1..).zip(&LINES) {
        needs.insert("need", need(province, nth, line));
        products.insert("product", promised(province, nth, line));
    }
    script.add(needs);
    script.add(products);
    for (nth, line) in (1..).zip(&LINES) {
        progress(province, nth, line, &mut chance, script);
    }
}

fn need(province: &Province, nth: usize, line: &Line) -> Fields {
    let mut fields = vec![
        ("code", code(need_code(nth))),
        ("title", text(line.0)),
        ("raised", on(later(d25(3, 3), i32::try_from(nth).unwrap_or(0) * 5))),
        ("raised_by", agency(&province.agency(line.5))),
        ("place", place(province.place)),
        ("beneficiary_count", int(line.1)),
    ];
    if line.2 > 0 {
        fields.push(("field", to("spearhead_field", field_code(line.2))));
    }
    fields
}

fn promised(province: &Province, nth: usize, line: &Line) -> Fields {
    let mut fields = vec![
        ("code", code(product_code(nth))),
        ("title", text(line.3)),
        ("need", to("need", need_code(nth))),
        ("need_text", text(line.0)),
        ("owner", agency(&province.agency(line.5))),
        ("place", place(province.place)),
        ("kind", code(line.4)),
        ("promised", on(d25(7, 16))),
        ("promised_for", on(if line.7 == 0 { day(2026, 6, 30) } else { d25(10, 31) })),
        ("made_in_province", yes(line.4 == "goods" || line.4 == "technology")),
    ];
    if line.2 > 0 {
        fields.push(("field", to("spearhead_field", field_code(line.2))));
    }
    if line.6 > 0 {
        fields.push(("project", to("field_project", project_code(line.6))));
    }
    if let Some(member) = MEMBERS.iter().position(|member| member.2 == line.5) {
        fields.push(("member", to("member", member_code(member + 1))));
    }
    fields
}

/// Acceptance, use and effect, each recorded when it happens.
fn progress(province: &Province, nth: usize, line: &Line, chance: &mut Chance, script: &mut Script) {
    let acceptor = if line.5 == "so-khcn" { "van-phong-ubnd" } else { "so-khcn" };
    let accepted = later(d25(8, 4), i32::try_from(chance.range(0, 45)).unwrap_or(0));
    let used = later(accepted, i32::try_from(chance.range(3, 25)).unwrap_or(3));
    let effective = later(used, i32::try_from(chance.range(14, 20)).unwrap_or(14));
    let users = line.1 * chance.range(18, 64) / 100;
    let steps: [(u8, mc_base::Day, &str, Fields); 3] = [
        (
            1,
            accepted,
            "nghiệm thu",
            vec![
                ("accepted", on(accepted)),
                ("accepted_by", agency(&province.agency(acceptor))),
                ("document", text(format!("Biên bản nghiệm thu số {nth:02}/BB-NT (minh họa)"))),
            ],
        ),
        (2, used, "đưa vào sử dụng", vec![("in_use_from", on(used)), ("users", int(users))]),
        (
            3,
            effective,
            "kết luận có hiệu quả",
            vec![
                ("effective_from", on(effective)),
                ("effect", text("Chỉ tiêu đi kèm đã thay đổi so với trước khi dùng (minh họa).")),
            ],
        ),
    ];
    for (stage, when, what, fields) in steps {
        if line.7 < stage {
            continue;
        }
        let reason = format!("{}: {what}", line.3);
        let actor = province.focal_officer(line.5);
        let mut scene = Scene::new(at(when, 15, 0), actor, "Phiếu theo dõi sản phẩm (minh họa)", reason);
        scene.correct("product", product_code(nth), fields);
        if stage == 3 {
            // The need's own record is kept by whoever raised it, here the same agency.
            scene.correct("need", need_code(nth), vec![("met", on(when))]);
        }
        script.add(scene);
    }
}
