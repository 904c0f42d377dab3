//! Totals that lists take the place of.

use mc_access::{Actor, Factor, Role};
use mc_base::AgencyId;
use mc_figure::TOTALS;
use mc_figure::cover::{Confirmation, StandingTotal, edits};
use mc_ledger::Value;
use mc_port::{CommitError, CommitRequest, EditRequest, TOTALS_MAX, TotalsAsked};
use mc_register::{Edit, system};

use crate::Stage;
use crate::small::{COMMUNES, PROVINCE, day, inserted, mast, request, total, with};

const LIVE: &str = "2025-07-10";

fn standing(stage: &dyn Stage) -> StandingTotal {
    all(stage, &TotalsAsked::Of("mast".to_owned())).pop().expect("one stands")
}

fn all(stage: &dyn Stage, asked: &TotalsAsked) -> Vec<StandingTotal> {
    stage.read(&Actor::operator()).totals(asked, None, TOTALS_MAX).expect("totals").rows
}

fn confirmed(stage: &dyn Stage, by: Option<i64>, from: &str) -> Vec<EditRequest> {
    cover(stage, &standing(stage), by, from)
}

fn cover(stage: &dyn Stage, standing: &StandingTotal, by: Option<i64>, from: &str) -> Vec<EditRequest> {
    let snapshot = stage.read(&Actor::operator());
    let schema = |id: &str| snapshot.schema(id).expect("declared");
    let confirmation = Confirmation {
        by,
        from: Some(day(from)),
        lists: None,
        reason: "Danh sách đã về".to_owned(),
        document: None,
    };
    let made = edits(&schema(TOTALS), &schema(system::COVER), standing, &confirmation);
    let made = made.expect("a cover that can be made").into_iter();
    made.map(|(register, edit)| EditRequest { register: register.to_owned(), edit }).collect()
}

fn list(stage: &mut dyn Stage, from: i64, to: i64, since: &str) {
    let one = |number| inserted("mast", mast(&format!("C-{number}"), COMMUNES[0], "live", since));
    stage.must((from..to).map(one).collect());
}

pub(super) fn replaced(stage: &mut dyn Stage) {
    list(stage, 0, 5, LIVE);
    stage.must(vec![inserted("total", total("masts", PROVINCE, LIVE, 40))]);
    assert_eq!(standing(stage).proposal(), None, "what was listed before the total is not part of it");
    list(stage, 10, 22, "2025-11-01");
    let proposal = standing(stage).proposal().expect("twelve masts were listed");
    assert_eq!((proposal.by, proposal.from, proposal.excess), (12, day("2025-11-01"), 0));
    let number = |stage: &dyn Stage, period: &str| stage.figure("masts", PROVINCE, period).value;
    assert_eq!(number(stage, "2025-11").as_deref(), Some("57"), "nothing is subtracted by itself");
    stage.must(confirmed(stage, Some(12), "2025-11-01"));
    assert_eq!(number(stage, "2025-11").as_deref(), Some("45"));
    assert_eq!(number(stage, "2025-10").as_deref(), Some("45"), "the days before the lists keep the total");
    assert_eq!(standing(stage).proposal(), None, "a cover answers the lists that it names");
    list(stage, 30, 70, "2025-11-01");
    let standing = standing(stage);
    assert_eq!((standing.total.amount, standing.listed()), (28, 40));
    assert_eq!(standing.proposal().expect("a contradiction").excess, 12);
    stage.must(confirmed(stage, None, "2025-11-01"));
    assert_eq!(number(stage, "2025-11").as_deref(), Some("57"), "five, twelve and forty by list");
    assert_eq!(stage.figure("masts", PROVINCE, "2025-11").listed.as_deref(), Some("1.000000"));
    stage.sound();
}

pub(super) fn unmatched(stage: &mut dyn Stage) {
    stage.must(vec![inserted("total", total("masts", PROVINCE, LIVE, 40))]);
    let edits = confirmed(stage, Some(12), LIVE);
    let covers =
        |edits: &[EditRequest]| edits.iter().filter(|it| it.register == system::COVER).cloned().collect();
    let alone: Vec<EditRequest> = covers(&edits);
    assert!(matches!(stage.put(alone), Err(CommitError::Rows(_))), "a cover without the total's change");
    let mut other = edits.clone();
    for edit in &mut other {
        if let Edit::Correct { record, .. } = &mut edit.edit {
            *record = with(record.clone(), "total", "amount", Value::Int(20));
        }
    }
    assert!(matches!(stage.put(other), Err(CommitError::Rows(_))), "a cover that says another amount");
    stage.must(edits.clone());
    assert!(matches!(stage.put(edits), Err(CommitError::Rows(_))), "the total has changed meanwhile");
    let key = format!("{}/1", mc_register::key::escape(&standing(stage).total.key));
    let retire = Edit::Retire { key, expected_ordinal: 1 };
    let retired = stage.put(vec![EditRequest { register: system::COVER.to_owned(), edit: retire }]);
    assert!(matches!(retired, Err(CommitError::Rows(_))), "a cover stays as it is");
    stage.sound();
}

/// A cover that begins later leaves the days before it as they were: lists of those days are still to be answered.
pub(super) fn earlier(stage: &mut dyn Stage) {
    stage.must(vec![inserted("total", total("masts", PROVINCE, LIVE, 40))]);
    list(stage, 0, 12, "2025-11-01");
    stage.must(confirmed(stage, Some(12), "2025-11-01"));
    list(stage, 20, 30, LIVE);
    let found = all(stage, &TotalsAsked::Of("mast".to_owned()));
    let said: Vec<(i64, i64)> = found.iter().map(|it| (it.total.amount, it.listed())).collect();
    assert_eq!(said, [(40, 10), (28, 10)]);
}

/// One change of a total answers one cover.
pub(super) fn doubled(stage: &mut dyn Stage) {
    stage.must(vec![inserted("total", total("masts", PROVINCE, LIVE, 40))]);
    let mut edits = confirmed(stage, Some(12), LIVE);
    let second = edits.iter().find(|it| it.register == system::COVER).cloned().map(|mut edit| {
        if let Edit::Insert { record } = &mut edit.edit {
            *record = with(record.clone(), system::COVER, "cover_no", Value::Int(2));
        }
        edit
    });
    edits.extend(second);
    assert!(matches!(stage.put(edits), Err(CommitError::Rows(_))));
}

pub(super) fn rights(stage: &mut dyn Stage) {
    stage.must(vec![inserted("total", total("masts", PROVINCE, LIVE, 40))]);
    let edits = confirmed(stage, Some(1), LIVE);
    let of = |agency: &str| CommitRequest {
        actor: Actor {
            id: "dau-moi".to_owned(),
            role: Role::FocalOfficer,
            agency: Some(AgencyId(agency.to_owned())),
            place: Some(PROVINCE),
            factor: Factor::NotAsked,
        },
        ..request(edits.clone())
    };
    assert!(matches!(stage.commit(&of("so-khac")), Err(CommitError::Denied { .. })));
    stage.commit(&of("so-thu")).expect("whoever gave the total says what of it is listed");
}

/// A flow counts on one day: a cover of it begins there, whatever days the total's lists may bear.
pub(super) fn of_a_flow(stage: &mut dyn Stage) {
    let spent = with(total("outlays", PROVINCE, LIVE, 40), "total", "until", Value::Day(day("2025-08-01")));
    stage.must(vec![inserted("total", spent)]);
    let key = "outlays/2/so-thu/-/-/2025-07-10";
    let found = all(stage, &TotalsAsked::Key(key.to_owned()));
    let [standing] = &found[..] else { panic!("one total of outlays: {found:?}") };
    assert!(!standing.level);
    let as_level = StandingTotal { level: true, ..standing.clone() };
    let refused = stage.put(cover(stage, &as_level, Some(1), "2025-07-20"));
    assert!(matches!(refused, Err(CommitError::Rows(_))), "{refused:?}");
    stage.must(cover(stage, standing, Some(1), LIVE));
    assert_eq!(stage.figure("outlays", PROVINCE, "2025-07").value.as_deref(), Some("39"));
    stage.sound();
}
