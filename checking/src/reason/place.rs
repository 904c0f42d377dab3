//! Another place: the one above, those below, the province at home, the places as they were.

use mc_base::PlaceId;
use mc_port::{FigureRequest, PlaceBasis, StoreFailure};

use super::Subject;

pub(super) fn other(subject: &Subject<'_>) -> Result<Option<String>, StoreFailure> {
    let (asked, snapshot) = (subject.request(), subject.shelf.registers.snapshot);
    if subject.holds(&FigureRequest { places: PlaceBasis::Then, ..asked.clone() })? {
        return Ok(Some("khác phạm vi: khớp với số theo địa bàn khi đó".to_owned()));
    }
    let tree = snapshot.places();
    let mut near: Vec<PlaceId> = tree.ancestors(asked.place).into_iter().skip(1).collect();
    near.push(snapshot.instance().home);
    near.extend(tree.children(asked.place, asked.period.to()).iter().map(|place| place.id));
    near.extend(tree.predecessors(asked.place).iter().map(|(place, _)| place.id));
    for place in near.into_iter().filter(|place| *place != asked.place) {
        if subject.holds(&FigureRequest { place, ..asked.clone() })? {
            let name = tree.get(place).map_or("", |place| place.name.as_str());
            return Ok(Some(format!("khác phạm vi: khớp với số của {name} ({})", tree.code(place))));
        }
    }
    Ok(None)
}
