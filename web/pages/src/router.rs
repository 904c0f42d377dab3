//! From HTTP to handlers and back: the one place that knows the web server.
//!
//! Every store call runs on the blocking pool, in turn; every answer carries the security headers; what
//! cannot be answered becomes a page with a sentence.

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{
    CONTENT_LANGUAGE, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, SET_COOKIE,
    USER_AGENT, VARY,
};
use axum::http::{Response, StatusCode};
use axum::middleware::map_response;
use axum::routing::{MethodFilter, on};
use mc_access::{Act, Actor, Factor};
use mc_port::CommitError;
use mc_ui::{Lang, Layout, Section};
use tower_http::compression::CompressionLayer;

use crate::account::confirm::OnTheWay;
use crate::account::{self, confirm};
use crate::app::App;
use crate::authz::never;
use crate::context::Page;
use crate::error::PageError;
use crate::gate::Visitor;
use crate::guard::{self, ADDRESS_MAX, SECURITY_HEADERS};
use crate::language;
use crate::noted::noted;
use crate::query::{Query, segments};
use crate::reply::{Cache, Reply};
use crate::route::{Asked, Method, Route, Run};
use crate::routes;
use crate::upload::{self, Upload};
use crate::words::place_said;

/// The server's service. The caller binds the socket.
pub fn router(app: App) -> Router {
    let mut router = Router::new();
    for route in routes::all() {
        let filter = match route.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
        };
        let serve = move |State(app): State<App>, request: Request| serve(app, route, request);
        router = router.route(route.path, on(filter, serve));
    }
    router
        .fallback(|State(app): State<App>, request: Request| async move { elsewhere(app, request).await })
        .method_not_allowed_fallback(|State(app): State<App>, request: Request| async move {
            without_route(&app, &request, &PageError::Method)
        })
        .layer(map_response(secure))
        .layer(CompressionLayer::new())
        .with_state(app)
}

async fn secure(mut response: Response<Body>) -> Response<Body> {
    for (name, value) in SECURITY_HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// An address that is not in the table: a page like any other for who may read, with the way on around it.
async fn elsewhere(app: App, request: Request) -> Response<Body> {
    const MISSING: Route = Route::get("", |_| Err(PageError::no_page()));
    let read = request.method() == axum::http::Method::GET && !is_api(request.uri().path());
    let visitor = visitor(&app, request.headers()).await;
    let known = matches!(visitor, Ok(Some(_))) && request.uri().to_string().len() <= ADDRESS_MAX;
    if read && known && wants_page(request.headers()) {
        return serve(app, &MISSING, request).await;
    }
    refuse_stranger(&app, &request, visitor)
}

/// An address that is not in the table. Whoever has not signed in learns nothing from it.
fn refuse_stranger(
    app: &App,
    request: &Request,
    visitor: Result<Option<Visitor>, PageError>,
) -> Response<Body> {
    let missing = || language::of(request.uri(), request.headers()).speaking(PageError::no_page);
    let error = match visitor {
        _ if request.uri().to_string().len() > ADDRESS_MAX => PageError::AddressTooLong(ADDRESS_MAX),
        Ok(Some(_)) => missing(),
        Ok(None) => PageError::SignIn,
        Err(error) => error,
    };
    without_route(app, request, &error)
}

/// An error where there is no route to say who asks.
fn without_route(app: &App, request: &Request, error: &PageError) -> Response<Body> {
    if is_api(request.uri().path()) {
        return crate::api::problem(error).into_response();
    }
    language::of(request.uri(), request.headers()).speaking(|| bare(app, error))
}

async fn serve(app: App, route: &'static Route, request: Request) -> Response<Body> {
    if is_api(route.path) {
        return within(&app, route, request, Lang::Vietnamese).await;
    }
    let (asked, lang) = (language::asked(request.uri()), language::of(request.uri(), request.headers()));
    let mut response = within(&app, route, request, lang).await;
    let headers = response.headers_mut();
    if headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        headers.append(VARY, HeaderValue::from_static("cookie"));
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    }
    if let Some(cookie) = asked.and_then(|lang| HeaderValue::try_from(language::cookie(lang)).ok()) {
        headers.append(SET_COOKIE, cookie);
    }
    response
}

/// The answer in `lang`, or what is said when there is none in time.
async fn within(app: &App, route: &'static Route, request: Request, lang: Lang) -> Response<Body> {
    let answer = tokio::time::timeout(route.wait, answer(app.clone(), route, request, lang)).await;
    let error = match answer {
        Ok(Ok(response)) => return response,
        Ok(Err(error)) => error,
        Err(_) => PageError::Busy,
    };
    lang.speaking(|| refuse(app, route, &error))
}

/// An error of this route, before there is a page: JSON for programs, a page for people.
fn refuse(app: &App, route: &Route, error: &PageError) -> Response<Body> {
    if let PageError::Store(text) = error {
        tracing::error!(route = route.path, "{text}");
    }
    if is_api(route.path) { crate::api::problem(error).into_response() } else { bare(app, error) }
}

/// Whether programs ask at this path; they get errors as JSON.
fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

async fn answer(
    app: App,
    route: &'static Route,
    request: Request,
    lang: Lang,
) -> Result<Response<Body>, PageError> {
    let (head, body) = request.into_parts();
    if head.uri.path().len() + head.uri.query().map_or(0, str::len) > ADDRESS_MAX {
        return Err(PageError::AddressTooLong(ADDRESS_MAX));
    }
    lang.speaking(|| guard::host(&app, &head.headers))?;
    if route.method == Method::Post {
        let check = if route.json { guard::program } else { guard::origin };
        lang.speaking(|| check(&head.headers))?;
    }
    let mut signed_in = None;
    let viewer = match (visitor(&app, &head.headers).await?, route.run) {
        (Some(visitor), run) => {
            signed_in = visitor.signed_in;
            let must_change = signed_in.as_ref().is_some_and(|signed_in| signed_in.must_change);
            if must_change && matches!(run, Run::For(..)) && !account::ON_THE_WAY_IN.contains(&route.path) {
                return Ok(Reply::see_other(account::CHANGE).into_response());
            }
            visitor.actor
        }
        (None, Run::Open(_)) => Actor::public(),
        (None, Run::For(..)) if route.method == Method::Get && wants_page(&head.headers) => {
            let back = Query::default().with("toi", Some(&head.uri.to_string()));
            return Ok(Reply::see_other(back.address("/vao")).into_response());
        }
        (None, Run::For(..)) => return Err(PageError::SignIn),
    };
    let unreadable = || lang.speaking(|| PageError::bad(t!("Địa chỉ có ký tự viết sai nên không đọc được.")));
    let Sent { form, upload, json } = form(route, &head.headers, body, lang).await?;
    let asked = Asked {
        path: head.uri.path().to_owned(),
        peer: head.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip()),
        origin: guard::own_origin(&head.headers),
        segments: segments(head.uri.path()).ok_or_else(unreadable)?,
        query: Query::parse(head.uri.query().unwrap_or_default())
            .ok_or_else(unreadable)?
            .with(language::PARAMETER, None),
        reads: route.method == Method::Get,
        form,
        upload,
        json,
        viewer,
        signed_in,
        cookies: cookies(&head.headers).map(str::to_owned),
        browser: head.headers.get(USER_AGENT).and_then(|name| name.to_str().ok()).map(str::to_owned),
        if_none_match: head.headers.get(IF_NONE_MATCH).and_then(|tag| tag.to_str().ok()).map(str::to_owned),
    };
    let turn = app.turn().await?;
    let run = move || {
        let response = lang.speaking(|| run(&app, route, &asked));
        drop(turn);
        response
    };
    tokio::task::spawn_blocking(run).await.map_err(|error| PageError::Store(error.to_string()))
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accepts = headers.get("accept").and_then(|value| value.to_str().ok());
    accepts.is_none_or(|accepts| accepts.contains("text/html") || accepts.contains("*/*"))
}

fn cookies(headers: &HeaderMap) -> Option<&str> {
    headers.get(COOKIE).and_then(|cookies| cookies.to_str().ok())
}

/// Who asks. The store is asked in turn, and only where that is not known yet.
async fn visitor(app: &App, headers: &HeaderMap) -> Result<Option<Visitor>, PageError> {
    let Some(sent) = cookies(headers) else { return Ok(app.gate().known(app, None)) };
    if let Some(visitor) = app.gate().known(app, Some(sent)) {
        return Ok(Some(visitor));
    }
    let turn = app.turn().await?;
    let (app, sent) = (app.clone(), sent.to_owned());
    let look = move || {
        let visitor = app.gate().visitor(&app, Some(&sent));
        drop(turn);
        visitor
    };
    let found = tokio::task::spawn_blocking(look).await;
    Ok(found.map_err(|error| PageError::Store(error.to_string()))??)
}

/// What came with a request.
#[derive(Default)]
struct Sent {
    form: Query,
    upload: Option<Upload>,
    json: Option<serde_json::Value>,
}

async fn form(route: &Route, headers: &HeaderMap, body: Body, lang: Lang) -> Result<Sent, PageError> {
    if route.method == Method::Get {
        return Ok(Sent::default());
    }
    let bytes =
        to_bytes(body, route.body_max).await.map_err(|_| PageError::BodyTooLarge(route.body_max / 1024))?;
    let unreadable = || {
        lang.speaking(|| PageError::bad(t!("Biểu mẫu gửi lên không đọc được; hãy mở lại trang rồi gửi lại.")))
    };
    let content = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if route.json {
        // A browser sends this type to another site only after asking it, which is not answered.
        let typed = content.split(';').next().is_some_and(|sent| sent.trim() == "application/json");
        let json = if typed { serde_json::from_slice(&bytes).ok() } else { None };
        return Ok(Sent { json, ..Sent::default() });
    }
    if let Some(boundary) = upload::boundary(content) {
        let parts = upload::parse(&bytes, boundary).ok_or_else(unreadable)?;
        return Ok(Sent { form: Query::of(parts.fields), upload: parts.upload, json: None });
    }
    let text = String::from_utf8(bytes.into()).ok();
    let form =
        text.and_then(|text| Query::parse_up_to(&text, route.parameters_max)).ok_or_else(unreadable)?;
    Ok(Sent { form, ..Sent::default() })
}

/// Runs the handler; called on the blocking pool.
fn run(app: &App, route: &Route, asked: &Asked) -> Response<Body> {
    let (act, handler) = match route.run {
        Run::Open(handler) => return finish(app, route, handler(app, asked), None),
        Run::For(act, handler) => (act, handler),
    };
    if !admitted(app, &asked.viewer, act) {
        return finish(app, route, Err(PageError::no_page()), None);
    }
    let page = app.source().snapshot(&asked.viewer).map_err(PageError::from);
    match page.and_then(|snapshot| Page::open(app, asked, snapshot)) {
        // No form is shown that nobody could send.
        Ok(page) if writes(act) && page.snapshot().sealed() => {
            finish(app, route, Err(CommitError::Sealed.into()), Some(&page))
        }
        // What wants the second factor is decided here for every route, and again by the store for every record.
        Ok(page) if act.wants_factor() && awaits(asked) => confirmed_first(app, route, &page),
        Ok(page) => {
            let reply = handler(&page);
            // What cannot be noted is not shown.
            let reply = match noted(app, route, &page) {
                Ok(()) => reply,
                Err(failure) => Err(failure.into()),
            };
            match reply {
                // Of an everyday act, only its handler or the store learns that this one wants more.
                Err(PageError::Unconfirmed) if awaits(asked) && !is_api(route.path) => {
                    confirmed_first(app, route, &page)
                }
                reply => finish(app, route, reply, Some(&page)),
            }
        }
        Err(error) => finish(app, route, Err(error), None),
    }
}

fn awaits(asked: &Asked) -> bool {
    asked.viewer.factor == Factor::Awaited
}

/// Asks for the second factor, and runs the request once it is confirmed.
fn confirmed_first(app: &App, route: &Route, page: &Page<'_>) -> Response<Body> {
    match confirm::on_the_way(page) {
        Ok(OnTheWay::Confirmed(on)) => run(app, route, &on),
        Ok(OnTheWay::Instead(reply)) => finish(app, route, Ok(reply), Some(page)),
        Err(error) => finish(app, route, Err(error), Some(page)),
    }
}

/// Whether the reader may do the act to some record at least; each record is decided again by its owner and
/// place.
fn admitted(app: &App, viewer: &Actor, act: Act) -> bool {
    !never(viewer, act) && (!writes(act) || app.sink().is_some())
}

const fn writes(act: Act) -> bool {
    !matches!(act, Act::Read | Act::ReadPersonal | Act::Audit)
}

fn finish(
    app: &App,
    route: &Route,
    reply: Result<Reply, PageError>,
    page: Option<&Page<'_>>,
) -> Response<Body> {
    let mut reply = match (reply, page) {
        (Ok(reply), _) => reply,
        (Err(error), Some(page)) if !is_api(route.path) && !matches!(error, PageError::Store(_)) => {
            let heading = if page.reads() { error.heading_of_reading() } else { error.heading() };
            let mut layout = page.layout(heading, Section::Overview, error.body_under(heading));
            // It is no page of any section.
            for item in &mut layout.nav {
                item.current = false;
            }
            layout.has_errors = true;
            Reply::html(layout.page()).status(error.status())
        }
        (Err(error), _) => return refuse(app, route, &error),
    };
    // Behind the code everything may be somebody's work in hand.
    if !app.instance().illustrative && reply.cache != Cache::Immutable {
        reply.cache = Cache::NoStore;
    }
    reply.into_response()
}

/// An error before there is a snapshot to build a page from.
fn bare(app: &App, error: &PageError) -> Response<Body> {
    // Whoever asks may not have entered the code: whose instance it is stays unsaid.
    let province = if app.instance().illustrative { app.home_name() } else { "" };
    let mut layout = Layout::new(error.heading(), place_said(province), error.body());
    layout.has_errors = true;
    let mut response =
        Reply::html(layout.page()).status(error.status()).cache(Cache::NoStore).into_response();
    if error.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert("retry-after", HeaderValue::from_static("5"));
    }
    response
}
