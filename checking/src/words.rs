//! Words as they are compared: lower case, tones where they stand today, no marks, no words that only join.

use mc_base::text::to_new_tone;

/// Words that join others and say nothing of what is counted.
const JOINING: [&str; 10] = ["và", "các", "những", "của", "được", "đã", "đang", "cho", "việc", "một"];

/// The words of a text, in its order.
pub(crate) fn words(text: &str) -> Vec<String> {
    let plain = to_new_tone(&text.to_lowercase());
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !JOINING.contains(word)).map(str::to_owned).collect()
}

/// What stands for a comma among words.
pub(crate) const COMMA: &str = ",";

/// The words of a text with its commas between them.
pub(crate) fn words_and_commas(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (at, part) in text.split(',').enumerate() {
        if at > 0 {
            all.push(COMMA.to_owned());
        }
        all.extend(words(part));
    }
    all
}

/// Where `phrase` stands in `text`, word by word.
pub(crate) fn find(text: &[String], phrase: &[String]) -> Option<usize> {
    if phrase.is_empty() {
        return None;
    }
    text.windows(phrase.len()).position(|window| window == phrase)
}

/// `text` without `phrase`, wherever it stands.
pub(crate) fn without(mut text: Vec<String>, phrase: &[String]) -> Vec<String> {
    while let Some(at) = find(&text, phrase) {
        text.drain(at..at + phrase.len());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_marks_and_joining_words() {
        assert_eq!(
            words("Khoa học và Công nghệ, KH&CN (hoà mạng)"),
            ["khoa", "học", "công", "nghệ", "kh", "cn", "hòa", "mạng"]
        );
        let text = words("số trạm thu phát sóng di động");
        assert_eq!(find(&text, &words("thu phát sóng")), Some(2));
        assert_eq!(find(&text, &[]), None);
        assert_eq!(without(text, &words("thu phát sóng")), ["số", "trạm", "di", "động"]);
    }
}
