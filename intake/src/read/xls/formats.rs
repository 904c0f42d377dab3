//! Which number formats show a date or a time.

/// What a number stands for under its format.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Shown {
    #[default]
    Number,
    Moment,
    Duration,
}

/// A format that every workbook has ([MS-XLS] 2.5.165; 27 to 36 and 50 to 58 are those of East Asia).
pub(super) const fn built_in(number: u16) -> Shown {
    match number {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Shown::Moment,
        46 => Shown::Duration,
        _ => Shown::Number,
    }
}

/// A format of the workbook's own: its first section, without what is quoted, escaped or in brackets.
pub(super) fn of_code(code: &str) -> Shown {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '"' => drop(chars.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(chars.next()),
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let elapsed = |c: char| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's');
                if !inside.is_empty() && inside.chars().all(elapsed) {
                    return Shown::Duration;
                }
            }
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return Shown::Moment,
            // "General" and "E+00" hold no such letter; "G/标准" neither.
            _ => {}
        }
    }
    Shown::Number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_from_numbers() {
        for date in ["dd/mm/yyyy", "[$-42A]d mmmm yyyy;@", "\"Ngày\" dd", "h:mm AM/PM", "yyyy\\-mm"] {
            assert_eq!(of_code(date), Shown::Moment, "{date}");
        }
        for number in
            ["General", "#,##0.00", "0.00E+00", "#,##0\\ \"đồng\";[Red]-0", "_(* #,##0_)", "[Red]0", "@", ""]
        {
            assert_eq!(of_code(number), Shown::Number, "{number}");
        }
        assert_eq!(of_code("[h]:mm:ss"), Shown::Duration);
        assert_eq!(built_in(14), Shown::Moment);
        assert_eq!(built_in(46), Shown::Duration);
        assert_eq!(built_in(4), Shown::Number);
    }
}
