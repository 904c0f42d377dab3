//! A figure by the children of its place.

use mc_figure::{Figure, Kind};
use mc_port::{FigureRequest, Part, Place, PlaceBasis};

use super::{FigureErrorBox, Operands};
use crate::catalog::IndicatorInfo;
use crate::cells::{own_level, unknown_in};
use crate::reader::Reader;

impl Reader {
    pub(super) fn by_place(&self, request: &FigureRequest) -> Result<Vec<Part>, FigureErrorBox> {
        let (info, at) = self.prepared(request)?;
        let day = match request.places {
            PlaceBasis::Now => request.today,
            PlaceBasis::Then => request.period.to().min(request.today),
        };
        let children = self.places.children(request.place, day);
        let mut parts = Vec::new();
        for child in &children {
            let mut figure = self.at_place(info, request, i64::from(child.id.0), at)?;
            figure.place = self.places.code(child.id).to_owned();
            parts.push(Part {
                key: figure.place.clone(),
                title: child.name.clone(),
                place: Some(child.id),
                figure,
            });
        }
        for (key, title, figure) in self.beside_children(info, request, &children, at)? {
            if figure.value.is_some() {
                parts.push(Part { key: key.to_owned(), title: title.to_owned(), place: None, figure });
            }
        }
        Ok(parts)
    }

    /// What counts at a place and in no child of it: the records of the place itself, and those of which
    /// nobody knows the child.
    fn beside_children(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        children: &[&Place],
        at: Option<u64>,
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
        let figure = |operands: Operands| self.finish(info, request, operands.num, operands.den);
        Ok(vec![
            (OWN.0, OWN.1, figure(own)),
            ("~chua-xac-dinh", "Địa bàn đã thôi tồn tại, hoặc chưa xác định", figure(rest)),
        ])
    }
}
