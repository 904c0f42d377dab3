//! Lào Cai as published up to 17 November 2025, and nothing more.
//!
//! Records behind a published total are invented and add up to it. Nothing here tells one agency's
//! performance from another's: rates are the same everywhere, nobody is late, no cause is given.

mod budget;
mod conference;
mod counted;
mod digitisation;
mod published;
mod stations;
mod tasks;

use crate::script::Script;
use crate::stage::Stage;

/// The newspaper in which the conference of 17 November 2025 was reported.
const ARTICLE: &str = "Báo Lào Cai, ngày 17/11/2025";
/// Code of that conference.
const CONFERENCE: &str = "HN-2025-11-17";
/// Source of what was prepared for it.
const REPORT: &str = "Báo cáo của cơ quan thường trực tại hội nghị 17/11/2025 (theo Báo Lào Cai)";

pub(crate) fn tell(stage: &Stage, seed: u64, script: &mut Script) {
    let province = &stage.lao_cai;
    stations::tell(province, seed, script);
    counted::tell(province, script);
    digitisation::tell(province, seed, script);
    budget::tell(province, seed, script);
    conference::tell(province, script);
    tasks::tell(province, script);
    published::tell(province, script);
}
