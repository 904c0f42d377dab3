//! One's own account: `/tai-khoan` shows its positions and sessions and ends them; the password is changed and the second
//! factor set up beside it.

pub(crate) mod confirm;
mod factor;
mod password;

use askama::Template;
use mc_access::Act;
use mc_account::{Session, held_on};
use mc_port::AccountTable;
use mc_ui::table::DataTable;
use mc_ui::{
    Cell, Column, Field, Form, Html, Kind, Layout, Link, Method as FormMethod, Pairs, ReadPosition, Row,
    Section, write,
};

use crate::context::Page;
use crate::error::PageError;
use crate::gate::{SignedIn, no_session_cookie};
use crate::people::{self, positions_of};
use crate::reply::Reply;
use crate::route::Route;

/// The account's page.
pub(crate) const HOME: &str = "/tai-khoan";
/// Where the password is changed.
pub(crate) const CHANGE: &str = "/tai-khoan/mat-khau";
/// Where the second factor is set up.
const SETUP: &str = "/tai-khoan/ma-xac-nhan";
/// Where it is asked for.
const CONFIRM: &str = "/xac-nhan";
const LEAVE: &str = "/tai-khoan/ra";
const SESSION: &str = "/tai-khoan/phien";
const POSITION: &str = "/tai-khoan/vi-tri";
/// What is answered while the password of a slip has not been changed.
pub(crate) const ON_THE_WAY_IN: [&str; 2] = [CHANGE, LEAVE];

pub(crate) const ROUTES: &[Route] = &[
    Route::get(HOME, home),
    Route::get(CHANGE, password::page),
    Route::post(CHANGE, Act::Read, password::send),
    Route::get(SETUP, factor::page),
    Route::post(SETUP, Act::Read, factor::send),
    Route::get(CONFIRM, confirm::page),
    Route::post(CONFIRM, Act::Read, confirm::send),
    Route::post(SESSION, Act::Read, end),
    Route::post(POSITION, Act::Read, act_in),
    Route::post(LEAVE, Act::Read, leave),
];

/// The form's field: the hash of a session's token, or [`OTHERS`].
const WHICH: &str = "phien";
const OTHERS: &str = "khac";
const NUMBER: &str = "vi-tri";

#[derive(Template)]
#[template(path = "account/home.html")]
struct Body {
    title: String,
    about: Pairs,
    positions: DataTable,
    sessions: DataTable,
    others: Option<Form>,
    leave: Form,
    links: Vec<Link>,
}

/// The session of whoever asks, and where it is kept. Without an account there is no such page.
fn own<'p>(page: &Page<'p>) -> Result<(&'p SignedIn, &'p dyn AccountTable), PageError> {
    let accounts = page.app().accounts();
    page.signed_in().zip(accounts).ok_or_else(PageError::no_page)
}

/// The layout of a page that shows nothing of the ledger and lies in no section.
pub(crate) fn layout(page: &Page<'_>, above: Vec<Link>, title: &str, body: Html) -> Layout {
    let mut layout = page.framed(Section::Overview, above, title, body);
    for item in &mut layout.nav {
        item.current = false;
    }
    layout.position = ReadPosition::Now { pin: None };
    layout
}

/// A form that is one button.
pub(crate) fn button(action: impl Into<String>, fields: Vec<Field>, words: impl Into<String>) -> Form {
    Form::new(action, FormMethod::Post, fields, words)
}

fn home(page: &Page<'_>) -> Result<Reply, PageError> {
    let (own, accounts) = own(page)?;
    let session = &own.session;
    let mut sessions = accounts.sessions(&session.account)?;
    let now = (page.app().settings().now)();
    sessions.retain(|one| one.holds(now));
    let others = sessions.len() > 1;
    let mut links = vec![Link::new(t!("Đổi mật khẩu"), CHANGE)];
    let set = match accounts.factor(&session.account)? {
        Some(_) => t!("Đổi thiết bị nhận mã xác nhận"),
        None => t!("Đặt mã xác nhận"),
    };
    links.push(Link::new(set, SETUP));
    if page.may(Act::Administer, &mc_access::Object::default()) {
        links.push(Link::new(t!("Người dùng"), people::HOME));
    }
    let body = Body {
        title: session.account.clone(),
        about: about(page, own, accounts)?,
        positions: positions(page, session)?,
        sessions: listed(session, sessions),
        others: others
            .then(|| button(SESSION, vec![Field::hidden(WHICH, OTHERS)], t!("Kết thúc mọi phiên khác"))),
        leave: button(LEAVE, Vec::new(), t!("Đăng xuất")),
        links,
    };
    let title = t!("Tài khoản");
    Ok(Reply::html(layout(page, Vec::new(), title, Html::of(&body)).page()))
}

fn about(page: &Page<'_>, own: &SignedIn, accounts: &dyn AccountTable) -> Result<Pairs, PageError> {
    let changed = accounts.credential(&own.session.account)?.map(|credential| credential.changed_at);
    let mut pairs = vec![
        (t!("Đang làm việc với tư cách").to_owned(), crate::frame::actor_words(page.viewer())),
        (t!("Vào lúc").to_owned(), write::date_time(own.session.begun)),
    ];
    if let Some(changed) = changed {
        pairs.push((t!("Mật khẩu đặt lúc").to_owned(), write::date_time(changed)));
    }
    let kept = accounts.factor(&own.session.account)?;
    pairs.push((t!("Mã xác nhận").to_owned(), factor::words(page, &own.session, kept.as_ref())));
    Ok(Pairs { pairs: pairs.into_iter().map(|(term, value)| (term, Html::text(&value))).collect() })
}

/// The positions held today; another one than that of the session can be taken up.
fn positions(page: &Page<'_>, session: &Session) -> Result<DataTable, PageError> {
    let all = positions_of(page.snapshot(), &session.account)?;
    let columns = people::position_columns([Column::new(t!("Tư cách"), Kind::Text)]);
    let mut table = DataTable::new("vi-tri", t!("Vị trí đang giữ"), columns);
    table.stacks = true;
    for position in held_on(&all, &session.account, page.real_today()) {
        let mut cells = people::position_cells(page, position);
        cells.push(match position.number == session.position {
            true => Cell::text(t!("đang dùng")),
            false => {
                let fields = vec![Field::hidden(NUMBER, position.number.to_string())];
                Cell::html(Html::of(&button(POSITION, fields, t!("Chuyển sang"))))
            }
        });
        table.rows.push(Row::new(cells));
    }
    Ok(table)
}

fn listed(own: &Session, sessions: Vec<Session>) -> DataTable {
    let columns = vec![
        Column::new(t!("Trình duyệt"), Kind::Text),
        Column::new(t!("Vào lúc"), Kind::Date),
        Column::new(t!("Dùng lần cuối"), Kind::Date),
        Column::new(t!("Kết thúc"), Kind::Text),
    ];
    let mut table = DataTable::new("phien", t!("Phiên đang mở"), columns);
    table.stacks = true;
    for session in sessions {
        let browser = browser_words(&session.browser);
        let end = match session.token == own.token {
            true => Cell::text(t!("phiên này")),
            false => {
                let fields = vec![Field::hidden(WHICH, session.token)];
                Cell::html(Html::of(&button(SESSION, fields, t!("Kết thúc"))))
            }
        };
        let cells = vec![
            Cell::text(browser),
            Cell::text(write::date_time(session.begun)),
            Cell::text(write::date_time(session.used)),
            end,
        ];
        table.rows.push(Row::new(cells));
    }
    table
}

/// What a browser calls itself, in the words of its user: "Firefox trên Windows".
fn browser_words(sent: &str) -> String {
    // Most call themselves by the names of those before them too.
    const BROWSERS: [(&str, &str); 8] = [
        ("coc_coc_browser/", vietnamese!("Cốc Cốc")),
        ("Edg/", "Edge"),
        ("EdgA/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("HeadlessChrome/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| sent.contains(sign)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => t!("{browser} trên {system}", browser, system),
        (Some(browser), None) => browser.to_owned(),
        _ if sent.is_empty() => t!("không rõ").to_owned(),
        _ => sent.to_owned(),
    }
}

/// Ends another session of the account, or all others.
fn end(page: &Page<'_>) -> Result<Reply, PageError> {
    let (own, accounts) = own(page)?;
    let account = &own.session.account;
    match page.form().get(WHICH) {
        Some(OTHERS) => {
            accounts.end_sessions(account, Some(&own.session.token))?;
        }
        Some(token) => {
            accounts.end_session(account, token)?;
        }
        None => return Err(PageError::bad(t!("Không rõ phiên nào cần kết thúc; hãy mở lại trang."))),
    }
    page.app().gate().sessions.forget(account);
    Ok(Reply::see_other(HOME))
}

/// Goes on in another position that is held today.
fn act_in(page: &Page<'_>) -> Result<Reply, PageError> {
    let (own, accounts) = own(page)?;
    let account = &own.session.account;
    let all = positions_of(page.snapshot(), account)?;
    let wanted = page.form().get(NUMBER).and_then(|number| number.parse().ok());
    let held = held_on(&all, account, page.real_today());
    let Some(position) = held.into_iter().find(|position| Some(position.number) == wanted) else {
        return Err(PageError::Unprocessable(
            t!("Vị trí này hiện không còn giữ; hãy mở lại trang.").to_owned(),
        ));
    };
    accounts.act_in(&own.session.token, position.number)?;
    page.app().gate().sessions.forget(account);
    Ok(Reply::see_other(HOME))
}

fn leave(page: &Page<'_>) -> Result<Reply, PageError> {
    let (own, accounts) = own(page)?;
    accounts.end_session(&own.session.account, &own.session.token)?;
    page.app().gate().sessions.forget(&own.session.account);
    let mut reply = Reply::see_other("/vao");
    reply.cookies.push(no_session_cookie());
    Ok(reply)
}

#[cfg(test)]
mod tests {
    use super::browser_words;

    #[test]
    fn a_browser_is_told_by_the_name_its_user_knows() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        assert_eq!(browser_words(windows), "Chrome trên Windows");
        assert_eq!(browser_words(&format!("{windows} Edg/140.0")), "Edge trên Windows");
        assert_eq!(
            browser_words("Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"),
            "Firefox trên Android"
        );
        assert_eq!(browser_words("curl/8.5"), "curl/8.5");
        assert_eq!(browser_words(""), "không rõ");
    }
}
