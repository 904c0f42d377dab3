//! Which language a request is answered in: the one its address asks for, or else the one asked for before.
//! `Accept-Language` is not read: the product is Vietnamese first, and English is for those who ask for it.

use axum::http::Uri;
use axum::http::header::{COOKIE, HeaderMap};
use mc_ui::Lang;

use crate::query::Query;

/// The parameter that asks for a language.
pub(crate) const PARAMETER: &str = "lang";
/// The cookie that remembers it.
const NAME: &str = "ngon-ngu";
const SECONDS: u32 = 365 * 24 * 60 * 60;

/// The language the address asks for.
pub(crate) fn asked(uri: &Uri) -> Option<Lang> {
    Query::parse(uri.query().unwrap_or_default())?.get(PARAMETER).and_then(Lang::of_tag)
}

/// The language of the answer.
pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Lang {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let remembered = || {
        cookies.flat_map(|value| value.split(';')).find_map(|cookie| {
            let (name, value) = cookie.trim().split_once('=')?;
            (name == NAME).then(|| Lang::of_tag(value)).flatten()
        })
    };
    asked(uri).or_else(remembered).unwrap_or_default()
}

/// The `Set-Cookie` value that remembers a language.
pub(crate) fn cookie(lang: Lang) -> String {
    format!("{NAME}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={SECONDS}", lang.tag())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(address: &str, cookie: Option<&str>) -> Lang {
        let mut headers = HeaderMap::new();
        headers.insert("accept-language", "en-GB".parse().expect("a header"));
        if let Some(cookie) = cookie {
            headers.insert(COOKIE, cookie.parse().expect("a header"));
        }
        of(&address.parse().expect("an address"), &headers)
    }

    #[test]
    fn the_address_wins_over_what_is_remembered_and_the_browser_is_not_asked() {
        assert_eq!(answered("/so", None), Lang::Vietnamese);
        assert_eq!(answered("/so?lang=en", None), Lang::English);
        assert_eq!(answered("/so", Some("phien=1; ngon-ngu=en")), Lang::English);
        assert_eq!(answered("/so?lang=vi", Some("ngon-ngu=en")), Lang::Vietnamese);
        assert_eq!(answered("/so?lang=fr", Some("ngon-ngu=xx")), Lang::Vietnamese);
    }
}
