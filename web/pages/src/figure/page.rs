//! The page of a figure, put together.

use askama::Template;
use mc_figure::Kind;
use mc_port::PlaceBasis;
use mc_ui::table::DataTable;
use mc_ui::write;
use mc_ui::{
    Absent, Basis, Change, FigureText, FigureTile, Html, Link, Message, Pairs, Section, Tab, Tabs, TileValue,
    Tone,
};

use super::ask::Ask;
use super::cuts::{self, CutView};
use super::lens::{Lens, Outcome, Reading};
use super::periods::{self, Picker};
use super::places::{self, Places};
use super::published::{self, Published};
use super::records::{self, Turn};
use super::reporters::{self, Undated};
use super::sentence::{self, Finding};
use super::target::{self, Aim};
use super::why::{self, Why};
use super::{asked, basis, borders, explain, line, number};
use crate::context::{AFTER, Page};
use crate::error::PageError;
use crate::reply::Reply;
use crate::said::Said as _;

/// Splits shown without being asked for one by one.
const CUTS_MAX: usize = 8;

#[derive(Template)]
#[template(path = "figure/page.html")]
struct Body<'a> {
    finding: &'a Finding,
    figure: Option<FigureText>,
    notices: Vec<Message>,
    tile: FigureTile,
    comparisons: Vec<Link>,
    sentence: Option<String>,
    address: String,
    picker: Picker,
    borders: Option<Tabs>,
    why: Option<Why>,
    records: Option<DataTable>,
    sides: Option<Tabs>,
    changes: Vec<Link>,
    line: Html,
    splits: Option<Tabs>,
    places: Option<Places>,
    cuts: Vec<CutView>,
    published: Option<Published>,
    silent: Option<Silent>,
    undated: Option<Undated>,
    definition: Pairs,
}

/// Agencies that have not reported.
struct Silent {
    words: String,
    agencies: Vec<String>,
}

/// The page.
pub(super) fn show(page: &Page<'_>) -> Result<Reply, PageError> {
    let lens = Lens::of(page);
    let (ask, definition) = asked(page, &lens)?;
    let mut reading = lens.read(&definition, ask.ky)?;
    reading.invented = records::are_invented(&lens, &reading)?;
    let aim = target::aim(&lens, &definition, ask.ky)?;
    let finding = sentence::finding(&lens, &reading);
    let published = published::of(&lens, &ask, &reading)?;
    let (comparisons, mut changes) = comparisons(&lens, &ask, &reading)?;
    // What was printed and has moved since comes first: it is what people ask about.
    changes.splice(0..0, published.iter().flat_map(|published| published.changes.clone()));
    let offered = cuts::offered(&lens, &reading);
    let (chosen, notice) = chosen(&ask, &offered);
    let turn = Turn {
        den: page.query().get("ve") == Some("mau") && definition.den.is_some(),
        after: page.query().raw(AFTER).map(str::to_owned),
    };
    let has_value = reading.number().is_some();
    let borders = borders::of(&lens, &ask, &reading)?;
    let body = Body {
        figure: reading.text(),
        notices: notices(&lens, &ask, &reading)
            .into_iter()
            .chain(basis::messages(&lens, &ask, &reading)?)
            .chain(notice)
            .collect(),
        tile: tile(&lens, &reading, aim.as_ref(), comparisons.first()),
        comparisons: comparisons.into_iter().skip(1).collect(),
        sentence: sentence::quotable(&lens, &reading),
        address: ask.pinned(lens.position()),
        picker: periods::picker(&ask, lens.today),
        borders: borders.tabs,
        why: why::of(&lens, &ask, &reading)?,
        records: if has_value { records::behind(&lens, &ask, &reading, &turn)? } else { None },
        sides: sides(&ask, &reading, &turn),
        changes,
        line: line::chart(&lens, &ask, &reading, aim.as_ref())?,
        splits: splits(&ask, &offered, chosen.as_ref()),
        places: match &chosen {
            Chosen::All | Chosen::Places => places::of(&lens, &ask, &reading)?,
            Chosen::Cut(_) => None,
        },
        cuts: cut_views(&lens, &ask, &reading, &offered, &chosen)?,
        published,
        silent: silent(&lens, &ask, &reading)?,
        undated: reporters::undated(&lens, &reading)?,
        definition: explain::pairs(&lens, &reading, borders.words),
        finding: &finding,
    };
    let above = vec![Link::new(t!("Chỉ tiêu"), page.link("/chi-tieu"))];
    Ok(page.page(Section::Indicators, above, definition.title.said().trim(), Html::of(&body)))
}

/// What is shown of the splits.
enum Chosen {
    All,
    Places,
    Cut((String, String)),
}

impl Chosen {
    const fn as_ref(&self) -> Option<&str> {
        match self {
            Self::All => None,
            Self::Places => Some("place"),
            Self::Cut((name, _)) => Some(name.as_str()),
        }
    }
}

fn chosen(ask: &Ask, offered: &[(String, String)]) -> (Chosen, Option<Message>) {
    let Some(theo) = ask.theo.as_deref() else { return (Chosen::All, None) };
    if theo == "place" {
        return (Chosen::Places, None);
    }
    if let Some(known) = offered.iter().find(|(name, _)| name == theo) {
        return (Chosen::Cut(known.clone()), None);
    }
    let names: Vec<&str> = offered.iter().map(|(_, title)| title.as_str()).collect();
    let mut message = Message::new(Tone::Warn, t!("Chỉ tiêu này không tách được theo “{theo}”.", theo));
    message.body = Html::text(&t!(
        "Tách được theo: {cuts}.",
        cuts = [&[t!("địa bàn")], names.as_slice()].concat().join("; ")
    ));
    (Chosen::All, Some(message))
}

fn cut_views(
    lens: &Lens<'_>,
    ask: &Ask,
    reading: &Reading,
    offered: &[(String, String)],
    chosen: &Chosen,
) -> Result<Vec<CutView>, PageError> {
    let wanted: Vec<&(String, String)> = match chosen {
        Chosen::Places => Vec::new(),
        Chosen::Cut(cut) => vec![cut],
        // Splits by two fields are read one at a time.
        Chosen::All => offered.iter().filter(|(name, _)| !name.contains('+')).take(CUTS_MAX).collect(),
    };
    let mut views = Vec::new();
    for cut in wanted {
        views.extend(cuts::of(lens, ask, reading, (&cut.0, &cut.1))?);
    }
    Ok(views)
}

fn splits(ask: &Ask, offered: &[(String, String)], chosen: Option<&str>) -> Option<Tabs> {
    let tab = |name: Option<&str>, text: String| {
        let href = Ask { theo: name.map(str::to_owned), ..ask.clone() }.href();
        Tab { link: Link::new(text, format!("{href}#tach")), current: chosen == name, count: None }
    };
    let mut tabs = vec![tab(None, t!("Tất cả").to_owned()), tab(Some("place"), t!("Địa bàn").to_owned())];
    tabs.extend(offered.iter().map(|(name, title)| tab(Some(name), sentence::upper_first(title))));
    (tabs.len() > 2).then(|| Tabs { label: t!("Tách số liệu theo").to_owned(), tabs })
}

fn sides(ask: &Ask, reading: &Reading, turn: &Turn) -> Option<Tabs> {
    reading.definition.den.as_ref()?;
    reading.number()?;
    let tab = |den: bool, text: &str| {
        let ve = if den { "mau" } else { "tu" };
        let href = format!("{}#vi-sao", ask.under("", &[("ve", ve.to_owned())]));
        Tab { link: Link::new(text, href), current: turn.den == den, count: None }
    };
    let tabs = vec![tab(false, t!("Bản ghi của tử số")), tab(true, t!("Bản ghi của mẫu số"))];
    Some(Tabs { label: t!("Bản ghi của").to_owned(), tabs })
}

/// What must be known before the number is read.
fn notices(lens: &Lens<'_>, ask: &Ask, reading: &Reading) -> Vec<Message> {
    let mut notices = Vec::new();
    match &reading.outcome {
        Outcome::Value(_) => {}
        Outcome::Hidden => {
            let words = t!("Số này dựa trên dưới 5 bản ghi của sổ có dữ liệu cá nhân nên không nêu.");
            notices.push(Message::new(Tone::Info, words));
        }
        Outcome::Guarded => {
            let words = t!(
                "Số này không nêu: từ nó và các số cạnh nó tính ra được một số dựa trên dưới 5 bản ghi của sổ có dữ liệu cá \
                 nhân."
            );
            notices.push(Message::new(Tone::Info, words));
        }
        Outcome::Absent { why, .. } => {
            let mut message = Message::new(Tone::Info, why.clone());
            if reading.is_refused() {
                let href = ask.with_places(PlaceBasis::Then);
                message.links.push(Link::new(t!("Xem theo địa giới lúc đó"), href));
            } else {
                message.links.extend(elsewhere(lens, ask));
            }
            notices.push(message);
        }
    }
    notices
}

/// The same figure in the invented province.
fn elsewhere(lens: &Lens<'_>, ask: &Ask) -> Option<Link> {
    let invented = lens.invented().filter(|place| *place != lens.place)?;
    Some(Link::new(t!("Xem ở Tỉnh Minh Họa"), ask.for_place(lens.snapshot.places().code(invented))))
}

/// Changes against the period before and the same period last year, in words with the page that explains
/// each.
fn comparisons(lens: &Lens<'_>, ask: &Ask, reading: &Reading) -> Result<(Vec<Link>, Vec<Link>), PageError> {
    let (mut words, mut links) = (Vec::new(), Vec::new());
    let Some(now) = reading.number() else { return Ok((words, links)) };
    let before = [ask.ky.previous(), ask.ky.same_last_year()];
    let last_year = before[1];
    for period in before.into_iter().flatten() {
        if words.len() == 1 && before[0] == last_year {
            break;
        }
        let earlier = lens.read(&reading.definition, period)?;
        // Before the first record there was no register rather than a true 0.
        let Some(then) = earlier.number().filter(|_| earlier.rests_on_records()) else { continue };
        let change = number::difference(&reading.definition, then, now);
        let href = ask.changes(period, None);
        let text = change.clone().map_or_else(
            || t!("Không đổi so với {period}", period = write::period(period)),
            |change| t!("{change} so với {period} ({then})", change, period = write::period(period), then),
        );
        if change.is_some() && reading.definition.kind != Kind::Scan {
            links.push(Link::new(
                t!("Từ {period} ({then}) đến nay: vì sao thay đổi?", period = write::period(period), then),
                href.clone(),
            ));
        }
        words.push(Link::new(text, href));
    }
    Ok((words, links))
}

fn tile(lens: &Lens<'_>, reading: &Reading, aim: Option<&Aim>, change: Option<&Link>) -> FigureTile {
    let definition = &reading.definition;
    let absent = || Absent { words: reading.outcome.words().to_owned(), elsewhere: None };
    let value = reading.text().map_or_else(|| TileValue::Absent(absent()), TileValue::Shown);
    let shown = reading.shown();
    let basis = shown.map_or(Basis::Counted, |figure| number::basis(figure.basis));
    let as_of = shown.map_or_else(String::new, |_| write::day(reading.period.to().min(lens.today)));
    let mut tile = FigureTile::new(definition.title.said().trim(), value, as_of, basis);
    number::unit(definition).clone_into(&mut tile.unit);
    tile.denominator = shown.and_then(|figure| match number::over(lens, definition, figure) {
        Some(words) => Some(words),
        None => number::full_amount(definition, reading.number()?),
    });
    tile.listed = shown.and_then(number::listed_words);
    tile.remark = remark(lens, reading);
    tile.change = change.map(|link| Change { words: link.text.clone(), href: Some(link.href.clone()) });
    tile.target = aim.map(|aim| aim.tile(reading));
    tile.records = shown.filter(|figure| figure.basis != mc_figure::Basis::Total).map(|figure| {
        let count = write::whole(i128::from(figure.records));
        Link::new(t!("Xem {count} bản ghi", count), "#vi-sao")
    });
    tile
}

/// "kỳ chưa kết thúc", "không cộng được", "bản ghi minh họa".
fn remark(lens: &Lens<'_>, reading: &Reading) -> Option<String> {
    let unfinished = (reading.period.to() > lens.today).then_some(t!("kỳ chưa kết thúc"));
    let invented = reading.invented.then_some(t!("bản ghi minh họa"));
    let then = (lens.places == PlaceBasis::Then).then_some(borders::THEN.said());
    let scanned = (reading.definition.kind == Kind::Scan).then_some(number::NOT_ADDITIVE.said());
    let remarks: Vec<&str> = [unfinished, scanned, then, invented].into_iter().flatten().collect();
    (!remarks.is_empty()).then(|| remarks.join(" · "))
}

fn silent(lens: &Lens<'_>, ask: &Ask, reading: &Reading) -> Result<Option<Silent>, PageError> {
    Ok(reporters::silent(lens, ask, reading)?.map(|agencies| Silent {
        words: if agencies.is_empty() {
            t!("Cơ quan nào đã báo ba kỳ trước thì cũng đã báo {period}.", period = write::period(ask.ky))
        } else {
            t!("{count} cơ quan đã báo kỳ trước nhưng chưa báo {period}; số kỳ trước của họ không được lấy thay:", count = agencies.len(), period = write::period(ask.ky))
        },
        agencies,
    }))
}
