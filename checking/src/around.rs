//! What stands around a number: the words before and behind it that may say what it counts.

use mc_claims::Claim;

use crate::words::{words, words_and_commas};

/// Words behind a counted thing with which something else begins to be said.
const PREDICATES: &str = "là gồm bao so thì nên";
/// Words that lead to the next number; before anything else they may tell which of the things are counted.
const LEADING: &str = "đạt chiếm tăng giảm vượt bằng tương đương";
/// Bytes of a text that are looked at before and behind a number, at most.
const BYTES_MAX: usize = 2_000;

/// Words around a claim.
#[derive(Clone, Debug)]
pub(crate) struct Around {
    /// From the beginning of the sentence, or of its part behind a semicolon.
    pub(crate) sentence: Vec<String>,
    /// From the number before, where the sentence has one.
    pub(crate) segment: Vec<String>,
    /// From the last mark on.
    pub(crate) clause: Vec<String>,
    /// Up to the next mark, number or predicate; commas stand between them.
    pub(crate) behind: Vec<String>,
    /// It is the first of "38/41 thôn": some of a whole.
    pub(crate) of_whole: bool,
}

impl Around {
    /// Around `claim` of `text`, between the end of the claim before and the start of the next.
    pub(crate) fn of(text: &str, claim: &Claim, (earlier, next): (Option<usize>, Option<usize>)) -> Self {
        let until = claim.bytes.start;
        let floor = text.floor_char_boundary(until.saturating_sub(BYTES_MAX));
        let before = text.get(floor..until).unwrap_or_default();
        let start = floor + sentence_start(before);
        let sentence = text.get(start..until).unwrap_or_default();
        let segment = match earlier.filter(|end| *end > start) {
            // What stands before the comma still belongs to the number before.
            Some(end) => text.get(end..until).map(|text| text.split_once(',').map_or(text, |(_, rest)| rest)),
            None => Some(sentence),
        };
        let segment = segment.unwrap_or_default();
        // "Số trạm BTS: 4.607 trạm": a name right before the number.
        let named = sentence.trim_end().trim_end_matches(':');
        let clause =
            named.rfind([',', ':', '(', ')', '–']).map_or(named, |at| named.get(at..).unwrap_or_default());
        let end = text.floor_char_boundary((claim.bytes.end + BYTES_MAX).min(text.len()));
        let end = next.map_or(end, |next| next.min(end)).max(claim.bytes.end);
        let rest = text.get(claim.bytes.end..end).unwrap_or_default();
        let stop = rest.find([';', ':', '(', ')', '\n', '…']).unwrap_or(rest.len());
        let rest = rest.get(..stop).unwrap_or_default();
        let rest = rest.get(..first_end(rest).unwrap_or(rest.len())).unwrap_or_default();
        let mut behind = words_and_commas(rest);
        let predicate = behind.iter().position(|word| PREDICATES.split(' ').any(|known| known == word));
        behind.truncate(predicate.unwrap_or(behind.len()));
        while behind.last().is_some_and(|word| LEADING.split(' ').any(|known| known == word)) {
            behind.pop();
        }
        let of_whole = text.get(claim.bytes.end..).is_some_and(|rest| rest.trim_start().starts_with('/'));
        Self { sentence: words(sentence), segment: words(segment), clause: words(clause), behind, of_whole }
    }
}

/// Where the last sentence of `text` begins.
fn sentence_start(text: &str) -> usize {
    let line = text.rfind(['\n', ';']).map_or(0, |at| at + 1);
    let mut start = line;
    while let Some(end) = text.get(start..).and_then(first_end) {
        start += end;
    }
    start
}

/// Behind the first mark that ends a sentence: a new one begins with a capital letter behind a space.
fn first_end(text: &str) -> Option<usize> {
    text.match_indices(['.', '!', '?']).map(|(at, mark)| at + mark.len()).find(|end| {
        let mut rest = text.get(*end..).unwrap_or_default().chars();
        rest.next().is_some_and(char::is_whitespace)
            && rest.find(|c| !c.is_whitespace()).is_some_and(char::is_uppercase)
    })
}
