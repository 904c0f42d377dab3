//! Which field a header names.

use mc_register::{Field, FieldType, Schema};

use super::{Axis, ColumnMap, How, importable};
use crate::words::{header_key, plain_key};

/// Names of one field, folded.
struct Names {
    no: u16,
    axis: Option<Axis>,
    id: String,
    titles: Vec<String>,
    aliases: Vec<String>,
}

/// All names of a register's fields, prepared once.
pub(super) struct Matcher(Vec<Names>);

/// One header text as it may name a field: whole, and its last part alone.
struct Candidate {
    how: How,
    no: u16,
    axis: Option<Axis>,
    /// Only the last of several header rows named it.
    partly: bool,
    column: usize,
}

const SERIAL: [&str; 8] = ["stt", "tt", "so tt", "so thu tu", "thu tu", "no", "s t t", "t t"];

impl Matcher {
    pub(super) fn new(schema: &Schema) -> Self {
        Self(importable(schema).flat_map(Names::all).collect())
    }

    /// Assigns fields to headers; each field to the column that names it best, the left one on a tie.
    pub(super) fn assign(&self, headers: &[(u16, Vec<String>)]) -> Vec<ColumnMap> {
        let mut columns: Vec<ColumnMap> = headers
            .iter()
            .map(|(column, parts)| {
                let serial = parts.iter().any(|part| SERIAL.contains(&plain_key(part).as_str()));
                let how = if serial { How::Serial } else { How::Unknown };
                ColumnMap { column: *column, header: parts.join(" / "), field: None, axis: None, how }
            })
            .collect();
        let mut candidates: Vec<Candidate> =
            headers.iter().enumerate().flat_map(|(at, (_, parts))| self.candidates(at, parts)).collect();
        candidates.sort_by_key(|c| (c.how, c.partly, c.column, c.no));
        let mut taken = Vec::new();
        for candidate in candidates {
            let Some(column) = columns.get_mut(candidate.column) else { continue };
            if column.field.is_none() && !conflicts(&taken, &candidate) {
                column.field = Some(candidate.no);
                column.axis = candidate.axis;
                column.how = candidate.how;
                taken.push((candidate.no, candidate.axis));
            }
        }
        columns
    }

    fn candidates(&self, column: usize, parts: &[String]) -> Vec<Candidate> {
        let whole = parts.join(" ");
        let mut found = self.named(&whole, column, false);
        if let [.., last] = parts
            && parts.len() > 1
        {
            found.extend(self.named(last, column, true));
        }
        let similar: Vec<u16> = found.iter().filter(|c| c.how == How::Similar).map(|c| c.no).collect();
        // Words that fit several fields name none.
        if similar.iter().any(|no| *no != similar.first().copied().unwrap_or_default()) {
            found.retain(|candidate| candidate.how != How::Similar);
        }
        found
    }

    fn named(&self, text: &str, column: usize, partly: bool) -> Vec<Candidate> {
        let (key, plain) = (header_key(text), plain_key(text));
        if key.is_empty() {
            return Vec::new();
        }
        let how = |names: &Names| names.how(&key, &plain);
        self.0
            .iter()
            .filter_map(|names| {
                Some(Candidate { how: how(names)?, no: names.no, axis: names.axis, partly, column })
            })
            .collect()
    }
}

/// A field is taken by one column, or by one longitude and one latitude.
fn conflicts(taken: &[(u16, Option<Axis>)], candidate: &Candidate) -> bool {
    let clash = |axis: &Option<Axis>| *axis == candidate.axis || axis.is_none() || candidate.axis.is_none();
    taken.iter().any(|(no, axis)| *no == candidate.no && clash(axis))
}

const LONGITUDE: [&str; 5] = ["kinh do", "longitude", "long", "lon", "lng"];
const LATITUDE: [&str; 3] = ["vi do", "latitude", "lat"];

impl Names {
    /// The names of a field; a position also goes by those of its two axes.
    fn all(field: &Field) -> Vec<Self> {
        let mut all = vec![Self::of(field)];
        if field.kind == FieldType::Point {
            for (axis, names) in [(Axis::Longitude, LONGITUDE.as_slice()), (Axis::Latitude, &LATITUDE)] {
                let titles = names.iter().map(|name| (*name).to_owned()).collect();
                all.push(Self {
                    no: field.no,
                    axis: Some(axis),
                    id: String::new(),
                    titles,
                    aliases: Vec::new(),
                });
            }
        }
        all
    }

    fn of(field: &Field) -> Self {
        let aliases = field.aliases.iter().flat_map(|alias| [header_key(alias), plain_key(alias)]).collect();
        Self {
            no: field.no,
            axis: None,
            id: plain_key(&field.id),
            titles: vec![
                header_key(&field.title.vi),
                plain_key(&field.title.vi),
                header_key(&field.title.en),
                plain_key(&field.title.en),
            ],
            aliases,
        }
    }

    fn how(&self, key: &str, plain: &str) -> Option<How> {
        let is = |name: &String| name == key || name == plain;
        if self.id == plain {
            Some(How::Id)
        } else if self.titles.iter().any(is) {
            Some(How::Title)
        } else if self.aliases.iter().any(is) {
            Some(How::Alias)
        } else {
            let similar = self.titles.iter().chain(&self.aliases).any(|name| contains_words(key, name));
            similar.then_some(How::Similar)
        }
    }
}

/// Whether all words of `name`, at least two, stand in `key` side by side, and make up half of it.
fn contains_words(key: &str, name: &str) -> bool {
    let (words, count) = (name.split(' ').count(), key.split(' ').count());
    words >= 2 && words * 2 >= count && format!(" {key} ").contains(&format!(" {name} "))
}
