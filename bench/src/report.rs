//! What was measured, as a page.

use std::fmt::Write as _;

/// Whether a target was reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Met {
    /// It was.
    Yes,
    /// It was not.
    No,
    /// There is none: the figure is only reported.
    Reported,
}

impl Met {
    /// Out of a comparison.
    #[must_use]
    pub const fn when(reached: bool) -> Self {
        if reached { Self::Yes } else { Self::No }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "**no**",
            Self::Reported => "reported",
        }
    }
}

/// One line of a table.
#[derive(Clone, Debug)]
pub struct Line {
    /// What was measured.
    pub what: String,
    /// Ours.
    pub ours: String,
    /// The peer's, where there is one.
    pub peer: String,
    /// The peer's time ÷ ours: above 1 we are faster.
    pub ratio: Option<f64>,
    /// What is to be reached.
    pub target: String,
    /// Whether it was.
    pub met: Met,
}

impl Line {
    /// A line without a peer.
    #[must_use]
    pub fn alone(what: &str, ours: String, target: &str, met: Met) -> Self {
        Self { what: what.to_owned(), ours, peer: String::new(), ratio: None, target: target.to_owned(), met }
    }
}

/// A part of the page.
#[derive(Clone, Debug)]
pub struct Part {
    /// Heading.
    pub title: &'static str,
    /// What the lines mean, how they were measured.
    pub about: String,
    /// The lines.
    pub lines: Vec<Line>,
}

/// The whole page; `head` says on what machine.
#[must_use]
pub fn page(head: &str, parts: &[Part]) -> String {
    let lines = || parts.iter().flat_map(|part| &part.lines);
    let count = |met: Met| lines().filter(|line| line.met == met).count();
    let mut text = format!(
        "# Measured\n\nWritten by `cargo xtask bench`; do not edit. A ratio is the peer's time ÷ ours, both measured in \
         the same\nrun on the same machine: above 1 ours is faster. Latencies are p50 / p95 / p99.\n\n{head}\n\
         Targets reached: {}, missed: {}, figures without a target: {}.\n",
        count(Met::Yes),
        count(Met::No),
        count(Met::Reported)
    );
    for part in parts {
        let _ = write!(text, "\n## {}\n\n{}\n\n", part.title, part.about.trim());
        text.push_str("| what | ours | peer | ratio | target | reached |\n|---|---|---|---|---|---|\n");
        for line in &part.lines {
            let ratio = line.ratio.map_or_else(String::new, |ratio| format!("{}×", cut(ratio)));
            let _ = writeln!(
                text,
                "| {} | {} | {} | {ratio} | {} | {} |",
                line.what,
                line.ours,
                line.peer,
                line.target,
                line.met.word()
            );
        }
    }
    text
}

/// Two digits after the point, the rest cut off: never rounded in our favour.
fn cut(ratio: f64) -> String {
    format!("{:.2}", (ratio * 100.0).floor() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_target_is_written_as_such_and_a_ratio_is_never_rounded_up() {
        let line = Line { ratio: Some(1.999), ..Line::alone("import", "1 s".to_owned(), "2×", Met::No) };
        let part = Part { title: "Import", about: String::new(), lines: vec![line] };
        let page = page("machine\n", &[part]);
        assert!(page.contains("| import | 1 s |  | 1.99× | 2× | **no** |"), "{page}");
        assert!(page.contains("reached: 0, missed: 1"));
    }
}
