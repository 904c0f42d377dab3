//! Whether letters can be a Vietnamese syllable: what tells a right decoding from a wrong one.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::letters::{self, Tone};

/// Longest first, so that "ngh" is not taken for "ng".
const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

/// Rimes without tone, by their first letter. "ăk", "ôk" and "uk" are of place names (Đắk Lắk).
static RIMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "
    a ac ach ai am an ang anh ao ap at au ay
    ăc ăk ăm ăn ăng ăp ăt
    âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et
    ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    ooc oong op ot
    ô ôc ôi ôk ôm ôn ông ôp ôt
    ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui uk um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên
    uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y ych yêm yên yêng yêt yêu yn ynh yt"
        .split_ascii_whitespace()
        .collect()
});

/// Letters of the longest syllable, "nghiêng".
const LETTERS_MAX: usize = 7;

/// Whether a word in lower case and NFC can be one syllable. Words without any mark are not asked about.
pub(super) fn is_possible(word: &str) -> bool {
    let mut plain = String::with_capacity(word.len());
    let mut tone = Tone::Level;
    for (count, c) in word.chars().enumerate() {
        let (base, own) = match letters::split(c) {
            Some(parts) => parts,
            None if c.is_ascii_lowercase() || c == 'đ' => (c, Tone::Level),
            None => return false,
        };
        if own != Tone::Level {
            if tone != Tone::Level {
                return false;
            }
            tone = own;
        }
        if count >= LETTERS_MAX {
            return false;
        }
        plain.push(base);
    }
    ONSETS.iter().any(|onset| plain.strip_prefix(onset).is_some_and(|rime| fits(onset, rime, tone)))
}

fn fits(onset: &str, rime: &str, tone: Tone) -> bool {
    // "gì", "gìn": the i of the onset is the vowel.
    if onset == "gi" && rime.is_empty() {
        return true;
    }
    let known = RIMES.contains(rime);
    let front = rime.starts_with(['e', 'ê', 'i', 'y']);
    let spelled = match onset {
        "k" | "gh" | "ngh" => front,
        "c" | "ng" => !front,
        "g" => !front || rime.starts_with('i'),
        _ => true,
    };
    let stopped = rime.ends_with(['c', 'k', 'p', 't']) || rime.ends_with("ch");
    known && spelled && (!stopped || matches!(tone, Tone::Acute | Tone::Dot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_other_words() {
        for yes in [
            "trạm",
            "đường",
            "nghiêng",
            "quyết",
            "gì",
            "giếng",
            "quý",
            "thuở",
            "khuỷu",
            "hoà",
            "hòa",
            "ủy",
            "ở",
            "đắk",
            "huyện",
            "xã",
            "ngoằng",
            "quỳnh",
        ] {
            assert!(is_possible(yes), "{yes}");
        }
        for no in ["đöờng", "hôàn", "càt", "đôc", "kâu", "ngế", "triưu", "cơng", "façade", "tớnh", "àá"]
        {
            assert!(!is_possible(no), "{no}");
        }
    }
}
