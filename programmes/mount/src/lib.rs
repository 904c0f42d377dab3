//! How a programme is mounted: one trait, and declarations as TOML text.

/// A file compiled into the binary: its path inside the programme and its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Text {
    /// For example `registers/base_station.toml`.
    pub path: &'static str,
    /// Contents.
    pub text: &'static str,
}

/// One of the twelve programmes.
pub trait Programme: Sync {
    /// Permanent identifier, for example `infrastructure`.
    fn id(&self) -> &'static str;
    /// What the screen calls it, in Vietnamese.
    fn title(&self) -> &'static str;
    /// Register declarations.
    fn registers(&self) -> &'static [Text];
    /// Indicator declarations.
    fn indicators(&self) -> &'static [Text];
    /// How texts say what the indicators count: no part of their definitions.
    fn sayings(&self) -> &'static [Text] {
        &[]
    }
}

/// Embeds declarations by their paths below the programme's own folder: `texts!["registers/parcel.toml"]`.
/// Meant for the programme's `src/lib.rs`.
#[macro_export]
macro_rules! texts {
    ($($path:literal),* $(,)?) => {
        &[$($crate::Text { path: $path, text: include_str!(concat!("../", $path)) }),*]
    };
}
