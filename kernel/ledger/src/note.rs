//! Signed notes (C2SP signed-note) with Ed25519 (RFC 8032), and the text forms of their keys.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::hash::sha256_parts;
use crate::text64;

/// Most bytes of a note.
pub const NOTE_BYTES_MAX: usize = 65_536;
/// Most signatures of a note.
pub const SIGNATURES_MAX: usize = 100;
/// Most bytes of a key name.
pub const KEY_NAME_BYTES_MAX: usize = 255;

/// Signature type of plain Ed25519.
const ED25519: u8 = 1;
const SIGNATURE_MARK: &str = "— ";

/// Why a note or a key was not accepted.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoteError {
    /// Too long.
    #[error("bản ký dài {0} byte, nhiều nhất {NOTE_BYTES_MAX}")]
    TooLong(usize),
    /// A control character other than the line feed, for example a carriage return.
    #[error("bản ký có ký tự điều khiển mã {0:#04x} (chỉ được xuống dòng bằng LF, không CRLF)")]
    Control(u32),
    /// Not in normal form C.
    #[error("bản ký chưa ở dạng chuẩn Unicode NFC")]
    Nfc,
    /// Not text, blank line, signature lines.
    #[error(
        "bản ký sai bố cục: phải là nội dung, một dòng trống, rồi các dòng chữ ký, kết thúc bằng xuống dòng"
    )]
    Layout,
    /// A signature line has another form.
    #[error("dòng chữ ký thứ {0} sai dạng")]
    SignatureLine(usize),
    /// Too many signatures.
    #[error("bản ký có {0} chữ ký, nhiều nhất {SIGNATURES_MAX}")]
    TooManySignatures(usize),
    /// The same key signs twice.
    #[error("khóa “{0}” ký hai lần trong một bản")]
    SignedTwice(String),
    /// No signature is by a known key.
    #[error("không chữ ký nào thuộc khóa đã biết")]
    UnknownKey,
    /// A signature by a known key is wrong.
    #[error("chữ ký của khóa “{0}” không đúng")]
    BadSignature(String),
    /// The name of a key has another form.
    #[error(
        "tên khóa không đúng dạng: không rỗng, không khoảng trắng, không dấu +, dạng NFC, tối đa 255 byte"
    )]
    KeyName,
    /// The text of a key has another form.
    #[error("chuỗi khóa không đọc được")]
    KeyText,
    /// The number in the text of a key is not the one that follows from name and key.
    #[error("số hiệu khóa ghi là {found:08x}, tính ra {expected:08x}")]
    KeyId {
        /// Number in the text.
        found: u32,
        /// Number that follows from name and key.
        expected: u32,
    },
    /// A key with which anyone can forge.
    #[error("khóa công khai yếu, không dùng được")]
    WeakKey,
}

/// A public key with its name: what a reader must know beforehand to trust a log.
#[derive(Clone, PartialEq, Eq)]
pub struct NoteVerifier {
    name: String,
    id: u32,
    key: VerifyingKey,
}

/// A private key with its name.
pub struct NoteSigner {
    key: SigningKey,
    public: NoteVerifier,
}

impl NoteVerifier {
    fn new(name: &str, key: VerifyingKey) -> Result<Self, NoteError> {
        check_name(name)?;
        if key.is_weak() {
            return Err(NoteError::WeakKey);
        }
        Ok(Self { name: name.to_owned(), id: key_id(name, &key), key })
    }

    /// Reads a `vkey`: `<name>+<8 hexadecimal digits>+<base64 of 0x01 and the public key>`.
    ///
    /// # Errors
    /// When the text has another form, the number is not that of the key, or the key is weak.
    pub fn parse(vkey: &str) -> Result<Self, NoteError> {
        let (name, id, bytes) = split_key(vkey)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| NoteError::KeyText)?;
        let verifier = Self::new(name, key)?;
        verifier.check_id(id)?;
        Ok(verifier)
    }

    /// The key's name; for a log, its origin.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key).
    #[must_use]
    pub const fn id(&self) -> u32 {
        self.id
    }

    fn check_id(&self, found: u32) -> Result<(), NoteError> {
        if found == self.id { Ok(()) } else { Err(NoteError::KeyId { found, expected: self.id }) }
    }

    fn accepts(&self, text: &str, signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(text.as_bytes(), &signature).is_ok())
    }
}

impl fmt::Display for NoteVerifier {
    /// The `vkey` text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{:08x}+{}", self.name, self.id, encode_key(self.key.as_bytes()))
    }
}

impl fmt::Debug for NoteVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoteVerifier({self})")
    }
}

impl NoteSigner {
    /// The key that follows from a 32-byte seed (RFC 8032 private key), which must be secret and random.
    ///
    /// # Errors
    /// When the name has another form.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        let key = SigningKey::from_bytes(seed);
        let public = NoteVerifier::new(name, key.verifying_key())?;
        Ok(Self { key, public })
    }

    /// Reads an `skey`: `PRIVATE+KEY+<name>+<8 hexadecimal digits>+<base64 of 0x01 and the seed>`.
    ///
    /// # Errors
    /// When the text has another form or the number is not that of the key.
    pub fn parse(skey: &str) -> Result<Self, NoteError> {
        let rest = skey.strip_prefix("PRIVATE+KEY+").ok_or(NoteError::KeyText)?;
        let (name, id, seed) = split_key(rest)?;
        let signer = Self::from_seed(name, &seed)?;
        signer.public.check_id(id)?;
        Ok(signer)
    }

    /// The `skey` text. It is the secret itself: it belongs in a file only the operator reads, never in a
    /// log.
    #[must_use]
    pub fn to_skey(&self) -> String {
        let (name, id) = (&self.public.name, self.public.id);
        format!("PRIVATE+KEY+{name}+{id:08x}+{}", encode_key(self.key.as_bytes()))
    }

    /// The public half.
    #[must_use]
    pub const fn verifier(&self) -> &NoteVerifier {
        &self.public
    }

    /// The note: `text`, a blank line, one signature line. `text` ends with a line feed.
    ///
    /// # Errors
    /// When `text` is not fit for a note.
    pub fn sign(&self, text: &str) -> Result<String, NoteError> {
        check_characters(text)?;
        if text.is_empty() || !text.ends_with('\n') {
            return Err(NoteError::Layout);
        }
        let signature = self.key.sign(text.as_bytes()).to_bytes();
        let bytes = [self.public.id.to_be_bytes().as_slice(), &signature].concat();
        Ok(format!("{text}\n{SIGNATURE_MARK}{} {}\n", self.public.name, text64::encode(&bytes)))
    }
}

impl fmt::Debug for NoteSigner {
    /// Never prints the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoteSigner({})", self.public)
    }
}

/// The text of `note`, if at least one signature is by a key in `known` and every signature by such a key is
/// right. Signatures of other keys are passed over, as the standard demands.
///
/// # Errors
/// When the note has another form, no known key signed, or a known key's signature is wrong.
pub fn open<'n>(note: &'n str, known: &[&NoteVerifier]) -> Result<&'n str, NoteError> {
    check_characters(note)?;
    let (text, signatures) = split(note)?;
    let mut seen: Vec<(&str, u32)> = Vec::new();
    let mut verified = false;
    for (place, line) in (1..).zip(signatures.split_terminator('\n')) {
        if place > SIGNATURES_MAX {
            return Err(NoteError::TooManySignatures(signatures.split_terminator('\n').count()));
        }
        let (name, id, signature) = parse_signature(line).ok_or(NoteError::SignatureLine(place))?;
        if seen.contains(&(name, id)) {
            return Err(NoteError::SignedTwice(name.to_owned()));
        }
        seen.push((name, id));
        if let Some(key) = known.iter().find(|key| key.name == name && key.id == id) {
            if !key.accepts(text, &signature) {
                return Err(NoteError::BadSignature(name.to_owned()));
            }
            verified = true;
        }
    }
    if verified { Ok(text) } else { Err(NoteError::UnknownKey) }
}

/// Parts text (with its final line feed) and signature lines at the last blank line.
fn split(note: &str) -> Result<(&str, &str), NoteError> {
    let blank = note.rfind("\n\n").ok_or(NoteError::Layout)?;
    let (text, rest) = note.split_at_checked(blank + 1).ok_or(NoteError::Layout)?;
    let signatures = rest.strip_prefix('\n').ok_or(NoteError::Layout)?;
    if signatures.is_empty() || !signatures.ends_with('\n') {
        return Err(NoteError::Layout);
    }
    Ok((text, signatures))
}

fn parse_signature(line: &str) -> Option<(&str, u32, Vec<u8>)> {
    let (name, encoded) = line.strip_prefix(SIGNATURE_MARK)?.split_once(' ')?;
    check_name(name).ok()?;
    let bytes = text64::decode(encoded)?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    (!signature.is_empty()).then(|| (name, u32::from_be_bytes(*id), signature.to_vec()))
}

fn check_characters(note: &str) -> Result<(), NoteError> {
    if note.len() > NOTE_BYTES_MAX {
        return Err(NoteError::TooLong(note.len()));
    }
    if let Some(control) = note.chars().find(|c| *c < ' ' && *c != '\n') {
        return Err(NoteError::Control(control.into()));
    }
    if unicode_normalization::is_nfc(note) { Ok(()) } else { Err(NoteError::Nfc) }
}

fn check_name(name: &str) -> Result<(), NoteError> {
    let plain = !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+');
    let fits = !name.is_empty() && name.len() <= KEY_NAME_BYTES_MAX;
    if plain && fits && unicode_normalization::is_nfc(name) { Ok(()) } else { Err(NoteError::KeyName) }
}

fn key_id(name: &str, key: &VerifyingKey) -> u32 {
    let hash = sha256_parts(&[name.as_bytes(), b"\n", &[ED25519], key.as_bytes()]);
    hash.0.first_chunk().map_or(0, |first| u32::from_be_bytes(*first))
}

fn encode_key(key: &[u8; 32]) -> String {
    text64::encode(&[[ED25519].as_slice(), key].concat())
}

fn split_key(text: &str) -> Result<(&str, u32, [u8; 32]), NoteError> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(encoded)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(NoteError::KeyText);
    };
    let plain = id.len() == 8 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let id = plain.then(|| u32::from_str_radix(id, 16).ok()).flatten().ok_or(NoteError::KeyText)?;
    if encoded.len() != 44 {
        return Err(NoteError::KeyText);
    }
    let bytes = text64::decode(encoded).ok_or(NoteError::KeyText)?;
    match bytes.split_first() {
        Some((&ED25519, key)) => Ok((name, id, key.try_into().map_err(|_| NoteError::KeyText)?)),
        _ => Err(NoteError::KeyText),
    }
}
