//! What the page says of a number and of what ties it to others.

use mc_base::Day;
use mc_claims::{Claim, Hedge, Kind, Modality, Tie, Time, Verdict, print};
use mc_ui::{Icon, write};

/// How a number stands: the worst of what it states, and else what it helps to say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Standing {
    /// What it states is not what its parts give.
    Wrong,
    /// What it states cannot be judged by the text.
    Open,
    /// What it states holds when digits are cut off.
    Cut,
    /// What it states holds, or what it is a part of.
    Right,
    /// It is a part of what does not hold.
    Beside,
    /// Nothing ties it to another number.
    Alone,
    /// It stands outside the text proper.
    Aside,
}

impl Standing {
    pub(super) const ALL: [Self; 7] =
        [Self::Wrong, Self::Beside, Self::Open, Self::Cut, Self::Right, Self::Alone, Self::Aside];

    pub(super) const fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Ok => Self::Right,
            Verdict::OkTruncated => Self::Cut,
            Verdict::Mismatch => Self::Wrong,
            Verdict::Insufficient => Self::Open,
        }
    }

    /// Class of its underline.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Beside => "beside",
            Self::Open => "open",
            Self::Cut => "cut",
            Self::Right => "right",
            Self::Alone => "alone",
            Self::Aside => "aside",
        }
    }

    pub(super) const fn icon(self) -> Icon {
        match self {
            Self::Wrong => Icon::Cross,
            Self::Beside => Icon::Warning,
            Self::Open => Icon::Open,
            Self::Cut => Icon::CheckLate,
            Self::Right => Icon::Check,
            Self::Alone | Self::Aside => Icon::Dash,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Wrong => t!("không khớp"),
            Self::Beside => t!("nằm trong phép tính không khớp"),
            Self::Open => t!("chưa đủ căn cứ"),
            Self::Cut => t!("khớp khi bỏ bớt chữ số"),
            Self::Right => t!("khớp"),
            Self::Alone => t!("không nối với số nào khác"),
            Self::Aside => t!("ngoài bài chính, không xét"),
        }
    }
}

/// "hơn 4.600 trạm", read back in the base unit.
pub(super) fn value(claim: &Claim) -> String {
    let number = print::plain(claim.value);
    let number = match claim.value_to {
        Some(to) => t!("{number} đến {to}", number, to = print::plain(to)),
        None => number,
    };
    let unit = match claim.unit.as_str() {
        "" => String::new(),
        "%" => "%".to_owned(),
        unit => format!(" {unit}"),
    };
    match hedge(claim.hedge) {
        "" => format!("{number}{unit}"),
        hedge => format!("{hedge} {number}{unit}"),
    }
}

fn hedge(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::Over => t!("hơn"),
        Hedge::Under => t!("gần"),
        Hedge::About => t!("khoảng"),
        Hedge::AtLeast => t!("ít nhất"),
        Hedge::AtMost => t!("không quá"),
        Hedge::None => "",
    }
}

/// What sort of number; nothing of a plain count that is so.
pub(super) fn sort(claim: &Claim) -> Vec<&'static str> {
    let kind = match claim.kind {
        Kind::Count | Kind::Money | Kind::Measure | Kind::Percent => None,
        Kind::Points => Some(t!("điểm phần trăm")),
        Kind::Rate => Some(t!("tỷ suất")),
        Kind::Multiple => Some(t!("số lần")),
        Kind::Rank => Some(t!("thứ hạng")),
        Kind::Score => Some(t!("điểm số")),
        Kind::Duration => Some(t!("thời gian kéo dài")),
    };
    let modality = match claim.modality {
        Modality::Fact => None,
        Modality::Target => Some(t!("chỉ tiêu, chưa phải kết quả")),
        Modality::Forecast => Some(t!("dự kiến")),
    };
    kind.into_iter().chain(modality).collect()
}

pub(super) fn time(time: Time) -> String {
    let day = |day: Day| write::day(day);
    match (time.from, time.to) {
        (Some(from), Some(to)) if from == to => t!("ngày {day}", day = day(to)),
        (Some(from), Some(to)) => t!("từ {from} đến {to}", from = day(from), to = day(to)),
        (Some(from), None) => t!("từ {from}", from = day(from)),
        (None, Some(to)) => t!("đến {to}", to = day(to)),
        (None, None) => String::new(),
    }
}

pub(super) fn tie(tie: Tie) -> &'static str {
    match tie {
        Tie::Sum => t!("Tổng các phần"),
        Tie::Share => t!("Tỷ lệ"),
        Tie::Complement => t!("Phần còn lại"),
        Tie::Difference => t!("Chênh lệch"),
        Tie::Growth => t!("Tăng, giảm"),
        Tie::Multiple => t!("Gấp bao nhiêu lần"),
        Tie::Mean => t!("Bình quân"),
        Tie::SharesTo100 => t!("Các tỷ lệ cộng lại"),
        Tie::ListCount => t!("Số mục liệt kê"),
        Tie::Rank => t!("Thứ hạng"),
    }
}
