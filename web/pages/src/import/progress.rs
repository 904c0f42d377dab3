//! How far an import is, in words and as a bar.

use askama::Template;
use mc_importing::jobs::{Found, Phase, Seen};
use mc_ui::say::Word;
use mc_ui::write::whole;
use mc_ui::{Form, Html, Message, Method, key};

use super::Step;
use crate::said::Said as _;

/// The steps of an import, in the order in which they come.
const STEPS: [Word; 5] = [
    key!("Đọc tệp"),
    key!("Kiểm tra và so sánh từng dòng"),
    key!("Tính số liệu sẽ đổi"),
    key!("Ghi vào sổ"),
    key!("Hoàn tất"),
];

struct Shown {
    words: &'static str,
    class: &'static str,
    current: bool,
    done: bool,
}

#[derive(Template)]
#[template(path = "import/steps.html")]
struct StepsView {
    steps: Vec<Shown>,
    sentence: String,
    took: String,
    bar: Option<(u64, u64)>,
}

#[derive(Template)]
#[template(path = "import/progress.html")]
struct ProgressView {
    register: String,
    file: String,
    resumed: bool,
    follow: String,
    here: String,
    steps: Html,
    cancel: Option<Form>,
}

#[derive(Template)]
#[template(path = "import/ended.html")]
struct EndedView {
    register: String,
    file: String,
    message: Message,
    form: Option<Form>,
}

/// A paragraph.
#[derive(Template)]
#[template(source = "<p>{{ sentence }}</p>", ext = "html")]
pub(super) struct Sentence {
    pub(super) sentence: String,
}

/// The page while somebody works on it.
pub(super) fn page(step: &Step<'_>, found: &Found, seen: &Seen) -> Html {
    let id = &found.ticket.id;
    let cancel = seen.can_cancel && !seen.cancelling;
    let cancel = cancel
        .then(|| Form::new(step.job_address(id, "/huy"), Method::Post, Vec::new(), t!("Hủy, chưa ghi gì")));
    Html::of(&ProgressView {
        register: step.schema.title.said().to_owned(),
        file: found.ticket.file.clone(),
        resumed: found.resumed,
        follow: step.job_address(id, "/tien-do"),
        here: step.job_address(id, ""),
        steps: steps(found, seen),
        cancel,
    })
}

/// The part that changes.
pub(super) fn steps(found: &Found, seen: &Seen) -> Html {
    let current = match seen.phase {
        Phase::Waiting => None,
        Phase::Reading => Some(0),
        Phase::Comparing => Some(1),
        Phase::Summing => Some(2),
        Phase::WaitingToWrite | Phase::Writing => Some(3),
    };
    let steps = STEPS.into_iter().enumerate().map(|(at, words)| {
        let done = current.is_some_and(|current| at < current);
        let is_current = current == Some(at);
        let class = if done {
            "done"
        } else if is_current {
            "current"
        } else {
            ""
        };
        Shown { words: words.said(), class, current: is_current, done }
    });
    let bar = seen.total.filter(|total| *total > 0).map(|total| (seen.done.min(total), total));
    Html::of(&StepsView {
        steps: steps.collect(),
        sentence: sentence(seen),
        took: if found.resumed { String::new() } else { duration(found.took_ms) },
        bar: bar.filter(|_| matches!(seen.phase, Phase::Comparing | Phase::Writing)),
    })
}

/// What happens just now.
fn sentence(seen: &Seen) -> String {
    if seen.cancelling {
        return t!("Đang hủy…").to_owned();
    }
    let done = whole(seen.done);
    match (seen.phase, seen.total.map(whole)) {
        (Phase::Waiting, _) => t!("Đang chờ đến lượt: máy chủ làm hai tệp một lúc.").to_owned(),
        (Phase::Reading, _) => t!("Đang mở tệp.").to_owned(),
        (Phase::Comparing, Some(total)) => t!("Đã kiểm tra {done} trên khoảng {total} dòng.", done, total),
        (Phase::Comparing, None) => t!("Đã kiểm tra {done} dòng.", done),
        (Phase::Summing, _) => t!("Đã kiểm tra mọi dòng; đang tính số liệu sẽ đổi.").to_owned(),
        (Phase::WaitingToWrite, _) => t!("Đang chờ một lần nhập khác ghi xong.").to_owned(),
        (Phase::Writing, Some(total)) => t!("Đã ghi {done} trên {total} phiên bản.", done, total),
        (Phase::Writing, None) => t!("Đang mở lần ghi.").to_owned(),
    }
}

/// `8 giây`, `1 phút 5 giây`; under a second it says so.
pub(super) fn duration(millis: i64) -> String {
    let seconds = millis.max(0) / 1_000;
    match (seconds / 60, seconds % 60) {
        (0, 0) => t!("chưa đến một giây").to_owned(),
        (0, seconds) => t!("{seconds} giây", seconds),
        (minutes, 0) => t!("{minutes} phút", minutes),
        (minutes, seconds) => t!("{minutes} phút {seconds} giây", minutes, seconds),
    }
}

/// The page of an import that ended with nothing written.
pub(super) fn ended(register: &str, file: &str, message: Message, form: Option<Form>) -> Html {
    Html::of(&EndedView { register: register.to_owned(), file: file.to_owned(), message, form })
}
