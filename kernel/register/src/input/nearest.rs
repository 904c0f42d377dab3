//! Names that look like what was typed.

use mc_base::text::fold_loose;

const NAMES_MAX: usize = 3;
const CHARS_MAX: usize = 60;
const CANDIDATES_MAX: usize = 200;

/// Candidates within one slip in four letters of `text`, best first.
#[must_use]
pub fn alike<'a>(text: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<String> {
    let typed: Vec<char> = fold_loose(text).chars().collect();
    if typed.len() > CHARS_MAX {
        return Vec::new();
    }
    let mut near: Vec<(usize, &str)> = candidates
        .take(CANDIDATES_MAX)
        .filter_map(|candidate| {
            let letters: Vec<char> = fold_loose(candidate).chars().take(CHARS_MAX).collect();
            let slips_max = 1 + typed.len().max(letters.len()) / 5;
            let slips = distance(&typed, &letters);
            (slips <= slips_max && slips < typed.len()).then_some((slips, candidate))
        })
        .collect();
    near.sort_unstable();
    near.into_iter().map(|(_, candidate)| candidate.to_owned()).take(NAMES_MAX).collect()
}

/// Levenshtein distance.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, a) in one.iter().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        for (b, above) in other.iter().zip(row.iter_mut().skip(1)) {
            let cell = (diagonal + usize::from(a != b)).min(left + 1).min(*above + 1);
            diagonal = *above;
            *above = cell;
            left = cell;
        }
        if let Some(first) = row.first_mut() {
            *first = index + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips(one: &str, other: &str) -> usize {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        distance(&letters(one), &letters(other))
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!(slips("", "abc"), 3);
        assert_eq!(slips("abc", ""), 3);
        assert_eq!(slips("kitten", "sitting"), 3);
        assert_eq!(slips("cam duong", "cam duong"), 0);
    }

    #[test]
    fn the_best_comes_first() {
        let names = ["Đang xây dựng", "Đang hoạt động", "Ngừng"];
        assert_eq!(
            alike("dang hoat dong", names.into_iter()).first().map(String::as_str),
            Some("Đang hoạt động")
        );
        assert!(alike("xyz", names.into_iter()).is_empty());
    }
}
