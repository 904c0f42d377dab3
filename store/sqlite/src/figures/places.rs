//! A figure by the children of its place.

use mc_figure::{Figure, Kind};
use mc_port::{FigureRequest, Part, Place, PlaceBasis};

use super::read::{Known, Moment};
use super::{FigureErrorBox, Operands};
use crate::catalog::{IndicatorInfo, RecordsIn};
use crate::cells::{own_level, unknown_in};
use crate::reader::Reader;
use crate::trace::joined;

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
        for (key, title, figure) in self.beside_children(info, request, &children, at)? {
            if figure.value.is_some() {
                let (key, title) = (key.to_owned(), title.to_owned());
                parts.push(Part { key, title, place: None, figure, refused: None });
            }
        }
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

    /// What counts at a place and in no child of it: the records of the place itself, and those of which
    /// nobody knows the child.
    fn beside_children(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        children: &[&Place],
        at: Moment<'_>,
    ) -> Result<Vec<(&'static str, &'static str, Figure)>, FigureErrorBox> {
        const OWN: (&str, &str) = ("~cap-nay", "Cấp này");
        let here = request.place;
        if request.places == PlaceBasis::Now {
            let own = self.at_place(info, request, own_level(here.0), at)?;
            let unknown = self.at_place(info, request, unknown_in(here.0), at)?;
            return Ok(vec![(OWN.0, OWN.1, own), ("~chua-xac-dinh", "Chưa xác định địa bàn", unknown)]);
        }
        if info.definition.kind == Kind::Scan {
            return Ok(Vec::new());
        }
        // As places were there are no cells for these: they are what the children leave of the whole. A place
        // that was gone by then is no child, though its records stay where they were made.
        let mut own = self.operands(info, request, own_level(here.0), at)?;
        for (old, _) in self.places.predecessors(here).iter().filter(|(_, edge)| edge.whole) {
            own = own.minus(self.operands(info, request, own_level(old.id.0), at)?);
        }
        let mut rest = self.operands(info, request, i64::from(here.0), at)?.minus(own);
        for child in children {
            rest = rest.minus(self.operands(info, request, i64::from(child.id.0), at)?);
        }
        let figure = |operands: Operands| self.finish(info, request, operands);
        Ok(vec![
            (OWN.0, OWN.1, figure(own)),
            ("~chua-xac-dinh", "Địa bàn đã thôi tồn tại, hoặc chưa xác định", figure(rest)),
        ])
    }
}

/// What stays of a figure that is refused: what was asked.
fn without_numbers(figure: Figure) -> Figure {
    Figure { value: None, num: None, den: None, listed: None, records: 0, ..figure }
}
