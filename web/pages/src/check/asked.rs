//! What was sent: a text or a file, and its day; what is wrong stands at its field, and what was typed stays.

use mc_base::{Day, date};
use mc_importing::UPLOAD_BYTES_MAX;
use mc_ui::write::whole;

use super::{DAY, FILE, TEXT};
use crate::context::Page;

pub(super) use mc_api::TEXT_CHARS_MAX;

/// Bytes of the form: a file, and room to say of a longer text that it is too long.
pub(super) const BODY_MAX: usize = UPLOAD_BYTES_MAX + (4 << 20);
/// Files that hold a text.
pub(super) const ACCEPT: &str = ".docx,.pdf,.html,.htm,.txt";

/// What was sent.
#[derive(Default)]
pub(super) struct Asked {
    /// The text and its day, where both can be read.
    pub(super) good: Option<(String, Day)>,
    /// As it was typed.
    pub(super) typed: String,
    pub(super) day: String,
    /// Fields with what is wrong.
    pub(super) faults: Vec<(&'static str, String)>,
}

impl Asked {
    /// What was typed, unread.
    pub(super) fn kept(page: &Page<'_>) -> Self {
        // A form sends line ends as CR LF, a text has LF.
        let typed = page.form().raw(TEXT).unwrap_or_default().replace("\r\n", "\n");
        let day = page.form().get(DAY).unwrap_or_default().chars().take(40).collect();
        Self { typed, day, ..Self::default() }
    }

    pub(super) fn of(page: &Page<'_>) -> Self {
        let mut asked = Self::kept(page);
        let day = asked.read_day(page.today());
        let text = match (page.upload(), asked.typed.trim().is_empty()) {
            (Some(_), false) => Err((
                FILE,
                t!("Vừa có bài dán vào vừa có tệp. Hãy gửi một trong hai; tệp chưa được đọc.").to_owned(),
            )),
            (Some(upload), true) => file(page, &upload.name, &upload.bytes).map_err(|said| (FILE, said)),
            (None, true) => {
                Err((TEXT, t!("Chưa có bài nào. Dán văn bản vào ô này hoặc chọn một tệp.").to_owned()))
            }
            (None, false) => Ok(asked.typed.clone()),
        };
        let text = text.and_then(short_enough);
        match (text, day) {
            (Ok(text), Some(day)) => asked.good = Some((text, day)),
            (Err(fault), _) => asked.faults.push(fault),
            (Ok(_), None) => {}
        }
        asked
    }

    fn read_day(&mut self, today: Day) -> Option<Day> {
        if self.day.is_empty() {
            return Some(today);
        }
        match date::parse(&self.day, Some(today)) {
            Ok(day) => Some(day),
            Err(error) => {
                self.faults.push((DAY, error.to_string()));
                None
            }
        }
    }
}

pub(super) fn short_enough(text: String) -> Result<String, (&'static str, String)> {
    let count = text.chars().count();
    if count <= TEXT_CHARS_MAX {
        return Ok(text);
    }
    let sentence = t!(
        "Bài dài {count} ký tự; trang này đọc nhiều nhất {most}. Hãy chia bài làm nhiều phần, hoặc dùng lệnh minhchung check.",
        count = whole(count as u64),
        most = whole(TEXT_CHARS_MAX as u64)
    );
    Err((TEXT, sentence))
}

/// The text of a file, read in the limited process.
fn file(page: &Page<'_>, name: &str, bytes: &[u8]) -> Result<String, String> {
    let desk = page.app().desk().ok_or_else(|| {
        t!("Máy chủ này không đọc tệp. Hãy mở tệp, chép văn bản rồi dán vào ô trên.").to_owned()
    })?;
    desk.staging().prose(&page.app().nonce(), name, bytes).map_err(|error| error.to_string())
}
