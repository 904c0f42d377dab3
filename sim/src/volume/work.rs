//! Tasks of earlier plans, products that agencies promised, obstacles that communes raised.

use mc_base::calendar::DeadlineRule;
use mc_base::{Day, WorkingCalendar};

use super::{Book, Said, working_day};
use crate::chance::Chance;
use crate::evidence::EvidenceFile;
use crate::value::{Fields, agency, at, code, count, d25, day, int, later, on, place, text};

/// Of each in a full province, beside those of the story.
const TASKS: usize = 1_800;
const PRODUCTS: usize = 240;
const BOTTLENECKS: usize = 420;

/// Title, group, product, kind of product.
const WORKS: [(&str, &str, &str, &str); 6] = [
    ("Chuẩn hóa hồ sơ lưu trữ", "state", "Danh mục hồ sơ đã chuẩn hóa", "database"),
    ("Phủ mạng nội bộ tới các thôn", "infrastructure", "Báo cáo nghiệm thu mạng", "infrastructure"),
    ("Tập huấn kỹ năng số cho cán bộ", "people", "Danh sách người đạt yêu cầu", "training"),
    ("Tuyên truyền thanh toán không tiền mặt", "awareness", "Báo cáo kết quả", "report"),
    ("Rà soát quy trình nội bộ", "institutions", "Quy trình được ban hành", "regulation"),
    ("Hỗ trợ hợp tác xã lên sàn thương mại điện tử", "enterprise", "Danh sách gian hàng", "report"),
];

const PRODUCT_WORDS: [(&str, &str); 5] = [
    ("Phần mềm quản lý chợ", "system"),
    ("Cơ sở dữ liệu giống cây", "database"),
    ("Quy trình cấp phát vật tư", "process"),
    ("Bộ tài liệu tập huấn", "document"),
    ("Mô hình trồng có kiểm soát", "model"),
];

const OBSTACLES: [(&str, &str); 6] = [
    ("Đường truyền chậm giờ cao điểm", "infrastructure"),
    ("Thiếu máy quét", "infrastructure"),
    ("Cán bộ mới chưa được tập huấn", "people"),
    ("Thiếu người trực hệ thống", "people"),
    ("Chưa có định mức kinh phí", "mechanism"),
    ("Quy trình yêu cầu giấy và bản số cùng lúc", "mechanism"),
];

/// Month in which obstacles are taken further: the state, in words, and the competent level.
const STEPS: [(i8, &str, &str, &str); 3] = [
    (7, "verified", "Xác minh", ""),
    (8, "classified", "Phân loại", "commune"),
    (9, "proposed", "Đề xuất giải pháp", "commune"),
];

/// The minutes that tasks done in October point to.
pub(super) fn minutes() -> EvidenceFile {
    EvidenceFile::minutes(
        "Bảng tổng hợp nghiệm thu",
        "nhiem-vu-cac-ke-hoach-truoc",
        accepted(),
        "đạt yêu cầu",
    )
}

fn accepted() -> Day {
    d25(10, 17)
}

pub(super) fn write(book: &mut Book<'_>) {
    tasks(book);
    products(book);
    bottlenecks(book);
}

/// A task's chance, with the day on which it was assigned and the one on which it is due.
fn task(of: &Chance, nth: usize) -> (Chance, Day, Day) {
    let mut chance = of.nth(nth as u64);
    let assigned = working_day(day(2024, 2, 1), chance.below(480));
    let due = working_day(d25(8, 1), chance.below(280));
    (chance, assigned, due)
}

fn task_code(nth: usize) -> String {
    format!("NVT-MH-{nth:04}")
}

fn tasks(book: &mut Book<'_>) {
    let all = 1..=book.size.of(TASKS);
    let of = book.chance("volume/tasks");
    let (communes, acceptor) = (book.province.communes.clone(), book.province.agency("so-khcn"));
    let calendar = WorkingCalendar::default();
    let chances = of.clone();
    let rows = all.clone().filter_map(move |nth| {
        let (mut chance, assigned, due) = task(&chances, nth);
        let (title, group, product, kind) = WORKS.get(chance.below(WORKS.len())).copied().unwrap_or_default();
        let commune = communes.get(nth % communes.len().max(1))?;
        Some(vec![
            ("code", code(task_code(nth))),
            ("since", on(assigned)),
            ("state", code("in_progress")),
            ("title", text(format!("{title} tại {}", commune.name))),
            ("group", code(group)),
            ("lead", agency(&commune.agency)),
            ("place", place(commune.place)),
            ("assigned_on", on(assigned)),
            ("due_kind", code("day")),
            ("due", on(due)),
            ("effective_due", on(calendar.deadline(due, DeadlineRule::default()))),
            ("first_due", on(due)),
            ("extensions", int(0)),
            ("product", text(product)),
            ("product_kind", code(kind)),
            ("acceptor", agency(&acceptor)),
            ("priority", code(chance.pick(&["high", "normal", "normal", "low"]))),
        ])
    });
    let file = "nhiem-vu-cac-ke-hoach-truoc.xlsx";
    let reason = "Nhiệm vụ đang làm của các kế hoạch trước".to_owned();
    book.adds(Said { at: at(d25(7, 5), 9, 0), file, reason, register: "task" }, rows);
    // Those due by October, but for one in seven, are handed in beforehand; most of them are accepted.
    let handed_in = move |nth: &usize| task(&of, *nth).2 <= d25(10, 10) && !nth.is_multiple_of(7);
    let submitted = |nth: usize| working_day(d25(9, 8), nth % 20);
    let rows = all.clone().filter(handed_in.clone()).map(move |nth| {
        let day = submitted(nth);
        moved(nth, "submitted", day, vec![("submitted_on", on(day))])
    });
    let file = "tong-hop-nop-ket-qua-thang-9.xlsx";
    let reason = "Kết quả các cơ quan đã nộp trong tháng 9/2025".to_owned();
    book.updates(Said { at: at(d25(10, 3), 18, 0), file, reason, register: "task" }, rows);
    let proof = minutes().hash;
    let rows = all.filter(handed_in).filter(|nth| !nth.is_multiple_of(11)).map(move |nth| {
        let fields = vec![
            ("done_on", on(accepted())),
            ("evidence", mc_ledger::Value::File(proof)),
            ("progress", int(100)),
        ];
        moved(nth, "done", accepted(), fields)
    });
    let file = "bang-tong-hop-nghiem-thu-thang-10.xlsx";
    let reason = "Nghiệm thu các nhiệm vụ đã nộp".to_owned();
    book.updates(Said { at: at(d25(10, 20), 18, 0), file, reason, register: "task" }, rows);
}

fn moved(nth: usize, state: &str, since: Day, more: Fields) -> Fields {
    let mut fields = vec![("code", code(task_code(nth))), ("since", on(since)), ("state", code(state))];
    fields.extend(more);
    fields
}

fn products(book: &mut Book<'_>) {
    const OWNERS: [&str; 5] = ["so-nnmt", "so-y-te", "so-gddt", "so-cong-thuong", "so-vhttdl"];
    let of = book.chance("volume/products");
    let owners = OWNERS.map(|stem| book.province.agency(stem));
    let (here, judge) = (book.province.place, book.province.agency("so-khcn"));
    let rows = (1..=book.size.of(PRODUCTS)).filter_map(move |nth| {
        let mut chance = of.nth(nth as u64);
        let (words, kind) = PRODUCT_WORDS.get(nth % PRODUCT_WORDS.len()).copied().unwrap_or_default();
        let owner = owners.get(nth % owners.len())?;
        let promised = working_day(day(2021, 3, 1), chance.below(1_300));
        let mut fields = vec![
            ("code", code(format!("SPT-MH-{nth:03}"))),
            ("title", text(format!("{words}, bản {}", 1 + nth / PRODUCT_WORDS.len()))),
            ("owner", agency(owner)),
            ("place", place(here)),
            ("kind", code(kind)),
            ("promised", on(promised)),
            ("promised_for", on(working_day(promised, 240))),
        ];
        if chance.percent(70) {
            let accepted = working_day(promised, 90 + chance.below(150));
            fields.extend([("accepted", on(accepted)), ("accepted_by", agency(&judge))]);
            if chance.percent(60) {
                fields.push(("in_use_from", on(working_day(accepted, 20))));
                fields.push(("users", int(chance.range(6, 900))));
            }
        }
        Some(fields)
    });
    let file = "san-pham-cac-nam-truoc.xlsx";
    let reason = "Sản phẩm các cơ quan đã hứa từ năm 2021".to_owned();
    book.adds(Said { at: at(d25(7, 5), 10, 0), file, reason, register: "product" }, rows);
}

fn bottlenecks(book: &mut Book<'_>) {
    let of = book.chance("volume/bottlenecks");
    let communes = book.province.communes.clone();
    let key = |nth: usize| code(format!("DNT-MH-{nth:03}"));
    let all = 1..=book.size.of(BOTTLENECKS);
    let rows = all.clone().filter_map(move |nth| {
        let mut chance = of.nth(nth as u64);
        let commune = communes.get(nth % communes.len().max(1))?;
        let (words, focus) = OBSTACLES.get(chance.below(OBSTACLES.len())).copied().unwrap_or_default();
        Some(vec![
            ("code", key(nth)),
            ("title", text(format!("{words} tại {}", commune.name))),
            ("focus", code(focus)),
            ("state", code("detected")),
            ("detected", on(later(d25(1, 6), i32::try_from(chance.below(170)).unwrap_or(0)))),
            ("place", place(commune.place)),
            ("raised_by", agency(&commune.agency)),
            ("hurt_count", count(5 + chance.below(900))),
        ])
    });
    let file = "diem-nghen-cap-xa-6-thang-dau-nam.xlsx";
    let reason = "Điểm nghẽn các xã đã nêu trước khi mở sổ".to_owned();
    book.adds(Said { at: at(d25(7, 5), 11, 0), file, reason, register: "bottleneck" }, rows);
    for (month, state, words, level) in STEPS {
        let goes_on = move |nth: &usize| match month {
            7 => !nth.is_multiple_of(10),
            8 => !nth.is_multiple_of(10) && !nth.is_multiple_of(9),
            _ => !nth.is_multiple_of(10) && !nth.is_multiple_of(9) && !nth.is_multiple_of(3),
        };
        let rows = all.clone().filter(goes_on).map(move |nth| {
            let mut fields = vec![("code", key(nth)), ("state", code(state))];
            if !level.is_empty() {
                fields.push(("level", code(level)));
            }
            if state == "proposed" {
                fields.push(("solution", text("Phương án do xã đề xuất (minh họa).")));
            }
            fields
        });
        let file = format!("diem-nghen-cap-xa-thang-{month}.xlsx");
        let reason = format!("{words} điểm nghẽn cấp xã, tháng {month}/2025");
        let said = Said { at: at(d25(month, 30), 18, 30), file: &file, reason, register: "bottleneck" };
        book.updates(said, rows);
    }
}
