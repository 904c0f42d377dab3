//! What is asked and what is answered.

use std::collections::BTreeMap;

use mc_base::{Day, Period, PlaceId, Seq};
use mc_port::{FigureError, Snapshot, StoreFailure};
use serde_json::Value;

/// Parameters of an address, by name.
pub type Parameters = BTreeMap<String, String>;

/// An answer: JSON, and a tag that changes when the answer may have.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// The JSON text.
    pub body: String,
    /// Entity tag without quotes: the position read, the newest one (places are as now), and the day.
    pub etag: String,
    /// May hold personal data: nobody keeps it.
    pub personal: bool,
}

/// Why there is no answer. `Display` is a Vietnamese sentence; a failure of the store is for the log.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ApiError {
    /// Not there, or not for this reader.
    #[error("{0}")]
    NotFound(String),
    /// A parameter cannot be read.
    #[error("{0}")]
    BadRequest(String),
    /// Understood, and there is no such figure.
    #[error("{0}")]
    Unprocessable(String),
    /// Not at present.
    #[error("{0}")]
    Conflict(String),
    /// It took too long.
    #[error("{0}")]
    Busy(StoreFailure),
    /// The store failed.
    #[error("{0}")]
    Store(String),
}

impl From<StoreFailure> for ApiError {
    fn from(failure: StoreFailure) -> Self {
        match failure {
            StoreFailure::Failed(text) => Self::Store(text),
            StoreFailure::Expired => Self::Busy(failure),
        }
    }
}

impl From<FigureError> for ApiError {
    fn from(error: FigureError) -> Self {
        let sentence = error.to_string();
        match error {
            FigureError::NoIndicator(_) | FigureError::NoAgency(_) | FigureError::Future { .. } => {
                Self::NotFound(sentence)
            }
            FigureError::NoCut { .. } => Self::BadRequest(sentence),
            FigureError::PartialSuccession(_)
            | FigureError::PartialAgency(_)
            | FigureError::ScanTooLarge { .. }
            | FigureError::ScanTooSlow(_) => Self::Unprocessable(sentence),
            FigureError::Expired => Self::Busy(StoreFailure::Expired),
            FigureError::Building(_) | FigureError::Importing { .. } => Self::Conflict(sentence),
            FigureError::Store(text) => Self::Store(text),
        }
    }
}

impl Answer {
    /// An answer read at `at`.
    pub(crate) fn new(snapshot: &dyn Snapshot, at: Seq, body: &Value) -> Self {
        Self {
            body: body.to_string(),
            etag: format!("{at}-{}-{}", snapshot.head().seq, snapshot.today()),
            personal: false,
        }
    }
}

/// A parameter that is not blank.
pub(crate) fn parameter<'p>(parameters: &'p Parameters, name: &str) -> Option<&'p str> {
    parameters.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
}

/// The place of `place`, by its code at the period's end; the home province where none is asked.
pub(crate) fn place(snapshot: &dyn Snapshot, parameters: &Parameters, day: Day) -> Result<PlaceId, ApiError> {
    let Some(code) = parameter(parameters, "place") else { return Ok(snapshot.instance().home) };
    let tree = snapshot.places();
    let found = tree.by_code(code, day).or_else(|| tree.by_code(code, snapshot.today()));
    found
        .map(|place| place.id)
        .ok_or_else(|| ApiError::NotFound("Không có địa bàn mang mã trong “place”.".to_owned()))
}

/// The period of `period`, in the notation of addresses.
pub(crate) fn period(parameters: &Parameters) -> Result<Period, ApiError> {
    let text = parameter(parameters, "period").ok_or_else(|| {
        ApiError::BadRequest(
            "Thiếu “period”; cần một kỳ, ví dụ 2025-10, 2025-Q3, 2025-9M hoặc 2025.".to_owned(),
        )
    })?;
    Period::parse(text).map_err(|error| ApiError::BadRequest(error.to_string()))
}

/// The position of `known_on`: a number, or the day up to which it was known.
pub(crate) fn known_on(snapshot: &dyn Snapshot, parameters: &Parameters) -> Result<Option<Seq>, ApiError> {
    let Some(text) = parameter(parameters, "known_on") else { return Ok(None) };
    let at = match Day::parse_iso(text) {
        Some(day) => snapshot.known_on(day)?,
        None => {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse().ok()).flatten().map(Seq).ok_or_else(|| {
                ApiError::BadRequest(
                    "“known_on” cần là số lần ghi hoặc ngày, ví dụ 1234 hoặc 2025-10-31.".to_owned(),
                )
            })?
        }
    };
    let head = snapshot.head().seq;
    if at > head || at == Seq(0) {
        return Err(ApiError::NotFound(format!("Không có lần ghi {at}; sổ cái có lần ghi 1 đến {head}.")));
    }
    Ok(Some(at))
}
