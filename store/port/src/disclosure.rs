//! Which figures a reader is told: where few records of persons stand behind a number, it points at somebody.
//!
//! A small figure is kept back, and with it whatever it could be worked out from: another part of the same sum, and
//! everything below a part that is kept back.

use std::collections::HashMap;

use mc_access::{Act, Actor, Object, decide};
use mc_base::PlaceId;
use mc_figure::{Definition, Figure, Kind};

use crate::{AgencyCut, AgencyRow, By, FigureError, FigureRequest, Part, Snapshot};

/// A figure of fewer records than this is not told where they hold personal data that the reader may not see.
pub const CELL_MIN: u64 = 5;

/// Whether a figure is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Disclosure {
    /// It is.
    #[default]
    Open,
    /// Fewer than [`CELL_MIN`] records stand behind it.
    Few,
    /// A figure of few records could be worked out from it.
    Derivable,
}

/// What one reader is told of one indicator.
#[derive(Clone, Copy)]
pub struct Disclosing<'a> {
    /// The snapshot that is read.
    pub snapshot: &'a dyn Snapshot,
    /// Who reads.
    pub viewer: &'a Actor,
    /// The indicator.
    pub definition: &'a Definition,
}

impl Disclosing<'_> {
    /// Whether the measures run over personal data that the reader may not see at `place`.
    #[must_use]
    pub fn guards(&self, place: PlaceId) -> bool {
        let personal = |register: &str| {
            let schema = self.snapshot.schema(register);
            schema.is_some_and(|schema| schema.field.iter().any(|field| field.personal))
        };
        let mut measures = [Some(&self.definition.num), self.definition.den.as_ref()].into_iter().flatten();
        let places = self.snapshot.places().ancestors(place);
        measures.any(|measure| personal(&measure.register))
            && decide(self.viewer, Act::ReadPersonal, &Object { agencies: Vec::new(), places }).is_err()
    }

    /// Whether the figure that a request asks for is told; it is read only where that is a question.
    ///
    /// # Errors
    /// Why there is no figure.
    pub fn whole(&self, request: &FigureRequest) -> Result<Disclosure, FigureError> {
        if !self.guards(request.place) {
            return Ok(Disclosure::Open);
        }
        self.figure(request, &self.snapshot.figure(request)?)
    }

    /// Whether the figure that answers a request is told, by itself and among the places beside it and beside those
    /// above it.
    ///
    /// # Errors
    /// When the store fails.
    pub fn figure(&self, request: &FigureRequest, figure: &Figure) -> Result<Disclosure, FigureError> {
        let own = self.alone(request.place, figure);
        // What is no sum cannot be worked out from other parts.
        if own == Disclosure::Few || self.definition.kind == Kind::Scan || !self.guards(request.place) {
            return Ok(own);
        }
        let line = self.snapshot.places().ancestors(request.place);
        for (place, parent) in line.iter().zip(line.iter().skip(1)) {
            let above = FigureRequest { place: *parent, ..request.clone() };
            let parts = match self.snapshot.figure_by(&above, &By::Place) {
                Ok(parts) => parts,
                // Where the sum has no number itself, nothing is worked out from it.
                Err(FigureError::PartialSuccession(_)) => continue,
                Err(error) => return Err(error),
            };
            let told = self.parts(*parent, Disclosure::Open, &parts);
            let here = parts.iter().zip(told).find(|(part, _)| part.place == Some(*place));
            if here.is_some_and(|(_, told)| told != Disclosure::Open) {
                return Ok(Disclosure::Derivable);
            }
        }
        Ok(Disclosure::Open)
    }

    /// Which parts of a figure at `place` are told, in their order; `whole` is what holds of the figure itself.
    #[must_use]
    pub fn parts(&self, place: PlaceId, whole: Disclosure, parts: &[Part]) -> Vec<Disclosure> {
        let alone = |part: &Part| self.alone(part.place.unwrap_or(place), &part.figure);
        let mut told: Vec<Disclosure> = parts.iter().map(alone).collect();
        let mut siblings: Vec<(&Figure, &mut Disclosure)> =
            parts.iter().map(|part| &part.figure).zip(&mut told).collect();
        keep_back(whole, &mut siblings);
        told
    }

    /// Which rows of a figure by agencies are told, in their order; `whole` is what holds of the figure itself. Of a
    /// part of the tree this is as in the whole tree.
    ///
    /// # Errors
    /// When the store fails.
    pub fn agencies(
        &self,
        request: &FigureRequest,
        cut: &AgencyCut,
        whole: Disclosure,
        rows: &[AgencyRow],
    ) -> Result<Vec<Disclosure>, FigureError> {
        if !self.guards(request.place) {
            return Ok(vec![Disclosure::Open; rows.len()]);
        }
        let alone = |row: &AgencyRow| self.alone(request.place, &row.figure);
        let tree = |rows: &[AgencyRow]| on_tree(whole, rows, rows.iter().map(alone).collect());
        if cut.under.is_none() {
            return Ok(tree(rows));
        }
        let cut = AgencyCut { under: None, ..cut.clone() };
        let all = self.snapshot.figure_by_agency(request, &cut)?;
        let told: HashMap<&str, Disclosure> =
            all.iter().map(|row| row.key.as_str()).zip(tree(&all)).collect();
        Ok(rows.iter().map(|row| told.get(row.key.as_str()).copied().unwrap_or_else(|| alone(row))).collect())
    }

    /// A figure by itself.
    fn alone(&self, place: PlaceId, figure: &Figure) -> Disclosure {
        if is_few(self.definition, figure) && self.guards(place) { Disclosure::Few } else { Disclosure::Open }
    }
}

fn is_few(definition: &Definition, figure: &Figure) -> bool {
    if figure.value.is_none() && figure.records == 0 {
        return false;
    }
    let few = |operand: &Option<String>| {
        let count: Option<i128> = operand.as_ref().and_then(|text| text.parse().ok());
        count.is_some_and(|count| count < i128::from(CELL_MIN))
    };
    match definition.num.value.as_str() {
        "count" => few(&figure.num) || few(&figure.den),
        _ => figure.records < CELL_MIN,
    }
}

/// The parts of one sum. Below a sum that is kept back all are; else one small part alone could be worked out from the
/// sum, so the smallest that is told is kept back with it.
fn keep_back(whole: Disclosure, parts: &mut [(&Figure, &mut Disclosure)]) {
    let mut open: Vec<&mut (&Figure, &mut Disclosure)> = Vec::new();
    let mut few = 0_usize;
    for part in parts {
        match *part.1 {
            Disclosure::Open => open.push(part),
            Disclosure::Few | Disclosure::Derivable => few += 1,
        }
    }
    if whole != Disclosure::Open {
        open.into_iter().for_each(|(_, told)| **told = Disclosure::Derivable);
    } else if few == 1 {
        let told = open.into_iter().filter(|(figure, _)| figure.value.is_some());
        if let Some((_, told)) = told.min_by_key(|(figure, _)| figure.records) {
            **told = Disclosure::Derivable;
        }
    }
}

/// The same down a whole tree, of which every row is the sum of those under it.
fn on_tree(whole: Disclosure, rows: &[AgencyRow], mut told: Vec<Disclosure>) -> Vec<Disclosure> {
    let parents = std::iter::once(None).chain(rows.iter().map(|row| Some(row.key.as_str())));
    for parent in parents {
        let of_parent = rows.iter().zip(&told).find(|(row, _)| Some(row.key.as_str()) == parent);
        let above = of_parent.map_or(whole, |(_, told)| *told);
        let below = rows.iter().zip(&mut told).filter(|(row, _)| row.under.as_deref() == parent);
        let mut parts: Vec<_> = below.map(|(row, told)| (&row.figure, told)).collect();
        keep_back(above, &mut parts);
    }
    told
}

#[cfg(test)]
mod tests {
    use mc_figure::Basis;
    use proptest::prelude::*;

    use super::*;

    fn figure(count: u64) -> Figure {
        Figure {
            id: "tasks".to_owned(),
            version: 1,
            place: "15".to_owned(),
            period: "2025-10".to_owned(),
            seq: 1,
            value: Some(count.to_string()),
            num: Some(count.to_string()),
            den: None,
            unit: "việc".to_owned(),
            basis: Basis::Counted,
            listed: None,
            records: count,
        }
    }

    /// A tree of two levels: each number is an agency with units of these counts.
    fn rows(tops: &[Vec<u64>]) -> Vec<AgencyRow> {
        let row = |key: String, under: Option<String>, count: u64| AgencyRow {
            title: key.clone(),
            agency: None,
            depth: usize::from(under.is_some()),
            figure: figure(count),
            refused: None,
            key,
            under,
        };
        let mut rows = Vec::new();
        for (top, units) in tops.iter().enumerate() {
            rows.push(row(format!("{top}"), None, units.iter().sum()));
            for (unit, count) in units.iter().enumerate() {
                rows.push(row(format!("{top}-{unit}"), Some(format!("{top}")), *count));
            }
        }
        rows
    }

    fn told(rows: &[AgencyRow]) -> Vec<Disclosure> {
        let few = |row: &AgencyRow| match row.figure.records < CELL_MIN {
            true => Disclosure::Few,
            false => Disclosure::Open,
        };
        on_tree(Disclosure::Open, rows, rows.iter().map(few).collect())
    }

    #[test]
    fn a_small_part_takes_the_smallest_other_with_it_and_what_stands_below_that() {
        use Disclosure::{Derivable, Few, Open};
        let rows = rows(&[vec![4], vec![6, 7], vec![20, 30]]);
        assert_eq!(told(&rows), [Few, Few, Derivable, Derivable, Derivable, Open, Open, Open]);
    }

    proptest! {
        #[test]
        fn no_sum_that_is_told_gives_a_hidden_part_away(
            tops in prop::collection::vec(prop::collection::vec(0_u64..12, 1..5), 1..6)
        ) {
            let rows = rows(&tops);
            let told = told(&rows);
            let of = |parent: Option<&str>| -> Vec<Disclosure> {
                let below = rows.iter().zip(&told).filter(|(row, _)| row.under.as_deref() == parent);
                below.map(|(_, told)| *told).collect()
            };
            for (row, own) in rows.iter().zip(&told) {
                let units = of(Some(&row.key));
                let hidden = units.iter().filter(|told| **told != Disclosure::Open).count();
                match own {
                    Disclosure::Open => prop_assert_ne!(hidden, 1, "{:?}", tops),
                    _ => prop_assert_eq!(hidden, units.len(), "{:?}", tops),
                }
                prop_assert!(row.figure.records >= CELL_MIN || *own == Disclosure::Few);
            }
            let top = of(None);
            let hidden = top.iter().filter(|told| **told != Disclosure::Open).count();
            prop_assert!(hidden != 1 || top.len() == 1, "{:?}", tops);
        }
    }
}
