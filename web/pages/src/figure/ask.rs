//! What a figure page is asked for, and the addresses that ask for it again.

use mc_base::{Period, Seq};
use mc_port::PlaceBasis;

use crate::context::{PLACES, record_path};
use crate::query::Query;

/// The query of a figure page, already read. Printing it gives the same page again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Ask {
    /// Slug of the indicator.
    pub(crate) slug: String,
    /// Code of the place.
    pub(crate) dv: String,
    /// Period.
    pub(crate) ky: Period,
    /// Position of a pinned page.
    pub(crate) tai: Option<Seq>,
    /// The one way of splitting that is shown.
    pub(crate) theo: Option<String>,
    /// Places as they are now or as they were.
    pub(crate) places: PlaceBasis,
}

impl Ask {
    /// The page itself.
    pub(crate) fn href(&self) -> String {
        self.under("", &[])
    }

    /// The page for another period.
    pub(crate) fn for_period(&self, period: Period) -> String {
        Self { ky: period, ..self.clone() }.href()
    }

    /// The page for another place.
    pub(crate) fn for_place(&self, code: &str) -> String {
        Self { dv: code.to_owned(), ..self.clone() }.href()
    }

    /// The page with places counted another way.
    pub(crate) fn with_places(&self, places: PlaceBasis) -> String {
        Self { places, ..self.clone() }.href()
    }

    /// The page with its position fixed.
    pub(crate) fn pinned(&self, at: Seq) -> String {
        Self { tai: Some(at), ..self.clone() }.href()
    }

    /// The proof file.
    pub(crate) fn proof(&self, at: Seq) -> String {
        Self { tai: Some(at), ..self.clone() }.under("/bang-chung", &[])
    }

    /// The comparison with an earlier reading.
    pub(crate) fn changes(&self, from: Period, from_position: Option<Seq>) -> String {
        let mut more = vec![("tu_ky", from.to_string())];
        more.extend(from_position.map(|at| ("tu_tai", position(at))));
        self.under("/vi-sao", &more)
    }

    /// A page below this one, with further parameters.
    pub(crate) fn under(&self, below: &str, more: &[(&str, String)]) -> String {
        let mut pairs = vec![("dv", self.dv.clone()), ("ky", self.ky.to_string())];
        pairs.extend(self.kept());
        pairs.extend(more.iter().map(|(name, value)| (*name, value.clone())));
        address(&format!("/chi-tieu/{}{below}", self.slug), &pairs)
    }
}

impl Ask {
    /// Place, period, position and the way of counting places, as pages beside this one keep them.
    pub(crate) fn scope(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("dv", self.dv.clone()), ("ky", self.ky.to_string())];
        pairs.extend(Self { theo: None, ..self.clone() }.kept());
        pairs
    }

    /// The parameters that stay when place and period change.
    pub(crate) fn kept(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.tai.map(|at| ("tai", position(at))));
        pairs.extend(self.theo.clone().map(|theo| ("theo", theo)));
        pairs.extend((self.places == PlaceBasis::Then).then(|| (PLACES, "then".to_owned())));
        pairs
    }
}

/// A position as addresses write it.
pub(crate) fn position(at: Seq) -> String {
    format!("ghi-{at}")
}

/// An address with its query.
pub(crate) fn address(path: &str, pairs: &[(&str, String)]) -> String {
    let query = pairs.iter().fold(Query::default(), |query, (name, value)| query.with(name, Some(value)));
    query.address(path)
}

/// The page of a record.
pub(crate) fn record(register_slug: &str, key: &str, pairs: &[(&str, String)]) -> String {
    address(&record_path(register_slug, "", key), pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_prints_what_it_was_asked() {
        let ask = Ask {
            slug: "tram-bts".to_owned(),
            dv: "15".to_owned(),
            ky: Period::parse("2025-10").expect("a period"),
            tai: None,
            theo: None,
            places: PlaceBasis::Now,
        };
        let then = "/chi-tieu/tram-bts?dv=15&ky=2025-10&places=then";
        assert_eq!(ask.with_places(PlaceBasis::Then), then);
        assert_eq!(ask.pinned(Seq(12)), "/chi-tieu/tram-bts?dv=15&ky=2025-10&tai=ghi-12");
        let july = Period::parse("2025-07").expect("a period");
        let expected = "/chi-tieu/tram-bts/vi-sao?dv=15&ky=2025-10&tu_ky=2025-07&tu_tai=ghi-7";
        assert_eq!(ask.changes(july, Some(Seq(7))), expected);
    }
}
