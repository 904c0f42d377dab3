//! A link, the smallest thing several components share.

/// Text and address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// What the person reads; makes sense out of context.
    pub text: String,
    /// Address, relative to the site.
    pub href: String,
}

impl Link {
    /// A link.
    #[must_use]
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}
