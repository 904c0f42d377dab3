//! Files the browser fetches, embedded in the binary and served under a name that holds a hash of their
//! contents.

/// `Cache-Control` of every embedded file: its address changes when it does.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// An embedded file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asset {
    name: &'static str,
    url: &'static str,
    bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The embedded files.
#[derive(Clone, Copy, Debug)]
pub struct Assets;

impl Asset {
    /// Plain name, for example `app.css`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Address with the hash in it.
    #[must_use]
    pub const fn url(&self) -> &'static str {
        self.url
    }

    /// Contents.
    #[must_use]
    pub const fn bytes(&self) -> &'static [u8] {
        self.bytes
    }

    /// Media type for the `Content-Type` header.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("woff2") => "font/woff2",
            _ => "application/octet-stream",
        }
    }
}

impl Assets {
    /// Where they are served.
    pub const PREFIX: &str = "/tai-nguyen/";

    /// The file served under `path`, the part of the address after [`Self::PREFIX`]. A name with another hash
    /// is another file and not found.
    #[must_use]
    pub fn get(path: &str) -> Option<&'static Asset> {
        FILES.iter().find(|file| file.url.strip_prefix(Self::PREFIX) == Some(path))
    }

    /// The address of a file by its plain name; empty when there is none.
    #[must_use]
    pub fn url(name: &str) -> &'static str {
        FILES.iter().find(|file| file.name == name).map_or("", |file| file.url)
    }

    /// Addresses of the embedded fonts; none when they were not fetched, and the pages use system fonts.
    #[must_use]
    pub fn fonts() -> Vec<&'static str> {
        FILES.iter().filter(|file| file.name.ends_with(".woff2")).map(|file| file.url).collect()
    }

    /// All files.
    #[must_use]
    pub const fn all() -> &'static [Asset] {
        FILES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_served_under_its_address_alone() {
        for file in Assets::all() {
            let path = file.url.strip_prefix(Assets::PREFIX).expect("the prefix of build.rs is ours");
            assert_eq!(Assets::get(path), Some(file));
            assert_ne!(file.media_type(), "application/octet-stream");
            assert_eq!(Assets::get(file.name), None, "{} answers without its hash", file.name);
        }
        assert_eq!(Assets::get("../Cargo.toml"), None);
        assert_eq!(Assets::url("absent.css"), "");
    }

    #[test]
    fn the_stylesheet_names_no_file_that_is_not_served() {
        let file = Assets::all().iter().find(|file| file.name == "app.css").expect("the stylesheet");
        let sheet = std::str::from_utf8(file.bytes).expect("text");
        let addresses: Vec<&str> =
            sheet.split("url(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(addresses.len(), Assets::fonts().len());
        for address in addresses {
            assert!(Assets::fonts().contains(&address), "{address}");
        }
    }
}
