//! A first password on paper: made, shown once, and kept as its hash alone.

use askama::Template;
use mc_account::password::SALT_BYTES;
use mc_account::{AccountName, slip};
use mc_base::Instant;
use mc_port::Credential;
use mc_ui::{Html, Link, Pairs, write};

use super::{HOME, Office, href};
use crate::account::layout;
use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply};
use crate::words::place_said;

#[derive(Template)]
#[template(path = "people/slip.html")]
struct Body {
    slip: Pairs,
    links: Vec<Link>,
}

/// Gives the account a new first password and shows its slip. Its sessions end.
pub(super) fn give(page: &Page<'_>, office: &Office<'_>, name: &AccountName) -> Result<Reply, PageError> {
    let settings = page.app().settings();
    let (mut random, mut salt) = ([0; slip::BYTES], [0; SALT_BYTES]);
    (settings.fill)(&mut random);
    (settings.fill)(&mut salt);
    let made = {
        let _one = page.app().gate().sessions.look();
        Credential::first(name, &random, &salt, (settings.now)())
    };
    let Some((first, credential)) = made else { return Err(PageError::Busy) };
    office.accounts.keep_credential(&credential, None)?;
    page.app().gate().sessions.forget(name.as_str());
    Ok(shown(page, name, &first, credential.first_until))
}

fn shown(page: &Page<'_>, name: &AccountName, first: &str, until: Option<Instant>) -> Reply {
    let address = page.origin().map(|origin| (t!("Địa chỉ"), origin.to_owned()));
    let pairs = [
        Some((t!("Hệ thống"), t!("Minh Chứng, {place}", place = place_said(page.app().home_name())))),
        address,
        Some((t!("Tên đăng nhập"), name.to_string())),
        Some((t!("Mật khẩu lần đầu"), first.to_owned())),
        until.map(|until| (t!("Dùng được đến"), write::date_time(until))),
    ];
    let pairs = pairs.into_iter().flatten().map(|(term, value)| (term.to_owned(), Html::text(&value)));
    let account = name.as_str();
    // The first account ends the session of the code: the one way on is to sign in with it.
    let links = match page.signed_in() {
        None => vec![Link::new(t!("Đăng nhập"), "/vao")],
        Some(_) => {
            vec![
                Link::new(t!("Trang của {account}", account), href(account)),
                Link::new(t!("Người dùng"), HOME),
            ]
        }
    };
    let body = Body { slip: Pairs { pairs: pairs.collect() }, links };
    let above = vec![Link::new(t!("Người dùng"), HOME)];
    let title = t!("Phiếu mật khẩu lần đầu");
    let mut layout = layout(page, above, title, Html::of(&body));
    if page.signed_in().is_none() {
        layout.nav.clear();
        layout.breadcrumb = None;
    }
    Reply::html(layout.page()).cache(Cache::NoStore)
}
