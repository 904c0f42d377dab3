//! A proof file checked on the page: `POST /kiem-chung`. Nothing of the file is kept.

use askama::Template;
use mc_base::Scaled;
use mc_figure::FigureClaim;
use mc_figure::claim::PlacesClaimed;
use mc_ledger::NoteVerifier;
use mc_port::LogKey;
use mc_ui::write;
use mc_ui::{
    Field, Form, Html, Input, Link, Message, Method, NumberStyle, Pairs, ProofLine, ProofLines, Section,
    Tone, Verdict, ViNum,
};
use verifier::Line;

use crate::context::{PERIOD, PLACE, PLACES, POSITION, Page};
use crate::error::PageError;
use crate::query::Query;
use crate::reply::{Cache, Reply};

/// The field of the file, and the one of a key that the reader knows.
const FILE: &str = "tep";
const KEY: &str = "khoa";
/// Bytes of a proof file that the page takes; `verifier` takes more.
const BYTES_MAX: usize = 16 << 20;
/// Bytes of the form: the file, and room to say of a larger one that it is too large.
pub(super) const BODY_MAX: usize = BYTES_MAX + (4 << 20);
/// Characters of the file's name and of a key.
const TEXT_CHARS_MAX: usize = 300;

/// What is wrong with what was sent: the field and the sentence.
type Fault = (&'static str, String);

/// The upload form.
pub(super) fn form(page: &Page<'_>, typed: &str, fault: Option<&Fault>) -> Form {
    let wrong = |name: &str| fault.filter(|(field, _)| *field == name).map(|(_, sentence)| sentence.clone());
    let hint = t!(
        "Tệp .json tải từ trang của một chỉ tiêu hoặc một bản ghi, nhiều nhất {most} MB. Tệp được kiểm tra rồi bỏ đi, không lưu.",
        most = BYTES_MAX >> 20
    );
    let mut file =
        Field::new(FILE, t!("Tệp bằng chứng"), Input::File { accept: ".json,application/json".to_owned() })
            .hint(hint);
    file.error = wrong(FILE);
    let mut key = Field::new(KEY, t!("Khóa công khai"), Input::Text { value: typed.to_owned() })
        .hint(t!("Bỏ trống thì đối chiếu với các khóa của sổ cái này, của mọi kỷ nguyên."))
        .optional();
    key.error = wrong(KEY);
    Form::new(page.link("/kiem-chung"), Method::Upload, vec![file, key], t!("Kiểm tra tệp"))
}

/// Checks the file that was sent.
pub(super) fn check(page: &Page<'_>) -> Result<Reply, PageError> {
    let typed: String = page.form().get(KEY).unwrap_or_default().chars().take(TEXT_CHARS_MAX).collect();
    let keys = page.snapshot().log_keys()?;
    let reply = match judge(page, &typed, &keys) {
        Ok((name, judged)) => found(page, &name, &judged),
        Err(fault) => super::whole(page, None, form(page, &typed, Some(&fault)))?,
    };
    Ok(reply.cache(Cache::NoStore))
}

/// What a file turned out to be.
struct Judged {
    verdict: verifier::Verdict,
    bytes: usize,
    /// The key of this ledger under which it holds, or should.
    own: Option<LogKey>,
    epochs: usize,
}

impl Judged {
    /// Signed by an earlier key over more entries than that key's part of this ledger: it speaks of a branch that was
    /// lost when a backup was restored.
    fn lost_branch(&self) -> Option<u64> {
        let until = self.own.as_ref()?.until?;
        self.verdict.at.filter(|at| at.sealed > until).map(|_| until)
    }
}

fn judge(page: &Page<'_>, typed: &str, keys: &[LogKey]) -> Result<(String, Judged), Fault> {
    let known = |text: &str| {
        NoteVerifier::parse(text).map_err(|error| (KEY, t!("Không đọc được khóa: {error}.", error)))
    };
    let given = if typed.is_empty() { None } else { Some(known(typed)?) };
    let upload = page.upload().ok_or_else(|| (FILE, t!("Chưa chọn tệp bằng chứng nào.").to_owned()))?;
    if upload.bytes.len() > BYTES_MAX {
        let found = write::whole(upload.bytes.len().div_ceil(1 << 20) as u64);
        let sentence = t!(
            "Tệp dài {found} MB; trang này nhận nhiều nhất {most} MB. Tệp lớn hơn hãy kiểm bằng chương trình verifier.",
            found,
            most = BYTES_MAX >> 20
        );
        return Err((FILE, sentence));
    }
    let text =
        std::str::from_utf8(&upload.bytes).map_err(|_| (FILE, verifier::InputError::NotText.to_string()))?;
    let judge =
        |key: Option<&NoteVerifier>| verifier::judge(text, key).map_err(|error| (FILE, error.to_string()));
    let mut verdict = judge(given.as_ref())?;
    let used = given.as_ref().map_or_else(|| verdict.vkey.clone(), ToString::to_string);
    let own = keys.iter().find(|key| key.vkey == used).cloned();
    // A file that names a key of this ledger has to hold under it, not under the copy in the file.
    if let (None, Some(own)) = (&given, &own) {
        verdict = judge(Some(&known(&own.vkey)?))?;
    }
    let name = upload.name.chars().take(TEXT_CHARS_MAX).collect();
    Ok((name, Judged { verdict, bytes: upload.bytes.len(), own, epochs: keys.len() }))
}

#[derive(Template)]
#[template(path = "ledger/check.html")]
struct Body {
    heading: &'static str,
    file: String,
    lines: ProofLines,
    messages: Vec<Message>,
    rows: Vec<(String, Pairs)>,
    form: Form,
}

fn found(page: &Page<'_>, name: &str, judged: &Judged) -> Reply {
    let verdict = &judged.verdict;
    let heading = if verdict.ok() {
        t!("Bằng chứng này đúng; chưa chứng minh được là đầy đủ")
    } else {
        t!("Tệp bằng chứng này có điều sai")
    };
    let size = size_words(judged.bytes);
    let body = Body {
        heading,
        file: t!("Tệp “{name}”, {size}, sổ cái {origin}.", name, size, origin = verdict.origin),
        lines: lines(page, judged),
        messages: messages(judged),
        rows: verdict.rows.iter().map(|row| (row.title.clone(), pairs(&row.fields))).collect(),
        form: form(page, "", None),
    };
    let above = vec![Link::new(super::TITLE, page.link("/kiem-chung"))];
    page.page(Section::Verification, above, heading, Html::of(&body))
}

/// `812 KB`, `5,1 MB`.
fn size_words(bytes: usize) -> String {
    let tenths = (bytes * 10).div_ceil(1 << 20);
    match i64::try_from(tenths) {
        Ok(mantissa) if bytes >= 1 << 20 => {
            let number = ViNum::new(Scaled { mantissa, scale: 1 }, NumberStyle::Plain(1));
            format!("{number} MB")
        }
        _ => format!("{} KB", write::whole(bytes.div_ceil(1024) as u64)),
    }
}

fn pairs(fields: &[(String, String)]) -> Pairs {
    Pairs { pairs: fields.iter().map(|(term, value)| (term.clone(), Html::text(value))).collect() }
}

fn lines(page: &Page<'_>, judged: &Judged) -> ProofLines {
    let verdict = &judged.verdict;
    let line = |line: &Line, says: String| {
        let outcome = match line {
            Line::Holds => Verdict::Holds,
            Line::Unchecked(_) => Verdict::NotShown,
            Line::Failed(_) => Verdict::Fails,
        };
        ProofLine::new(outcome, says)
    };
    // The word stands at the head of the line already.
    let completeness = verifier::COMPLETENESS.trim_start_matches(vietnamese!("Đầy đủ: "));
    let claim = verdict.figure.as_ref().map(|(claim, _)| claim);
    ProofLines {
        subject: verdict.about().unwrap_or_else(|| t!("Bằng chứng của một bản ghi").to_owned()),
        recorded: line(&verdict.recorded, verdict.recorded_line()),
        arithmetic: line(&verdict.arithmetic, verdict.arithmetic_line()),
        completeness: ProofLine::new(Verdict::NotShown, completeness),
        links: claim
            .filter(|_| verdict.ok() && judged.own.is_some() && judged.lost_branch().is_none())
            .and_then(|claim| page_of(page, claim))
            .into_iter()
            .collect(),
    }
}

/// The page of this server that shows the figure of a claim.
fn page_of(page: &Page<'_>, claim: &FigureClaim) -> Option<Link> {
    let known = page.snapshot().indicators().into_iter().find(|known| known.id == claim.indicator)?;
    let then = (claim.places == PlacesClaimed::Then).then_some("then");
    let query = Query::default()
        .with(PLACE, Some(&claim.place_code))
        .with(PERIOD, Some(&claim.period))
        .with(POSITION, Some(&format!("ghi-{}", claim.seq)))
        .with(PLACES, then);
    Some(Link::new(t!("Xem số này trên máy chủ"), query.address(&format!("/chi-tieu/{}", known.slug))))
}

/// What must be known beside the three lines.
fn messages(judged: &Judged) -> Vec<Message> {
    let verdict = &judged.verdict;
    let mut messages = vec![key(judged)];
    if let Some(until) = judged.lost_branch() {
        let mut message =
            Message::new(Tone::Warn, t!("Mốc trong tệp thuộc một nhánh không còn trong sổ cái này."));
        message.body = Html::text(&t!(
            "Khóa ấy chỉ ký cho sổ cái này đến lần ghi {until}; mốc trong tệp ghi nhiều hơn. Những lần ghi sau đó đã mất \
             khi phục hồi từ bản sao lưu, và sổ cái đi tiếp bằng một kỷ nguyên mới.",
            until = write::whole(until)
        ));
        messages.push(message);
    }
    if verdict.illustrative {
        let words = t!("Dữ liệu minh họa: sổ cái của tệp không chứa số liệu thật.");
        messages.push(Message::new(Tone::Info, words));
    }
    if verdict.rows.iter().any(|row| !row.fields.is_empty()) {
        let words =
            t!("Bằng chứng nói bản ghi đã được ghi như vậy, không nói bản ghi còn hiện hành hay không.");
        messages.push(Message::new(Tone::Info, words));
    }
    if verdict.figure.as_ref().is_some_and(|(_, checked)| checked.unplaced) {
        let words = t!("Có bản ghi không ghi địa bàn; địa bàn được tính cho chúng do tệp nêu.");
        messages.push(Message::new(Tone::Info, words));
    }
    messages
}

/// The epoch of a key, and up to where it speaks.
pub(super) fn epoch_words(key: &LogKey) -> String {
    match key.until {
        Some(until) => {
            t!("kỷ nguyên {epoch}, đến lần ghi {until}", epoch = key.epoch, until = write::whole(until))
        }
        None => t!("kỷ nguyên {epoch}, hiện nay", epoch = key.epoch),
    }
}

/// Whose key it is.
fn key(judged: &Judged) -> Message {
    let verdict = &judged.verdict;
    match (verdict.key_trusted, &judged.own) {
        (true, Some(own)) if judged.epochs > 1 => {
            let epoch = epoch_words(own);
            let says = t!("Mốc niêm phong trong tệp được kiểm bằng khóa của sổ cái này ({epoch}).", epoch);
            Message::new(Tone::Good, says)
        }
        (true, Some(_)) => {
            Message::new(Tone::Good, t!("Mốc niêm phong trong tệp được kiểm bằng khóa của sổ cái này."))
        }
        (true, None) => {
            Message::new(Tone::Good, t!("Mốc niêm phong trong tệp được kiểm bằng khóa bạn đã nhập."))
        }
        (false, _) => {
            let mut message = Message::new(
                Tone::Warn,
                t!("Khóa lấy từ chính tệp, chưa đáng tin: tệp không mang khóa nào của sổ cái này."),
            );
            message.body = Html::text(&t!(
                "Hãy hỏi nơi quản lý sổ cái ghi trong tệp, rồi nhập khóa ấy vào ô “Khóa công khai” và kiểm tra lại. \
                 Khóa trong tệp: {vkey}",
                vkey = verdict.vkey
            ));
            message
        }
    }
}
