//! From characters at places to lines, and from lines to paragraphs.
//!
//! Lengths are in points, y grows upwards. Thresholds are parts of the size of the letters.

/// One character, or the several that a glyph stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph<'t> {
    pub(super) x: f64,
    pub(super) y: f64,
    /// Where the next one would begin.
    pub(super) end: f64,
    pub(super) size: f64,
    pub(super) text: &'t str,
}

#[derive(Clone, Debug)]
struct Line {
    text: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
}

/// The lines of a page, in the order in which the file draws them.
#[derive(Default)]
pub(super) struct Page {
    lines: Vec<Line>,
}

/// A gap wider than this part of the size is a space.
const SPACE: f64 = 0.15;
/// Text that is higher or lower by more than this part of the size stands on another line.
const LEVEL: f64 = 0.45;
/// Lines further apart than this many usual distances are two paragraphs.
const APART: f64 = 1.3;
/// Usual distance of lines, in sizes, where a page has too few lines to tell.
const LEADING: f64 = 1.5;
/// A line that ends before this part of the width was ended by its writer.
const SHORT: f64 = 0.75;

impl Page {
    pub(super) fn add(&mut self, glyph: &Glyph<'_>) {
        let same = self.lines.last_mut().filter(|line| {
            let level = (line.y - glyph.y).abs() < LEVEL * line.size.max(glyph.size);
            level && glyph.x > line.left
        });
        let blank = glyph.text.trim().is_empty();
        let Some(line) = same else {
            if !blank {
                let (left, right) = (glyph.x, glyph.end);
                let text = glyph.text.to_owned();
                self.lines.push(Line { text, left, right, y: glyph.y, size: glyph.size });
            }
            return;
        };
        let gap = glyph.x - line.right > SPACE * glyph.size;
        if (blank || gap) && !line.text.ends_with(' ') {
            line.text.push(' ');
        }
        if !blank {
            line.text.push_str(glyph.text);
            line.size = line.size.max(glyph.size);
        }
        line.right = glyph.end;
    }

    /// The distance between lines that is found most: the median.
    fn leading(&self) -> Option<f64> {
        let pairs = self.lines.iter().zip(self.lines.iter().skip(1));
        let mut gaps: Vec<f64> = pairs.map(|(one, next)| one.y - next.y).filter(|gap| *gap > 1.0).collect();
        gaps.sort_by(f64::total_cmp);
        gaps.get(gaps.len() / 2).copied().filter(|_| gaps.len() >= 4)
    }
}

/// The running text over all pages.
#[derive(Default)]
pub(super) struct Text {
    open: String,
    last: Option<Line>,
}

impl Text {
    /// The paragraphs that end on a page; the last may go on on the next.
    pub(super) fn page(&mut self, mut page: Page) -> Vec<String> {
        drop_page_number(&mut page.lines);
        let mut done = Vec::new();
        let leading = page.leading();
        let right = page.lines.iter().map(|line| line.right).fold(f64::MIN, f64::max);
        let left = page.lines.iter().map(|line| line.left).fold(f64::MAX, f64::min);
        let mut first = true;
        for line in page.lines {
            let begins = self.last.as_ref().is_none_or(|last| {
                let short = last.right < left + SHORT * (right - left);
                if first {
                    return short || ends_sentence(&last.text) || begins_item(&line.text);
                }
                let usual = leading.unwrap_or(LEADING * last.size);
                let down = last.y - line.y;
                let resized = (last.size - line.size).abs() > 0.15 * last.size.max(line.size);
                let indented = line.left > last.left + line.size && ends_sentence(&last.text);
                // Up the page, or as far right on the same level: another column, another cell.
                let elsewhere = down < LEVEL * line.size;
                elsewhere || down > APART * usual || short || resized || indented || begins_item(&line.text)
            });
            if begins {
                done.push(std::mem::take(&mut self.open));
            } else if !self.open.ends_with(' ') {
                self.open.push(' ');
            }
            self.open.push_str(&line.text);
            self.last = Some(line);
            first = false;
        }
        done.retain(|paragraph| !paragraph.is_empty());
        done
    }

    /// The paragraph that is open after the last page.
    pub(super) fn end(self) -> String {
        self.open
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ':', ';', '”', '"', '…'])
}

fn begins_item(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    let mark = matches!(letters.next(), Some('-' | '–' | '•' | '+' | '*' | '●' | '▪'));
    mark && letters.next() == Some(' ')
}

/// A number alone at the head or foot of a page is the page's.
fn drop_page_number(lines: &mut Vec<Line>) {
    let is_number = |line: Option<&Line>| {
        let bare =
            line.map(|line| line.text.trim_matches(|c: char| c == ' ' || c == '-')).unwrap_or_default();
        (1..=4).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit())
    };
    // A page that is one number shows that number.
    if lines.len() > 1 && is_number(lines.last()) {
        lines.pop();
    }
    if lines.len() > 1 && is_number(lines.first()) {
        lines.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[(f64, f64, &str)]) -> Page {
        let mut page = Page::default();
        for (x, y, text) in lines {
            let mut at = *x;
            for c in text.chars() {
                let mut bytes = [0; 4];
                page.add(&Glyph { x: at, y: *y, end: at + 5.0, size: 10.0, text: c.encode_utf8(&mut bytes) });
                at += 5.0;
            }
        }
        page
    }

    #[test]
    fn lines_become_paragraphs_over_pages() {
        let mut text = Text::default();
        let first = page(&[
            (50.0, 700.0, "Toàn tỉnh có 12 xã, trong đó 8"),
            (50.0, 686.0, "xã đã hoàn thành số hóa sổ sách"),
            (50.0, 672.0, "và 4 xã đang làm."),
            (50.0, 650.0, "Riêng phường Sa Pa, đến nay còn"),
            (100.0, 20.0, "- 3 -"),
        ]);
        let second = page(&[(50.0, 700.0, "thiếu 2 máy."), (50.0, 672.0, "- 5 máy mới")]);
        let mut all = text.page(first);
        all.extend(text.page(second));
        all.push(text.end());
        let whole = "Toàn tỉnh có 12 xã, trong đó 8 xã đã hoàn thành số hóa sổ sách và 4 xã đang làm.";
        assert_eq!(all, [whole, "Riêng phường Sa Pa, đến nay còn thiếu 2 máy.", "- 5 máy mới"]);
    }
}
