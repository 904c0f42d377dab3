//! What the page of the grid says of the sign-off: its form, why it cannot be signed yet, and who signed.

use mc_ui::{
    Cell, Column, DataTable, Field as FormField, Form, Input as FormInput, Kind, Method, Row, write,
};

use super::sheet::Sheet;
use super::sign::{Scope, UP_TO};
use super::view::{Outcome, REASON};
use crate::context::Page;
use crate::error::PageError;

/// The field that says why.
pub(super) fn reason(sheet: &Sheet, outcome: &Outcome) -> FormField {
    let mut field = FormField::new(REASON, t!("Lý do"), FormInput::Text { value: outcome.reason.clone() });
    field.error = outcome.reason_error.clone();
    if sheet.lines.iter().any(|line| line.signed.is_some()) {
        let hint = t!("Có dòng đã ký xác nhận: sửa dòng ấy là đính chính và cần một câu nói vì sao.");
        return field.hint(hint).when(t!("cần khi sửa dòng đã ký"));
    }
    field.hint(t!("Một câu cho người xem lịch sử; để trống thì ghi là nhập số liệu tháng.")).optional()
}

/// The form that signs off, where there is nothing against it.
pub(super) fn sign_form(page: &Page<'_>, sheet: &Sheet, outcome: &Outcome) -> Option<Form> {
    let up_to = sheet.up_to().filter(|_| outcome.is_good() && sheet.unfilled() == 0)?;
    let mine = Scope::of(page);
    let signed = mine.found(sheet);
    if signed.is_some_and(|signed| signed.seq > up_to) {
        return None;
    }
    let action = super::address(page, &sheet.schema, sheet.month, "/ky-xac-nhan");
    let words = match signed {
        Some(_) => t!("Ký xác nhận lại sau đính chính"),
        None => t!("Hoàn thành và ký xác nhận"),
    };
    Some(Form::new(action, Method::Post, vec![FormField::hidden(UP_TO, up_to.to_string())], words))
}

/// Why it cannot be signed off now, or what signing means.
pub(super) fn unsigned(page: &Page<'_>, sheet: &Sheet, outcome: &Outcome) -> String {
    let missing = sheet.unfilled();
    if sheet.lines.is_empty() {
        return t!("Chưa có dòng nào để ký.").to_owned();
    }
    if missing > 0 {
        return t!(
            "Còn {missing} trên {rows} dòng chưa đủ các cột có dấu *, nên chưa ký được.",
            missing = write::count(missing),
            rows = write::count(sheet.lines.len())
        );
    }
    if !outcome.is_good() {
        return t!("Còn dòng chưa ghi, nên chưa ký được.").to_owned();
    }
    let up_to = sheet.up_to();
    if Scope::of(page).found(sheet).is_some_and(|signed| Some(signed.seq) > up_to) {
        return t!("Đã ký xác nhận và chưa có gì sửa từ đó.").to_owned();
    }
    t!(
        "Ký xác nhận là một lần ghi: bạn xác nhận {rows} dòng đã lưu là đủ và đúng. Sửa sau đó là đính chính.",
        rows = write::count(sheet.lines.len())
    )
}

/// Who has signed the month, when, and what was corrected since.
pub(super) fn signed(page: &Page<'_>, sheet: &Sheet) -> Result<DataTable, PageError> {
    let columns = vec![
        Column::new(t!("Phạm vi"), Kind::Text),
        Column::new(t!("Người ký"), Kind::Text),
        Column::new(t!("Lúc"), Kind::Text),
        Column::new(t!("Số dòng"), Kind::Number),
        Column::new(t!("Đính chính sau khi ký"), Kind::Number),
    ];
    let mut table = DataTable::new("da-ky", t!("Đã ký xác nhận"), columns);
    t!("Chưa ai ký xác nhận tháng này.").clone_into(&mut table.empty.text);
    for sign_off in &sheet.sign_offs {
        let commit = page.app().source().snapshot(page.viewer())?.commit(sign_off.seq)?;
        let (who, when) = commit.map_or_else(Default::default, |commit| {
            (crate::record::actor_words(&commit.actor), write::date_time(commit.recorded_at))
        });
        let scope = match (&sign_off.agency, sign_off.place) {
            (Some(agency), _) => page.snapshot().agency_name(&agency.0).unwrap_or_default(),
            (None, Some(place)) => page.place_name(place),
            (None, None) => sign_off.scope.clone(),
        };
        let later = sheet.lines.iter().filter(|line| sign_off.covers(&line.object));
        let later = later.filter_map(|line| line.now.as_ref()).filter(|now| now.seq_from > sign_off.seq);
        let mut first = Cell::text(scope);
        first.href = Some(page.link(&format!("/kiem-chung/ghi/{}", sign_off.seq)));
        table.rows.push(Row::new(vec![
            first,
            Cell::text(who),
            Cell::text(when),
            Cell::text(write::whole(sign_off.rows)),
            Cell::text(write::count(later.count())),
        ]));
    }
    Ok(table)
}
