//! Places as they are now or as they were: the choice between the two, and what each means.

use mc_port::{FigureError, PlaceBasis};
use mc_ui::Word;
use mc_ui::{Link, Tab, Tabs};

use super::ask::Ask;
use super::lens::{Lens, Reading};

/// What stands behind a number that counts places as they were.
pub(crate) const THEN: Word = key!("theo địa giới lúc đó");

/// The two ways of counting places, for one figure.
pub(super) struct Borders {
    /// The choice, where it makes a difference or was made.
    pub(super) tabs: Option<Tabs>,
    /// How places count, for the definition.
    pub(super) words: String,
}

/// Reads the figure the other way as well, to say whether it matters.
///
/// # Errors
/// When the store fails.
pub(super) fn of(lens: &Lens<'_>, ask: &Ask, reading: &Reading) -> Result<Borders, FigureError> {
    let is_then = lens.places == PlaceBasis::Then;
    let other = if is_then { PlaceBasis::Now } else { PlaceBasis::Then };
    let otherwise = Lens { places: other, ..*lens }.read(&reading.definition, ask.ky)?;
    let differs = otherwise.number() != reading.number();
    let words = match (is_then, differs) {
        (true, _) => {
            t!("{then}: mỗi bản ghi chỉ tính ở nơi đã ghi, không tính ở nơi nhận sáp nhập", then = THEN)
        }
        (false, true) => {
            t!("theo địa giới hiện nay: bản ghi của địa bàn cũ nhập trọn vào đây được tính ở đây").to_owned()
        }
        (false, false) => t!("theo địa giới hiện nay; tính theo địa giới lúc đó cũng không khác").to_owned(),
    };
    let tab = |places: PlaceBasis, text: &str| Tab {
        link: Link::new(text, ask.with_places(places)),
        current: places == lens.places,
        count: None,
    };
    let tabs =
        vec![tab(PlaceBasis::Now, t!("Địa giới hiện nay")), tab(PlaceBasis::Then, t!("Địa giới lúc đó"))];
    let tabs = (is_then || differs).then(|| Tabs { label: t!("Tính địa bàn theo").to_owned(), tabs });
    Ok(Borders { tabs, words })
}

/// ", theo địa giới lúc đó", where that is how places count.
pub(super) fn remark(lens: &Lens<'_>) -> String {
    if lens.places == PlaceBasis::Then { format!(", {THEN}") } else { String::new() }
}
