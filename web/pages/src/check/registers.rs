//! What the registers say to the numbers of a text, with the way to our figure.

use mc_base::Scaled;
use mc_checking::{CheckedText, Named, Ours, RegisterVerdict, Standing};
use mc_ui::{Icon, of_data, write};

use crate::context::{PERIOD, PLACE, POSITION, Page};
use crate::query::Query;
use crate::said::Said as _;

/// How a number stands to the registers, as a mark behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Against {
    Differs,
    Several,
    Rounded,
    Equal,
    Unknown,
}

impl Against {
    pub(super) const ALL: [Self; 5] =
        [Self::Differs, Self::Several, Self::Rounded, Self::Equal, Self::Unknown];

    const fn one(standing: Standing) -> Self {
        match standing {
            Standing::Equal => Self::Equal,
            Standing::Rounded => Self::Rounded,
            Standing::Different => Self::Differs,
            Standing::Ambiguous => Self::Several,
            Standing::None => Self::Unknown,
        }
    }

    /// Of the claim at `at`; `registers` are in the order of the claims.
    pub(super) fn of(registers: &[RegisterVerdict], at: usize) -> Option<Self> {
        let (from, to) = (
            registers.partition_point(|held| held.claim < at),
            registers.partition_point(|held| held.claim <= at),
        );
        let mut these = registers.get(from..to)?.iter().map(|held| Self::one(held.standing));
        these.clone().find(|against| *against != Self::Unknown).or_else(|| these.next())
    }

    /// Class of its underline, where it has one of its own.
    pub(super) const fn underline(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::Several => "several",
            Self::Rounded | Self::Equal => "ours",
            Self::Unknown => "",
        }
    }

    pub(super) const fn icon(self) -> Icon {
        match self {
            Self::Differs => Icon::Barred,
            Self::Several => Icon::Info,
            Self::Rounded | Self::Equal => Icon::Shield,
            Self::Unknown => Icon::Dash,
        }
    }

    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Differs => "wrong",
            Self::Several => "open",
            Self::Rounded | Self::Equal => "right",
            Self::Unknown => "alone",
        }
    }

    /// In the language spoken now.
    pub(super) fn word(self) -> &'static str {
        let standing = match self {
            Self::Differs => Standing::Different,
            Self::Several => Standing::Ambiguous,
            Self::Rounded => Standing::Rounded,
            Self::Equal => Standing::Equal,
            Self::Unknown => Standing::None,
        };
        of_data(standing.word())
    }
}

/// What one indicator says to a number.
pub(super) struct Held {
    pub(super) against: Against,
    /// "4.607 trạm", "84,2%"; empty where it is not told.
    pub(super) value: String,
    pub(super) title: String,
    /// Place, period, position.
    pub(super) read_at: String,
    /// What a ratio divides.
    pub(super) base: Option<String>,
    pub(super) reason: String,
    /// The page of our figure; empty where there is none.
    pub(super) href: String,
}

/// What one indicator says, or why none does.
pub(super) fn held(page: &Page<'_>, held: &RegisterVerdict) -> Held {
    let (against, reason) = (Against::one(held.standing), held.reason.clone());
    let Some(ours) = held.ours.as_ref() else {
        let none = String::new;
        return Held {
            against,
            value: none(),
            title: none(),
            read_at: none(),
            base: None,
            reason,
            href: none(),
        };
    };
    let read_at = t!(
        "{place}, {period}, như đã biết ở lần ghi {seq}",
        place = page.place_name(ours.place),
        period = ours.period.phrase(),
        seq = write::whole(i128::from(ours.position.0))
    );
    let base = ours
        .base
        .as_ref()
        .map(|base| t!("{num} trên {den}", num = decimal(&base.num), den = decimal(&base.den)));
    Held {
        against,
        value: ours.value_words(),
        title: part(page, ours).map_or_else(|| ours.title.clone(), |part| format!("{} ({part})", ours.title)),
        read_at,
        base,
        reason,
        href: figure_address(ours),
    }
}

/// Which part of the indicator was read, in the language spoken now.
fn part(page: &Page<'_>, ours: &Ours) -> Option<String> {
    let (field, part) = Named::of(page.snapshot(), ours).part?;
    Some(match field {
        Some(field) => format!("{}: {}", field.said(), part.said()),
        None => part.said().to_owned(),
    })
}

fn decimal(text: &str) -> String {
    Scaled::parse(text).map_or_else(|| text.to_owned(), write::decimal)
}

/// The figure as it was read: place, period, position; where a part of it was, split so that the part shows.
#[must_use]
pub fn figure_address(ours: &Ours) -> String {
    let part = ours.part.as_ref().map(|(cut, _)| cut.as_str());
    let address = Query::default()
        .with(PLACE, Some(&ours.place_code))
        .with(PERIOD, Some(&ours.period.to_string()))
        .with(POSITION, Some(&format!("ghi-{}", ours.position.0)))
        .with("theo", part)
        .address(&format!("/chi-tieu/{}", ours.slug));
    if part.is_some() { format!("{address}#tach") } else { address }
}

/// The numbers that stand so: which, as written, and what we have.
pub(super) fn those(
    page: &Page<'_>,
    found: &CheckedText,
    wanted: impl Fn(Against) -> bool,
) -> Vec<(usize, String, Held)> {
    let these = found.registers.iter().filter(|verdict| wanted(Against::one(verdict.standing)));
    let line = |verdict: &RegisterVerdict| {
        let claim = found.checked.claims.get(verdict.claim)?;
        Some((verdict.claim, claim.text.clone(), held(page, verdict)))
    };
    these.filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use mc_base::{Period, PlaceId, Seq};
    use mc_checking::Ours;

    use super::figure_address;

    #[test]
    fn a_part_of_a_figure_opens_where_it_is_split() {
        let whole = Ours {
            indicator: "stations".to_owned(),
            slug: "tram-bts".to_owned(),
            title: "Số trạm".to_owned(),
            version: 1,
            value: None,
            unit: "trạm".to_owned(),
            part: None,
            base: None,
            place: PlaceId(1),
            place_code: "15".to_owned(),
            period: Period::parse("2025-10-31").expect("a day"),
            position: Seq(77),
        };
        assert_eq!(figure_address(&whole), "/chi-tieu/tram-bts?dv=15&ky=2025-10-31&tai=ghi-77");
        let part = Ours { part: Some(("operator".to_owned(), "A".to_owned())), ..whole };
        assert_eq!(
            figure_address(&part),
            "/chi-tieu/tram-bts?dv=15&ky=2025-10-31&tai=ghi-77&theo=operator#tach"
        );
    }
}
