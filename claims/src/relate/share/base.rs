//! What a percentage is said to be of: "96,4% kế hoạch", "80% số hộ nghèo", "41% tổng chi".

use super::super::{Said, has, label};
use super::PLAN;
use crate::claim::Kind;
use crate::lexicon::starts_with;
use crate::text::Token;

/// What the words behind a percentage name as its whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Base<'d> {
    /// Nothing.
    Unsaid,
    /// A plan or target.
    Plan,
    /// The level of another time.
    Earlier,
    /// A thing, by the words of its name.
    Named(Vec<&'d str>),
}

/// How a number answers to the name of a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fit {
    /// Its own words tell the name.
    Named,
    /// They tell it but for "tổng".
    Likely,
    /// The name says no more than the unit, or nothing is named.
    Open,
    /// The name has words that are not said of it.
    Other,
}

/// Words behind a percentage with which no name of a whole begins.
const NO_NAME: [&str; 56] = [
    "và", "vào", "tính", "tại", "ở", "sau", "từ", "đến", "trước", "hiện", "là", "có", "được", "đã", "khi",
    "cho", "để", "do", "nhờ", "vì", "theo", "thì", "với", "không", "chưa", "cao", "thấp", "tăng", "giảm",
    "còn", "cùng", "đạt", "đúng", "hoàn", "năm", "trong", "như", "nhưng", "song", "vượt", "gồm", "bao",
    "hay", "hoặc", "trở", "mỗi", "hằng", "hàng", "nay", "xếp", "đứng", "thuộc", "này", "đó", "ngay", "nên",
];
/// Words at which a name ends.
const ENDS: [&str; 21] = [
    "và", "tăng", "giảm", "chiếm", "còn", "gồm", "vượt", "gấp", "thì", "nhưng", "do", "nhờ", "để", "riêng",
    "theo", "cao", "thấp", "tính", "vào", "là", "song",
];
/// Words before the level of another time.
const EARLIER: [&str; 9] = [
    "cùng kỳ",
    "năm trước",
    "năm ngoái",
    "so với năm",
    "thực hiện năm",
    "tháng trước",
    "quý trước",
    "kỳ trước",
    "so với thực hiện",
];
/// Words that name a whole, whatever stands before them.
const LEADS: [&str; 9] = [
    "trong tổng",
    "trong số",
    "trong tổng số",
    "trên tổng",
    "trên tổng số",
    "cùng kỳ",
    "năm trước",
    "tổng",
    "số",
];

impl<'d> Base<'d> {
    pub(super) fn of(percent: &Said<'d>) -> Self {
        let words = label::words_behind(percent.tokens, percent.to);
        let end = words.iter().skip(1).position(|token| ENDS.contains(&token.norm.as_str()));
        let words = words.get(..end.map_or(words.len(), |end| end + 1)).unwrap_or_default();
        let Some(first) = words.first() else { return Self::Unsaid };
        let near = words.get(..words.len().min(7)).unwrap_or_default();
        if has(near, &PLAN) {
            return Self::Plan;
        }
        if has(near, &EARLIER) {
            return Self::Earlier;
        }
        if NO_NAME.contains(&first.norm.as_str()) && starts_with(words, 0, &LEADS) == 0 {
            return Self::Unsaid;
        }
        Self::Named(name(words))
    }

    /// How `whole` answers to it.
    pub(super) fn fit(&self, whole: &Said<'_>) -> Fit {
        let Self::Named(name) = self else { return Fit::Open };
        let total = whole.claim.kind == Kind::Money;
        let rest = name.iter().copied().filter(|word| !is_of_unit(whole, word) && (total || *word != "tổng"));
        let rest: Vec<&str> = rest.collect();
        let bare: Vec<&str> = rest.iter().copied().filter(|word| *word != "tổng").collect();
        if rest.is_empty() {
            Fit::Open
        } else if label::leads(whole, &rest) {
            Fit::Named
        } else if !bare.is_empty() && label::leads(whole, &bare) {
            Fit::Likely
        } else {
            Fit::Other
        }
    }
}

/// The words of a name; "tổng" of money is one of them, as a total of money has parts of the same name.
fn name(words: &[Token]) -> Vec<&str> {
    let mut name = label::content(words);
    if words.iter().take(2).any(|word| word.norm == "tổng") && !name.is_empty() {
        name.push("tổng");
    }
    name
}

/// Whether a word says no more than the unit does: "diện tích" of hectares.
fn is_of_unit(whole: &Said<'_>, word: &str) -> bool {
    let unit = whole.claim.unit.as_str();
    let implied: &[&str] = match (whole.claim.kind, unit) {
        (Kind::Money, _) => &["vốn", "kinh", "phí", "tiền", "nguồn"],
        (_, "ha" | "m²" | "km²") => &["diện", "tích"],
        (_, "km" | "m") => &["chiều", "dài"],
        (_, "tấn" | "tạ" | "kg") => &["sản"],
        (_, "người" | "lao động" | "nhân khẩu" | "khẩu") => &["dân", "người", "nhân", "khẩu"],
        _ => &[],
    };
    implied.contains(&word) || unit.split([' ', '/', ',']).any(|of| of == word)
}
