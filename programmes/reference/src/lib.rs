//! Reference data that every instance starts from: the places of Việt Nam since 1 July 2025, those of
//! Lào Cai before it, one invented province, which place became which, and agencies by function.
//!
//! Codes, names, areas and centre points are facts of the official two-level list; the numbers of places
//! are ours and permanent. Of the other provinces only present communes are held; the invented province
//! lies where no land is, so that nobody takes it for a real one.

pub mod agency;
mod error;
pub mod former;
mod gazetteer;
pub mod place;
pub mod succession;
mod table;

pub use agency::{AgencyLevel, AgencyRow, agencies, agencies_of, commune_agency};
pub use error::ReferenceError;
pub use former::{FormerAgency, former_agencies};
pub use gazetteer::gazetteer;
pub use place::{PlaceKind, PlaceRow, TypeWord, places};
pub use succession::{Extent, SuccessionRow, successions};

use mc_base::PlaceId;

/// The root of the real tree, Việt Nam.
pub const COUNTRY: PlaceId = PlaceId(1);
/// The root "Minh họa", apart from Việt Nam, over invented places.
pub const ILLUSTRATIVE_ROOT: PlaceId = PlaceId(2);
/// Lào Cai since 1 July 2025 (official code 15).
pub const LAO_CAI: PlaceId = PlaceId(115);
/// The invented province, Tỉnh Minh Họa (code MH).
pub const ILLUSTRATIVE_PROVINCE: PlaceId = PlaceId(901);
