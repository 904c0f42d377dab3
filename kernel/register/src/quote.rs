//! Values quoted in sentences, cut to a bearable length.

use crate::limits::QUOTE_CHARS_MAX;

/// The text, cut after 60 characters with an ellipsis; line ends and other controls become spaces.
pub(crate) fn shorten(text: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut short: String = text.chars().take(QUOTE_CHARS_MAX).map(clean).collect();
    if text.chars().nth(QUOTE_CHARS_MAX).is_some() {
        short.push('…');
    }
    short
}
