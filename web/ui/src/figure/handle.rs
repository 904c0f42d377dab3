//! Where a number comes from. A number without this cannot be put on a page.

use mc_base::{Period, PlaceId, Seq};

/// What identifies one value of one indicator for good.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Handle {
    /// Indicator id, for example `stations`.
    pub indicator: String,
    /// Version of its definition.
    pub version: u32,
    /// Place of the figure.
    pub place: PlaceId,
    /// Period of the figure.
    pub period: Period,
    /// Ledger position the value was read at.
    pub position: Seq,
    /// The cut value when the figure is a part of a whole: cut fields and values, for example `operator=A`.
    pub cut: Option<String>,
}

/// What identifies the total of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListHandle {
    /// Register id.
    pub register: String,
    /// The filter as it stands in the URL; empty for all records.
    pub filter: String,
    /// Ledger position the list was read at.
    pub position: Seq,
}

/// Either source of a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// A value of an indicator.
    Indicator(Handle),
    /// A total of a list.
    List(ListHandle),
}

impl From<Handle> for Source {
    fn from(handle: Handle) -> Self {
        Self::Indicator(handle)
    }
}

impl From<ListHandle> for Source {
    fn from(handle: ListHandle) -> Self {
        Self::List(handle)
    }
}
