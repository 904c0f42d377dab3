//! What verdicts, ties and sorts of numbers are called: one place for the page, the documents and the command.
//!
//! All begin in lower case; who begins a sentence with one takes [`sentence`].

use crate::{Hedge, Kind, Modality, Standing, Tie, Verdict};

/// What a calculation comes to.
#[must_use]
pub const fn verdict(verdict: Verdict) -> &'static str {
    standing(Standing::of(verdict))
}

/// How a number stands among the others.
#[must_use]
pub const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Wrong => "không khớp",
        Standing::Open => "chưa đủ căn cứ",
        Standing::Cut => "khớp khi bỏ bớt chữ số",
        Standing::Right => "khớp",
        Standing::Beside => "nằm trong phép tính không khớp",
        Standing::Alone => "không nối với số nào khác",
        Standing::Aside => "ngoài bài chính, không xét",
    }
}

/// What ties numbers together.
#[must_use]
pub const fn tie(tie: Tie) -> &'static str {
    match tie {
        Tie::Sum => "tổng các phần",
        Tie::Share => "tỷ lệ",
        Tie::Complement => "phần còn lại",
        Tie::Difference => "chênh lệch",
        Tie::Growth => "tăng, giảm",
        Tie::Multiple => "gấp bao nhiêu lần",
        Tie::Mean => "bình quân",
        Tie::SharesTo100 => "các tỷ lệ cộng lại",
        Tie::ListCount => "số mục liệt kê",
        Tie::Rank => "thứ hạng",
    }
}

/// What sort of number it is.
#[must_use]
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Count => "số đếm",
        Kind::Money => "số tiền",
        Kind::Percent => "phần trăm",
        Kind::Points => "điểm phần trăm",
        Kind::Rate => "tỷ suất",
        Kind::Multiple => "số lần",
        Kind::Rank => "thứ hạng",
        Kind::Score => "điểm số",
        Kind::Measure => "số đo",
        Kind::Duration => "thời gian kéo dài",
    }
}

/// The word before a number that widens it; empty for none.
#[must_use]
pub const fn hedge(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::Over => "hơn",
        Hedge::Under => "gần",
        Hedge::About => "khoảng",
        Hedge::AtLeast => "ít nhất",
        Hedge::AtMost => "không quá",
        Hedge::None => "",
    }
}

/// Whether it is there already.
#[must_use]
pub const fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Fact => "đã có",
        Modality::Target => "chỉ tiêu, chưa phải kết quả",
        Modality::Forecast => "dự kiến",
    }
}

/// The same with a capital at its beginning.
#[must_use]
pub fn sentence(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
