//! Passwords: what may be one, how it is kept, whether what was typed is it.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use mc_base::text::fold_loose;

use crate::name::AccountName;

/// Characters at least (NIST SP 800-63B rev. 4, 3.1.1.2, asks for fifteen where it is the only factor; twelve with the
/// slowing-down of failures here).
pub const CHARS_MIN: usize = 12;
/// Characters at most: more is work for nobody but the machine.
pub const CHARS_MAX: usize = 200;
/// Bytes of the salt.
pub const SALT_BYTES: usize = 16;
/// Memory in KiB, passes, lanes: the second choice of RFC 9106, section 4.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 4;
/// Characters that must be told apart from a run such as "aaaaaaaaaaaa" or "123456789012".
const OWN_MIN: usize = 6;
/// Words that everybody tries first; a password that is one of them with digits around it is none.
const COMMON: [&str; 22] = [
    "password",
    "matkhau",
    "anhyeuem",
    "emyeuanh",
    "yeuem",
    "qwerty",
    "qwertyuiop",
    "asdfgh",
    "asdfghjkl",
    "zxcvbnm",
    "admin",
    "administrator",
    "quantri",
    "welcome",
    "letmein",
    "iloveyou",
    "vietnam",
    "hanoi",
    "laocai",
    "minhchung",
    "chuyendoiso",
    "abcdef",
];

/// A password that may be used.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Why a text is no password. None of the sentences says the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short.
    #[error("mật khẩu có {0} ký tự; cần ít nhất {CHARS_MIN}, một câu ngắn dễ nhớ là tốt nhất")]
    Short(usize),
    /// Too long.
    #[error("mật khẩu dài quá {CHARS_MAX} ký tự")]
    Long,
    /// Known to everybody, or a run of characters.
    #[error("mật khẩu này quá dễ đoán: từ thông dụng, dãy phím hoặc dãy số liền nhau")]
    Common,
    /// It holds the name of its account.
    #[error("mật khẩu không được chứa tên đăng nhập")]
    Name,
}

impl Password {
    /// Takes a new password.
    ///
    /// # Errors
    /// Why it is none.
    pub fn new(typed: &str, name: &AccountName) -> Result<Self, PasswordError> {
        let count = typed.chars().count();
        if count < CHARS_MIN {
            return Err(PasswordError::Short(count));
        }
        if count > CHARS_MAX {
            return Err(PasswordError::Long);
        }
        let folded = fold_loose(typed);
        if folded.contains(name.as_str()) {
            return Err(PasswordError::Name);
        }
        if own_characters(&folded) < OWN_MIN {
            return Err(PasswordError::Common);
        }
        Ok(Self(typed.to_owned()))
    }

    /// A password of a slip ([`crate::slip::first_password`]): made of chance, it is not looked at.
    #[must_use]
    pub fn first(made: &str) -> Self {
        Self(made.to_owned())
    }

    /// Its hash in the PHC string format, which names its costs; `None` where the machine has no room to make it.
    #[must_use]
    pub fn hash(&self, salt: &[u8; SALT_BYTES]) -> Option<String> {
        hash(&self.0, salt)
    }
}

fn hasher() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(typed: &str, salt: &[u8; SALT_BYTES]) -> Option<String> {
    let hash: PasswordHash = hasher()?.hash_password_with_salt(typed.as_bytes(), salt).ok()?;
    Some(hash.to_string())
}

/// Whether `typed` is the password of `stored`, whatever costs that was made with. A hash that cannot be read is no
/// password's.
#[must_use]
pub fn verify(typed: &str, stored: &str) -> bool {
    let Ok(hash) = PasswordHash::new(stored) else { return false };
    typed.chars().count() <= CHARS_MAX && Argon2::default().verify_password(typed.as_bytes(), &hash).is_ok()
}

/// Spends the time of a look at a password where there is no account, so that nobody learns by the clock which there are.
pub fn spend(typed: &str) {
    let spent = hash(typed, &[0; SALT_BYTES]);
    drop(std::hint::black_box(spent));
}

/// Characters left when what everybody tries is taken away: common words, and runs of neighbours such as "1234" or "aaaa".
fn own_characters(folded: &str) -> usize {
    let mut left = folded.to_owned();
    for word in COMMON {
        left = left.replace(word, "");
    }
    let chars: Vec<char> = left.chars().filter(|c| c.is_alphanumeric()).collect();
    let runs = |pair: &[char]| match pair {
        [one, next] => u32::from(*one).abs_diff(u32::from(*next)) <= 1,
        _ => false,
    };
    let run = chars.windows(2).filter(|pair| runs(pair)).count();
    let mut kinds = chars.clone();
    kinds.sort_unstable();
    kinds.dedup();
    (chars.len() - run.min(chars.len())).min(kinds.len() + kinds.len() / 2)
}
