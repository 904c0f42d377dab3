//! Words that lead from one number to another of the same thing.

use super::{has, has_mark};
use crate::text::{Token, TokenKind};

/// Words between a level and its change that bring no subject of their own.
const LINKS: [&str; 83] = [
    "tăng",
    "giảm",
    "thêm",
    "được",
    "cao",
    "thấp",
    "hơn",
    "nhiều",
    "ít",
    "vượt",
    "hụt",
    "tức",
    "là",
    "bằng",
    "tương",
    "ứng",
    "đương",
    "hay",
    "đã",
    "lên",
    "xuống",
    "khoảng",
    "gần",
    "trên",
    "tới",
    "đến",
    "gấp",
    "so",
    "với",
    "cùng",
    "kỳ",
    "năm",
    "tháng",
    "quý",
    "trước",
    "ngoái",
    "cuối",
    "đầu",
    "mức",
    "nhanh",
    "mạnh",
    "nhẹ",
    "sâu",
    "cắt",
    "rút",
    "ngắn",
    "thực",
    "hiện",
    "kế",
    "hoạch",
    "dự",
    "toán",
    "bình",
    "quân",
    "chung",
    "con",
    "số",
    "này",
    "như",
    "vậy",
    "đạt",
    "tỷ",
    "lệ",
    "tốc",
    "độ",
    "trưởng",
    "của",
    "và",
    "i",
    "ii",
    "iii",
    "iv",
    "cả",
    "nước",
    "ước",
    "xấp",
    "xỉ",
    "nghĩa",
    "liền",
    "kề",
    "tuần",
    "ngày",
    "ngưỡng",
];
/// Words that begin something else.
pub(super) const TURNS: [&str; 9] =
    ["và", "còn", "riêng", "trong đó", "nhưng", "song", "gồm", "bao gồm", "trong khi"];
/// Words that name a time or a level to compare with.
pub(super) const TIMES: [&str; 24] = [
    "năm",
    "cùng kỳ",
    "tháng",
    "quý",
    "trong khi",
    "đầu năm",
    "năm trước",
    "năm học",
    "kỳ trước",
    "trước đây",
    "nay",
    "hiện",
    "hiện nay",
    "đến nay",
    "trước",
    "trước đó",
    "cuối năm",
    "tuần",
    "đầu kỳ",
    "giai đoạn",
    "nhiệm kỳ",
    "ban đầu",
    "ngày",
    "vụ",
];
/// Words between two levels of two times.
const IN_TURN: [&str; 59] = [
    "năm", "cùng", "kỳ", "tháng", "quý", "trong", "khi", "đầu", "cuối", "trước", "đây", "nay", "hiện", "đến",
    "đó", "đã", "là", "đạt", "còn", "có", "chỉ", "mới", "ước", "tăng", "giảm", "lên", "xuống", "sang", "thì",
    "i", "ii", "iii", "iv", "và", "so", "với", "của", "số", "này", "con", "tỷ", "lệ", "mức", "trên", "hơn",
    "khoảng", "gần", "ở", "học", "nhiệm", "vụ", "tuần", "ban", "được", "thực", "kế", "tới", "đợt", "liền",
];
/// Whether the words carry a reader from a level to its change without naming anything else.
pub(super) fn is_bridge(words: &[Token]) -> bool {
    if has_mark(words, &[';', '.', ':']) {
        return false;
    }
    let last =
        words.iter().rposition(|token| matches!(token.kind, TokenKind::Mark(',' | '(' | ')' | '–' | '-')));
    match last {
        Some(last) => words.iter().skip(last).all(is_link),
        None => words.len() <= 12 && !has(words, &TURNS),
    }
}

/// Whether a word may stand between a level and its change.
pub(super) fn is_link(token: &Token) -> bool {
    !token.is_word() || LINKS.contains(&token.norm.as_str())
}

/// Whether a word may stand between two levels of one thing.
pub(super) fn in_turn_word(token: &Token) -> bool {
    !token.is_word() || IN_TURN.contains(&token.norm.as_str())
}
