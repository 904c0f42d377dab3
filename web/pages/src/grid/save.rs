//! What was typed into the grid: good rows are written in one commit, the others come back as they were typed.

use std::collections::{BTreeMap, BTreeSet};

use mc_ledger::Value;
use mc_port::{CommitError, CommitRequest, EditRequest, Receipt, RowRefusal, Snapshot, Version};
use mc_register::{Edit, Field, Record};

use super::Step;
use super::cell;
use super::sheet::{Line, Sheet, value_of};
use super::view::{self, Kept, Outcome, REASON};
use crate::context::Page;
use crate::error::PageError;
use crate::lookup;
use crate::query::Query;
use crate::reply::Reply;
use crate::said::Said as _;

/// Name of the key of a row, of the version its author saw, and of a cell, each with the number of the row behind.
const KEY: &str = "d";
const ORDINAL: &str = "p";
pub(super) const CELL: &str = "o";
/// How often the rest is tried when the store refuses rows: rules of values first, then references, rules of rows
/// last, and once more for rows that somebody else changes meanwhile.
const TRIES: usize = 5;
/// Characters of a reason.
const REASON_CHARS_MAX: usize = 1_000;

/// One row as it was sent.
#[derive(Clone, Default)]
struct Typed {
    ordinal: u32,
    cells: BTreeMap<u16, String>,
}

/// What is to become of a row.
enum Judged {
    /// It is as it was.
    Same,
    Write(Box<Edit>),
    Back(Kept),
}

/// Saves the grid.
pub(super) fn send(page: &Page<'_>) -> Result<Reply, PageError> {
    let Step { schema, month } = Step::open(page)?;
    let sheet = Sheet::read(page, page.snapshot(), schema, month)?;
    let sent = sent(page.form());
    let mut outcome =
        Outcome { reason: page.form().raw(REASON).unwrap_or_default().to_owned(), ..Outcome::default() };
    let mut edits = BTreeMap::new();
    for (key, typed) in &sent {
        match sheet.line(key).map(|line| judge(page, page.snapshot(), &sheet, line, typed)).transpose()? {
            Some(Judged::Write(edit)) => drop(edits.insert(key.clone(), *edit)),
            Some(Judged::Back(kept)) => drop(outcome.kept.insert(key.clone(), kept)),
            Some(Judged::Same) => {}
            None => outcome.general.push(t!(
                "Dòng “{key}” không còn trong bảng hoặc bạn không được ghi; số gõ ở dòng ấy chưa được ghi.",
                key
            )),
        }
    }
    let corrects = edits.keys().any(|key| sheet.line(key).is_some_and(|line| line.signed.is_some()));
    outcome.reason_error = reason_fault(&outcome.reason, corrects);
    if outcome.reason_error.is_some() {
        for key in edits.keys() {
            outcome.kept.insert(key.clone(), as_typed(&sent, key));
        }
        return view::page(page, &sheet, &outcome);
    }
    let wrote = write(page, &sheet, &sent, edits, &mut outcome)?;
    if outcome.is_good() {
        let (seq, rows) = wrote.map_or((0, 0), |(receipt, rows)| (receipt.seq.0, rows));
        return Ok(super::back(
            page,
            &sheet,
            &[(super::SAVED, &seq.to_string()), (super::WROTE, &rows.to_string())],
        ));
    }
    outcome.wrote = wrote.map(|(receipt, rows)| (receipt.seq, rows));
    let fresh = page.app().source().snapshot(page.viewer())?;
    let fresh_sheet = Sheet::read(page, fresh.as_ref(), sheet.schema.clone(), month)?;
    // What the store refused because somebody else had just changed it is shown with both values.
    for (key, kept) in &mut outcome.kept {
        let (Some(line), Some(typed)) = (fresh_sheet.line(key), sent.get(key)) else { continue };
        if line.ordinal() != typed.ordinal
            && !kept.conflict
            && let Judged::Back(again) = judge(page, fresh.as_ref(), &fresh_sheet, line, typed)?
        {
            *kept = again;
        }
    }
    view::page(page, &fresh_sheet, &outcome)
}

/// The rows of the form by key.
fn sent(form: &Query) -> BTreeMap<String, Typed> {
    let mut keys: BTreeMap<&str, String> = BTreeMap::new();
    let mut rows: BTreeMap<&str, Typed> = BTreeMap::new();
    for (name, value) in form.iter() {
        let mut parts = name.split('-');
        let (Some(kind), Some(row)) = (parts.next(), parts.next()) else { continue };
        match (kind, parts.next().map(str::parse)) {
            (KEY, None) => drop(keys.insert(row, value.to_owned())),
            (ORDINAL, None) => rows.entry(row).or_default().ordinal = value.parse().unwrap_or_default(),
            (CELL, Some(Ok(field))) => {
                rows.entry(row).or_default().cells.insert(field, value.replace("\r\n", "\n"));
            }
            _ => {}
        }
    }
    keys.into_iter().map(|(row, key)| (key, rows.remove(row).unwrap_or_default())).collect()
}

fn as_typed(sent: &BTreeMap<String, Typed>, key: &str) -> Kept {
    let cells = sent.get(key).map(|typed| typed.cells.clone()).unwrap_or_default();
    Kept { cells, ..Kept::default() }
}

fn reason_fault(reason: &str, corrects: bool) -> Option<String> {
    if reason.chars().count() > REASON_CHARS_MAX {
        return Some(t!("Dài quá; cần tối đa 1.000 ký tự.").to_owned());
    }
    (corrects && reason.trim().is_empty()).then(|| {
        t!("Để trống; có dòng đã ký xác nhận, sửa là đính chính nên cần một câu nói vì sao.").to_owned()
    })
}

/// The fields of a row that are typed: its numbers, and what explains it.
fn typed_fields(sheet: &Sheet) -> impl Iterator<Item = &Field> {
    sheet.columns.iter().chain(sheet.schema.explanation().into_iter().flatten())
}

fn judge(
    page: &Page<'_>,
    snapshot: &dyn Snapshot,
    sheet: &Sheet,
    line: &Line,
    typed: &Typed,
) -> Result<Judged, PageError> {
    let blank = typed.cells.values().all(|text| text.trim().is_empty());
    if blank && typed.ordinal == 0 && line.now.is_none() {
        return Ok(Judged::Same);
    }
    let names = lookup::names(page);
    let stale = line.ordinal() != typed.ordinal;
    let history = if stale { snapshot.history(&sheet.schema.id, &line.key)? } else { Vec::new() };
    let older = history.iter().find(|version| version.ordinal == typed.ordinal);
    let seen = if stale { older } else { line.now.as_ref() };
    let mut read: BTreeMap<u16, Value> = BTreeMap::new();
    let mut kept = Kept { cells: typed.cells.clone(), ..Kept::default() };
    for field in typed_fields(sheet) {
        let Some(text) = typed.cells.get(&field.no) else { continue };
        let known = value_of(seen, field.no);
        if *known != Value::Null && *text == cell::typed_text(known) {
            read.insert(field.no, known.clone());
            continue;
        }
        match cell::read(field, text, &names) {
            Ok(value) => drop(read.insert(field.no, value)),
            Err(error) => {
                kept.errors.insert(field.no, crate::refused::sentence(field, &error));
            }
        }
    }
    if kept.errors.is_empty() && line.now.is_some() && read.iter().all(|(no, value)| line.value(*no) == value)
    {
        return Ok(Judged::Same);
    }
    if stale {
        return conflict(snapshot, sheet, line, seen, &read, kept);
    }
    if !kept.errors.is_empty() {
        return Ok(Judged::Back(kept));
    }
    let mut record: Record = sheet.ground(line);
    for (no, value) in read {
        record.set(no, value);
    }
    Ok(Judged::Write(Box::new(match &line.now {
        None => Edit::Insert { record },
        Some(now) => Edit::Correct { key: line.key.clone(), expected_ordinal: now.ordinal, record },
    })))
}

/// Somebody else changed the row since the page was opened: cells left alone take the newer value, the others show
/// both. Sent once more, they are written over the newer version, knowingly.
fn conflict(
    snapshot: &dyn Snapshot,
    sheet: &Sheet,
    line: &Line,
    seen: Option<&Version>,
    read: &BTreeMap<u16, Value>,
    mut kept: Kept,
) -> Result<Judged, PageError> {
    let typed = kept.cells.clone();
    let mut touched = false;
    for field in typed_fields(sheet).filter(|field| typed.contains_key(&field.no)) {
        let theirs = line.value(field.no);
        match read.get(&field.no) {
            Some(yours) if yours == value_of(seen, field.no) || yours == theirs => {
                kept.cells.insert(field.no, cell::typed_text(theirs));
            }
            yours => {
                touched = true;
                let theirs = cell::said(theirs);
                let sentence = t!(
                    "{title}: sổ nay là {theirs}, bạn gõ {yours}.",
                    title = field.title.said(),
                    theirs,
                    yours =
                        yours.map_or_else(|| typed.get(&field.no).cloned().unwrap_or_default(), cell::said)
                );
                let before = kept.errors.remove(&field.no);
                let sentence = before.map_or(sentence.clone(), |before| format!("{sentence} {before}"));
                kept.errors.insert(field.no, sentence);
            }
        }
    }
    if !touched {
        return Ok(Judged::Same);
    }
    kept.conflict = true;
    let changed = line.now.as_ref().map(|now| now.seq_from);
    let who = match changed {
        Some(seq) => snapshot.commit(seq)?.map(|commit| crate::record::actor_words(&commit.actor)),
        None => None,
    };
    kept.row.push(match (changed, who) {
        (Some(seq), Some(who)) => t!(
            "Dòng này được {who} ghi ở lần ghi {seq}, sau khi bạn mở trang, nên chưa ghi số của bạn. Lưu lần nữa thì số của bạn thay số ấy.",
            who,
            seq
        ),
        _ => t!("Dòng này đã được rút khỏi sổ sau khi bạn mở trang, nên chưa ghi số của bạn. Lưu lần nữa thì ghi thành dòng mới.").to_owned(),
    });
    Ok(Judged::Back(kept))
}

/// Writes what the store takes, in one commit; the rest goes into the outcome.
fn write(
    page: &Page<'_>,
    sheet: &Sheet,
    sent: &BTreeMap<String, Typed>,
    mut edits: BTreeMap<String, Edit>,
    outcome: &mut Outcome,
) -> Result<Option<(Receipt, usize)>, PageError> {
    let sink = super::sink(page, &sheet.schema)?;
    let reason = match outcome.reason.trim() {
        "" => super::ledger_reason(vietnamese!("Nhập số liệu tháng"), sheet),
        reason => reason.to_owned(),
    };
    for _ in 0..TRIES {
        if edits.is_empty() {
            return Ok(None);
        }
        let all = edits.values().cloned();
        let request = CommitRequest {
            actor: page.viewer().clone(),
            source: super::SOURCE.to_owned(),
            reason: reason.clone(),
            // The versions seen keep a form sent twice from being written twice.
            idempotency_key: String::new(),
            edits: all.map(|edit| EditRequest { register: sheet.schema.id.clone(), edit }).collect(),
        };
        match sink.commit(request) {
            Ok(receipt) => return Ok(Some((receipt, edits.len()))),
            Err(CommitError::Unchanged) => return Ok(None),
            Err(CommitError::Rows(refusals)) => {
                for key in refused(sheet, sent, &edits, refusals, outcome) {
                    edits.remove(&key);
                }
            }
            Err(other) => return Err(other.into()),
        }
    }
    for key in edits.into_keys() {
        let kept = outcome.kept.entry(key.clone()).or_insert_with(|| as_typed(sent, &key));
        kept.row.push(t!("Chưa ghi vì sổ đang được người khác sửa; hãy lưu lần nữa.").to_owned());
    }
    Ok(None)
}

/// Puts the store's sentences beside their cells; answers the keys of the rows that are not written. A refusal that
/// names no row keeps all of them back.
fn refused(
    sheet: &Sheet,
    sent: &BTreeMap<String, Typed>,
    edits: &BTreeMap<String, Edit>,
    refusals: Vec<RowRefusal>,
    outcome: &mut Outcome,
) -> BTreeSet<String> {
    let mut gone = BTreeSet::new();
    for refusal in refusals {
        let keys: Vec<String> = if edits.contains_key(&refusal.key) {
            vec![refusal.key.clone()]
        } else {
            edits.keys().cloned().collect()
        };
        // The row itself says which it is.
        let whose = format!("{} ({}): ", sheet.schema.title.vi, refusal.key);
        let message = refusal.message.strip_prefix(&whose).unwrap_or(&refusal.message);
        let field = refusal.field.as_deref().and_then(|id| sheet.schema.field(id));
        for key in keys {
            let kept = outcome.kept.entry(key.clone()).or_insert_with(|| as_typed(sent, &key));
            match field.filter(|field| typed_fields(sheet).any(|typed| typed.no == field.no)) {
                Some(field) => drop(kept.errors.insert(field.no, message.to_owned())),
                None => kept.row.push(message.to_owned()),
            }
            gone.insert(key);
        }
    }
    gone
}
