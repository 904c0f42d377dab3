//! Amounts in words, as payment papers state them beside the digits.

const BILLION: u64 = 1_000_000_000;
const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// An amount of đồng in words: 574000000000 is `năm trăm bảy mươi tư tỷ đồng`.
#[must_use]
pub fn read_money(amount: i64) -> String {
    read_number(amount) + " đồng"
}

/// A number in words, in the northern standard of schoolbooks: *linh* before a lone unit, *mốt*, *tư* and
/// *lăm* after *mươi*, *lăm* after *mười*.
#[must_use]
pub fn read_number(value: i64) -> String {
    let mut words = Vec::new();
    if value < 0 {
        words.push("âm");
    }
    if value == 0 {
        words.push("không");
    }
    read(value.unsigned_abs(), &mut words);
    words.join(" ")
}

/// Numbers from 10^9 on are read as so many *tỷ* and a rest, so 10^18 is *một tỷ tỷ*.
fn read(value: u64, words: &mut Vec<&'static str>) {
    if value >= BILLION {
        read(value / BILLION, words);
        words.push("tỷ");
    }
    let below = value % BILLION;
    for (size, name) in [(1_000_000, Some("triệu")), (1_000, Some("nghìn")), (1, None)] {
        let group = below / size % 1_000;
        if group > 0 {
            // Only the first group of a number may leave out its hundreds.
            read_group(group, value >= size * 1_000, words);
            words.extend(name);
        }
    }
}

fn read_group(group: u64, full: bool, words: &mut Vec<&'static str>) {
    let (hundreds, tens, units) = (group / 100, group / 10 % 10, group % 10);
    let has_hundreds = full || hundreds > 0;
    if has_hundreds {
        words.extend([digit(hundreds), "trăm"]);
    }
    match (tens, units) {
        (0, 0) => {}
        (0, _) if has_hundreds => words.extend(["linh", digit(units)]),
        (0, _) => words.push(digit(units)),
        (1, 0) => words.push("mười"),
        (1, 5) => words.extend(["mười", "lăm"]),
        (1, _) => words.extend(["mười", digit(units)]),
        (_, 0) => words.extend([digit(tens), "mươi"]),
        (_, 1) => words.extend([digit(tens), "mươi", "mốt"]),
        (_, 4) => words.extend([digit(tens), "mươi", "tư"]),
        (_, 5) => words.extend([digit(tens), "mươi", "lăm"]),
        _ => words.extend([digit(tens), "mươi", digit(units)]),
    }
}

fn digit(value: u64) -> &'static str {
    usize::try_from(value).ok().and_then(|value| DIGITS.get(value)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_payment_papers_do() {
        let cases = [
            (0, "không"),
            (5, "năm"),
            (10, "mười"),
            (11, "mười một"),
            (14, "mười bốn"),
            (15, "mười lăm"),
            (20, "hai mươi"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (55, "năm mươi lăm"),
            (101, "một trăm linh một"),
            (110, "một trăm mười"),
            (1_005, "một nghìn không trăm linh năm"),
            (4_607, "bốn nghìn sáu trăm linh bảy"),
            (20_000, "hai mươi nghìn"),
            (1_000_005, "một triệu không trăm linh năm"),
            (1_020_000, "một triệu không trăm hai mươi nghìn"),
            (-31, "âm ba mươi mốt"),
        ];
        for (value, words) in cases {
            assert_eq!(read_number(value), words, "{value}");
        }
    }

    #[test]
    fn reads_billions_of_billions() {
        assert_eq!(read_money(574_000_000_000), "năm trăm bảy mươi tư tỷ đồng");
        assert_eq!(read_money(15_119_000_000_000), "mười lăm nghìn một trăm mười chín tỷ đồng");
        assert_eq!(read_money(1_000_000_000_000_000_000), "một tỷ tỷ đồng");
        assert_eq!(
            read_money(i64::MIN),
            "âm chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ \
             tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh tám đồng"
        );
    }

    #[test]
    fn no_number_has_an_empty_reading_and_readings_differ() {
        let mut seen = std::collections::BTreeSet::new();
        for value in 0..20_000 {
            assert!(seen.insert(read_number(value)), "{value}");
        }
    }
}
