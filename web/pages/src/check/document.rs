//! What was found as a file to take along: a workbook, or the text in Word with a comment on each number.

use mc_checking::{CheckedText, Named, RegisterVerdict};
use mc_documents::{DocumentError, Findings, OurFigure, docx, xlsx};

use super::registers::figure_address;
use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, DOCX, Reply, XLSX};

/// How what was found is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum As {
    Word,
    Workbook,
}

impl As {
    pub(super) const ALL: [Self; 2] = [Self::Word, Self::Workbook];

    /// The end of its file name, and what the form sends for it.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Word => "docx",
            Self::Workbook => "xlsx",
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Word => t!("Tải .docx có chú thích"),
            Self::Workbook => t!("Tải .xlsx"),
        }
    }

    pub(super) fn of(sent: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.ending() == sent)
    }
}

/// The file. The text is Vietnamese and so is what is said of it, whatever the page speaks.
pub(super) fn reply(page: &Page<'_>, found: &CheckedText, wanted: As) -> Result<Reply, PageError> {
    let figure = |verdict: &RegisterVerdict| {
        let address = verdict.ours.as_ref().map(|ours| {
            let site = page.origin().unwrap_or_default();
            format!("{site}{}", figure_address(ours))
        });
        OurFigure { named: verdict.ours.as_ref().map(|ours| Named::of(page.snapshot(), ours)), address }
    };
    let figures: Vec<OurFigure> = found.registers.iter().map(figure).collect();
    let findings = Findings {
        found,
        figures: &figures,
        made_on: (page.app().settings().now)().day(),
        version: env!("CARGO_PKG_VERSION"),
    };
    let (media_type, bytes) = match wanted {
        As::Word => (DOCX, docx(&findings)),
        As::Workbook => (XLSX, xlsx(&findings)),
    };
    let bytes = bytes.map_err(|error| match error {
        DocumentError::Rows { .. } => PageError::Unprocessable(error.to_string()),
        failure => PageError::Store(failure.to_string()),
    })?;
    let (year, month, day) = found.date.ymd();
    let name = format!("soat-so-{year:04}-{month:02}-{day:02}.{}", wanted.ending());
    Ok(Reply::attachment(media_type, name, bytes).cache(Cache::NoStore))
}
