//! Names of parts that exclude each other.

use super::{Said, has, label};
use crate::text::TokenKind;

/// States of one set of tasks or papers.
const STATES: [&str; 51] = [
    "hoạt động tốt",
    "hoạt động ổn định",
    "hư hỏng",
    "hỏng",
    "ngừng hoạt động",
    "hoàn thành",
    "trong hạn",
    "quá hạn",
    "đang thực hiện",
    "chưa thực hiện",
    "đúng hạn",
    "trễ hạn",
    "trước hạn",
    "chưa hoàn thành",
    "đang triển khai",
    "chưa triển khai",
    "đã khởi công",
    "chưa khởi công",
    "đã giải quyết",
    "đang giải quyết",
    "chưa giải quyết",
    "chưa đến hạn",
    "không hoàn thành",
    "đạt và vượt",
    "vượt kế hoạch",
    "đạt kế hoạch",
    "vượt dự toán",
    "đạt dự toán",
    "không đạt",
    "chưa đạt",
    "đạt chuẩn",
    "chưa đạt chuẩn",
    "khó hoàn thành",
    "đang hoàn thiện",
    "đang thi công",
    "đang",
    "chưa",
    "chậm tiến độ",
    "bảo đảm tiến độ",
    "đúng tiến độ",
    "vượt tiến độ",
    "chậm dưới",
    "chậm trên",
    "đã trả lời",
    "đã xử lý",
    "đang xử lý",
    "chưa xử lý",
    "đang xem xét",
    "đã hoàn thành",
    "bị trả lại",
    "bị từ chối",
];
/// States of what is done: parts of "hoàn thành" where that is told too.
const OF_DONE: [&str; 3] = ["đúng hạn", "trước hạn", "trễ hạn"];

/// Attributes that split a set: no thing has two of one line.
const FAMILIES: [&[&str]; 31] = [
    &["chi thường xuyên", "chi đầu tư", "chi đầu tư phát triển", "chi trả nợ", "chi khác"],
    &["thu nội địa", "thu xuất nhập khẩu", "thu từ hoạt động xuất nhập khẩu"],
    &["vốn đầu tư", "vốn sự nghiệp"],
    &["công lập", "ngoài công lập", "tư thục", "dân lập"],
    &["khởi công mới", "chuyển tiếp"],
    &["rừng tự nhiên", "rừng trồng"],
    &["rừng sản xuất", "rừng phòng hộ", "rừng đặc dụng"],
    &[
        "nghị quyết",
        "quyết định",
        "chỉ thị",
        "kế hoạch",
        "công văn",
        "thông báo",
        "báo cáo",
        "tờ trình",
        "công điện",
    ],
    &["xuất khẩu", "nhập khẩu"],
    &["nam", "nữ"],
    &["thành thị", "nông thôn"],
    &["trong nước", "nước ngoài", "ngoài nước"],
    &["tiếp nhận mới", "mới tiếp nhận", "chuyển sang"],
    &["chuyên trách", "kiêm nhiệm"],
    &["trong tỉnh", "ngoài tỉnh", "nước ngoài", "xuất khẩu"],
    &["siêu nhỏ", "nhỏ", "nhỏ và siêu nhỏ", "vừa", "lớn"],
    &["trên đại học", "sau đại học", "đại học", "cao đẳng", "trung cấp", "sơ cấp"],
    &["kinh", "mông", "dao", "tày", "giáy", "nùng", "thái", "hà nhì", "phù lá", "bố y", "la chí", "khác"],
    &["quốc tế", "nội địa"],
    &["trực tuyến", "trực tiếp"],
    &["đúng hạn", "quá hạn", "trễ hạn"],
    &["định kỳ", "đột xuất"],
    &["tập thể", "cá nhân"],
    &["trâu", "bò", "lợn", "dê", "ngựa", "gia cầm"],
    &["mầm non", "tiểu học", "trung học cơ sở", "trung học phổ thông", "thcs", "thpt"],
    &["3 sao", "4 sao", "5 sao"],
    &["cấp tỉnh", "cấp xã"],
    &[
        "ngân sách trung ương",
        "ngân sách tỉnh",
        "ngân sách địa phương",
        "ngân sách xã",
        "xã hội hóa",
        "doanh nghiệp",
        "nhân dân",
        "vốn vay",
        "vốn nước ngoài",
    ],
    &["nặng", "nhẹ"],
    &["xây mới", "sửa chữa"],
    &["hộ nghèo", "hộ cận nghèo"],
];
/// Steps of a scale: everything that is rated stands on one.
const SCALES: [&[&str]; 4] = [
    &["rất hài lòng", "hài lòng", "bình thường", "chưa hài lòng", "không hài lòng"],
    &["xuất sắc", "tốt", "khá", "trung bình", "yếu", "kém"],
    &["giỏi", "khá", "trung bình", "yếu", "kém"],
    &["hoàn thành xuất sắc", "hoàn thành tốt", "hoàn thành nhiệm vụ", "không hoàn thành"],
];
/// Two states that every task or paper is in one of.
const PAIRS: [[&str; 2]; 17] = [
    ["hoạt động tốt", "hỏng"],
    ["hoạt động tốt", "hư hỏng"],
    ["hoạt động ổn định", "ngừng hoạt động"],
    ["đã giải quyết", "đang giải quyết"],
    ["đã giải quyết", "chưa giải quyết"],
    ["đã xử lý", "đang xử lý"],
    ["đã xử lý", "chưa xử lý"],
    ["đã trả lời", "đang xem xét"],
    ["hoàn thành", "chưa hoàn thành"],
    ["đã hoàn thành", "chưa hoàn thành"],
    ["đã hoàn thành", "đang thực hiện"],
    ["hoàn thành", "đang thực hiện"],
    ["đã khởi công", "chưa khởi công"],
    ["đúng hạn", "trễ hạn"],
    ["đạt chuẩn", "chưa đạt chuẩn"],
    ["đạt chuẩn", "chưa đạt"],
    ["đạt chuẩn", "không đạt"],
];
/// Tokens around a number that name it.
const LABEL: usize = 7;

/// Whether the parts are told by states of one set, each by another, and none is a part of another.
pub(super) fn are_states(parts: &[&Said<'_>]) -> bool {
    let states: Vec<Vec<&str>> = parts.iter().map(|part| of(part, &STATES)).collect();
    let told = states.iter().all(|states| !states.is_empty());
    let done = |states: &Vec<&str>| {
        states.contains(&"hoàn thành") && !states.iter().any(|state| OF_DONE.contains(state))
    };
    let timely = |states: &Vec<&str>| {
        states.iter().any(|state| OF_DONE.contains(state)) && !states.contains(&"hoàn thành")
    };
    let nested = states.iter().any(done) && states.iter().any(timely);
    parts.len() >= 2 && told && !nested && differ(&states)
}

/// Whether the number is told by a state.
pub(super) fn has_state(said: &Said<'_>) -> bool {
    !of(said, &STATES).is_empty()
}

/// Whether one of them is told by a state of what is still to be done.
pub(super) fn tell_pending(parts: &[&Said<'_>]) -> bool {
    const PENDING: [&str; 4] = ["đang", "chưa", "còn", "tồn"];
    parts.iter().any(|part| {
        let behind = label::words_behind(part.tokens, part.to);
        has(label::clause_before(part.tokens, part.from), &PENDING) || has(behind, &PENDING)
    })
}

/// Whether the number is told by a name that splits a set: "nam", "trực tuyến".
pub(super) fn has_family(said: &Said<'_>) -> bool {
    FAMILIES.iter().chain(&SCALES).any(|family| !of(said, family).is_empty())
}

/// Whether a number is told by a state of its own: not the whole, "trong tổng số 186 dự án đang triển khai".
pub(super) fn is_stated(said: &Said<'_>) -> bool {
    has_state(said) && !said.follows(&["trong số", "tổng số", "trong", "tổng"], 3)
}

/// Whether both are told by states: then neither is a part of the other.
pub(super) fn are_siblings(one: &Said<'_>, other: &Said<'_>) -> bool {
    is_stated(one) && has_state(other) && of(one, &STATES) != of(other, &STATES)
}

/// Whether it is told by a state of what is done, so that it may be a part of "hoàn thành".
pub(super) fn is_of_done(said: &Said<'_>) -> bool {
    of(said, &OF_DONE).len() + of(said, &["quá hạn"]).len() > 0
}

/// Whether everything is in one of the two parts.
pub(super) fn are_all(parts: &[&Said<'_>]) -> bool {
    let [one, other] = parts else { return false };
    let (one, other) = (of(one, &STATES), of(other, &STATES));
    PAIRS.iter().any(|[done, not]| {
        let told = |states: &[&str], state: &str| states == [state];
        told(&one, done) && told(&other, not) || told(&one, not) && told(&other, done)
    })
}

/// Whether no thing can be in two of the parts.
pub(super) fn are_opposites(parts: &[&Said<'_>]) -> bool {
    parts.len() >= 2 && FAMILIES.iter().chain(&SCALES).any(|family| are_of(parts, family))
        || are_contrary(parts)
}

/// Whether the parts are told by the steps of a scale, so many that they must be all.
pub(super) fn are_rated(parts: &[&Said<'_>]) -> bool {
    parts.len() >= 4 && SCALES.iter().any(|scale| are_of(parts, scale))
}

/// "29 chủ đầu tư … trên mức bình quân, 11 chủ đầu tư ở mức từ 50% đến 72% và 8 chủ đầu tư dưới 50%": whether the parts are
/// the steps of one measure.
pub(super) fn are_bands(parts: &[&Said<'_>]) -> bool {
    const LOWEST: [&str; 2] = ["dưới", "nhỏ hơn"];
    const STEPS: [&str; 5] = ["trên", "từ", "ở mức", "đạt", "lớn hơn"];
    let item = |said: &Said<'_>| {
        let before = label::clause_before(said.tokens, said.from).len() + LABEL;
        let begin = said.tokens.get(said.from.saturating_sub(before)..said.from).unwrap_or_default();
        let cut =
            begin.iter().rposition(|token| matches!(token.kind, TokenKind::Mark(',' | ';' | '-' | '.')));
        let behind = label::words_behind(said.tokens, said.to);
        let words = begin.get(cut.map_or(0, |cut| cut + 1)..).unwrap_or_default();
        (has(words, &LOWEST) || has(behind, &LOWEST), has(words, &STEPS) || has(behind, &STEPS))
    };
    let items: Vec<(bool, bool)> = parts.iter().map(|part| item(part)).collect();
    let lowest = items.iter().filter(|(lowest, _)| *lowest).count();
    parts.len() >= 3 && lowest == 1 && items.iter().all(|(lowest, step)| *lowest || *step)
}

/// Whether each part is told by another of the names.
fn are_of(parts: &[&Said<'_>], names: &[&'static str]) -> bool {
    let named: Vec<Vec<&str>> = parts.iter().map(|part| of(part, names)).collect();
    named.iter().all(|names| names.len() == 1) && differ(&named)
}

/// "812 nhà văn hóa đạt chuẩn, 221 nhà văn hóa chưa đạt chuẩn": one denies what the other says.
fn are_contrary(parts: &[&Said<'_>]) -> bool {
    let [one, other] = parts else { return false };
    let denied = |said: &Said<'_>| {
        let behind = label::words_behind(said.tokens, said.to);
        let at = behind.iter().position(|token| matches!(token.norm.as_str(), "chưa" | "không"))?;
        behind.get(at + 1).map(|token| token.norm.clone())
    };
    let says = |said: &Said<'_>, word: &str| {
        let behind = label::words_behind(said.tokens, said.to);
        !label::denies(behind) && behind.iter().any(|token| token.norm == word)
    };
    let pair = |one: &Said<'_>, other: &Said<'_>| denied(one).is_some_and(|word| says(other, &word));
    pair(one, other) || pair(other, one)
}

fn differ(names: &[Vec<&str>]) -> bool {
    names.iter().enumerate().all(|(at, one)| names.iter().skip(at + 1).all(|other| one != other))
}

/// Those of `names` that stand beside the number, in its own item.
pub(super) fn of(said: &Said<'_>, names: &[&'static str]) -> Vec<&'static str> {
    let ends = |kind: TokenKind| {
        matches!(kind, TokenKind::Mark(',' | ';' | '.' | ':' | '(' | ')') | TokenKind::Number)
    };
    // "- Ngân sách tỉnh: 2.000 triệu đồng"
    let colon = usize::from(
        said.from.checked_sub(1).and_then(|at| said.tokens.get(at)).is_some_and(|token| token.is_mark(':')),
    );
    let close = said.from - colon;
    let before = said.tokens.get(close.saturating_sub(LABEL)..close).unwrap_or_default();
    let from = before.iter().rposition(|token| ends(token.kind) || token.norm == "và").map_or(0, |at| at + 1);
    let before = before.get(from..).unwrap_or_default();
    // The unit may hold the name: "hộ nghèo".
    let behind = said.tokens.get(said.from + 1..(said.to + LABEL).min(said.tokens.len())).unwrap_or_default();
    let to = behind.iter().position(|token| ends(token.kind) || token.norm == "và").unwrap_or(behind.len());
    let behind = behind.get(..to).unwrap_or_default();
    let found: Vec<&'static str> =
        names.iter().copied().filter(|name| has(before, &[*name]) || has(behind, &[*name])).collect();
    // "cận nghèo" is told by the longer name alone.
    let inner = |name: &&str| found.iter().any(|longer| longer.len() > name.len() && longer.contains(*name));
    found.iter().copied().filter(|name| !inner(name)).collect()
}
