//! Tỉnh Minh Họa, where everything happens: lateness, rankings, causes, obstacles, effects. All of it is
//! invented.

mod bottlenecks;
mod budget;
mod capacity;
mod digitisation;
mod fields;
pub(crate) mod gate;
mod instruments;
pub(crate) mod land;
mod meetings;
mod members;
pub(crate) mod names;
mod platforms;
mod procedures;
mod products;
mod reporting;
pub(crate) mod stations;
mod tasks;
pub(crate) mod villages;

use crate::script::Script;
use crate::stage::Stage;
use crate::volume::Size;

pub(crate) fn tell(stage: &Stage, seed: u64, size: Option<Size>, script: &mut Script) {
    let province = &stage.minh_hoa;
    fields::tell(province, script);
    meetings::tell(province, script);
    members::tell(province, seed, script);
    products::tell(province, seed, script);
    capacity::tell(province, seed, script);
    instruments::tell(province, script);
    stations::tell(province, seed, script);
    villages::tell(province, seed, script);
    digitisation::tell(province, seed, script);
    budget::tell(province, seed, script);
    platforms::tell(province, seed, script);
    procedures::tell(province, seed, script);
    land::tell(province, seed, script);
    gate::tell(province, seed, script);
    tasks::tell(province, seed, script);
    bottlenecks::tell(province, seed, script);
    reporting::tell(province, size, script);
}
