//! Passwords as a person meets them.

use mc_account::password::{SALT_BYTES, verify};
use mc_account::{AccountName, Password, PasswordError};

fn name() -> AccountName {
    AccountName::parse("nguyen.an").expect("a name")
}

#[test]
fn a_password_is_taken_by_length_and_by_what_nobody_guesses() {
    let new = |typed: &str| Password::new(typed, &name()).map(|_| ());
    assert_eq!(new("ngắn quá"), Err(PasswordError::Short(8)));
    assert_eq!(new(&"dài ".repeat(60)), Err(PasswordError::Long));
    for easy in
        ["123456789012", "aaaaaaaaaaaa", "matkhau123456", "Matkhau@123456", "abcdefghijkl", "LaoCai123456!"]
    {
        assert_eq!(new(easy), Err(PasswordError::Common), "{easy}");
    }
    assert_eq!(new("Nguyen.An là tôi"), Err(PasswordError::Name));
    for good in ["chè shan tuyết Suối Giàng", "kmrt-9bfd-h3pn-cg74", "Trời mưa, cầu tràn nước"]
    {
        assert_eq!(new(good), Ok(()), "{good}");
    }
}

#[test]
fn what_is_kept_verifies_and_tells_nothing() {
    let password = Password::new("chè shan tuyết Suối Giàng", &name()).expect("a password");
    let kept = password.hash(&[7; SALT_BYTES]).expect("a hash");
    assert!(kept.starts_with("$argon2id$v=19$m=65536,t=3,p=4$"), "{kept}");
    assert!(verify("chè shan tuyết Suối Giàng", &kept));
    assert!(!verify("chè shan tuyết Suối Giang", &kept));
    assert!(!verify("", &kept));
    assert!(!verify("x", "không phải mã băm"));
    assert!(!format!("{password:?}").contains("chè"));
}
