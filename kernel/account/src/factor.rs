//! The second factor: one-time codes of a device (TOTP, RFC 6238), recovery codes, and how long a confirmation holds.

use hmac::{Hmac, KeyInit as _, Mac as _};
use mc_base::Instant;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// Bytes of a secret: as many as the hash gives (RFC 4226, section 4, R6).
pub const SECRET_BYTES: usize = 20;
/// Random bytes that the recovery codes of one account take.
pub const RECOVERY_BYTES: usize = RECOVERY_CODES * RECOVERY_CHARS;
/// Recovery codes of an account.
pub const RECOVERY_CODES: usize = 10;
/// Characters of a recovery code, sixteen kinds: 80 bits, so that its plain hash cannot be turned round by trying.
const RECOVERY_CHARS: usize = 20;
/// Characters of a group, of a secret and of a recovery code.
const GROUP: usize = 4;
/// Seconds for which a code stands (RFC 6238, section 4).
const STEP_SECONDS: i64 = 30;
/// Digits of a code.
const DIGITS: usize = 6;
/// Steps before and after the present one whose codes are taken: clocks of devices differ (RFC 6238, section 5.2).
const DRIFT: i64 = 1;
/// How long a confirmation holds, in seconds.
pub const HOLDS_SECONDS: i64 = 8 * 60 * 60;
const MILLIS: i64 = 1_000;
/// RFC 4648, section 6.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const TAG: &[u8] = b"minhchung/recovery/v1\n";

/// What a device and this system share.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; SECRET_BYTES]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// Of random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; SECRET_BYTES]) -> Self {
        Self(bytes)
    }

    /// Its bytes, to be sealed.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; SECRET_BYTES] {
        &self.0
    }

    /// In base32 without padding: 32 characters.
    #[must_use]
    pub fn base32(&self) -> String {
        let digit = |at: usize| {
            let value = (0..5).fold(0, |value, bit| {
                let at = at * 5 + bit;
                let byte = self.0.get(at / 8).copied().unwrap_or_default();
                value << 1 | usize::from(byte >> (7 - at % 8) & 1)
            });
            BASE32.get(value).map_or('A', |digit| char::from(*digit))
        };
        (0..SECRET_BYTES * 8 / 5).map(digit).collect()
    }

    /// The same in groups of four, to be typed.
    #[must_use]
    pub fn groups(&self) -> String {
        groups(&self.base32(), ' ')
    }

    /// Reads base32, blanks and small letters forgiven; `None` for anything but a whole secret.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<usize> = text
            .bytes()
            .filter(|byte| *byte != b' ')
            .map(|byte| BASE32.iter().position(|digit| *digit == byte.to_ascii_uppercase()))
            .collect::<Option<_>>()?;
        if digits.len() != SECRET_BYTES * 8 / 5 {
            return None;
        }
        let mut bytes = [0; SECRET_BYTES];
        for (at, byte) in bytes.iter_mut().enumerate() {
            for bit in at * 8..at * 8 + 8 {
                let digit = digits.get(bit / 5).copied().unwrap_or_default();
                *byte = *byte << 1 | u8::from(digit >> (4 - bit % 5) & 1 == 1);
            }
        }
        Some(Self(bytes))
    }

    /// The address that apps read (Key Uri Format of Google Authenticator). `issuer` and `account` are small letters,
    /// digits, points and dashes; anything else would have to be escaped, and is left out.
    #[must_use]
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        let plain = |text: &str| -> String {
            text.chars().filter(|c| c.is_ascii_alphanumeric() || "-.".contains(*c)).collect()
        };
        let (issuer, account, secret) = (plain(issuer), plain(account), self.base32());
        format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}\
             &algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}"
        )
    }

    /// The code of a step (RFC 4226, section 5.3).
    fn code(&self, step: i64) -> Option<String> {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).ok()?;
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let offset = usize::from(digest.last()? & 0xf);
        let four: [u8; 4] = digest.get(offset..offset + 4)?.try_into().ok()?;
        let number = u32::from_be_bytes(four) & 0x7fff_ffff;
        Some(format!("{:0DIGITS$}", number % 1_000_000))
    }

    /// The code that stands at `now`.
    #[must_use]
    pub fn code_at(&self, now: Instant) -> Option<String> {
        self.code(step(now))
    }

    /// The step whose code was typed, where that is taken at `now`: one that stands now or one step beside it, and comes
    /// after the step `used` last, so that nobody uses a code that somebody saw.
    #[must_use]
    pub fn step_of(&self, typed: &str, now: Instant, used: Option<i64>) -> Option<i64> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let now = step(now);
        let fresh = |step: &i64| used.is_none_or(|used| *step > used);
        // All are computed, whichever fits.
        let fits: Vec<i64> = (now - DRIFT..=now + DRIFT)
            .filter(|step| self.code(*step).is_some_and(|code| same(code.as_bytes(), typed.as_bytes())))
            .collect();
        fits.into_iter().find(fresh)
    }
}

const fn step(now: Instant) -> i64 {
    now.0.div_euclid(STEP_SECONDS * MILLIS)
}

/// Compares without telling by its time where the first difference lies.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

fn groups(text: &str, between: char) -> String {
    let chars: Vec<char> = text.chars().collect();
    let groups: Vec<String> = chars.chunks(GROUP).map(|group| group.iter().collect()).collect();
    groups.join(&between.to_string())
}

/// Codes for the day on which the device is lost, such as "kmrt-9bfd-h3pn-cg74-bbpt": each opens once.
#[must_use]
pub fn recovery_codes(random: &[u8; RECOVERY_BYTES]) -> Vec<String> {
    random.chunks(RECOVERY_CHARS).map(|bytes| groups(&crate::slip::letters(bytes), '-')).collect()
}

/// What is kept of a recovery code of an account; `None` for a text that is none.
#[must_use]
pub fn recovery_hash(account: &str, typed: &str) -> Option<String> {
    let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = letters.to_ascii_lowercase();
    if letters.len() != RECOVERY_CHARS {
        return None;
    }
    let hash = Sha256::digest([TAG, account.as_bytes(), b"\n", letters.as_bytes()].concat());
    Some(hash.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether a confirmation of `confirmed` holds at `now`. A clock that was set back ends it.
#[must_use]
pub fn holds(confirmed: Option<Instant>, now: Instant) -> bool {
    confirmed.is_some_and(|at| (0..HOLDS_SECONDS * MILLIS).contains(&(now.0 - at.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret is "12345678901234567890".
    fn secret() -> Secret {
        Secret::new(*b"12345678901234567890")
    }

    fn second(at: i64) -> Instant {
        Instant(at * MILLIS)
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // The last six of the eight digits of the appendix.
        let vectors = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (at, code) in vectors {
            assert_eq!(secret().code_at(second(at)).as_deref(), Some(code), "{at}");
            assert_eq!(secret().step_of(code, second(at), None), Some(at / STEP_SECONDS), "{at}");
        }
    }

    #[test]
    fn a_code_is_taken_one_step_beside_and_once() {
        let code = secret().code_at(second(3_000)).expect("a code");
        for (at, taken) in [(2_969, false), (2_970, true), (3_000, true), (3_059, true), (3_060, false)] {
            assert_eq!(secret().step_of(&code, second(at), None).is_some(), taken, "{at}");
        }
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        assert_eq!(secret().step_of(&spaced, second(3_000), None), Some(100), "as devices show it");
        assert_eq!(secret().step_of(&code, second(3_000), Some(100)), None, "used");
        assert_eq!(secret().step_of(&code, second(3_000), Some(101)), None, "a later one was used");
        assert_eq!(secret().step_of(&code, second(3_000), Some(99)), Some(100));
        for typed in ["", "28708", "2870822", "abcdef", "٢٨٧٠٨٢"] {
            assert_eq!(secret().step_of(typed, second(59), None), None, "{typed}");
        }
    }

    #[test]
    fn a_secret_is_read_back_as_it_was_typed() {
        assert_eq!(secret().base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(secret().groups(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(Secret::parse(&secret().groups().to_lowercase()), Some(secret()));
        let bytes: Vec<u8> = (236..=255).collect();
        let other = Secret::new(bytes.try_into().expect("twenty bytes"));
        assert_eq!(Secret::parse(&other.base32()), Some(other));
        for text in ["", "GEZD", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", &"A".repeat(33)] {
            assert_eq!(Secret::parse(text), None, "{text}");
        }
        assert_eq!(
            secret().uri("minhchung", "quan.ly-2"),
            "otpauth://totp/minhchung:quan.ly-2?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=minhchung&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(format!("{:?}", secret()), "Secret(…)");
    }

    #[test]
    fn recovery_codes_are_kept_as_hashes_of_their_account() {
        let random: Vec<u8> = (0..RECOVERY_BYTES).map(|byte| u8::try_from(byte % 251).unwrap_or(0)).collect();
        let codes = recovery_codes(&random.try_into().expect("bytes"));
        assert_eq!(codes.len(), RECOVERY_CODES);
        assert_eq!(codes[0], "bcdf-ghkm-nprt-3479-bcdf");
        let kept = recovery_hash("an", &codes[0]).expect("a code");
        assert!(!kept.contains("bcdf"));
        assert_eq!(recovery_hash("an", " BCDF ghkm nprt 3479 bcdf").as_ref(), Some(&kept));
        assert_ne!(recovery_hash("binh", &codes[0]).as_ref(), Some(&kept));
        assert_eq!(recovery_hash("an", "287082"), None);
    }

    #[test]
    fn a_confirmation_holds_for_eight_hours() {
        assert!(!holds(None, second(0)));
        assert!(holds(Some(second(0)), second(HOLDS_SECONDS - 1)));
        assert!(!holds(Some(second(0)), second(HOLDS_SECONDS)));
        assert!(!holds(Some(second(1)), second(0)), "the clock was set back");
    }
}
