//! What is kept of those who sign in: passwords, sessions, browsers, failures.

use mc_account::{Failures, Secret, Session, Tried};
use mc_base::Instant;
use mc_port::{AccountTable, Credential, DEVICES_MAX, SESSIONS_MAX, SecondFactor};

use crate::Stage;

fn credential(account: &str, hash: &str) -> Credential {
    Credential {
        account: account.to_owned(),
        hash: hash.to_owned(),
        first_until: Some(Instant(9)),
        changed_at: Instant(1),
    }
}

fn session(account: &str, token: &str, used: i64) -> Session {
    Session {
        token: token.to_owned(),
        account: account.to_owned(),
        position: 1,
        begun: Instant(1),
        used: Instant(used),
        browser: "Trình duyệt".to_owned(),
        confirmed: None,
    }
}

/// Tells the rest of a story against where accounts are kept.
fn with(stage: &mut dyn Stage, tell: impl FnOnce(&dyn AccountTable)) {
    let mut tell = Some(tell);
    stage.accounts(&mut |accounts| {
        if let Some(tell) = tell.take() {
            tell(accounts);
        }
    });
}

fn tokens(accounts: &dyn AccountTable, account: &str) -> Vec<String> {
    accounts.sessions(account).expect("read").into_iter().map(|session| session.token).collect()
}

pub(super) fn kept(stage: &mut dyn Stage) {
    with(stage, |accounts| {
        assert!(!accounts.has_credentials().expect("read"));
        accounts.keep_credential(&credential("an", "một"), None).expect("written");
        accounts.keep_session(&session("an", "a", 5)).expect("written");
    });
    stage.reopen();
    with(stage, |accounts| {
        assert!(accounts.has_credentials().expect("read"));
        assert_eq!(accounts.credential("an").expect("read"), Some(credential("an", "một")));
        assert_eq!(accounts.credential("binh").expect("read"), None);
        assert_eq!(accounts.session("a").expect("read"), Some(session("an", "a", 5)));
        assert_eq!(accounts.session("b").expect("read"), None);
        accounts.act_in("a", 2).expect("written");
        assert!(accounts.note_use("a", Instant(7)).expect("written"));
        assert!(accounts.note_use("a", Instant(6)).expect("written"), "an earlier use is none");
        let now = Session { position: 2, ..session("an", "a", 7) };
        assert_eq!(accounts.session("a").expect("read"), Some(now));
    });
    stage.sound();
}

pub(super) fn ended(stage: &mut dyn Stage) {
    with(stage, |accounts| {
        for (account, token, used) in [("an", "a", 1), ("an", "b", 3), ("an", "c", 2), ("binh", "d", 1)] {
            accounts.keep_session(&session(account, token, used)).expect("written");
        }
        assert_eq!(tokens(accounts, "an"), ["b", "c", "a"], "the last used first");
        assert!(!accounts.end_session("binh", "a").expect("written"), "it is another's");
        assert!(accounts.end_session("an", "a").expect("written"));
        assert!(!accounts.note_use("a", Instant(9)).expect("written"), "an ended session stays ended");
        assert_eq!(accounts.session("a").expect("read"), None);
        accounts.keep_credential(&credential("an", "hai"), Some("c")).expect("written");
        assert_eq!(tokens(accounts, "an"), ["c"], "a new password ends the others");
        assert_eq!(accounts.end_sessions("an", None).expect("written"), 1);
        assert_eq!(tokens(accounts, "binh"), ["d"]);
        for number in 0..=SESSIONS_MAX {
            let used = i64::try_from(number).expect("small");
            accounts.keep_session(&session("an", &number.to_string(), used)).expect("written");
        }
        let left = tokens(accounts, "an");
        assert_eq!(left.len(), SESSIONS_MAX);
        assert!(!left.contains(&"0".to_owned()), "the oldest went");
    });
}

pub(super) fn failed(stage: &mut dyn Stage) {
    let device = Tried::Device("t".to_owned(), "an".to_owned());
    let account = Tried::Account("an".to_owned(), "203.0.113.7".to_owned());
    let address = Tried::Address("203.0.113.7".to_owned());
    let failures = |count, last| Failures { count, last: Some(Instant(last)) };
    with(stage, |accounts| {
        let both = [(account.clone(), failures(2, 10)), (address.clone(), failures(3, 20))];
        accounts.keep_failures(&both, Instant(0)).expect("written");
        let of = |who: &Tried| accounts.failures(who).expect("read");
        assert_eq!((of(&account), of(&address)), (failures(2, 10), failures(3, 20)));
        assert_eq!(of(&device), Failures::default(), "who tries is told apart");
        accounts.keep_failures(&[(device.clone(), failures(1, 30))], Instant(15)).expect("written");
        assert_eq!((of(&account), of(&address)), (Failures::default(), failures(3, 20)), "old ones go");
        accounts.forget_failures(&[device.clone(), account.clone()]).expect("written");
        assert_eq!((of(&device), of(&address)), (Failures::default(), failures(3, 20)));
        for number in 0..=DEVICES_MAX {
            let at = Instant(i64::try_from(number).expect("small"));
            accounts.keep_device("an", &number.to_string(), at).expect("written");
        }
        let knows = |account: &str, token: &str| accounts.knows_device(account, token).expect("read");
        assert!(knows("an", "1") && !knows("an", "0") && !knows("binh", "1"));
    });
}

/// A secret as bytes that a search of files would find.
const SHARED: &[u8; 20] = b"hai mien chung nhau!";

pub(super) fn confirmed(stage: &mut dyn Stage) {
    let secret = Secret::new(*SHARED);
    let hashes = |all: &[&str]| -> Vec<String> { all.iter().map(|hash| (*hash).to_owned()).collect() };
    with(stage, |accounts| {
        assert_eq!(accounts.factor("an").expect("read"), None);
        accounts.keep_session(&session("an", "a", 5)).expect("written");
        accounts.keep_factor("an", &secret, 7, Instant(3), &hashes(&["x", "y"])).expect("written");
        accounts.keep_factor("binh", &secret, 7, Instant(3), &hashes(&["x"])).expect("written");
        accounts.confirm("a", Instant(6)).expect("written");
    });
    stage.reopen();
    with(stage, |accounts| {
        let kept =
            SecondFactor { secret: Some(secret.clone()), used_step: 7, set_at: Instant(3), recovery_left: 2 };
        assert_eq!(accounts.factor("an").expect("read"), Some(kept));
        let confirmed = accounts.session("a").expect("read").and_then(|session| session.confirmed);
        assert_eq!(confirmed, Some(Instant(6)));
        let step = |step| accounts.use_step("an", step).expect("written");
        assert_eq!([step(7), step(8), step(8), step(6), step(9)], [false, true, false, false, true]);
        let recovery = |hash| accounts.use_recovery("an", hash).expect("written");
        assert_eq!([recovery("x"), recovery("x"), recovery("z")], [true, false, false], "each opens once");
        accounts.keep_factor("an", &secret, 12, Instant(9), &hashes(&["w"])).expect("written");
        assert!(!recovery("y") && recovery("w"), "another factor has other codes");
        let own = Credential { first_until: None, ..credential("an", "tự đặt") };
        accounts.keep_credential(&own, None).expect("written");
        assert!(accounts.factor("an").expect("read").is_some(), "a password of one's own leaves it");
        accounts.keep_credential(&credential("an", "phiếu"), None).expect("written");
        assert_eq!(accounts.factor("an").expect("read"), None, "a slip takes it away");
        let other = accounts.factor("binh").expect("read").expect("another's stays");
        assert_eq!(other.recovery_left, 1);
    });
    assert_eq!(stage.files_holding(SHARED), Vec::<String>::new(), "sealed from the start");
    stage.sound();
}
