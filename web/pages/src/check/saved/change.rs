//! Keeping one longer, and deleting it.

use askama::Template;
use mc_base::Instant;
use mc_port::SavedCheck;
use mc_ui::{Form, Html, Link, Method, Section, write};

use super::{KEPT_DAYS, PATH, above, address, days_after, now, open, shelf, title};
use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply};

/// It is kept on when asked, but never to be forgotten here: only while fewer days than that are left.
pub(super) fn may_be_kept_on(check: &SavedCheck, now: Instant) -> bool {
    check.kept_until <= days_after(now, KEPT_DAYS)
}

pub(in super::super) fn extend(page: &Page<'_>) -> Result<Reply, PageError> {
    let (check, _) = open(page, 2)?;
    if !may_be_kept_on(&check, now(page)) {
        return Err(PageError::Unprocessable(t!(
            "Bài này còn được giữ đến {until}, hơn {days} ngày nữa. Khi còn không quá {days} ngày thì giữ thêm được.",
            until = write::day(check.kept_until.day()),
            days = KEPT_DAYS
        )));
    }
    let until = days_after(check.kept_until, KEPT_DAYS);
    if !shelf(page)?.keep_check(&check.id, now(page), until)? {
        return Err(PageError::no_page());
    }
    Ok(Reply::see_other(address(page, &check.id, "")))
}

#[derive(Template)]
#[template(path = "check/delete.html")]
struct DeleteView {
    heading: &'static str,
    title: String,
    form: Form,
}

pub(in super::super) fn confirm(page: &Page<'_>) -> Result<Reply, PageError> {
    let (check, text) = open(page, 2)?;
    let (heading, title) = (t!("Xóa bài đã lưu"), title(&text));
    let mut form = Form::new(address(page, &check.id, "/xoa"), Method::Post, Vec::new(), t!("Xóa bài này"));
    form.cancel = Some(address(page, &check.id, ""));
    let mut above = above(page);
    above.push(Link::new(title.clone(), address(page, &check.id, "")));
    let body = Html::of(&DeleteView { heading, title, form });
    Ok(page.page(Section::Verification, above, heading, body).cache(Cache::NoStore))
}

pub(in super::super) fn forget(page: &Page<'_>) -> Result<Reply, PageError> {
    let (check, _) = open(page, 2)?;
    if !shelf(page)?.forget_check(&check.id)? {
        return Err(PageError::no_page());
    }
    Ok(Reply::see_other(page.link(PATH)))
}
