//! What a handler answers.

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, LOCATION, RETRY_AFTER, SET_COOKIE,
};
use axum::http::{HeaderValue, Response, StatusCode};
use mc_ui::Html;

/// Media type of a workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Media type of a Word file.
pub(crate) const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// How long an answer may be kept, and by whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Cache {
    /// Nowhere: it shows, or could show, personal data or a secret.
    NoStore,
    /// In the reader's own browser, asked for again each time.
    #[default]
    Revalidate,
    /// Anywhere and for ever: its address changes with its contents.
    Immutable,
}

impl Cache {
    /// The `Cache-Control` header.
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::NoStore => "no-store",
            Self::Revalidate => "private, no-cache",
            Self::Immutable => mc_ui::IMMUTABLE,
        }
    }
}

/// An answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    /// Status.
    pub status: StatusCode,
    /// `Content-Type`.
    pub media_type: &'static str,
    /// Body.
    pub body: Vec<u8>,
    /// Caching.
    pub cache: Cache,
    /// Name under which a browser saves it; ASCII.
    pub file_name: Option<String>,
    /// Where to go on.
    pub location: Option<String>,
    /// `Set-Cookie`, one a cookie.
    pub cookies: Vec<String>,
    /// `ETag`, without quotes.
    pub etag: Option<String>,
    /// Seconds after which the same may be asked again.
    pub retry_after: Option<u64>,
}

impl Reply {
    /// An answer of this media type.
    #[must_use]
    pub fn new(media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: StatusCode::OK,
            media_type,
            body: body.into(),
            cache: Cache::default(),
            file_name: None,
            location: None,
            cookies: Vec::new(),
            etag: None,
            retry_after: None,
        }
    }

    /// A page.
    #[must_use]
    pub fn html(page: Html) -> Self {
        Self::new("text/html; charset=utf-8", page.into_string())
    }

    /// Plain text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::new("text/plain; charset=utf-8", text.into())
    }

    /// On to another page after a form was sent (303: the browser asks by GET).
    #[must_use]
    pub fn see_other(address: impl Into<String>) -> Self {
        let mut reply = Self::text("");
        reply.status = StatusCode::SEE_OTHER;
        reply.location = Some(address.into());
        reply.cache = Cache::NoStore;
        reply
    }

    /// A file to be saved.
    #[must_use]
    pub fn attachment(media_type: &'static str, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let mut reply = Self::new(media_type, bytes);
        reply.file_name = Some(name.into());
        reply
    }

    /// The same with another status.
    #[must_use]
    pub const fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The same, refused for so many seconds.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The same with other caching.
    #[must_use]
    pub const fn cache(mut self, cache: Cache) -> Self {
        self.cache = cache;
        self
    }

    /// The answer as HTTP. A header value that HTTP does not allow is left out.
    #[must_use]
    pub fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(self.cache.header()));
        let disposition = self.file_name.map(|name| format!("attachment; filename=\"{}\"", plain(&name)));
        let etag = self.etag.map(|tag| format!("\"{}\"", plain(&tag)));
        let further = [
            (CONTENT_DISPOSITION, disposition),
            (LOCATION, self.location),
            (ETAG, etag),
            (RETRY_AFTER, self.retry_after.map(|seconds| seconds.to_string())),
        ];
        for (name, value) in further {
            if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
                headers.insert(name, value);
            }
        }
        for cookie in self.cookies.into_iter().filter_map(|cookie| HeaderValue::try_from(cookie).ok()) {
            headers.append(SET_COOKIE, cookie);
        }
        response
    }
}

/// Letters that every system takes in a file name.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '-' }).collect()
}
