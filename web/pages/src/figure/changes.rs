//! "Vì sao thay đổi?": two readings of a figure taken apart record by record.

use askama::Template;
use mc_base::{Period, Scaled, Seq};
use mc_figure::{Cause, Decomposition, Group};
use mc_port::FigureRequest;
use mc_register::Schema;
use mc_ui::table::{Cell, Column, DataTable, Kind, Row};
use mc_ui::write;
use mc_ui::{FigureText, Html, Link, Message, NumberStyle, Pager, Section, Tone, ViNum};

use super::ask::{self, Ask};
use super::lens::{Lens, Outcome, Reading};
use super::sentence::{lower_first, upper_first, when};
use super::target::pin;
use super::{asked, number};
use crate::context::Page;
use crate::error::PageError;
use crate::reply::Reply;
use crate::said::Said as _;

/// Records of a group on the first page; on its own page of a group.
const FIRST: usize = 10;
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "figure/changes.html")]
struct Body {
    title: String,
    notice: Option<Message>,
    before: Side,
    after: Side,
    difference: String,
    summary: Option<DataTable>,
    groups: Vec<GroupView>,
    nothing: Option<Message>,
    back: Link,
}

/// One of the two readings.
struct Side {
    figure: Option<FigureText>,
    words: String,
    says: String,
}

struct GroupView {
    id: String,
    title: String,
    explained: &'static str,
    table: DataTable,
}

/// The page.
pub(super) fn show(page: &Page<'_>) -> Result<Reply, PageError> {
    let lens = Lens::of(page);
    let (ask, definition) = asked(page, &lens)?;
    let from = match page.query().get("tu_ky") {
        Some(text) => Period::parse(text).map_err(|error| PageError::bad(error.to_string()))?,
        None => ask.ky.previous().unwrap_or(ask.ky),
    };
    let from_at = match page.query().get("tu_tai") {
        Some(text) => Some(earlier(&lens, text)?),
        None => lens.at,
    };
    let before_lens = Lens { at: from_at, ..lens };
    let before = before_lens.read(&definition, from)?;
    let after = lens.read(&definition, ask.ky)?;
    let hidden = [&before, &after].into_iter().find(|reading| reading.outcome.is_kept_back());
    let requests = (before_lens.request(&definition.id, from), lens.request(&definition.id, ask.ky));
    let parts = match hidden {
        Some(_) => None,
        None => Some(lens.snapshot.changes(&requests.0, &requests.1)?),
    };
    let view =
        View { lens: &lens, ask: &ask, from, from_at, after: &after, scale: scale(&lens, &requests.1) };
    let chosen = page.query().get("nhom").and_then(cause);
    let place = lens.place_short();
    let body = Body {
        title: match (before.number(), after.number()) {
            (Some(a), Some(b)) => t!("Vì sao {place} từ {a} thành {b}?", place, a, b),
            _ => t!(
                "{place}: vì sao {title} thay đổi?",
                place,
                title = lower_first(definition.title.said().trim())
            ),
        },
        notice: lens.snapshot.instance().illustrative.then(illustrative),
        difference: difference(&before, &after),
        before: side(&before_lens, &before),
        after: side(&lens, &after),
        summary: parts.as_ref().filter(|parts| !parts.groups.is_empty()).map(|parts| view.summary(parts)),
        groups: match (&parts, chosen) {
            (Some(parts), chosen) => view.groups(parts, chosen, page.query().get("bo_qua"))?,
            (None, _) => Vec::new(),
        },
        nothing: nothing(hidden, parts.as_ref()),
        back: Link::new(t!("Về trang của chỉ tiêu"), ask.href()),
    };
    let above = vec![
        Link::new(t!("Chỉ tiêu"), page.link("/chi-tieu")),
        Link::new(definition.title.said().trim(), ask.href()),
    ];
    Ok(page.page(Section::Indicators, above, t!("Vì sao thay đổi?"), Html::of(&body)))
}

fn illustrative() -> Message {
    let mut message =
        Message::new(Tone::Warn, t!("Nguyên nhân thật không được công bố; dưới đây là bản ghi minh họa."));
    message.body = Html::text(t!(
        "Các bản ghi này được sinh ra để cộng đúng bằng số đã công bố, không mô tả trạm hay đơn vị có thật."
    ));
    message
}

fn nothing(hidden: Option<&Reading>, parts: Option<&Decomposition>) -> Option<Message> {
    if let Some(reading) = hidden {
        let words = match reading.outcome {
            Outcome::Guarded => t!(
                "Một trong hai số không nêu để không lộ số dựa trên dưới 5 bản ghi của sổ có dữ liệu cá nhân, nên không tách \
                 ra được."
            ),
            _ => t!("Số này dựa trên dưới 5 bản ghi của sổ có dữ liệu cá nhân nên không tách ra được."),
        };
        return Some(Message::new(Tone::Info, words));
    }
    parts
        .filter(|parts| parts.groups.is_empty())
        .map(|_| Message::new(Tone::Info, t!("Không bản ghi nào làm hai số khác nhau.")))
}

/// `1234`, `ghi-1234` or a day.
fn earlier(lens: &Lens<'_>, text: &str) -> Result<Seq, PageError> {
    let latest = lens.position();
    if let Some(day) = mc_base::Day::parse_iso(text) {
        return Ok(lens.snapshot.known_on(day)?.min(latest));
    }
    let digits = text.strip_prefix("ghi-").unwrap_or(text);
    let number =
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten().map(Seq);
    let at = number.ok_or_else(|| {
        PageError::bad(t!(
            "Không đọc được “tu_tai”; cần số lần ghi, ví dụ ghi-1234, hoặc ngày, ví dụ 2025-07-30."
        ))
    })?;
    if at > latest {
        return Err(PageError::missing(t!("Lần ghi {at} ở sau lần ghi {latest} của trang này.", at, latest)));
    }
    Ok(at)
}

fn difference(before: &Reading, after: &Reading) -> String {
    match (before.number(), after.number()) {
        (Some(a), Some(b)) => {
            let unit = number::unit(&after.definition);
            number::difference(&after.definition, a, b).map_or_else(
                || t!("không đổi").to_owned(),
                |words| format!("{words} {unit}").trim_end().to_owned(),
            )
        }
        _ => t!("không so được").to_owned(),
    }
}

fn side(lens: &Lens<'_>, reading: &Reading) -> Side {
    let position = lens.position();
    let recorded = lens.snapshot.commit(position).ok().flatten();
    let day = recorded
        .map_or_else(String::new, |commit| t!(", ngày {day}", day = write::day(commit.recorded_at.day())));
    let number = write::whole(i128::from(position.0));
    let says = match &reading.outcome {
        Outcome::Value(_) => number::unit(&reading.definition).to_owned(),
        missing => missing.words().to_owned(),
    };
    Side {
        figure: reading.text(),
        words: t!(
            "{when}, biết đến lần ghi {number}{day}",
            when = when(&reading.definition, reading.period, lens.today),
            number,
            day
        ),
        says,
    }
}

/// Digits after the point of the measure's amounts.
fn scale(lens: &Lens<'_>, request: &FigureRequest) -> u8 {
    let indicator = lens.snapshot.indicator(&request.indicator, request.version, lens.position());
    indicator.map_or(0, |indicator| indicator.num.scale())
}

struct View<'a> {
    lens: &'a Lens<'a>,
    ask: &'a Ask,
    from: Period,
    from_at: Option<Seq>,
    after: &'a Reading,
    scale: u8,
}

impl View<'_> {
    /// An amount of change, which is a list total of the records of its group.
    fn amount(&self, delta: i128, group: &str) -> FigureText {
        let mantissa = i64::try_from(delta).unwrap_or(if delta < 0 { i64::MIN } else { i64::MAX });
        let number = ViNum::new(Scaled { mantissa, scale: self.scale }, NumberStyle::Plain(self.scale));
        self.after.beside(number, &format!("change:{group}"))
    }

    fn summary(&self, parts: &Decomposition) -> DataTable {
        let columns = vec![
            Column::new(t!("Nhóm"), Kind::Text),
            Column::new(t!("Bản ghi"), Kind::Number),
            Column::new(
                if self.after.definition.den.is_some() {
                    t!("Tử số thay đổi")
                } else {
                    t!("Thay đổi")
                },
                Kind::Number,
            ),
        ];
        let mut table = DataTable::new("cong-lai", t!("Các nhóm cộng lại đúng bằng thay đổi"), columns);
        let first = Row::new(vec![
            Cell::text(t!("Số trước")),
            Cell::text(""),
            Cell::figure(self.amount(parts.a, "a")),
        ]);
        table.rows.push(first);
        for group in &parts.groups {
            let id = cause_id(group.cause);
            let count = ViNum::whole(i64::try_from(group.records).unwrap_or(i64::MAX));
            table.rows.push(Row::new(vec![
                Cell::link(cause_title(group.cause), format!("#{id}")),
                Cell::figure(self.after.beside(count, &format!("records:{id}"))),
                Cell::figure(self.amount(group.delta, id)),
            ]));
        }
        let last = vec![Cell::text(t!("Số sau")), Cell::text(""), Cell::figure(self.amount(parts.b, "b"))];
        table.total = Some(Row::new(last));
        let sum: i128 = parts.groups.iter().map(|group| group.delta).sum();
        if parts.a + sum != parts.b {
            table.note = Some(
                t!("Các nhóm không cộng bằng thay đổi: cần chạy kiểm tra (minhchung verify).").to_owned(),
            );
        }
        table
    }

    /// One group with a page of its own, or the first records of each.
    fn groups(
        &self,
        parts: &Decomposition,
        chosen: Option<Cause>,
        skip: Option<&str>,
    ) -> Result<Vec<GroupView>, PageError> {
        let Some(schema) = self.lens.snapshot.schema(&self.after.definition.num.register) else {
            return Ok(Vec::new());
        };
        let skip: usize = skip.and_then(|text| text.parse().ok()).unwrap_or(0);
        let shown = parts.groups.iter().filter(|group| chosen.is_none_or(|cause| cause == group.cause));
        let (skip, count) = if chosen.is_some() { (skip, PAGE) } else { (0, FIRST) };
        shown.map(|group| self.group(&schema, group, skip, count, chosen.is_some())).collect()
    }

    fn group(
        &self,
        schema: &Schema,
        group: &Group,
        skip: usize,
        count: usize,
        alone: bool,
    ) -> Result<GroupView, PageError> {
        let id = cause_id(group.cause);
        let columns = vec![
            Column::new(upper_first(schema.unit.said()), Kind::Text),
            Column::new(t!("Địa bàn"), Kind::Text),
            Column::new(t!("Đưa vào thay đổi"), Kind::Number),
        ];
        let mut table = DataTable::new(format!("{id}-ban-ghi"), cause_title(group.cause), columns);
        for (key, delta) in group.keys.iter().skip(skip).take(count) {
            table.rows.push(self.record(schema, key, *delta, id)?);
        }
        let to = skip + table.rows.len();
        let more = to < group.keys.len();
        let href = |skip: usize| {
            let mut pairs = vec![("tu_ky", self.from.to_string())];
            pairs.extend(self.from_at.map(|at| ("tu_tai", ask::position(at))));
            pairs.push(("nhom", id.to_owned()));
            pairs.push(("bo_qua", skip.to_string()));
            format!("{}#{id}", self.ask.under("/vi-sao", &pairs))
        };
        let all = write::whole(i128::from(group.records));
        table.pager = (more || skip > 0 || alone).then(|| Pager {
            summary: t!("Bản ghi {first} đến {to} trên {all}", first = (skip + 1).min(to), to, all),
            first: (skip > 0).then(|| href(0)),
            previous: (skip > 0).then(|| href(skip.saturating_sub(PAGE))),
            next: more.then(|| href(if alone { to } else { 0 })),
            sizes: Vec::new(),
        });
        Ok(GroupView {
            id: id.to_owned(),
            title: t!("{title}: {all} bản ghi", title = cause_title(group.cause), all),
            explained: cause_words(group.cause),
            table,
        })
    }

    fn record(&self, schema: &Schema, key: &str, delta: i128, group: &str) -> Result<Row, PageError> {
        let versions = self.lens.snapshot.history(&schema.id, key)?;
        let at = self.lens.position();
        let version = versions.iter().rfind(|version| version.seq_from <= at);
        let title = version
            .map_or_else(|| key.to_owned(), |version| super::records::title(self.lens, schema, version));
        let place = version.and_then(|version| {
            let id = schema.place.as_deref()?;
            let value = super::target::value(schema, version, id)?;
            Some(super::records::value_words(self.lens, schema.field(id)?, value))
        });
        let href = ask::record(&schema.slug, key, &pin(self.lens));
        Ok(Row::new(vec![
            Cell::link(title, href),
            place.map_or_else(|| Cell::missing(t!("chưa ghi")), Cell::text),
            Cell::figure(self.amount(delta, &format!("{group}:{key}"))),
        ]))
    }
}

fn cause_id(cause: Cause) -> &'static str {
    match cause {
        Cause::New => "them-moi",
        Cause::Retired => "rut-khoi-so",
        Cause::Corrected => "sua-sai",
        Cause::Spell => "thay-doi-that",
        Cause::Time => "theo-thoi-gian",
        Cause::Definition => "doi-dinh-nghia",
    }
}

fn cause(id: &str) -> Option<Cause> {
    Cause::ALL.into_iter().find(|cause| cause_id(*cause) == id)
}

fn cause_title(cause: Cause) -> &'static str {
    match cause {
        Cause::New => t!("Ghi mới vào sổ"),
        Cause::Retired => t!("nguyên nhân|Rút khỏi sổ"),
        Cause::Corrected => t!("Sửa sai"),
        Cause::Spell => t!("Thay đổi ngoài thực tế"),
        Cause::Time => t!("Do thời gian trôi"),
        Cause::Definition => t!("Đổi cách đếm"),
    }
}

fn cause_words(cause: Cause) -> &'static str {
    match cause {
        Cause::New => t!("Khi đọc số trước, bản ghi chưa có trong sổ."),
        Cause::Retired => t!("Bản ghi đã có rồi được rút ra vì không nên có."),
        Cause::Corrected => t!("Trước ghi sai, nay sửa lại; mỗi lần sửa có lý do và người sửa."),
        Cause::Spell => t!("Sự việc khác đi từ một ngày: một trạng thái kết thúc, trạng thái khác bắt đầu."),
        Cause::Time => {
            t!("Không ai ghi gì thêm; ngày tính số đi qua ngày bắt đầu hoặc kết thúc của bản ghi.")
        }
        Cause::Definition => t!("Bản ghi như cũ nhưng quy tắc đếm là phiên bản khác."),
    }
}
