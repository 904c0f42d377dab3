//! Finding a text typed without marks, in order to highlight it.

use std::ops::Range;

use super::fold::{fold_char, loosen, search_key};

/// Most hits that are returned.
pub const HITS_MAX: usize = 1_000;

/// Where `needle` occurs in `haystack`, as byte ranges of `haystack` in order, without overlap, at most
/// [`HITS_MAX`].
///
/// Marks, tones, case and the width of white space do not matter. Where nothing is found so, y and i are
/// taken for one as in [`super::fold_loose`]. A range covers whole characters with all their marks. An empty
/// needle is nowhere.
#[must_use]
pub fn find_folded(haystack: &str, needle: &str) -> Vec<Range<usize>> {
    let needle = search_key(needle);
    if needle.is_empty() {
        return Vec::new();
    }
    let folded = Folded::of(haystack);
    let hits = folded.hits(&folded.text, &needle);
    if hits.is_empty() { folded.hits(&loosen(&folded.text), &loosen(&needle)) } else { hits }
}

/// A folded text that remembers where each byte came from.
struct Folded {
    text: String,
    /// For each byte of `text`, the range of the original that it stands for.
    origins: Vec<Range<usize>>,
}

impl Folded {
    fn of(original: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(original.len()), origins: Vec::new() };
        let mut last_is_space = false;
        for (start, c) in original.char_indices() {
            let origin = start..start + c.len_utf8();
            let before = folded.text.len();
            if c.is_whitespace() && last_is_space {
                folded.extend_last(origin.end);
                continue;
            }
            if c.is_whitespace() {
                folded.text.push(' ');
            } else {
                fold_char(c, |part| folded.text.push(part));
            }
            if folded.text.len() == before {
                folded.extend_last(origin.end);
                continue;
            }
            last_is_space = c.is_whitespace();
            folded.origins.resize(folded.text.len(), origin);
        }
        folded
    }

    /// A mark or a further space belongs to what precedes it.
    fn extend_last(&mut self, end: usize) {
        let Some(start) = self.origins.last().map(|origin| origin.start) else { return };
        for origin in self.origins.iter_mut().rev().take_while(|origin| origin.start == start) {
            origin.end = end;
        }
    }

    /// `text` has a byte for each byte of the folded text.
    fn hits(&self, text: &str, needle: &str) -> Vec<Range<usize>> {
        let origin = |at: usize| self.origins.get(at);
        text.match_indices(needle)
            .filter_map(|(at, hit)| Some(origin(at)?.start..origin(at + hit.len() - 1)?.end))
            .take(HITS_MAX)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits<'a>(haystack: &'a str, needle: &str) -> Vec<&'a str> {
        find_folded(haystack, needle).into_iter().map(|range| &haystack[range]).collect()
    }

    #[test]
    fn finds_what_is_typed_without_marks() {
        assert_eq!(hits("Số hóa Đất đai", "so hoa dat dai"), ["Số hóa Đất đai"]);
        assert_eq!(hits("Đất đai, đất  đai", "đất đai"), ["Đất đai", "đất  đai"]);
        assert_eq!(hits("aaaa", "aa"), ["aa", "aa"]);
        assert_eq!(hits("Lào Cai", "xa"), Vec::<&str>::new());
        assert_eq!(hits("Lào Cai", " "), Vec::<&str>::new());
    }

    #[test]
    fn marks_of_decomposed_text_belong_to_the_hit() {
        let decomposed = "ho\u{300}a bi\u{300}nh";
        assert_eq!(hits(decomposed, "hò"), ["ho\u{300}"]);
        assert_eq!(hits(decomposed, "binh"), ["bi\u{300}nh"]);
    }

    #[test]
    fn y_and_i_meet_where_nothing_else_is_found() {
        assert_eq!(hits("kĩ thuật số", "kỹ thuật"), ["kĩ thuật"]);
        assert_eq!(hits("ky, kĩ", "ky"), ["ky"]);
    }
}
