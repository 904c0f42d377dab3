//! Vietnamese text in the encodings from before Unicode, written apart from the tables that read it. Each byte
//! is the character of its Latin-1 code, as a workbook stores it.

/// Codes of TCVN3 as the standard lists them.
const TCVN3: &str = "ĂA1 ÂA2 ÊA3 ÔA4 ƠA5 ƯA6 ĐA7 ăA8 âA9 êAA ôAB ơAC ưAD đAE àB5 ảB6 ãB7 áB8 ạB9 ằBB ẳBC ẵBD ắBE \
    ặC6 ầC7 ẩC8 ẫC9 ấCA ậCB èCC ẻCE ẽCF éD0 ẹD1 ềD2 ểD3 ễD4 ếD5 ệD6 ìD7 ỉD8 ĩDC íDD ịDE òDF ỏE1 õE2 óE3 ọE4 \
    ồE5 ổE6 ỗE7 ốE8 ộE9 ờEA ởEB ỡEC ớED ợEE ùEF ủF1 ũF2 úF3 ụF4 ừF5 ửF6 ữF7 ứF8 ựF9 ỳFA ỷFB ỹFC ýFD ỵFE";

const VNI: &str = "áaù àaø ảaû ãaõ ạaï ăaê ằaè ẳaú ẵaü ắaé ặaë âaâ ầaà ẩaå ẫaã ấaá ậaä éeù èeø ẻeû ẽeõ ẹeï êeâ ềeà \
    ểeå ễeã ếeá ệeä íí ìì ỉæ ĩó ịò óoù òoø ỏoû õoõ ọoï ôoâ ồoà ổoå ỗoã ốoá ộoä ơô ớôù ờôø ởôû ỡôõ ợôï úuù ùuø \
    ủuû ũuõ ụuï ưö ứöù ừöø ửöû ữöõ ựöï ýyù ỳyø ỷyû ỹyõ ỵî đñ";

const TONES: [&str; 12] = [
    "aàảãáạ",
    "ăằẳẵắặ",
    "âầẩẫấậ",
    "eèẻẽéẹ",
    "êềểễếệ",
    "iìỉĩíị",
    "oòỏõóọ",
    "ôồổỗốộ",
    "ơờởỡớợ",
    "uùủũúụ",
    "ưừửữứự",
    "yỳỷỹýỵ",
];

const WINDOWS: &str = "ĂC3 ĐD0 ƠD5 ƯDD ăE3 đF0 ơF5 ưFD";

fn one(c: char, up: bool) -> char {
    let mut cased = c.to_lowercase();
    let lower = cased.next().unwrap_or(c);
    if up { c.to_uppercase().next().unwrap_or(c) } else { lower }
}

fn code(table: &str, c: char) -> Option<char> {
    let hex = table.split_whitespace().find_map(|pair| pair.strip_prefix(c))?;
    u8::from_str_radix(hex, 16).ok().map(char::from)
}

/// TCVN3. A capital with a tone has no code and stays what it is.
pub fn tcvn3(text: &str) -> String {
    text.chars().map(|c| code(TCVN3, c).unwrap_or(c)).collect()
}

/// TCVN3 as written in a font of capitals: marked capitals are small letters.
pub fn tcvn3_capitals(text: &str) -> String {
    text.chars().map(|c| code(TCVN3, c).or_else(|| code(TCVN3, one(c, false))).unwrap_or(c)).collect()
}

/// VNI for Windows.
pub fn vni(text: &str) -> String {
    let pair = |c: char| VNI.split_whitespace().find_map(|pair| pair.strip_prefix(c));
    let mut out = String::new();
    for c in text.chars() {
        match (pair(c), pair(one(c, false))) {
            (Some(pair), _) => out.push_str(pair),
            (None, Some(pair)) => out.extend(pair.chars().map(|c| one(c, true))),
            (None, None) => out.push(c),
        }
    }
    out
}

/// Windows-1258 as Windows writes it: the vowel with its own mark, then the tone.
pub fn windows1258(text: &str) -> String {
    let marks = ['\u{CC}', '\u{D2}', '\u{DE}', '\u{EC}', '\u{F2}'];
    let mut out = String::new();
    for c in text.chars() {
        let lower = one(c, false);
        let row =
            TONES.iter().find_map(|row| Some((row.chars().next()?, row.chars().position(|v| v == lower)?)));
        let (base, tone) = row.unwrap_or((lower, 0));
        let base = one(base, c.is_uppercase());
        out.push(code(WINDOWS, base).unwrap_or(base));
        out.extend(tone.checked_sub(1).and_then(|tone| marks.get(tone)));
    }
    out
}

/// The bytes of such a text.
pub fn bytes(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("a code of one byte")).collect()
}
