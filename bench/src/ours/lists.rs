//! The first page of every filter and sort that the big register offers.

use mc_base::PlaceId;
use mc_port::{Filter, ListRequest};

use super::Ours;
use crate::data::FIRST_COMMUNE;
use crate::measure::Samples;
use crate::world::{COUNTRY, PROVINCE};

/// One combination.
#[derive(Clone, Debug)]
pub struct Page {
    /// What was asked.
    pub name: String,
    /// How long it took.
    pub samples: Samples,
}

const REPEATS: usize = 7;

/// Asks for the first page of all combinations.
///
/// # Errors
/// When one cannot be read.
pub fn run(ours: &Ours) -> anyhow::Result<Vec<Page>> {
    let commune = FIRST_COMMUNE + 41;
    let mut pages = Vec::new();
    for (place, where_) in [(COUNTRY.0, "country"), (PROVINCE.0, "province"), (commune, "commune")] {
        for group in [None, Some("1"), Some("3"), Some("unreviewed"), Some("")] {
            for sort in [None, Some("group"), Some("place")] {
                for descending in [false, true] {
                    let filters = group
                        .map(|group| Filter { field: "group".to_owned(), equals: group.to_owned() })
                        .into_iter()
                        .collect();
                    let request = ListRequest {
                        register: "parcel".to_owned(),
                        place: Some(PlaceId(place)),
                        filters,
                        sort: sort.map(str::to_owned),
                        descending,
                        after: None,
                        limit: 50,
                        at: None,
                    };
                    let group = match group {
                        None => "every group",
                        Some("") => "no group",
                        Some(group) => group,
                    };
                    let order = if descending { "descending" } else { "ascending" };
                    let name = format!("{where_}, {group}, by {} {order}", sort.unwrap_or("key"));
                    pages.push(Page { name, samples: first_page(ours, &request)? });
                }
            }
        }
    }
    Ok(pages)
}

fn first_page(ours: &Ours, request: &ListRequest) -> anyhow::Result<Samples> {
    let mut samples = Samples::default();
    let reader = ours.reader()?;
    for _ in 0..REPEATS {
        samples.time(|| reader.list(request))?;
    }
    Ok(samples)
}
