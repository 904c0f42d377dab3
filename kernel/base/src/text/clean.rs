//! Removing what cannot be seen from text that is pasted or imported, and saying what was removed.

use unicode_normalization::char::is_combining_mark;

/// Most removals that a report lists one by one; the rest is counted.
pub const REPORT_MAX: usize = 100;

/// Most combining marks kept after one letter; Vietnamese needs two.
const MARKS_MAX: usize = 4;

/// Why a character was removed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RemovedKind {
    /// Control character other than tab and line feed.
    Control,
    /// Turns the direction of writing, and so can show a text other than the one stored (Unicode Technical
    /// Report 36).
    Bidi,
    /// Zero width, soft hyphen, tag, byte-order mark.
    Invisible,
    /// A combining mark beyond the fourth on one letter.
    Mark,
}

impl RemovedKind {
    /// What the report calls it, in Vietnamese.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Control => "ký tự điều khiển",
            Self::Bidi => "ký tự đảo chiều chữ",
            Self::Invisible => "ký tự không nhìn thấy",
            Self::Mark => "dấu chồng thừa",
        }
    }
}

/// One character removed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Removed {
    /// Its place in the text given, in characters from 0.
    pub at: usize,
    /// The character.
    pub found: char,
    /// Why.
    pub kind: RemovedKind,
}

/// A text without invisible characters, and what was taken out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cleaned {
    /// The text in NFC; line ends are line feeds.
    pub text: String,
    /// The first removals, at most [`REPORT_MAX`].
    pub removed: Vec<Removed>,
    /// Number of all removals.
    pub removed_count: usize,
}

/// Takes out control, direction and invisible characters and excess marks. Tabs and line feeds stay; CR LF
/// and CR become LF without mention.
#[must_use]
pub fn clean(text: &str) -> Cleaned {
    let mut out = String::with_capacity(text.len());
    let mut removed = Vec::new();
    let mut removed_count = 0;
    let mut marks = 0;
    let mut chars = text.chars().enumerate().peekable();
    while let Some((at, found)) = chars.next() {
        if found == '\r' {
            if chars.peek().is_none_or(|(_, next)| *next != '\n') {
                out.push('\n');
            }
            continue;
        }
        let is_mark = is_combining_mark(found);
        marks = if is_mark { marks + 1 } else { 0 };
        match unwanted(found).or((marks > MARKS_MAX).then_some(RemovedKind::Mark)) {
            None => out.push(found),
            Some(kind) => {
                removed_count += 1;
                if removed.len() < REPORT_MAX {
                    removed.push(Removed { at, found, kind });
                }
            }
        }
    }
    Cleaned { text: super::nfc(&out), removed, removed_count }
}

const fn unwanted(c: char) -> Option<RemovedKind> {
    match c {
        '\t' | '\n' => None,
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' => Some(RemovedKind::Control),
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Some(RemovedKind::Bidi)
        }
        '\u{AD}'
        | '\u{34F}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206A}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => Some(RemovedKind::Invisible),
        _ => None,
    }
}

/// A letter that looks like đ and is not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Confusable {
    /// Its place in the text, in characters from 0.
    pub at: usize,
    /// What stands there: Ð (U+00D0), ð (U+00F0), Ɖ (U+0189) or ɖ (U+0256).
    pub found: char,
    /// The Vietnamese letter meant: Đ (U+0110) or đ (U+0111).
    pub meant: char,
}

/// The first [`REPORT_MAX`] letters that look like đ and are not.
#[must_use]
pub fn confusable_d(text: &str) -> Vec<Confusable> {
    let hit = |(at, found)| meant_d(found).map(|meant| Confusable { at, found, meant });
    text.chars().enumerate().filter_map(hit).take(REPORT_MAX).collect()
}

/// A text with the Vietnamese đ in place of its look-alikes.
#[must_use]
pub fn fix_d(text: &str) -> String {
    text.chars().map(|c| meant_d(c).unwrap_or(c)).collect()
}

const fn meant_d(c: char) -> Option<char> {
    match c {
        'Ð' | 'Ɖ' => Some('Đ'),
        'ð' | 'ɖ' => Some('đ'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_what_cannot_be_seen_and_says_so() {
        let cleaned = clean("\u{FEFF}Lào\u{200B} Cai\u{202E}\u{7}\t1\r\n2\r3");
        assert_eq!(cleaned.text, "Lào Cai\t1\n2\n3");
        let kinds: Vec<_> = cleaned.removed.iter().map(|r| (r.at, r.kind)).collect();
        let expected = [
            (0, RemovedKind::Invisible),
            (4, RemovedKind::Invisible),
            (9, RemovedKind::Bidi),
            (10, RemovedKind::Control),
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn heaps_of_marks_are_cut_and_the_report_is_bounded() {
        let cleaned = clean(&format!("a{}", "\u{301}".repeat(65_536)));
        assert!(cleaned.text.chars().count() <= 1 + MARKS_MAX);
        assert_eq!(cleaned.removed.len(), REPORT_MAX);
        assert_eq!(cleaned.removed_count, 65_536 - MARKS_MAX);
    }

    #[test]
    fn ordinary_text_is_untouched() {
        let text = "Số hóa – “đất đai” 84,2% 🙂\n";
        assert_eq!(clean(text), Cleaned { text: text.into(), removed: vec![], removed_count: 0 });
        assert_eq!(clean("hoa\u{301}").text, "hoá");
    }

    #[test]
    fn look_alikes_of_d_are_found() {
        assert_eq!(confusable_d("Đi Ði"), [Confusable { at: 3, found: 'Ð', meant: 'Đ' }]);
        assert_eq!(fix_d("ÐƉðɖĐđ"), "ĐĐđđĐđ");
    }
}
