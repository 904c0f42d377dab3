//! A figure by the children of its place.

use mc_figure::{Figure, Kind};
use mc_port::{FigureRequest, Part, Place, PlaceBasis};

use super::FigureErrorBox;
use super::read::{Known, Moment};
use crate::catalog::{IndicatorInfo, RecordsIn};
use crate::cells::{own_level, unknown_in};
use crate::reader::Reader;
use crate::trace::joined;

/// Key and title of what counts at a place itself.
const OWN: (&str, &str) = ("~cap-nay", "Cấp này");
/// Of totals of the place as a whole.
const UNAPPORTIONED: (&str, &str) = ("~chua-phan-bo", "Chưa phân bổ");
/// Of what lies somewhere in the place.
const UNKNOWN: (&str, &str) = ("~chua-xac-dinh", "Chưa xác định địa bàn");

impl Reader {
    pub(super) fn by_place(&self, request: &FigureRequest) -> Result<Vec<Part>, FigureErrorBox> {
        let (info, at) = self.prepared(request)?;
        let day = match request.places {
            PlaceBasis::Now => request.today,
            PlaceBasis::Then => request.period.to().min(request.today),
        };
        let children = self.places.children(request.place, day);
        let known = self.known_of_children(info, request, &children, at)?;
        let at = Moment { known: Some(&known), ..at };
        let mut parts = Vec::new();
        for child in &children {
            let refused = match request.places {
                PlaceBasis::Now => self.partial_into(info, request, child.id, at)?,
                PlaceBasis::Then => None,
            };
            let mut figure = self.at_place(info, request, i64::from(child.id.0), at)?;
            figure.place = self.places.code(child.id).to_owned();
            if refused.is_some() {
                figure = without_numbers(figure);
            }
            parts.push(Part {
                key: figure.place.clone(),
                title: child.name.clone(),
                place: Some(child.id),
                figure,
                refused,
            });
        }
        parts.extend(self.beside_children(info, request, &children, at)?);
        Ok(parts)
    }

    /// What the children's figures need, in few statements.
    fn known_of_children(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        children: &[&Place],
        at: Moment<'_>,
    ) -> Result<Known, FigureErrorBox> {
        if info.definition.kind == Kind::Scan {
            return Ok(Known::default());
        }
        let here = request.place.0;
        let mut places = vec![i64::from(here), own_level(here), unknown_in(here)];
        places.extend(children.iter().map(|child| i64::from(child.id.0)));
        let apart = places.iter().flat_map(|place| joined(&self.places, request.places, *place));
        let apart: Vec<i64> = apart.collect();
        places.extend(apart);
        if request.places == PlaceBasis::Now {
            let parted = children.iter().flat_map(|child| self.places.partial_predecessors(child.id));
            places.extend(parted.map(|old| i64::from(old.0)));
        }
        let union = match info.records {
            RecordsIn::Union(union) => Some(union),
            RecordsIn::Operands | RecordsIn::Denominator | RecordsIn::Rows => None,
        };
        let operands = [Some(info.num), info.den].into_iter().flatten();
        let measures = operands.flat_map(|it| [Some(it.counted), it.totals, Some(it.present)]).flatten();
        let measures =
            measures.chain(union).map(|at| self.catalog.measure(at)).collect::<Result<Vec<_>, _>>()?;
        Known::read(at, places, measures.into_iter(), request)
    }

    /// What counts at a place and in no child of it: the records of the place itself, the totals of the place, which
    /// nobody apportioned to its children, and the records of which nobody knows the child.
    fn beside_children(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        children: &[&Place],
        at: Moment<'_>,
    ) -> Result<Vec<Part>, FigureErrorBox> {
        let here = request.place.0;
        if info.definition.kind == Kind::Scan {
            return self.scanned_beside(info, request, at);
        }
        let mut own = self.operands(info, request, own_level(here), at)?;
        let (unknown, title) = match request.places {
            PlaceBasis::Now => (self.operands(info, request, unknown_in(here), at)?, UNKNOWN.1),
            // As places were there are no cells for these: they are what the children leave of the whole. A place
            // that was gone by then is no child, though its records stay where they were made.
            PlaceBasis::Then => {
                let old = self.places.predecessors(request.place);
                for (old, _) in old.iter().filter(|(_, edge)| edge.whole) {
                    own = own.minus(self.operands(info, request, own_level(old.id.0), at)?);
                }
                let mut rest = self.operands(info, request, i64::from(here), at)?.minus(own);
                for child in children {
                    rest = rest.minus(self.operands(info, request, i64::from(child.id.0), at)?);
                }
                (rest, "Địa bàn đã thôi tồn tại, hoặc chưa xác định")
            }
        };
        let parts = [(OWN, own.records()), (UNAPPORTIONED, own.totals()), ((UNKNOWN.0, title), unknown)];
        Ok(parts
            .into_iter()
            .map(|((key, title), operands)| (key, title, operands, self.finish(info, request, operands)))
            .filter(|(_, _, operands, figure)| {
                figure.value.is_some() || operands.adds() || operands.records != 0
            })
            .map(|(key, title, _, figure)| beside(key, title, figure))
            .collect())
    }

    /// As places are now; as they were, what is no sum cannot be told apart.
    fn scanned_beside(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        at: Moment<'_>,
    ) -> Result<Vec<Part>, FigureErrorBox> {
        if request.places == PlaceBasis::Then {
            return Ok(Vec::new());
        }
        let here = request.place.0;
        let mut parts = Vec::new();
        for ((key, title), place) in [(OWN, own_level(here)), (UNKNOWN, unknown_in(here))] {
            let figure = self.at_place(info, request, place, at)?;
            parts.extend(figure.value.is_some().then(|| beside(key, title, figure)));
        }
        Ok(parts)
    }
}

fn beside(key: &str, title: &str, figure: Figure) -> Part {
    Part { key: key.to_owned(), title: title.to_owned(), place: None, figure, refused: None }
}

/// What stays of a figure that is refused: what was asked.
pub(super) fn without_numbers(figure: Figure) -> Figure {
    Figure { value: None, num: None, den: None, listed: None, records: 0, ..figure }
}
