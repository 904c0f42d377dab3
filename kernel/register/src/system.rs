//! The registers that every instance has: declarations, places, agencies, covers, erasures, epochs, seals of the
//! access journal, accounts, positions and sign-offs. They are declared as any other register; only what the kernel and
//! the stores themselves read or write is here.

use crate::error::SchemaError;
use crate::schema::Schema;

/// Declarations of registers.
pub const SCHEMA: &str = "schema";
/// Definitions of indicators.
pub const INDICATOR: &str = "indicator";
/// Places.
pub const PLACE: &str = "place";
/// Official codes of places over time.
pub const PLACE_CODE: &str = "place_code";
/// Parents of places over time.
pub const PLACE_PARENT: &str = "place_parent";
/// Which place went into which.
pub const SUCCESSION: &str = "succession";
/// Agencies.
pub const AGENCY: &str = "agency";
/// Parents of agencies over time.
pub const AGENCY_PARENT: &str = "agency_parent";
/// Which agency went into which.
pub const AGENCY_SUCCESSION: &str = "agency_succession";
/// Totals reduced because lists stand in their place.
pub const COVER: &str = "cover";
/// Erased values.
pub const ERASURE: &str = "erasure";
/// Restored copies from which the ledger went on under a new name.
pub const EPOCH: &str = "epoch";

/// Days of the access journal that were sealed.
pub const ACCESS_SEAL: &str = "access_seal";
/// Accounts of those who sign in.
pub const ACCOUNT: &str = "account";
/// In which capacity accounts act, from when to when.
pub const POSITION: &str = "position";
/// Months of registers that an agency or a place confirmed as complete.
pub const SIGN_OFF: &str = "sign_off";

/// The declarations as TOML, by id, in the order in which a new instance commits them.
pub const TEXTS: [(&str, &str); 16] = [
    (SCHEMA, include_str!("system/schema.toml")),
    (INDICATOR, include_str!("system/indicator.toml")),
    (PLACE, include_str!("system/place.toml")),
    (PLACE_CODE, include_str!("system/place_code.toml")),
    (PLACE_PARENT, include_str!("system/place_parent.toml")),
    (SUCCESSION, include_str!("system/succession.toml")),
    (AGENCY, include_str!("system/agency.toml")),
    (AGENCY_PARENT, include_str!("system/agency_parent.toml")),
    (AGENCY_SUCCESSION, include_str!("system/agency_succession.toml")),
    (COVER, include_str!("system/cover.toml")),
    (ERASURE, include_str!("system/erasure.toml")),
    (EPOCH, include_str!("system/epoch.toml")),
    (ACCESS_SEAL, include_str!("system/access_seal.toml")),
    (ACCOUNT, include_str!("system/account.toml")),
    (POSITION, include_str!("system/position.toml")),
    (SIGN_OFF, include_str!("system/sign_off.toml")),
];

/// All system registers, in the order of [`TEXTS`].
///
/// # Errors
/// None in a released build: the tests read every text.
pub fn schemas() -> Result<Vec<Schema>, Vec<SchemaError>> {
    TEXTS.iter().map(|(_, text)| Schema::from_toml(text)).collect()
}

/// Whether `register` is one of them; programmes may not declare a register of that name.
#[must_use]
pub fn is_system(register: &str) -> bool {
    TEXTS.iter().any(|(id, _)| *id == register)
}
