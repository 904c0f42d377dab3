//! The sender's own rows back, with the reasons.

use mc_base::Day;
use mc_intake::Mapping;
use mc_intake::report::{Verdicts, error_workbook};

use crate::{ImportError, Received};

/// The workbook with a last column "Vì sao". The file is read once more, because its rows were not kept.
///
/// # Errors
/// When the file cannot be read again or the workbook not be written.
pub fn why_workbook(
    file: &Received,
    mapping: &Mapping,
    verdicts: &Verdicts,
    made_on: Day,
) -> Result<Vec<u8>, ImportError> {
    Ok(error_workbook(file.rows(mapping.sheet)?, mapping, verdicts, made_on)?)
}
