//! Of what place a claim is: the one that the text gives it, else the province at home here where the text speaks of
//! that alone.

use mc_base::{Day, PlaceId};
use mc_claims::{Checked, Claim};
use mc_port::{PlaceTree, Snapshot};

/// The last day of the places that were merged.
const BEFORE_MERGER: (i16, i8, i8) = (2025, 6, 30);

/// Where the claims of one text are.
#[derive(Debug)]
pub(crate) struct Whereabouts<'a> {
    tree: &'a PlaceTree,
    date: Day,
    /// The province of a claim for which the text names none.
    unnamed: Option<PlaceId>,
}

impl<'a> Whereabouts<'a> {
    /// In a text with these claims.
    pub(crate) fn of(snapshot: &'a dyn Snapshot, text: &str, checked: &Checked, date: Day) -> Self {
        let (tree, home) = (snapshot.places(), snapshot.instance().home);
        let mut all = Self { tree, date, unnamed: None };
        let named: Vec<Option<PlaceId>> = checked
            .claims
            .iter()
            .filter(|claim| !claim.aside && claim.scope.place.is_some())
            .map(|claim| all.named(claim))
            .collect();
        let within = |place: &Option<PlaceId>| {
            place.is_some_and(|place| tree.counting_ancestors(place).contains(&home))
        };
        let spoken_of = named.contains(&Some(home))
            || tree.get(home).is_some_and(|home| names(main(text, checked), &home.name));
        if spoken_of && named.iter().all(within) {
            all.unnamed = Some(home);
        }
        all
    }

    /// The place of `claim`, or why there is none.
    pub(crate) fn place(&self, claim: &Claim) -> Result<PlaceId, &'static str> {
        match claim.scope.place {
            Some(_) => self.named(claim).ok_or("địa bàn này không có trong bản cài"),
            None => self.unnamed.ok_or("bài không nêu địa bàn của số này"),
        }
    }

    fn named(&self, claim: &Claim) -> Option<PlaceId> {
        let code = claim.scope.place.as_deref()?;
        let (year, month, day) = BEFORE_MERGER;
        let day = if claim.scope.merged { Day::new(year, month, day)? } else { self.date };
        self.tree.by_code(code, day).map(|place| place.id)
    }

    /// Words that name `place`, its parents and the province at home.
    pub(crate) fn names(&self, place: PlaceId, home: PlaceId) -> impl Iterator<Item = &str> {
        let line = self.tree.ancestors(place).into_iter().chain([home]);
        line.filter_map(|place| self.tree.get(place)).map(|place| place.name.as_str())
    }
}

/// The text up to its first number in a side column.
fn main<'t>(text: &'t str, checked: &Checked) -> &'t str {
    let aside = checked.claims.iter().find(|claim| claim.aside).map_or(text.len(), |claim| claim.bytes.start);
    text.get(..aside).unwrap_or(text)
}

/// Whether `text` names the place, with or without the word for what it is.
fn names(text: &str, place: &str) -> bool {
    let bare = ["Tỉnh ", "Thành phố "].iter().find_map(|word| place.strip_prefix(word)).unwrap_or(place);
    text.contains(bare)
}
