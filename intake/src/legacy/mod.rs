//! Vietnamese text from before Unicode: TCVN3 (ABC), VNI and Windows-1258, told apart by their bytes.
//!
//! An office workbook of the time holds bytes whose meaning its font gave: the same `®` is "đ" in `.VnTime` and a
//! registered mark in Times New Roman. Fonts lie (a cell keeps `.VnTime` when somebody types Unicode into it), so
//! each run of a text is judged by whether its words become Vietnamese syllables; what stands around it helps
//! where the run is short, and the name of the font breaks a tie.
//!
//! Everywhere here a byte is the character of its Latin-1 code, as a workbook stores it.

mod capitals;
mod columns;
mod judge;
mod letters;
mod syllable;
mod tcvn3;
mod vni;
mod windows1258;

use std::borrow::Cow;
use std::fmt;

use mc_base::text::nfc;

pub(crate) use columns::{Column, Columns};
pub(crate) use judge::{Evidence, Support, choose};

/// How the letters of a text are coded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Charset {
    /// As it stands.
    Unicode,
    /// TCVN 5712:1993 VN3, called ABC.
    Tcvn3,
    /// VNI for Windows.
    Vni,
    /// The code page of Windows for Vietnamese.
    Windows1258,
}

impl Charset {
    /// All, in the order in which they are preferred where nothing tells them apart.
    pub(crate) const ALL: [Self; 4] = [Self::Unicode, Self::Tcvn3, Self::Vni, Self::Windows1258];

    /// What the name of a font says of the text written in it.
    pub(crate) fn of_font(name: &str) -> Option<Self> {
        let starts = |prefix: &str| name.get(..prefix.len()).is_some_and(|s| s.eq_ignore_ascii_case(prefix));
        if starts(".vn") {
            Some(Self::Tcvn3)
        } else if starts("vni") {
            Some(Self::Vni)
        } else {
            None
        }
    }
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unicode => "Unicode",
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
            Self::Windows1258 => "Windows-1258",
        })
    }
}

/// The characters of bytes that are no UTF-8.
pub(crate) fn from_bytes(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| windows1258::as_latin1(*byte)).collect()
}

/// A run of text of one encoding as Unicode (NFC). Words that make no sense in it and do in another are read so:
/// people typed Unicode words into cells written years before.
pub(crate) fn decode(text: &str, charset: Charset) -> Cow<'_, str> {
    if charset == Charset::Unicode || text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 2);
    for part in judge::parts(text) {
        match part {
            judge::Part::Between(between) => out.push_str(between),
            judge::Part::Word(word) => {
                out.push_str(&decode_word(word, judge::charset_of_word(word, charset)))
            }
        }
    }
    if charset == Charset::Tcvn3 {
        out = capitals::restore(&out);
    }
    Cow::Owned(out)
}

/// One word in an encoding; what it does not know stays.
fn decode_word(word: &str, charset: Charset) -> String {
    let known = |c: char, letter: fn(u8) -> Option<char>| windows1258::byte(c).and_then(letter).unwrap_or(c);
    match charset {
        Charset::Unicode => nfc(word),
        Charset::Tcvn3 => word.chars().map(|c| known(c, tcvn3::letter)).collect(),
        Charset::Vni => {
            let mut out = String::with_capacity(word.len());
            for c in word.chars() {
                let pair = windows1258::byte(c)
                    .and_then(|byte| out.chars().next_back().and_then(|vowel| vni::pair(vowel, byte)));
                match pair {
                    Some(letter) => {
                        out.pop();
                        out.push(letter);
                    }
                    None => out.push(known(c, vni::letter)),
                }
            }
            out
        }
        Charset::Windows1258 => {
            let character = |c| windows1258::byte(c).map_or(c, windows1258::character);
            nfc(&word.chars().map(character).collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests;
