//! The typed values of which record fields are made.

use mc_base::{AgencyId, Day, Hash32, Instant, Month, PlaceId, Scaled};

/// A position on the ground, WGS 84, degrees × 10⁷.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Point {
    /// Longitude, −1,800,000,000 to 1,800,000,000.
    pub lon: i32,
    /// Latitude, −900,000,000 to 900,000,000.
    pub lat: i32,
}

/// One field's value. `Null` (not known) is distinct from an empty text.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Value {
    /// Not known, not reported.
    Null,
    /// Yes or no.
    Bool(bool),
    /// Whole number; money is a whole number of đồng.
    Int(i64),
    /// Decimal with the scale that the field declares.
    Scaled(Scaled),
    /// Civil day.
    Day(Day),
    /// Calendar month.
    Month(Month),
    /// Instant, UTC milliseconds.
    Instant(Instant),
    /// Text, NFC.
    Text(String),
    /// One of a declared list, or a free identifier (ASCII or NFC text without surrounding space).
    Code(String),
    /// Several of a declared list, sorted, no duplicates.
    CodeSet(Vec<String>),
    /// Key of a record of the register named here.
    Ref {
        /// Register id.
        register: String,
        /// Record key.
        key: String,
    },
    /// A place.
    Place(PlaceId),
    /// An agency.
    Agency(AgencyId),
    /// A position.
    Point(Point),
    /// An evidence file, by the SHA-256 of its bytes.
    File(Hash32),
    /// A personal value, committed to and kept apart.
    Commitment(Hash32),
}
