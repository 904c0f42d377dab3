//! What was found, as the command line and the page give it to programs.

use mc_claims::print;
use serde::Serialize;

use crate::CheckedText;
use crate::verdict::{RegisterVerdict, Standing};

/// Decimals of our figure.
const PLACES: u32 = 6;

/// The whole answer: what `mc_claims::Report` says, and the registers.
#[derive(Debug, Serialize)]
pub struct Report {
    #[serde(flatten)]
    text: mc_claims::Report,
    registers: Vec<RegisterReport>,
}

#[derive(Debug, Serialize)]
struct RegisterReport {
    claim: usize,
    indicator: Option<String>,
    ours: Option<String>,
    verdict: Standing,
    reason: String,
    unit: Option<String>,
    part: Option<String>,
    num: Option<String>,
    den: Option<String>,
    version: Option<u32>,
    place: Option<String>,
    period: Option<String>,
    position: Option<u64>,
}

impl Report {
    /// Of a checked text.
    #[must_use]
    pub fn of(checked: &CheckedText) -> Self {
        let mut text = mc_claims::Report::of(&checked.text, &checked.checked, checked.date);
        // Of several that fit none is the claim's.
        let matched = checked.registers.iter().filter(|verdict| verdict.standing != Standing::Ambiguous);
        for verdict in matched {
            if let Some(ours) = &verdict.ours {
                text.measured_by(verdict.claim, &ours.indicator);
            }
        }
        Self { text, registers: checked.registers.iter().map(register_report).collect() }
    }

    /// The same without what depends on how fast it was made: the search for the reasons of differences ends after a
    /// while, found or not.
    #[must_use]
    pub fn lasting(checked: &CheckedText) -> Self {
        let mut report = Self::of(checked);
        for register in &mut report.registers {
            if register.verdict == Standing::Different {
                register.reason.clear();
            }
        }
        report
    }
}

fn register_report(verdict: &RegisterVerdict) -> RegisterReport {
    let ours = verdict.ours.as_ref();
    let base = ours.and_then(|ours| ours.base.as_ref());
    RegisterReport {
        claim: verdict.claim,
        indicator: ours.map(|ours| ours.indicator.clone()),
        ours: ours.and_then(|ours| ours.value).map(|value| print::decimal_point(value, PLACES)),
        verdict: verdict.standing,
        reason: verdict.reason.clone(),
        unit: ours.map(|ours| ours.unit.clone()),
        part: ours.and_then(|ours| ours.part.as_ref()).map(|(cut, key)| format!("{cut}={key}")),
        num: base.map(|base| base.num.clone()),
        den: base.map(|base| base.den.clone()),
        version: ours.map(|ours| ours.version),
        place: ours.map(|ours| ours.place_code.clone()),
        period: ours.map(|ours| ours.period.to_string()),
        position: ours.map(|ours| ours.position.0),
    }
}
