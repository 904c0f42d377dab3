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
}

impl Against {
    const ALL: [Self; 4] = [Self::Differs, Self::Several, Self::Rounded, Self::Equal];

    const fn one(standing: Standing) -> Option<Self> {
        match standing {
            Standing::Equal => Some(Self::Equal),
            Standing::Rounded => Some(Self::Rounded),
            Standing::Different => Some(Self::Differs),
            Standing::Ambiguous => Some(Self::Several),
            Standing::None => None,
        }
    }

    /// Of the claim at `at`.
    pub(super) fn of(registers: &[RegisterVerdict], at: usize) -> Option<Self> {
        registers.iter().filter(|held| held.claim == at).find_map(|held| Self::one(held.standing))
    }

    /// How many of the claims stand so; nothing where none does.
    pub(super) fn counts(registers: &[RegisterVerdict], claims: usize) -> Vec<(Self, String)> {
        let all: Vec<Self> = (0..claims).filter_map(|at| Self::of(registers, at)).collect();
        let count = |wanted: Self| all.iter().filter(|against| **against == wanted).count();
        let counted = Self::ALL.into_iter().map(|against| (against, count(against)));
        counted.filter(|(_, count)| *count > 0).map(|(it, count)| (it, write::whole(count as u64))).collect()
    }

    pub(super) const fn icon(self) -> Icon {
        match self {
            Self::Differs => Icon::Barred,
            Self::Several => Icon::Info,
            Self::Rounded | Self::Equal => Icon::Shield,
        }
    }

    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Differs => "wrong",
            Self::Several => "open",
            Self::Rounded | Self::Equal => "right",
        }
    }

    /// In the language spoken now.
    pub(super) fn word(self) -> &'static str {
        let standing = match self {
            Self::Differs => Standing::Different,
            Self::Several => Standing::Ambiguous,
            Self::Rounded => Standing::Rounded,
            Self::Equal => Standing::Equal,
        };
        of_data(standing.word())
    }
}

/// What one indicator says to a number.
pub(super) struct Held {
    pub(super) against: Option<Against>,
    /// "4.607 trạm", "84,2%"; empty where it is not told.
    pub(super) value: String,
    pub(super) title: String,
    /// Place, period, position.
    pub(super) read_at: String,
    /// What a ratio divides.
    pub(super) base: Option<String>,
    pub(super) reason: String,
    /// The page of our figure.
    pub(super) href: String,
}

/// `None` where no indicator is near.
pub(super) fn held(page: &Page<'_>, held: &RegisterVerdict) -> Option<Held> {
    let ours = held.ours.as_ref()?;
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
    Some(Held {
        against: Against::one(held.standing),
        value: ours.value_words(),
        title: part(page, ours).map_or_else(|| ours.title.clone(), |part| format!("{} ({part})", ours.title)),
        read_at,
        base,
        reason: held.reason.clone(),
        href: figure_address(ours),
    })
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

/// The figure as it was read: place, period, position.
#[must_use]
pub fn figure_address(ours: &Ours) -> String {
    Query::default()
        .with(PLACE, Some(&ours.place_code))
        .with(PERIOD, Some(&ours.period.to_string()))
        .with(POSITION, Some(&format!("ghi-{}", ours.position.0)))
        .address(&format!("/chi-tieu/{}", ours.slug))
}

/// The numbers that differ: which, as written, and what we have.
pub(super) fn differing(page: &Page<'_>, found: &CheckedText) -> Vec<(usize, String, Held)> {
    let these = found.registers.iter().filter(|verdict| verdict.standing == Standing::Different);
    let line = |verdict: &RegisterVerdict| {
        let claim = found.checked.claims.get(verdict.claim)?;
        Some((verdict.claim, claim.text.clone(), held(page, verdict)?))
    };
    these.filter_map(line).collect()
}
