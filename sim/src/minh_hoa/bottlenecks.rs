//! Obstacles under the three foci, from detection to confirmation by whoever raised them.

use mc_base::Day;
use mc_ledger::Value;

use crate::chance::Chance;
use crate::evidence::EvidenceFile;
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{agency, at, code, d25, friday, int, later, on, place, text, to};

/// Title, focus, competent level, stem in charge, indicator, how far it came.
type Line = (&'static str, &'static str, &'static str, &'static str, &'static str, Reached);

/// How far an obstacle came.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    Detected,
    Verified,
    Classified,
    Proposed,
    Tasked,
    Resolving,
    Resolved,
    Confirmed,
    SentUp,
    Duplicate,
    OutOfScope,
}
use Reached::{
    Classified, Confirmed, Detected, Duplicate, OutOfScope, Proposed, Resolved, Resolving, SentUp, Tasked,
    Verified,
};

const LINES: [Line; 26] = [
    (
        "Thôn xa chưa có điện lưới nên trạm chạy máy nổ",
        "infrastructure",
        "province",
        "so-cong-thuong",
        "villages_without_signal",
        Resolving,
    ),
    ("Đường lên vị trí trạm sạt lở", "infrastructure", "commune", "so-xay-dung", "stations", Confirmed),
    (
        "Cáp quang tới ba xã đi chung một tuyến, đứt là mất hết",
        "infrastructure",
        "province",
        "so-khcn",
        "stations",
        Tasked,
    ),
    (
        "Máy chủ cũ của bốn sở hết bảo hành",
        "infrastructure",
        "province",
        "so-khcn",
        "data_centres",
        Confirmed,
    ),
    ("Máy quét khổ lớn chỉ có một", "infrastructure", "province", "so-noi-vu", "digitisation_rate", Resolved),
    (
        "Barrier số 1 mất điện khi dông",
        "infrastructure",
        "province",
        "ban-quan-ly-khu-kinh-te",
        "gate_minutes_per_vehicle",
        Resolving,
    ),
    (
        "Trung tâm phục vụ hành chính công xã thiếu máy quét",
        "infrastructure",
        "commune",
        "van-phong-ubnd",
        "procedures_online",
        Classified,
    ),
    (
        "Bản đồ giấy chưa đo lại sau sáp nhập",
        "infrastructure",
        "province",
        "so-nnmt",
        "parcels_clean_rate",
        Proposed,
    ),
    ("Sóng yếu ở bãi xe cửa khẩu", "infrastructure", "province", "so-khcn", "gate_vehicles", Confirmed),
    (
        "Xã chỉ có một người làm cả đất đai và chuyển đổi số",
        "people",
        "province",
        "so-noi-vu",
        "parcels_matched_rate",
        SentUp,
    ),
    ("Không tuyển được kỹ sư an toàn thông tin", "people", "province", "so-noi-vu", "platforms", Tasked),
    (
        "Nhóm chuyên gia chưa có cơ chế trả thù lao",
        "people",
        "province",
        "so-tai-chinh",
        "expert_groups",
        Proposed,
    ),
    (
        "Cán bộ lưu trữ chưa được tập huấn thông tư mới",
        "people",
        "province",
        "so-noi-vu",
        "digitisation_rate",
        Confirmed,
    ),
    (
        "Tổ công nghệ số cộng đồng không có kinh phí",
        "people",
        "commune",
        "so-khcn",
        "platform_users",
        Resolving,
    ),
    ("Giáo viên vùng cao ngại học bạ số", "people", "province", "so-gddt", "platform_users", Verified),
    (
        "Chưa có người vận hành trung tâm dữ liệu ban đêm",
        "people",
        "province",
        "so-khcn",
        "data_centres",
        Detected,
    ),
    (
        "Người dân lớn tuổi không có điện thoại thông minh",
        "people",
        "commune",
        "so-khcn",
        "procedures_online",
        Verified,
    ),
    (
        "Quỹ đầu tư mạo hiểm chưa có quy chế quyết định đầu tư",
        "mechanism",
        "province",
        "so-tai-chinh",
        "regulations",
        Tasked,
    ),
    (
        "Chưa rõ tỷ lệ ưu đãi khi mua sắm sản phẩm trong tỉnh",
        "mechanism",
        "government",
        "so-tai-chinh",
        "products_in_use",
        SentUp,
    ),
    (
        "Chia sẻ dữ liệu dân cư với sở phải xin từng lần",
        "mechanism",
        "ministry",
        "cong-an",
        "parcels_matched_rate",
        SentUp,
    ),
    (
        "Định mức số hóa mét giá tài liệu đã cũ",
        "mechanism",
        "ministry",
        "so-noi-vu",
        "digitisation_rate",
        Resolving,
    ),
    ("Thủ tục thuê đất đặt trạm kéo dài", "mechanism", "province", "so-nnmt", "stations", Confirmed),
    (
        "Một số liệu phải báo cáo ba nơi",
        "mechanism",
        "province",
        "van-phong-ubnd",
        "procedures_on_time",
        Resolved,
    ),
    (
        "Phí qua cửa khẩu thu hai lần khi xe quay đầu",
        "mechanism",
        "province",
        "ban-quan-ly-khu-kinh-te",
        "gate_vehicles",
        Classified,
    ),
    ("Thuê đất đặt trạm lâu", "mechanism", "province", "so-nnmt", "stations", Duplicate),
    ("Giá cước di động cao", "mechanism", "government", "so-khcn", "", OutOfScope),
];

/// The line that the duplicate repeats, from 1.
const REPEATED: usize = 22;

fn bottleneck(nth: usize) -> String {
    format!("DN-MH-{nth:02}")
}

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/bottlenecks");
    for (nth, line) in (1..).zip(&LINES) {
        let offset = i32::try_from(nth).unwrap_or(0);
        let detected = later(d25(7, 14), offset * 3);
        raised(province, (nth, line), detected, &mut chance, script);
        moves(province, (nth, line), detected, &mut chance, script);
    }
}

fn raised(
    province: &Province,
    (nth, line): (usize, &Line),
    detected: Day,
    chance: &mut Chance,
    script: &mut Script,
) {
    let commune = province.communes.get(nth * 7 % province.communes.len().max(1));
    let Some(commune) = commune else { return };
    let source = "Phiếu phản ánh điểm nghẽn (minh họa)";
    let reason = format!("{} nêu điểm nghẽn", commune.name);
    let mut scene = Scene::new(at(detected, 11, 0), commune.officer(), source, reason);
    let mut fields = vec![
        ("code", code(bottleneck(nth))),
        ("title", text(line.0)),
        ("focus", code(line.1)),
        ("state", code("detected")),
        ("detected", on(detected)),
        ("place", place(commune.place)),
        ("raised_by", agency(&commune.agency)),
        ("hurt", text("Người dân và cán bộ trên địa bàn")),
        ("hurt_count", int(chance.range(12, 2_400))),
        ("delay_days", int(chance.range(4, 120))),
    ];
    if !line.4.is_empty() {
        fields.push(("indicator", code(line.4)));
    }
    scene.insert("bottleneck", fields);
    script.add(scene);
}

/// A step: the state it leads to and what is filled in with it.
type Step = (&'static str, Vec<(&'static str, Value)>);

fn moves(
    province: &Province,
    (nth, line): (usize, &Line),
    detected: Day,
    chance: &mut Chance,
    script: &mut Script,
) {
    let mut when = detected;
    for step in 0..7_u8 {
        when = friday(later(when, i32::try_from(chance.range(3, 6)).unwrap_or(3)));
        if when > d25(11, 16) {
            break;
        }
        let Some((state, mut fields)) = next(province, nth, line, step, when, script) else { break };
        fields.push(("state", code(state)));
        let source = "Biên bản giao ban tuần (minh họa)";
        let about = format!("{} {}", bottleneck(nth), said(state));
        let standing = province.standing_agency();
        let mut scene = Scene::new(at(when, 15, 40), standing, source, "Xử lý điểm nghẽn").about(about);
        scene.correct("bottleneck", bottleneck(nth), fields);
        script.add(scene);
    }
}

fn next(
    province: &Province,
    nth: usize,
    line: &Line,
    step: u8,
    when: Day,
    script: &mut Script,
) -> Option<Step> {
    let (_, _, level, stem, _, reached) = *line;
    let up = reached == SentUp;
    let at_least = |one: Reached| up || reached >= one;
    if reached == Duplicate || reached == OutOfScope {
        let closed = ("closed", on(when));
        return match (step, reached) {
            (0, Duplicate) => {
                Some(("duplicate", vec![closed, ("duplicate_of", to("bottleneck", bottleneck(REPEATED)))]))
            }
            (0, _) => Some(("out_of_scope", vec![closed])),
            _ => None,
        };
    }
    let in_charge = ("agency", agency(&province.agency(stem)));
    match step {
        0 if at_least(Verified) => {
            Some(("verified", vec![("cause", text("Đã kiểm tra tại chỗ (minh họa)."))]))
        }
        1 if at_least(Classified) => Some(("classified", vec![("level", code(level))])),
        2 if up => Some((
            "sent_up",
            vec![
                ("sent_document", text(format!("Công văn số {}/UBND-KGVX (minh họa)", 300 + nth))),
                ("sent_on", on(when)),
                in_charge,
            ],
        )),
        2 if at_least(Proposed) => {
            Some(("proposed", vec![("solution", text("Phương án do cơ quan chủ trì đề xuất (minh họa)."))]))
        }
        3 if !up && at_least(Tasked) => Some(("tasked", vec![in_charge])),
        4 if !up && at_least(Resolving) => Some(("resolving", Vec::new())),
        5 if !up && at_least(Resolved) => {
            let file =
                EvidenceFile::minutes("Biên bản tháo gỡ", &bottleneck(nth), when, "đã tháo gỡ tại chỗ");
            Some(("resolved", vec![("resolved", on(when)), ("evidence", script.file(file))]))
        }
        6 if !up && at_least(Confirmed) => Some(("confirmed", vec![("closed", on(when))])),
        _ => None,
    }
}

/// The state in a reason.
fn said(state: &str) -> &'static str {
    match state {
        "verified" => "đã xác minh",
        "classified" => "đã phân loại",
        "proposed" => "có giải pháp",
        "tasked" => "đã giao việc",
        "resolving" => "đang tháo gỡ",
        "resolved" => "đã tháo gỡ",
        "confirmed" => "người nêu xác nhận",
        "sent_up" => "chuyển Trung ương",
        "duplicate" => "trùng với điểm nghẽn khác",
        _ => "không thuộc phạm vi",
    }
}
