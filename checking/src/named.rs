//! What a verdict of the registers says to people, in a line.

use mc_base::{AgencyId, number::whole};
use mc_claims::{print, words::sentence};
use mc_port::Snapshot;
use mc_register::Title;

use crate::verdict::{Ours, RegisterVerdict};

/// Decimals of our figure.
const PLACES: u32 = 2;

/// The names of what an answer of the registers is of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// The place.
    pub place: String,
    /// The field that parts the figure, where one is declared, and the part.
    pub part: Option<(Option<Title>, Title)>,
}

impl Named {
    /// As the store names them.
    #[must_use]
    pub fn of(snapshot: &dyn Snapshot, ours: &Ours) -> Self {
        let place = snapshot.places().get(ours.place);
        let place = place.map_or_else(|| ours.place_code.clone(), |place| place.name.clone());
        Self { place, part: part(snapshot, ours) }
    }

    /// "nhà mạng: Viettel".
    #[must_use]
    pub fn part_words(&self) -> Option<String> {
        let (field, part) = self.part.as_ref()?;
        Some(match field {
            Some(field) => format!("{}: {}", field.vi, part.vi),
            None => part.vi.clone(),
        })
    }
}

/// Which part of the indicator was read.
fn part(snapshot: &dyn Snapshot, ours: &Ours) -> Option<(Option<Title>, Title)> {
    let (cut, key) = ours.part.as_ref()?;
    let definition = snapshot.indicators().into_iter().find(|known| known.id == ours.indicator)?;
    let schema = snapshot.schema(&definition.num.register)?;
    let field = schema.field(cut);
    let as_written = |text: &str| Title { vi: text.to_owned(), en: text.to_owned() };
    let part = match (field, field.and_then(|field| field.code(key))) {
        (_, Some(code)) => code.title.clone(),
        (Some(_), None) => as_written(snapshot.agencies().name(&AgencyId(key.clone()))),
        (None, None) => as_written(key),
    };
    Some((field.map(|field| field.title.clone()), part))
}

impl Ours {
    /// "4.607 trạm", "84,2%"; empty where it is not told.
    #[must_use]
    pub fn value_words(&self) -> String {
        let space = if self.unit == "%" { "" } else { " " };
        let value = self.value.map(|value| format!("{}{space}{}", print::exact(value, PLACES), self.unit));
        value.unwrap_or_default()
    }
}

/// "Khác số trong sổ: 4.607 trạm, Số trạm đang hoạt động (stations), Tỉnh Lào Cai, ngày 17/11/2025, như đã biết ở lần
/// ghi 40; chưa rõ". `named` is of the verdict's figure.
#[must_use]
pub fn line(verdict: &RegisterVerdict, named: Option<&Named>) -> String {
    let mut line = sentence(verdict.standing.word());
    if let Some((ours, named)) = verdict.ours.as_ref().zip(named) {
        let part = named.part_words().map(|part| format!(" ({part})")).unwrap_or_default();
        let title = format!("{}{part} ({})", ours.title, ours.indicator);
        let known = format!("như đã biết ở lần ghi {}", whole(ours.position.0));
        let said = [ours.value_words(), title, named.place.clone(), ours.period.phrase(), known];
        let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
        line.push_str(&format!(": {}", said.join(", ")));
    }
    if !verdict.reason.is_empty() {
        line.push_str(&format!("; {}", verdict.reason));
    }
    line
}
