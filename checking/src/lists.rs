//! Lists of codes that registers declare: no figures, but what a count may be read off.

use mc_claims::{Claim, Exact};
use mc_port::Snapshot;

use crate::words::words;

/// A field of codes.
#[derive(Debug)]
struct List {
    title: Vec<String>,
    said: String,
    codes: i128,
}

/// The fields of codes of all registers.
#[derive(Debug)]
pub(crate) struct Lists(Vec<List>);

impl Lists {
    /// As declared now.
    pub(crate) fn of(snapshot: &dyn Snapshot) -> Self {
        let mut lists = Vec::new();
        for schema in snapshot.schemas() {
            for field in schema.field.iter().filter(|field| !field.codes.is_empty()) {
                let codes: Vec<&str> = field.codes.iter().map(|code| code.title.vi.as_str()).collect();
                lists.push(List {
                    title: words(&field.title.vi),
                    said: format!(
                        "sổ “{}” chia “{}” làm {}: {}",
                        schema.title.vi,
                        field.title.vi,
                        codes.len(),
                        codes.join("; ")
                    ),
                    codes: i128::try_from(codes.len()).unwrap_or(i128::MAX),
                });
            }
        }
        Self(lists)
    }

    /// What a list says to a claim that counts as many of just what it lists.
    pub(crate) fn said(&self, claim: &Claim) -> Option<&str> {
        let unit = words(&claim.unit);
        let fits =
            |list: &&List| list.title == unit && claim.value.exact() == Exact::from_integer(list.codes);
        self.0.iter().find(fits).map(|list| list.said.as_str())
    }
}
