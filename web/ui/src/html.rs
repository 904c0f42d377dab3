//! Text that is already safe HTML. It comes from a typed component or from escaping, never from a plain
//! string.

use std::fmt;
use std::ops::Range;

use askama::Template;

use crate::say::mark;

/// Rendered markup, ready to stand inside another template.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Html(String);

impl Html {
    /// Renders a template. Writing to memory fails only when a `Display` inside fails; ours do not, and a
    /// page that still meets one says so instead of showing half of itself.
    pub fn of<T: Template>(template: &T) -> Self {
        Self(template.render().unwrap_or_else(|_| String::from(t!("<p>Không hiển thị được phần này.</p>"))))
    }

    /// Plain text, escaped; on an English page what is Vietnamese is marked as such.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self(in_its_language(text, escape(text)))
    }

    /// Text with the byte ranges of search hits marked. Ranges come sorted; one that overlaps the last, or
    /// does not lie on letters of `text`, is left unmarked.
    #[must_use]
    pub fn marked(text: &str, hits: &[Range<usize>]) -> Self {
        let (mut out, mut done) = (String::new(), 0);
        for hit in hits {
            if let (Some(before), Some(found)) = (text.get(done..hit.start), text.get(hit.clone())) {
                out.push_str(&format!("{}<mark>{}</mark>", escape(before), escape(found)));
                done = hit.end;
            }
        }
        out.push_str(&escape(text.get(done..).unwrap_or_default()));
        Self(in_its_language(text, out))
    }

    /// Several parts, one after the other.
    #[must_use]
    pub fn join(parts: &[Self]) -> Self {
        Self(parts.iter().map(|part| part.0.as_str()).collect::<Vec<_>>().join("\n"))
    }

    /// Markup of our own drawing code, which escapes what it is given.
    pub(crate) const fn trusted(markup: String) -> Self {
        Self(markup)
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The markup, owned.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::FastWritable for Html {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// The markup of `text`, marked where it is Vietnamese on an English page.
fn in_its_language(text: &str, markup: String) -> String {
    let mark = mark(text).to_string();
    if mark.is_empty() { markup } else { format!("<span{mark}>{markup}</span>") }
}

/// Escapes text for element content and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// Marks components whose rendering may stand in another template without being escaped again, and gives them
/// `html()`.
macro_rules! component {
    ($($name:ty),+ $(,)?) => {$(
        impl askama::filters::HtmlSafe for $name {}

        impl $name {
            /// The component as markup for a slot of another component.
            #[must_use]
            pub fn html(&self) -> $crate::html::Html {
                $crate::html::Html::of(self)
            }
        }
    )+};
}
pub(crate) use component;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_marked_and_nothing_is_lost() {
        let text = "Số hóa <đất>";
        let marked = Html::marked(text, &[0..4, 2..6, 100..101, 11..15]);
        let whole = marked.as_str().replace("<mark>", "").replace("</mark>", "");
        assert_eq!(whole, escape(text));
        assert!(marked.as_str().starts_with("<mark>Số</mark> hóa"), "{marked}");
    }

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(
            Html::text("<b title='x'>\"A&B\"").as_str(),
            "&lt;b title=&#39;x&#39;&gt;&quot;A&amp;B&quot;"
        );
    }
}
