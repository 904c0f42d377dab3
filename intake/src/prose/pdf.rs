//! PDF: the characters of each page with their places, joined to lines and paragraphs.

use std::io::{Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc_page};

use super::layout::{Glyph, Page, Text};
use super::{Paragraphs, ProseFault};
use crate::ReadError;
use crate::limits::{PDF_PAGES_MAX, PROSE_BYTES_MAX};

const WHAT: &str = "PDF";
/// Of a letter, in sizes.
const WIDTH_UNKNOWN: f64 = 0.6;

pub(super) fn read(mut input: impl Read + Seek, paragraphs: &mut Paragraphs<'_>) -> Result<(), ReadError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    // Loading takes the lock off where it can, and says many things where it cannot.
    let locked = bytes.windows(8).any(|window| window == b"/Encrypt");
    let fault = |error: &dyn std::fmt::Display| match locked {
        true => ProseFault::Encrypted,
        false => ProseFault::damaged(WHAT, error),
    };
    let mut document = guarded(|| Document::load_mem(&bytes))?.map_err(|error| fault(&error))?;
    drop(bytes);
    // Files that may be read but not changed have an empty password.
    let still_locked = document.trailer.get(b"Encrypt").is_ok();
    if still_locked && guarded(|| document.decrypt("").is_err())? {
        return Err(ProseFault::Encrypted.into());
    }
    let count = guarded(|| document.get_pages().len())?;
    let pages = u32::try_from(count).unwrap_or(u32::MAX);
    if pages == 0 {
        return Err(ProseFault::damaged(WHAT, "no pages").into());
    }
    if pages > PDF_PAGES_MAX {
        return Err(ProseFault::Pages { pages }.into());
    }
    let mut text = Text::default();
    for number in 1..=pages {
        let mut seen = Seen::default();
        guarded(|| output_doc_page(&document, &mut seen, number))?
            .map_err(|e| if seen.is_too_long { ProseFault::TooLong } else { ProseFault::damaged(WHAT, e) })?;
        for paragraph in text.page(seen.page) {
            paragraphs.push(&paragraph)?;
        }
    }
    paragraphs.push(&text.end())?;
    if paragraphs.is_empty() { Err(ProseFault::Scan { pages }.into()) } else { Ok(()) }
}

/// The crate gives up on odd files by a panic; here it is one more way to be damaged.
fn guarded<T>(read: impl FnOnce() -> T) -> Result<T, ReadError> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| ProseFault::damaged(WHAT, "panic").into())
}

/// Gathers the characters of a page.
#[derive(Default)]
struct Seen {
    page: Page,
    bytes: usize,
    is_too_long: bool,
}

impl OutputDev for Seen {
    fn begin_page(
        &mut self,
        _number: u32,
        _media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.bytes += text.len();
        if self.bytes > PROSE_BYTES_MAX {
            self.is_too_long = true;
            return Err(std::fmt::Error.into());
        }
        // The side of a square as large as a letter's: text may be stretched one way.
        let scale = (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt();
        let size = font_size.abs() * scale;
        // Widths told for a range of glyphs are lost on the way and come as nothing: no gap begins there.
        let width = if width > 0.0 { width } else { WIDTH_UNKNOWN };
        self.page.add(&Glyph { x: place.m31, y: place.m32, end: place.m31 + width * size, size, text });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
