//! Names of places: those of the home province, in force today or before.

use std::collections::{HashMap, HashSet};

use mc_base::{Day, PlaceId};
use mc_port::{Place, PlaceTree};
use mc_register::Resolved;

use super::{choose, exact, in_brackets, loose, near};

/// Words before a name that say what kind of place it is, and how offices shorten them.
const TYPES: [&str; 8] =
    ["thành phố ", "thị trấn ", "đặc khu ", "thị xã ", "phường ", "huyện ", "tỉnh ", "xã "];
const SHORT: [(&str, &str); 6] = [
    ("tp.", "thành phố "),
    ("tt.", "thị trấn "),
    ("tx.", "thị xã "),
    ("p.", "phường "),
    ("x.", "xã "),
    ("h.", "huyện "),
];

/// Names in the order in which they are believed.
#[derive(Debug, Default)]
struct Level {
    exact: HashMap<String, Vec<PlaceId>>,
    loose: HashMap<String, Vec<PlaceId>>,
    exact_bare: HashMap<String, Vec<PlaceId>>,
    loose_bare: HashMap<String, Vec<PlaceId>>,
}

/// All places that a file of this instance may speak of.
#[derive(Debug, Default)]
pub(super) struct Places {
    codes: HashMap<String, PlaceId>,
    present: Level,
    /// Former names, each with the places that took them over.
    former: Level,
    words: HashMap<PlaceId, String>,
    /// Of several of one name these are meant.
    near: HashSet<PlaceId>,
}

impl Places {
    pub(super) fn new(
        tree: &PlaceTree,
        (scope, home): (PlaceId, PlaceId),
        illustrative: bool,
        today: Day,
    ) -> Self {
        let country = tree.ancestors(home).last().copied();
        // Names recur all over the country: a file speaks of the home province, or of an invented one.
        let ours = |id: PlaceId| {
            let line = tree.ancestors(id);
            line.contains(&home) || (illustrative && line.last().copied() != country)
        };
        let province = province(tree, &tree.ancestors(scope));
        let mut places = Self::default();
        for place in tree.all().filter(|place| place.parent.is_some()) {
            if place.exists_on(today) {
                if ours(place.id) {
                    let code = tree.code(place.id);
                    places.present.add(&place.name, &[place.id]);
                    places.words.insert(place.id, words(place, code));
                    places.codes.insert(code.to_uppercase(), place.id);
                    if tree.ancestors(place.id).iter().any(|above| province == Some(*above)) {
                        places.near.insert(place.id);
                    }
                }
                continue;
            }
            let next: Vec<PlaceId> = tree
                .successors(place.id)
                .into_iter()
                .filter(|(next, _)| next.exists_on(today) && ours(next.id))
                .map(|(next, _)| next.id)
                .collect();
            places.former.add(&place.name, &next);
        }
        places
    }

    pub(super) fn find(&self, text: &str) -> Resolved<PlaceId> {
        let typed = long(&exact(text));
        let code = in_brackets(&typed).unwrap_or(&typed);
        if let Some(place) = self.codes.get(&code.to_uppercase()) {
            return Resolved::One(*place);
        }
        let found = self.present.find(&typed).or_else(|| self.former.find(&typed));
        match found {
            Some(mut ids) => {
                if ids.iter().any(|id| self.near.contains(id)) {
                    ids.retain(|id| self.near.contains(id));
                }
                choose(ids, |id| self.words.get(id).cloned().unwrap_or_default())
            }
            None => {
                let mut names: Vec<&str> = self.words.values().map(String::as_str).collect();
                names.sort_unstable();
                let bare_names = names.into_iter().filter_map(|name| name.split(" (").next());
                Resolved::Unknown(near(text, bare_names))
            }
        }
    }
}

impl Level {
    fn add(&mut self, name: &str, ids: &[PlaceId]) {
        if ids.is_empty() {
            return;
        }
        let with_marks = exact(name);
        let bare_name = bare(&with_marks).to_owned();
        for (map, key) in [
            (&mut self.loose, loose(&with_marks)),
            (&mut self.loose_bare, loose(&bare_name)),
            (&mut self.exact, with_marks),
            (&mut self.exact_bare, bare_name),
        ] {
            let known = map.entry(key).or_default();
            known.extend(ids);
            known.sort_unstable();
            known.dedup();
        }
    }

    fn find(&self, typed: &str) -> Option<Vec<PlaceId>> {
        let folded = loose(typed);
        [
            (&self.exact, typed),
            (&self.loose, folded.as_str()),
            (&self.exact_bare, typed),
            (&self.loose_bare, folded.as_str()),
        ]
        .into_iter()
        .find_map(|(map, key)| map.get(key).cloned())
    }
}

/// The province in a line of places, or else the first of them.
pub(super) fn province(tree: &PlaceTree, line: &[PlaceId]) -> Option<PlaceId> {
    let is_province = |id: &&PlaceId| tree.get(**id).is_some_and(|place| place.kind == "province");
    line.iter().find(is_province).or(line.first()).copied()
}

fn words(place: &Place, code: &str) -> String {
    if code.is_empty() { place.name.clone() } else { format!("{} ({code})", place.name) }
}

/// A lower-case name without the word for its type.
fn bare(name: &str) -> &str {
    TYPES.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name)
}

/// "P. Sa Pa" is "phường Sa Pa".
fn long(name: &str) -> String {
    let short = SHORT.iter().find_map(|(short, word)| Some((name.strip_prefix(short)?, word)));
    short.map_or_else(|| name.to_owned(), |(rest, word)| format!("{word}{}", rest.trim_start()))
}
