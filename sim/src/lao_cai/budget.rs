//! 574 tỷ đồng for science, innovation and digital transformation from January to the end of October 2025,
//! 1,5% of the local budget spent. The total spent was not published; the one here follows from the two
//! numbers that were.

use crate::chance::Chance;
use crate::lao_cai::ARTICLE;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{agency, at, code, codes, d25, int, later, place, text, to};

/// Everything disbursed, in đồng.
const SPENT: i64 = 574_000_000_000;
/// 574 tỷ ÷ 1,5%, to the đồng above.
const LOCAL_BUDGET: i64 = 38_266_666_666_667;

/// Line, its agency, nature, what it is tagged as, and its part of the total in thousandths.
const LINES: [(&str, &str, &str, &str, i64); 12] = [
    ("Hạ tầng số dùng chung", "trung-tam-chuyen-doi-so", "investment", "digital", 148),
    ("Nền tảng và ứng dụng số dùng chung", "so-khcn", "recurrent", "digital", 92),
    ("Cơ sở dữ liệu đất đai", "so-nnmt", "investment", "digital", 131),
    ("Số hóa tài liệu lưu trữ", "so-noi-vu", "recurrent", "digital", 74),
    ("Giải quyết thủ tục hành chính trên môi trường số", "van-phong-ubnd", "recurrent", "digital", 58),
    ("Chuyển đổi số ngành giáo dục", "so-gddt", "recurrent", "digital", 67),
    ("Chuyển đổi số ngành y tế", "so-y-te", "recurrent", "digital", 71),
    ("Chuyển đổi số cơ quan Đảng", "van-phong-tinh-uy", "investment", "digital", 83),
    ("Đề tài khoa học cấp tỉnh", "so-khcn", "recurrent", "st", 112),
    ("Tiềm lực khoa học và công nghệ", "so-khcn", "investment", "st", 86),
    ("Hỗ trợ đổi mới sáng tạo", "so-khcn", "recurrent", "innovation", 45),
    ("Đổi mới công nghệ trong doanh nghiệp", "so-cong-thuong", "recurrent", "innovation", 33),
];

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "lao-cai/budget");
    let source = "bang-dong-ngan-sach-2025.xlsx (minh họa)";
    let reason = "Mười hai dòng ngân sách minh họa cho tổng số đã công bố";
    let mut lines = Scene::new(at(d25(11, 5), 8, 0), province.standing_agency(), source, reason);
    let source = "giai-ngan-10-thang.xlsx (minh họa)";
    let reason = "Các bút toán giải ngân từ đầu năm đến hết tháng 10/2025";
    let mut entries = Scene::new(at(d25(11, 5), 8, 30), province.standing_agency(), source, reason);
    let mut left = SPENT;
    for (at_line, (title, stem, nature, tag, thousandths)) in (1_usize..).zip(LINES) {
        let key = format!("2025/LC-{at_line:03}");
        lines.insert(
            "budget_line",
            vec![
                ("year", int(2025)),
                ("code", code(format!("LC-{at_line:03}"))),
                ("title", text(format!("{title} (minh họa)"))),
                ("agency", agency(&province.agency(stem))),
                ("place", place(province.place)),
                ("nature", code(nature)),
                ("source", code("local")),
                ("budget_level", code("province")),
                ("tags", codes(&[tag])),
            ],
        );
        // The last line takes what is left, so that the sum is exact.
        let whole = if at_line == LINES.len() { left } else { SPENT / 1_000 * thousandths };
        left -= whole;
        for (nth, (day, amount)) in (1_i32..).zip(instalments(&mut chance, whole)) {
            let part = |of: &str| int(if of == tag { amount } else { 0 });
            entries.insert(
                "budget_entry",
                vec![
                    ("line", to("budget_line", key.clone())),
                    ("kind", code("disbursed")),
                    ("day", day),
                    ("voucher", code(format!("CT-LC-{at_line:03}-{nth:02}"))),
                    ("amount", int(amount)),
                    ("st", part("st")),
                    ("innovation", part("innovation")),
                    ("digital", part("digital")),
                ],
            );
        }
    }
    script.add(lines);
    script.add(entries);
    local_budget(province, script);
}

/// Days and amounts that add up to `whole`: one in most months, the last in October.
fn instalments(chance: &mut Chance, whole: i64) -> Vec<(mc_ledger::Value, i64)> {
    let mut left = whole;
    let mut found = Vec::new();
    for month in 2..=10_i8 {
        let last = month == 10;
        if !last && chance.percent(30) {
            continue;
        }
        let amount = if last { left } else { left / chance.range(5, 9) / 1_000_000 * 1_000_000 };
        let day = later(d25(month, 3), i32::try_from(chance.range(0, 24)).unwrap_or(0));
        if amount > 0 {
            found.push((crate::value::on(day), amount));
            left -= amount;
        }
    }
    found
}

fn local_budget(province: &Province, script: &mut Script) {
    let source = format!("Suy ra từ 574 tỷ đồng và 1,5% theo {ARTICLE}");
    let reason = "Tổng chi ngân sách địa phương 10 tháng; số thật chưa công bố";
    let mut scene = Scene::new(at(d25(11, 5), 9, 0), province.standing_agency(), source.clone(), reason);
    scene.insert(
        "local_budget_total",
        vec![
            ("place", place(province.place)),
            ("year", int(2025)),
            ("kind", code("actual")),
            ("day", crate::value::on(d25(10, 31))),
            ("amount", int(LOCAL_BUDGET)),
            ("document", text(source)),
        ],
    );
    script.add(scene);
}
