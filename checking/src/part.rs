//! A part of a figure that the words behind a number set off: "của Viettel", "do Văn phòng Tỉnh ủy quản lý".

use mc_base::{AgencyId, Day, PlaceId};
use mc_figure::Definition;
use mc_port::{By, FigureRequest, Snapshot, StoreFailure, agency_cut_of};
use mc_register::FieldType;

use crate::candidate::is_neutral;
use crate::read::refused;
use crate::words::words;

/// Words by which a thing is somebody's.
const BELONGING: [&str; 8] = ["do", "quản", "lý", "vận", "hành", "trực", "thuộc", "nhà"];

/// A part of a figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// A value of a declared cut.
    Cut {
        /// The cut.
        name: String,
        /// The value's id.
        key: String,
    },
    /// An agency with those below it.
    Agency {
        /// The cut by agency.
        name: String,
        /// The agency.
        agency: AgencyId,
    },
}

impl Part {
    /// The cut and the key of the part.
    pub(crate) fn names(&self) -> (String, String) {
        match self {
            Self::Cut { name, key } => (name.clone(), key.clone()),
            Self::Agency { name, agency } => (name.clone(), agency.0.clone()),
        }
    }

    /// The part of the figure asked for that `narrowing` names, word for word.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn named(
        snapshot: &dyn Snapshot,
        definition: &Definition,
        narrowing: &[String],
        request: &FigureRequest,
    ) -> Result<Option<Self>, StoreFailure> {
        let wanted = essence(narrowing.iter().map(String::as_str));
        if wanted.is_empty() {
            return Ok(None);
        }
        let is_meant = |name: &str| essence(words(name).iter().map(String::as_str)) == wanted;
        match Self::of_code(snapshot, definition, request, is_meant)? {
            Some(part) => Ok(Some(part)),
            None => Ok(Self::of_agency(snapshot, definition, (request.place, request.period.to()), is_meant)),
        }
    }

    /// A declared code, or an identifier that records hold.
    fn of_code(
        snapshot: &dyn Snapshot,
        definition: &Definition,
        request: &FigureRequest,
        is_meant: impl Fn(&str) -> bool,
    ) -> Result<Option<Self>, StoreFailure> {
        let at = request.at.unwrap_or_else(|| snapshot.head().seq);
        let schema = snapshot.schema(&definition.num.register);
        // A ratio is split only by what both its measures declare.
        let indicator = snapshot.indicator(&definition.id, None, at);
        let Some((schema, indicator)) = schema.zip(indicator) else { return Ok(None) };
        for cut in &indicator.cuts {
            let Some(field) = schema.field(&cut.name).filter(|field| field.kind == FieldType::Code) else {
                continue;
            };
            let key = if field.codes.is_empty() {
                match snapshot.figure_by(request, &By::Cut(cut.name.clone())) {
                    Ok(parts) => parts.into_iter().find(|part| is_meant(&part.title)).map(|part| part.key),
                    Err(error) => refused(error).map(|_| None)?,
                }
            } else {
                field.codes.iter().find(|code| is_meant(&code.title.vi)).map(|code| code.id.clone())
            };
            if let Some(key) = key {
                return Ok(Some(Self::Cut { name: cut.name.clone(), key }));
            }
        }
        Ok(None)
    }

    /// An agency of the claim's own province: names repeat from one to the next.
    fn of_agency(
        snapshot: &dyn Snapshot,
        definition: &Definition,
        (place, day): (PlaceId, Day),
        is_meant: impl Fn(&str) -> bool,
    ) -> Option<Self> {
        let seq = snapshot.head().seq;
        let name = agency_cut_of(snapshot, (&definition.id, None), seq, None)?;
        let by_agency = |field: &mc_register::Field| field.kind == FieldType::Agency;
        snapshot.schema(&definition.num.register)?.field(&name).filter(|field| by_agency(field))?;
        let (agencies, places) = (snapshot.agencies(), snapshot.places());
        let line = places.ancestors(place);
        let near = |at: PlaceId| line.contains(&at) || places.ancestors(at).contains(&place);
        let mut meant = agencies
            .all()
            .filter(|agency| agency.place.is_some_and(near) && agencies.exists_on(&agency.id, day))
            .filter(|agency| is_meant(&agency.name) || agency.other_names.iter().any(|name| is_meant(name)));
        let agency = meant.next()?.id.clone();
        meant.next().is_none().then_some(Self::Agency { name, agency })
    }
}

/// The words of a name without those of places and of belonging.
fn essence<'w>(words: impl Iterator<Item = &'w str>) -> Vec<String> {
    words.filter(|word| !BELONGING.contains(word) && !is_neutral(word)).map(str::to_owned).collect()
}
