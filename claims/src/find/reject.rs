//! Numbers that claim nothing: dates, hours, years, numbers of documents, names.

use crate::lexicon::{any_of, ends_with, starts_with, unit_at};
use crate::text::{Token, TokenKind};

/// Words whose number is a name: of a document, a road, a line.
const NAMED: [&str; 40] = [
    "mức độ",
    "cấp độ",
    "điều",
    "khoản",
    "nghị quyết",
    "nghị định",
    "quyết định",
    "thông tư",
    "chỉ thị",
    "luật",
    "công điện",
    "công văn",
    "thông báo số",
    "kế hoạch số",
    "quy chuẩn",
    "tiêu chuẩn",
    "quốc lộ",
    "ô",
    "tỉnh lộ",
    "hotline",
    "đường dây nóng",
    "điện thoại",
    "tổng đài",
    "biển số",
    "biển kiểm soát",
    "phương châm",
    "đầu số",
    "kênh vtv",
    "mã số",
    "mẫu số",
    "công nghiệp",
    "cách mạng công nghiệp",
    "cách mạng công nghiệp lần thứ",
    "zalo",
    "sđt",
    "đt",
    "chương trình số",
    "kết luận số",
    "đề án số",
    "phiên bản",
];
/// As [`NAMED`] where the number itself is not followed by a unit.
/// Things with a number, whatever is said of them behind it: "khu dân cư số 3 tổ chức ngày hội".
const NUMBERED: [&str; 10] = [
    "dân cư số",
    "tổ số",
    "khu số",
    "phòng số",
    "nhà số",
    "thầu số",
    "trường số",
    "dự án số",
    "khu phố số",
    "tiểu khu số",
];
const PLACED: [&str; 43] = [
    "dự án",
    "tiểu dự án",
    "hợp phần",
    "dự án thành phần",
    "chương",
    "mục",
    "phụ lục",
    "thôn",
    "tổ",
    "bản",
    "khu phố",
    "phường",
    "quận",
    "lớp",
    "nhóm",
    "loại",
    "khối",
    "đội",
    "kỳ",
    "tập",
    "phần",
    "bài",
    "km",
    "trang",
    "tầng",
    "đường",
    "vùng",
    "khóa",
    "biểu",
    "mẫu",
    "bảng",
    "hình",
    "lô",
    "số",
    "khu",
    "xóm",
    "ấp",
    "đồn",
    "cột mốc",
    "mốc",
    "ga",
    "phòng",
    "tổ dân phố",
];
/// Before a day.
const DAYS: [&str; 11] =
    ["ngày", "sáng", "chiều", "tối", "đêm", "trưa", "hôm", "mùng", "mồng", "rằm", "rạng sáng"];
/// Before an hour.
const HOURS: [&str; 9] = ["lúc", "vào", "đúng", "hồi", "vào lúc", "từ", "đến", "trước", "sau"];
/// Words that make a following number of a day a number of things: "mỗi ngày 15 lượt".
const EACH: [&str; 6] = ["mỗi", "một", "trong", "bình quân", "trung bình", "hằng"];
/// Behind a fraction of everything: "2/3 số thôn", "1/4 tổng thu".
pub(super) const OF_ALL: [&str; 7] = ["số", "tổng", "tổng số", "diện tích", "dân số", "chiều dài", "phần"];
const YEAR_FIRST: i64 = 1_800;
const YEAR_LAST: i64 = 2_199;

/// Where what begins at `at` ends, when it holds digits and claims nothing.
pub(super) fn skipped(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    if token.kind == TokenKind::Code {
        return Some(run_end(tokens, at));
    }
    if !token.is_number() {
        return small_word(tokens, at);
    }
    document(tokens, at)
        .or_else(|| around_the_clock(tokens, at))
        .or_else(|| date(tokens, at))
        .or_else(|| hour(tokens, at))
        .or_else(|| year(tokens, at))
        .or_else(|| named(tokens, at))
}

/// Everything that hangs together without a space.
fn run_end(tokens: &[Token], at: usize) -> usize {
    let hangs = |token: &&Token| {
        token.glued && !matches!(token.kind, TokenKind::Mark(',' | ')' | ';' | '.' | '”' | '"' | ':'))
    };
    at + 1 + tokens.iter().skip(at + 1).take_while(hangs).count()
}

fn whole(token: Option<&Token>) -> Option<i64> {
    token.filter(|token| token.is_number() && token.norm.len() <= 4)?.norm.parse().ok()
}

fn is_year(number: i64) -> bool {
    (YEAR_FIRST..=YEAR_LAST).contains(&number)
}

fn slash(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.is_mark('/') && token.glued)
}

/// "57-NQ/TW", "15/BC-STC", "57/2025/NĐ-CP"
fn document(tokens: &[Token], at: usize) -> Option<usize> {
    let mut end = at + 1;
    while let Some(mark) =
        tokens.get(end).filter(|token| token.glued && (token.is_mark('/') || token.is_dash()))
    {
        let next = tokens.get(end + 1).filter(|token| token.glued)?;
        let letters = next.is_word() && next.capital && next.norm != "usd";
        if letters && (mark.is_mark('/') || mark.is_dash()) {
            return Some(run_end(tokens, at));
        }
        if !next.is_number() {
            return None;
        }
        end += 2;
    }
    None
}

/// "24/24 giờ", "24/7"
fn around_the_clock(tokens: &[Token], at: usize) -> Option<usize> {
    let hours = tokens.get(at).is_some_and(|hours| hours.norm == "24") && slash(tokens, at + 1);
    (hours && any_of(tokens.get(at + 2), &["24", "7"])).then_some(at + 3)
}

/// "17/11", "17/11/2025", "10/2025", "ngày 17 tháng 11", "tháng 10".
fn date(tokens: &[Token], at: usize) -> Option<usize> {
    let day = whole(tokens.get(at))?;
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let each = at.checked_sub(1).is_some_and(|end| ends_with(tokens, end, &EACH) > 0);
    if slash(tokens, at + 1) {
        let month = whole(tokens.get(at + 2))?;
        let third = slash(tokens, at + 3).then(|| whole(tokens.get(at + 4))).flatten();
        if third.is_some_and(is_year) {
            return Some(at + 5);
        }
        if is_year(month) && day <= 12 {
            return Some(at + 3);
        }
        let plausible = (1..=31).contains(&day) && (1..=12).contains(&month);
        let counted =
            unit_at(tokens, at + 3).is_some() || tokens.get(at + 3).is_some_and(|token| token.is_mark('('));
        let of_all = starts_with(tokens, at + 3, &OF_ALL) > 0;
        let introduced = any_of(before, &DAYS) || !(counted || of_all);
        return (plausible && introduced && third.is_none()).then_some(at + 3);
    }
    // "từ ngày 5 đến 10/12", "16-18/11"
    let to_date = tokens
        .get(at + 1)
        .is_some_and(|token| token.is_dash() || matches!(token.norm.as_str(), "đến" | "và"))
        && whole(tokens.get(at + 2)).is_some_and(|day| day <= 31)
        && slash(tokens, at + 3)
        && whole(tokens.get(at + 4)).is_some_and(|month| month <= 12 || is_year(month))
        && unit_at(tokens, at + 5).is_none();
    if to_date && day <= 31 {
        return Some(at + 1);
    }
    let month_next = any_of(tokens.get(at + 1), &["tháng"]);
    if any_of(before, &DAYS) && day <= 31 && (!each || month_next) {
        return Some(if month_next && whole(tokens.get(at + 2)).is_some() { at + 3 } else { at + 1 });
    }
    let of_month = any_of(before, &["tháng", "quý"]) && day <= 12;
    let counted = at.checked_sub(2).and_then(|before| tokens.get(before)).is_some_and(Token::is_number);
    (of_month && !counted).then_some(at + 1)
}

/// "13 giờ 30 phút", "từ 8 giờ", "13:30"
fn hour(tokens: &[Token], at: usize) -> Option<usize> {
    if tokens.get(at + 1).is_some_and(|token| token.is_mark(':') && token.glued)
        && tokens.get(at + 2).is_some_and(|token| token.is_number() && token.glued)
    {
        return Some(at + 3);
    }
    let hour = whole(tokens.get(at)).filter(|hour| *hour <= 24)?;
    if !any_of(tokens.get(at + 1), &["giờ"]) {
        return None;
    }
    let minutes = whole(tokens.get(at + 2)).is_some_and(|minutes| minutes < 60);
    let end = if minutes { at + 3 + usize::from(any_of(tokens.get(at + 3), &["phút"])) } else { at + 2 };
    let of_day = any_of(tokens.get(end), &["ngày", "sáng", "chiều", "tối", "đêm", "trưa", "hôm"]);
    let introduced = ends_with(tokens, at, &HOURS) > 0;
    let struck = ends_with(tokens, at, &["lúc", "hồi", "đúng"]) > 0;
    (hour <= 24 && (of_day || struck || (introduced && minutes))).then_some(end)
}

/// "năm 2025", "2021 - 2025", "đến 2030"
fn year(tokens: &[Token], at: usize) -> Option<usize> {
    let number = whole(tokens.get(at)).filter(|number| is_year(*number))?;
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    if any_of(before, &["năm", "từ năm", "khóa", "nhiệm kỳ", "niên khóa", "học"])
        || ends_with(tokens, at, &["giai đoạn", "năm học"]) > 0
    {
        return Some(at + 1);
    }
    let span = tokens.get(at + 1).is_some_and(Token::is_dash)
        && whole(tokens.get(at + 2)).is_some_and(|to| is_year(to) && to > number && to - number < 60);
    if span {
        return Some(at + 3);
    }
    unit_at(tokens, at + 1).is_none().then_some(at + 1)
}

fn named(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let telephone = token.norm.starts_with('0') && token.norm.len() >= 9;
    if telephone || tokens.get(at + 1).is_some_and(|token| token.is_mark('°')) {
        return Some(run_end(tokens, at));
    }
    // "dân tộc thiểu số 702" counts them.
    let minor = ends_with(tokens, at, &["thiểu số"]) > 0;
    let numbered = ends_with(tokens, at, &["số"]) > 0
        && !minor
        && ends_with(tokens, at, &["tổng số", "trong số", "một số", "con số", "số số"]) == 0;
    let multiplied = any_of(tokens.get(at + 1), &["nghìn", "ngàn", "triệu", "tỷ", "tr"]);
    let counted = multiplied || unit_at(tokens, at + 1).is_some();
    // "công nghiệp 38,0%" is told of the field, "công nghiệp 4.0" is a name.
    let percent = tokens.get(at + 1).is_some_and(|token| token.is_mark('%'));
    let place = numbered && ends_with(tokens, at, &NUMBERED) > 0;
    // "trên quốc lộ 171 vụ"
    let road = ends_with(tokens, at, &["quốc lộ", "tỉnh lộ"]) > 0 && counted;
    // "kỷ luật 12 đảng viên" names no law, "công nghiệp 3,21 điểm %" no age of industry.
    let verb =
        ends_with(tokens, at, &["kỷ luật"]) > 0 || ends_with(tokens, at, &["công nghiệp"]) > 0 && counted;
    if (ends_with(tokens, at, &NAMED) > 0 && !percent && !road && !verb) || place || (numbered && !counted) {
        return Some(at + 1);
    }
    // "thứ 5", "lần thứ 2": but a rank is a claim.
    if ends_with(tokens, at, &["thứ"]) > 0 && !is_ranked(tokens, at) {
        return Some(at + 1);
    }
    if ends_with(tokens, at, &PLACED) > 0 && !counted && !minor {
        return Some(at + 1);
    }
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let name = at > 1 && before.is_some_and(|word| word.capital && word.is_word());
    (name && !counted && !tokens.get(at + 1).is_some_and(|token| token.is_mark('%') || token.is_mark('/')))
        .then_some(at + 1)
}

/// Whether the number before token `at` is a position: "đứng thứ 9", "xếp hạng 9", "top 10".
pub(super) fn is_ranked(tokens: &[Token], at: usize) -> bool {
    const RANKED: [&str; 15] = [
        "hạng",
        "đứng thứ",
        "xếp thứ",
        "xếp hạng",
        "đứng hạng",
        "hạng thứ",
        "vị trí thứ",
        "top",
        "xếp vị trí",
        "vị trí",
        "ở thứ",
        "lên thứ",
        "xuống thứ",
        "lên hạng",
        "xếp hạng thứ",
    ];
    // "sản phẩm hạng 4 sao" is a grade; "(thứ 29)" is where somebody stood before.
    let graded = any_of(tokens.get(at + 1), &["sao"]);
    let bracketed = ends_with(tokens, at, &["thứ"]) > 0
        && at.checked_sub(2).and_then(|open| tokens.get(open)).is_some_and(|mark| mark.is_mark('('));
    !graded && (ends_with(tokens, at, &RANKED) > 0 || bracketed)
}

/// "một", and a year that looks like a five.
fn small_word(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at).filter(|token| token.is_word())?;
    const BEFORE_YEAR: [&str; 26] = [
        "hằng", "hàng", "mỗi", "cả", "trong", "cuối", "đầu", "giữa", "qua", "các", "những", "nhiều", "từng",
        "sang", "vài", "mấy", "một", "hai", "ba", "đến", "của", "theo", "mươi", "mười", "trước", "sau",
    ];
    let year = token.norm == "năm"
        && (at > 0 && ends_with(tokens, at, &BEFORE_YEAR) > 0
            || at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(Token::is_number));
    let ordinal = ends_with(tokens, at, &["thứ", "tháng", "quý"]) > 0 && !is_ranked(tokens, at);
    let number = matches!(
        token.norm.as_str(),
        "một" | "hai" | "ba" | "bốn" | "tư" | "năm" | "sáu" | "bảy" | "tám" | "chín" | "mười"
    );
    (year || (ordinal && number)).then_some(at + 1)
}
