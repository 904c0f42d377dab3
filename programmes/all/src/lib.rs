//! The one list that names all twelve programmes, in the order of the product.

use mc_mount::Programme;

/// Every programme.
#[must_use]
pub fn all() -> [&'static dyn Programme; 12] {
    [
        &mc_steering::Steering,
        &mc_reporting::Reporting,
        &mc_bottlenecks::Bottlenecks,
        &mc_instruments::Instruments,
        &mc_fields::Fields,
        &mc_capacity::Capacity,
        &mc_platforms::Platforms,
        &mc_infrastructure::Infrastructure,
        &mc_digitisation::Digitisation,
        &mc_land::Land,
        &mc_gate::Gate,
        &mc_budget::Budget,
    ]
}
