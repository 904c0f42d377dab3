//! What the screen calls parts of figures.

use mc_base::{AgencyId, PlaceId};
use mc_figure::cut::{NOT_STATED, code_of_part};
use mc_register::{Field, FieldType};

use crate::catalog::IndicatorInfo;
use crate::reader::Reader;

/// The title of a cut value: each part by its code's title, agency's name or place's name.
pub(crate) fn cut_title(reader: &Reader, info: &IndicatorInfo, cut: &str, value: &str) -> String {
    let Some(register) = reader.catalog.register(&info.definition.num.register) else {
        return value.to_owned();
    };
    let fields = cut.split('+').map(|id| register.schema.field(id));
    let parts: Vec<String> = value
        .split('/')
        .zip(fields)
        .map(|(part, field)| field.map_or_else(|| part.to_owned(), |field| part_title(reader, field, part)))
        .collect();
    parts.join(" · ")
}

fn part_title(reader: &Reader, field: &Field, part: &str) -> String {
    if part == NOT_STATED {
        return "Chưa ghi".to_owned();
    }
    let text = code_of_part(part);
    match field.kind {
        FieldType::Bool => (if text == "true" { "Có" } else { "Không" }).to_owned(),
        FieldType::Code => field.code(&text).map_or(text, |code| code.title.vi.clone()),
        FieldType::Agency => reader.agency_name(&text).unwrap_or(text),
        FieldType::Place => text
            .parse()
            .ok()
            .and_then(|id| reader.places().get(PlaceId(id)))
            .map_or(text, |place| place.name.clone()),
        _ => text,
    }
}

impl Reader {
    /// The name of an agency now.
    #[must_use]
    pub fn agency_name(&self, agency: &str) -> Option<String> {
        self.agencies.get(&AgencyId(agency.to_owned())).map(|agency| agency.name.clone())
    }
}
