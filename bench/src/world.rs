//! The instance that the bench writes to: one province of 99 communes, four registers, five measures of
//! parcels.

use std::path::Path;

use anyhow::Context as _;
use mc_base::PlaceId;
use mc_figure::Definition;
use mc_port::{CommitRequest, EditRequest, declare_indicator, declare_schema};
use mc_register::{Schema, system};
use mc_sqlite::{Layout, SystemWorld, Writer};
use mc_stories::small::{insert, register, request};

use crate::data::{COMMUNES, FIRST_COMMUNE};

/// The country.
pub const COUNTRY: PlaceId = PlaceId(1);
/// The province.
pub const PROVINCE: PlaceId = PlaceId(2);

const PARCEL: &str = include_str!("../registers/parcel.toml");
const SITE: &str = include_str!("../registers/site.toml");
const EVENT: &str = include_str!("../registers/event.toml");
const INDICATORS: [&str; 6] = [
    include_str!("../indicators/parcels.toml"),
    include_str!("../indicators/parcel_area.toml"),
    include_str!("../indicators/parcels_clean_rate.toml"),
    include_str!("../indicators/parcels_matched.toml"),
    include_str!("../indicators/parcels_residential.toml"),
    include_str!("../indicators/sites.toml"),
];
const EVENTS: &str = include_str!("../indicators/events.toml");

/// Registers of the bench. `holding` is a second register of parcels; events are told twice, `event` on 1,000
/// days and `hot_event` on one.
///
/// # Errors
/// When a declaration is wrong.
pub fn registers() -> anyhow::Result<Vec<Schema>> {
    let second = |text: &str, id: &str, slug: &str, new: &str| {
        text.replacen(&format!("id = \"{id}\""), &format!("id = \"{new}\""), 1).replacen(slug, new, 1)
    };
    let texts = [
        PARCEL.to_owned(),
        second(PARCEL, "parcel", "thua-dat-do", "holding"),
        SITE.to_owned(),
        EVENT.to_owned(),
        second(EVENT, "event", "su-kien-do", "hot_event").replacen(
            "slug = \"hot_event\"",
            "slug = \"hot\"",
            1,
        ),
    ];
    texts.iter().map(|text| Schema::from_toml(text).map_err(|errors| anyhow::anyhow!("{errors:?}"))).collect()
}

fn indicators() -> anyhow::Result<Vec<Definition>> {
    let hot = EVENTS
        .replace("\"events\"", "\"hot_events\"")
        .replace("events-do", "hot-events-do")
        .replace("register = \"event\"", "register = \"hot_event\"");
    let texts = INDICATORS.iter().map(|text| (*text).to_owned()).chain([EVENTS.to_owned(), hot]);
    texts.map(|text| Definition::from_toml(&text).map_err(|errors| anyhow::anyhow!("{errors:?}"))).collect()
}

fn places() -> Vec<EditRequest> {
    let place = |id: u32, kind: &str, word: &str, name: &str, code: &str, parent: Option<u32>| {
        let number = id.to_string();
        let mut edits = vec![
            insert("place", &[("place_no", &number), ("kind", kind), ("type_word", word), ("name", name)]),
            insert("place_code", &[("place", &number), ("code", code), ("valid_from", "1900-01-01")]),
        ];
        if let Some(parent) = parent {
            let parent = parent.to_string();
            let values = [("place", number.as_str()), ("parent", &parent), ("valid_from", "1900-01-01")];
            edits.push(insert("place_parent", &values));
        }
        edits
    };
    let mut edits = place(COUNTRY.0, "country", "", "Việt Nam", "VN", None);
    edits.extend(place(PROVINCE.0, "province", "tinh", "Đo Lường", "15", Some(COUNTRY.0)));
    for id in FIRST_COMMUNE..FIRST_COMMUNE + COMMUNES {
        let (name, code) = (format!("Xã {id}"), format!("{id:05}"));
        edits.extend(place(id, "commune", "xa", &name, &code, Some(PROVINCE.0)));
    }
    edits
}

fn founding() -> anyhow::Result<Vec<CommitRequest>> {
    let own = registers()?;
    let schema_register = register(system::SCHEMA);
    let indicator_register = register(system::INDICATOR);
    let system = system::schemas().map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
    let total = register("total");
    let schemas = system.iter().chain([&total]).chain(&own);
    Ok(vec![
        request(schemas.map(|schema| declare_schema(&schema_register, schema, 1)).collect()),
        request(places()),
        request(indicators()?.iter().map(|it| declare_indicator(&indicator_register, it)).collect()),
    ])
}

/// Makes the instance in `dir`.
///
/// # Errors
/// When the directory is not empty or a declaration is refused.
pub fn found(dir: &Path) -> anyhow::Result<(Layout, Writer)> {
    let layout = Layout::new(dir);
    let mut writer = Writer::create(&layout, "minh-hoa/do-luong", true, PROVINCE, Box::new(SystemWorld))?;
    for answer in writer.commit_group(&founding()?) {
        answer.context("the founding is refused")?;
    }
    Ok((layout, writer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instance_can_be_founded_and_has_five_measures_of_parcels() {
        let dir = tempfile::tempdir().expect("a directory");
        let (layout, writer) = found(&dir.path().join("data")).expect("founded");
        assert_eq!(
            writer.places().children(PROVINCE, mc_base::Day::new(2025, 1, 1).expect("a day")).len(),
            99
        );
        let store = mc_sqlite::Store::open(&layout).expect("a store");
        let reader = store.reader(&mc_access::Actor::public()).expect("a reader");
        assert_eq!(reader.indicators().len(), 8);
    }
}
