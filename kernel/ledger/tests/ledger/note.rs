//! Checkpoints, signed notes and keys: what is accepted and everything that is not.

use mc_base::Hash32;
use mc_ledger::checkpoint::{Checkpoint, CheckpointError};
use mc_ledger::note::{self, NoteError, NoteSigner, NoteVerifier};
use proptest::prelude::*;

use crate::fixture::{Ledger, ORIGIN, signer};

fn signed() -> String {
    Ledger::sample().checkpoint().sign(&signer()).expect("a note")
}

fn verify(note: &str) -> Result<Checkpoint, CheckpointError> {
    Checkpoint::verify(note, signer().verifier())
}

fn refused(note: &str) -> NoteError {
    match verify(note) {
        Err(CheckpointError::Note(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_signed_checkpoint_verifies() {
    assert_eq!(verify(&signed()), Ok(Ledger::sample().checkpoint()));
    assert!(Ledger::sample().checkpoint().is_illustrative());
}

#[test]
fn keys_are_those_of_the_go_note_package() {
    // Key pair from the documentation of golang.org/x/mod/sumdb/note.
    let skey = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let signer = NoteSigner::parse(skey).expect("a key");
    assert_eq!(signer.verifier().to_string(), vkey);
    assert_eq!(signer.to_skey(), skey);
    assert_eq!(NoteVerifier::parse(vkey).as_ref(), Ok(signer.verifier()));
    assert!(!format!("{signer:?}").contains("AYEKFALV"), "a printed key shows no secret");
}

#[test]
fn wrong_keys_are_refused() {
    let vkey = signer().verifier().to_string();
    let other_name = vkey.replacen("minh-hoa", "minh-hoa2", 1);
    assert!(matches!(NoteVerifier::parse(&other_name), Err(NoteError::KeyId { .. })));
    for bad in
        ["", "a", "a+b", "a+0000000g+AA==", "a+00000000+AA==", &vkey.to_uppercase(), &format!("{vkey}=")]
    {
        assert!(NoteVerifier::parse(bad).is_err(), "{bad}");
    }
    for name in ["", "a b", "a+b", "a\u{a0}b", "u\u{309}", &"a".repeat(256)] {
        assert_eq!(NoteSigner::from_seed(name, &[1; 32]).err(), Some(NoteError::KeyName), "{name}");
    }
    assert_eq!(NoteSigner::parse(&vkey).err(), Some(NoteError::KeyText));
}

#[test]
fn a_point_of_small_order_is_no_key() {
    // The neutral element: with it as public key, signatures verify for any text.
    let mut neutral = [0_u8; 33];
    (neutral[0], neutral[1]) = (1, 1);
    let hash = mc_ledger::hash::sha256_parts(&[b"a\n", &neutral]);
    let id: String = hash.0[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    let encoded = format!("AQE{}", "A".repeat(41));
    assert_eq!(NoteVerifier::parse(&format!("a+{id}+{encoded}")), Err(NoteError::WeakKey));
}

#[test]
fn t19_to_t21_changed_root_or_size_is_refused() {
    let other = Checkpoint { root: Hash32([1; 32]), ..Ledger::sample().checkpoint() };
    let (body, changed) = (Ledger::sample().checkpoint().body(), other.body());
    assert_eq!(refused(&signed().replace(&body, &changed)), NoteError::BadSignature(ORIGIN.to_owned()));
    for size in ["6", "4", "0"] {
        let changed = signed().replacen("\n5\n", &format!("\n{size}\n"), 1);
        assert_eq!(refused(&changed), NoteError::BadSignature(ORIGIN.to_owned()));
    }
}

#[test]
fn t22_t23_other_and_unknown_keys_are_refused() {
    let other = NoteSigner::from_seed(ORIGIN, &[43; 32]).expect("a key");
    let note = Ledger::sample().checkpoint().sign(&other).expect("a note");
    assert_eq!(refused(&note), NoteError::UnknownKey);
    // A right signature of ours beside an unknown one is enough, whatever the unknown one is worth.
    let unknown = note.rsplit_once("\n\n").map(|(_, lines)| lines.to_owned()).expect("signatures");
    assert!(verify(&(signed() + &unknown)).is_ok());
    // A signature that claims to be ours and is not spoils the note.
    let line = signed().rsplit_once("\n\n").map(|(_, lines)| lines.to_owned()).expect("signatures");
    let forged = format!("{}AAAA\n", line.trim_end_matches('\n'));
    assert!(matches!(refused(&(signed() + &forged)), NoteError::SignatureLine(2)));
    assert_eq!(refused(&(signed() + &line)), NoteError::SignedTwice(ORIGIN.to_owned()));
}

#[test]
fn t24_t25_another_origin_or_an_extension_line_is_refused() {
    let key = signer();
    let elsewhere = Checkpoint { origin: "minhchung.vn/15".to_owned(), ..Ledger::sample().checkpoint() };
    assert!(matches!(elsewhere.sign(&key), Err(CheckpointError::Origin { .. })));
    let note = key.sign(&elsewhere.body()).expect("a note");
    assert!(matches!(verify(&note), Err(CheckpointError::Origin { .. })));
    let extended = key.sign(&format!("{}mo rong\n", Ledger::sample().checkpoint().body())).expect("a note");
    assert_eq!(verify(&extended), Err(CheckpointError::Lines));
}

#[test]
fn malformed_checkpoints_are_refused_though_signed() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    for body in [
        format!("{ORIGIN}\n05\n{root}\n"),
        format!("{ORIGIN}\n+5\n{root}\n"),
        format!("{ORIGIN}\n\n{root}\n"),
        format!("{ORIGIN}\n5 \n{root}\n"),
        format!("{ORIGIN}\n18446744073709551616\n{root}\n"),
        format!("{ORIGIN}\n9223372036854775809\n{root}\n"),
        format!("{ORIGIN}\n0\n{root}\n"),
        format!("{ORIGIN}\n5\n{}\n", root.trim_end_matches('=')),
        format!("{ORIGIN}\n5\n{}\n", root.replace("2I=", "2J=")),
        format!("{ORIGIN}\n5\n{}\n", root.replace('/', "_")),
        format!("{ORIGIN}\n5\n"),
        format!("\n5\n{root}\n"),
    ] {
        let note = signer().sign(&body).expect("a note");
        assert!(verify(&note).is_err(), "{body}");
    }
}

#[test]
fn t37_control_characters_and_nfd_are_refused() {
    assert_eq!(refused(&signed().replace('\n', "\r\n")), NoteError::Control(13));
    assert_eq!(refused(&signed().replacen("minh", "mi\0nh", 1)), NoteError::Control(0));
    assert_eq!(refused(&signed().replacen("minh", "u\u{309}", 1)), NoteError::Nfc);
    assert_eq!(refused(&signed().replacen('=', "", 9)), NoteError::SignatureLine(1));
    assert_eq!(refused(signed().trim_end_matches('\n')), NoteError::Layout);
    assert_eq!(refused(&signed().replace("\n\n", "\n")), NoteError::Layout);
    assert_eq!(refused(""), NoteError::Layout);
    assert_eq!(refused(&format!("{}\n", signed())), NoteError::Layout);
    assert_eq!(refused(&"a".repeat(70_000)), NoteError::TooLong(70_000));
    assert_eq!(refused(&signed().replacen("— ", "- ", 1)), NoteError::SignatureLine(1));
    assert_eq!(signer().sign("không xuống dòng"), Err(NoteError::Layout));
}

#[test]
fn too_many_signatures_are_refused() {
    let line = |n: u64| format!("— khoa-{n} AAAAAAAA\n");
    let many: String = (0..100).map(line).collect();
    assert_eq!(refused(&(signed() + &many)), NoteError::TooManySignatures(101));
    let allowed: String = (0..99).map(line).collect();
    assert!(verify(&(signed() + &allowed)).is_ok());
}

proptest! {
    #[test]
    fn any_text_can_be_signed_and_opened(text in "[^\\p{Cc}]{0,60}\n", seed in any::<[u8; 32]>()) {
        use unicode_normalization::UnicodeNormalization as _;
        let text: String = text.nfc().collect();
        let signer = NoteSigner::from_seed("a.example/log", &seed).expect("a key");
        let note = signer.sign(&text).expect("a note");
        prop_assert_eq!(note::open(&note, &[signer.verifier()]), Ok(text.as_str()));
        prop_assert_eq!(NoteSigner::parse(&signer.to_skey()).map(|s| s.to_skey()), Ok(signer.to_skey()));
    }

    #[test]
    fn a_note_with_any_one_bit_changed_is_refused(at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let mut bytes = signed().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(changed) = String::from_utf8(bytes) {
            prop_assert!(verify(&changed).is_err(), "{changed}");
        }
    }

    #[test]
    fn nothing_panics_on_any_text(text in any::<String>()) {
        prop_assert!(verify(&text).is_err());
        prop_assert!(NoteVerifier::parse(&text).is_err());
        prop_assert!(NoteSigner::parse(&text).is_err());
    }
}
