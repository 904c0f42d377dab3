//! Two people edited the same record: both versions side by side, and a form that goes on from the newer one.

use mc_ledger::Value;
use mc_port::Version;
use mc_register::{Field, Schema};
use mc_ui::{Cell, Column, DataTable, Html, Kind, Link, Message, Row, Tone};

use super::draft::{Draft, Errors};
use super::view::{self, Act, Conflict};
use crate::context::Page;
use crate::error::PageError;
use crate::reply::Reply;
use crate::said::Said as _;
use crate::words;

/// The version that is current by now, when it is not the one the author saw.
pub(super) fn newer(
    page: &Page<'_>,
    schema: &Schema,
    key: &str,
    seen: &Version,
) -> Result<Option<Version>, PageError> {
    let fresh = page.app().source().snapshot(page.viewer())?;
    let last = fresh.history(&schema.id, key)?.pop();
    match last {
        Some(last) if last.ordinal != seen.ordinal && last.seq_to.is_none() => Ok(Some(last)),
        Some(last) if last.seq_to.is_some() => Err(PageError::Conflict(
            t!("Trong lúc bạn sửa, bản ghi này đã được rút khỏi sổ. Hãy xem lịch sử của bản ghi.").to_owned(),
        )),
        _ => Ok(None),
    }
}

/// The page with both versions.
pub(super) fn page(
    page: &Page<'_>,
    schema: &Schema,
    key: &str,
    seen: &Version,
    newer: &Version,
    draft: &Draft<'_>,
) -> Result<Reply, PageError> {
    let mut message = Message::new(
        Tone::Warn,
        t!(
            "Bản ghi đã sang phiên bản {newer} trong khi bạn sửa phiên bản {seen}",
            newer = newer.ordinal,
            seen = seen.ordinal
        ),
    );
    message.body = Html::text(t!(
        "Chưa ghi gì. Bảng dưới đặt cạnh nhau bản bạn đã mở, bản hiện nay và điều bạn muốn ghi. Biểu mẫu bên dưới \
         đi tiếp từ bản hiện nay: trường bạn không đụng tới giữ giá trị mới của người kia."
    ));
    message.links = vec![Link::new(t!("Xem bản hiện nay"), page.record_link(schema, key))];
    let conflict = Conflict { message, table: table(page, schema, seen, newer, draft) };
    let form = view::merged(page, schema, draft, newer);
    view::form(
        page,
        schema,
        Act::Edit(key, newer),
        &Draft::sent(&form, Some(newer)),
        &Errors::default(),
        Some(conflict),
    )
}

fn table(page: &Page<'_>, schema: &Schema, seen: &Version, newer: &Version, draft: &Draft<'_>) -> DataTable {
    let columns = vec![
        Column::new(t!("Trường"), Kind::Text),
        Column::new(t!("Bản bạn đã mở (phiên bản {version})", version = seen.ordinal), Kind::Text),
        Column::new(t!("Bản hiện nay (phiên bản {version})", version = newer.ordinal), Kind::Text),
        Column::new(t!("Bạn muốn ghi"), Kind::Text),
    ];
    let mut table = DataTable::new("hai-ban", t!("Các trường khác nhau"), columns);
    t!("Hai bản không khác nhau ở trường nào bạn được xem.").clone_into(&mut table.empty.text);
    let differs = |field: &&Field| {
        seen.values.get(&field.no) != newer.values.get(&field.no) || !draft.untouched(page, field)
    };
    let offered = |field: &&Field| super::fields::is_offered(schema, field, Some(newer));
    table.rows = schema
        .field
        .iter()
        .filter(offered)
        .filter(differs)
        .map(|field| {
            let wanted = if draft.untouched(page, field) {
                t!("không sửa").to_owned()
            } else {
                draft.typed(page, field)
            };
            Row::new(vec![
                Cell::text(field.title.said()),
                Cell::text(shown(page, field, seen)),
                Cell::text(shown(page, field, newer)),
                Cell::text(wanted),
            ])
        })
        .collect();
    table
}

fn shown(page: &Page<'_>, field: &Field, version: &Version) -> String {
    let value = version.values.get(&field.no).unwrap_or(&Value::Null);
    words::text(page.snapshot(), field, value).unwrap_or_else(|| words::UNKNOWN.said().to_owned())
}
