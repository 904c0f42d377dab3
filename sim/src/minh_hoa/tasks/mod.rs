//! Tasks in every state, told as they happened: on time, late, returned, extended, rejected for being empty.

mod fate;
mod list;

use mc_access::Actor;
use mc_base::calendar::DeadlineRule;
use mc_base::{AgencyId, Day, PlaceId, WorkingCalendar};
use mc_ledger::Value;

use crate::chance::Chance;
use crate::evidence::EvidenceFile;
use crate::minh_hoa::meetings::{DIRECTIVE_COUNT, directive, meeting};
use crate::minh_hoa::names::person;
use crate::minh_hoa::products::{self, need_code};
use crate::script::{Scene, Script};
use crate::stage::{Commune, Province};
use crate::value::{Fields, agency, at, code, d25, int, later, on, place, text, to};

use fate::{Fate, Step};
use list::{COMMUNE_TASKS, PROVINCE_TASKS, Work};

/// Nothing is recorded after this day.
const LAST: (i8, i8) = (11, 16);

/// A task that is about to be told.
struct Task<'a> {
    key: String,
    title: String,
    work: &'a Work,
    lead: AgencyId,
    lead_actor: Actor,
    acceptor: AgencyId,
    place: PlaceId,
    directive: usize,
    assigned: Day,
    due: Option<Day>,
    fate: Fate,
}

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "minh-hoa/tasks");
    let calendar = WorkingCalendar::default();
    let mut number = 0;
    let offices = PROVINCE_TASKS.iter().map(|work| (work, None));
    let communes = COMMUNE_TASKS
        .iter()
        .flat_map(|work| province.communes.iter().map(move |commune| (work, Some(commune))));
    for (work, commune) in offices.chain(communes) {
        number += 1;
        let task = cast(province, (number, work, commune), &mut chance);
        Telling { province, calendar: &calendar, task: &task }.tell(&mut chance, script);
    }
}

fn cast<'a>(
    province: &Province,
    (number, work, commune): (usize, &'a Work, Option<&Commune>),
    chance: &mut Chance,
) -> Task<'a> {
    let (lead, lead_actor, here, title) = match commune {
        Some(commune) => (
            commune.agency.clone(),
            commune.officer(),
            commune.place,
            format!("{} tại {}", work.title, commune.name),
        ),
        None => (
            province.agency(work.stem),
            province.focal_officer(work.stem),
            province.place,
            work.title.to_owned(),
        ),
    };
    let fate = Fate::of(number, chance);
    let directive_nth = if fate.is_new() { DIRECTIVE_COUNT - 1 } else { chance.below(DIRECTIVE_COUNT - 2) };
    let assigned = later(directive(directive_nth).1, i32::try_from(chance.range(1, 2)).unwrap_or(1));
    let days = i32::try_from(chance.range(24, 44)).unwrap_or(30);
    let acceptor = if work.stem == "so-khcn" && commune.is_none() { "van-phong-ubnd" } else { "so-khcn" };
    Task {
        key: format!("NV-MH-{number:03}"),
        title,
        work,
        lead,
        lead_actor,
        acceptor: province.agency(acceptor),
        place: here,
        directive: directive_nth,
        assigned,
        due: fate.due(assigned, days),
        fate,
    }
}

struct Telling<'a> {
    province: &'a Province,
    calendar: &'a WorkingCalendar,
    task: &'a Task<'a>,
}

impl Telling<'_> {
    fn tell(&self, chance: &mut Chance, script: &mut Script) {
        let task = self.task;
        let (document, issued, _) = directive(task.directive);
        let source = format!("Văn bản {document} (minh họa)");
        let reason = "Giao nhiệm vụ";
        let when = at(task.assigned.max(issued), 9, 0);
        let standing = self.province.standing_agency();
        let mut scene = Scene::new(when, standing, source, reason).about(task.key.as_str());
        scene.insert("task", self.first(chance));
        script.add(scene);
        let effective = task.due.map(|due| self.calendar.deadline(due, DeadlineRule::default()));
        for step in task.fate.steps(task.assigned, effective, chance) {
            if step.day() > d25(LAST.0, LAST.1) {
                break;
            }
            self.step(&step, script);
        }
    }

    fn first(&self, chance: &mut Chance) -> Fields {
        let task = self.task;
        let (document, _, conference) = directive(task.directive);
        let mut fields = vec![
            ("code", code(task.key.clone())),
            ("since", on(task.assigned)),
            ("state", code(task.fate.first_state())),
            ("title", text(task.title.clone())),
            ("directive", to("directive", document)),
            ("directive_ref", text(format!("Mục {}, trang {}", chance.range(1, 4), chance.range(2, 7)))),
            ("group", code(task.work.group)),
            ("lead", agency(&task.lead)),
            ("officer", text(person(chance))),
            ("place", place(task.place)),
            ("product", text(task.work.product)),
            ("product_kind", code(task.work.product_kind)),
            ("criteria", text(task.work.criteria)),
            ("acceptor", agency(&task.acceptor)),
            ("priority", code(chance.pick(&["high", "normal", "normal", "low"]))),
            ("urgency", code("none")),
            ("secrecy", code("none")),
            ("extensions", int(0)),
        ];
        if task.fate.first_state() == "assigned" {
            fields.push(("assigned_on", on(task.assigned)));
        }
        if !task.work.indicator.is_empty() {
            fields.push(("indicator", code(task.work.indicator)));
        }
        if let Some(need) = task.work.need.filter(|need| *need <= products::COUNT) {
            fields.push(("need", to("need", need_code(need))));
        }
        fields.extend(conference.map(|nth| ("conference", to("conference", meeting(nth)))));
        fields.extend(self.deadline(task.due));
        fields
    }

    fn deadline(&self, due: Option<Day>) -> Fields {
        let Some(due) = due else { return vec![("due_kind", code("standing"))] };
        let is_month_end = due.month().last_day() == due;
        vec![
            ("due_kind", code(if is_month_end { "month" } else { "day" })),
            ("due", on(due)),
            ("effective_due", on(self.calendar.deadline(due, DeadlineRule::default()))),
            ("first_due", on(due)),
        ]
    }

    fn step(&self, step: &Step, script: &mut Script) {
        let (key, province) = (self.task.key.clone(), self.province);
        let day = step.day();
        let standing = || province.standing_agency();
        let lead = || self.task.lead_actor.clone();
        let (actor, source, what) = match step {
            Step::Accept(_) => (standing(), "Bảng tổng hợp nhận việc của các cơ quan", "Nhận việc"),
            Step::AskExtension(_) => (lead(), "Văn bản đề nghị gia hạn", "Đề nghị gia hạn"),
            Step::Extend(..) => {
                (standing(), "Văn bản chấp thuận gia hạn", "Chấp thuận gia hạn, giữ hạn ban đầu")
            }
            Step::Submit(_) => (lead(), "Phiếu nộp kết quả", "Nộp kết quả"),
            Step::FindEmpty(_) => (standing(), "Phiếu kiểm tra kết quả", "Lần nộp không có sản phẩm"),
            Step::Reject(_) => (standing(), "Phiếu trả lại", "Trả lại kết quả"),
            Step::Done(..) => (standing(), "Biên bản nghiệm thu", "Nghiệm thu, hoàn thành"),
            Step::Return(_) => (lead(), "Văn bản trả lại nhiệm vụ", "Trả lại vì không đúng thẩm quyền"),
            Step::Pause(_) => (standing(), "Thông báo tạm dừng", "Tạm dừng"),
            Step::Adjust(_) => (standing(), "Thông báo điều chỉnh", "Điều chỉnh nội dung"),
            Step::Withdraw(_) => (standing(), "Thông báo thu hồi", "Thu hồi"),
        };
        let fields = self.step_fields(step, script);
        let hour = if matches!(step, Step::FindEmpty(_)) { 10 } else { 15 };
        let mut scene =
            Scene::new(at(day, hour, 30), actor, format!("{source} (minh họa)"), what).about(key.as_str());
        if matches!(step, Step::FindEmpty(_)) {
            scene.correct("task", key, fields);
        } else {
            scene.change("task", key, day, fields);
        }
        script.add(scene);
    }

    fn step_fields(&self, step: &Step, script: &mut Script) -> Fields {
        let state = |id: &str| ("state", code(id));
        let why = |words: &str| ("return_reason", text(words));
        match step {
            Step::Accept(_) => vec![state("in_progress"), ("progress", int(5))],
            Step::AskExtension(_) => {
                vec![state("extension_asked"), why("Chờ số liệu từ đơn vị phối hợp (minh họa).")]
            }
            Step::Extend(_, new_due) => {
                let mut fields = self.deadline(Some(*new_due));
                fields.retain(|(id, _)| *id != "first_due");
                fields.extend([state("in_progress"), ("extensions", int(1))]);
                fields
            }
            Step::Submit(_) => {
                vec![state("submitted"), ("progress", int(100)), ("submission_void", Value::Null)]
            }
            Step::FindEmpty(_) => vec![("submission_void", Value::Bool(true))],
            Step::Reject(_) => vec![
                state("in_progress"),
                why("Chỉ có tờ trình, không có sản phẩm (minh họa)."),
                ("submission_void", Value::Null),
                ("progress", int(60)),
            ],
            Step::Done(day, submitted) => {
                let finding = format!("đạt: {}", self.task.work.criteria);
                let file = EvidenceFile::minutes("Biên bản nghiệm thu", &self.task.key, *day, &finding);
                vec![
                    state("done"),
                    ("done_on", on(*day)),
                    ("submitted_on", on(*submitted)),
                    ("evidence", script.file(file)),
                    ("document", text(format!("Biên bản nghiệm thu {} (minh họa)", self.task.key))),
                ]
            }
            Step::Return(_) => vec![state("returned"), why("Việc thuộc cơ quan khác (minh họa).")],
            Step::Pause(_) => vec![state("paused"), why("Chờ hướng dẫn của bộ (minh họa).")],
            Step::Adjust(_) => vec![state("adjusting")],
            Step::Withdraw(_) => vec![state("withdrawn"), why("Trùng với nhiệm vụ khác (minh họa).")],
        }
    }
}
