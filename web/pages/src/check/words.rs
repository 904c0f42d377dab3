//! What the page says of a number and of what ties it to others.

use mc_base::Day;
use mc_claims::{Claim, Kind, Modality, Standing, Tie, Time, print, words};
use mc_ui::{Icon, of_data, write};

/// How the page shows a standing.
pub(super) trait Shown: Copy {
    /// Class of its underline.
    fn class(self) -> &'static str;
    /// What the eye sees besides the underline.
    fn icon(self) -> Icon;
    /// In the language spoken now.
    fn word(self) -> &'static str;
}

/// The standings in the order of the legend.
pub(super) const STANDINGS: [Standing; 7] = [
    Standing::Wrong,
    Standing::Beside,
    Standing::Open,
    Standing::Cut,
    Standing::Right,
    Standing::Alone,
    Standing::Aside,
];

impl Shown for Standing {
    fn class(self) -> &'static str {
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

    fn icon(self) -> Icon {
        match self {
            Self::Wrong => Icon::Cross,
            Self::Beside => Icon::Warning,
            Self::Open => Icon::Open,
            Self::Cut => Icon::CheckLate,
            Self::Right => Icon::Check,
            Self::Alone | Self::Aside => Icon::Dash,
        }
    }

    fn word(self) -> &'static str {
        of_data(words::standing(self))
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
    match of_data(words::hedge(claim.hedge)) {
        "" => format!("{number}{unit}"),
        hedge => format!("{hedge} {number}{unit}"),
    }
}

/// What sort of number; nothing of a plain count that is so.
pub(super) fn sort(claim: &Claim) -> Vec<&'static str> {
    let plain = matches!(claim.kind, Kind::Count | Kind::Money | Kind::Measure | Kind::Percent);
    let kind = (!plain).then(|| of_data(words::kind(claim.kind)));
    let modality = (claim.modality != Modality::Fact).then(|| of_data(words::modality(claim.modality)));
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

/// What ties the numbers together, as a sentence begins.
pub(super) fn tie(tie: Tie) -> String {
    words::sentence(of_data(words::tie(tie)))
}
