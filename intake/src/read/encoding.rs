//! Which Unicode encoding a text file has. What is said to be UTF-8 and is not goes to [`super::old_text`].

use std::io::{self, Read};

/// Encodings that are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// UTF-8; the byte order mark, 3 bytes, is present or not.
    Utf8 {
        /// Starts with a byte order mark.
        mark: bool,
    },
    /// UTF-16, lower byte first.
    Utf16Le {
        /// Starts with a byte order mark.
        mark: bool,
    },
    /// UTF-16, higher byte first.
    Utf16Be {
        /// Starts with a byte order mark.
        mark: bool,
    },
}

impl Encoding {
    /// By the byte order mark; without one, UTF-16 is known by zero bytes in every second place.
    pub(crate) fn detect(head: &[u8]) -> Self {
        match head {
            [0xEF, 0xBB, 0xBF, ..] => return Self::Utf8 { mark: true },
            [0xFF, 0xFE, ..] => return Self::Utf16Le { mark: true },
            [0xFE, 0xFF, ..] => return Self::Utf16Be { mark: true },
            _ => {}
        }
        let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
        let (even, odd) = (zeros(0), zeros(1));
        let pairs = head.len() / 2;
        if pairs >= 4 && odd * 3 > pairs && even == 0 {
            Self::Utf16Le { mark: false }
        } else if pairs >= 4 && even * 3 > pairs && odd == 0 {
            Self::Utf16Be { mark: false }
        } else {
            Self::Utf8 { mark: false }
        }
    }

    /// Bytes of the byte order mark.
    pub(crate) const fn mark_length(self) -> u64 {
        match self {
            Self::Utf8 { mark: true } => 3,
            Self::Utf16Le { mark: true } | Self::Utf16Be { mark: true } => 2,
            _ => 0,
        }
    }

    pub(crate) const fn is_utf16(self) -> bool {
        !matches!(self, Self::Utf8 { .. })
    }
}

/// Gives UTF-8 bytes of a UTF-16 stream. A lone surrogate or an odd end is an error of kind `InvalidData`.
pub(crate) struct Utf16Reader<R> {
    inner: R,
    big_endian: bool,
    high: Option<u16>,
    spare: Option<u8>,
    out: Vec<u8>,
    given: usize,
}

impl<R: Read> Utf16Reader<R> {
    pub(crate) const fn new(inner: R, big_endian: bool) -> Self {
        Self { inner, big_endian, high: None, spare: None, out: Vec::new(), given: 0 }
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut raw = [0; 8192];
        let got = self.inner.read(&mut raw)?;
        self.out.clear();
        self.given = 0;
        if got == 0 {
            return if self.spare.is_some() || self.high.is_some() { Err(invalid()) } else { Ok(()) };
        }
        for &byte in raw.iter().take(got) {
            let Some(first) = self.spare.take() else {
                self.spare = Some(byte);
                continue;
            };
            let pair = [first, byte];
            let unit = if self.big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) };
            self.push(unit)?;
        }
        Ok(())
    }

    fn push(&mut self, unit: u16) -> io::Result<()> {
        let decoded = match self.high.take() {
            Some(high) => char::decode_utf16([high, unit]).next(),
            None if (0xD800..0xDC00).contains(&unit) => {
                self.high = Some(unit);
                return Ok(());
            }
            None => char::decode_utf16([unit]).next(),
        };
        let Some(Ok(character)) = decoded else { return Err(invalid()) };
        let mut bytes = [0; 4];
        self.out.extend_from_slice(character.encode_utf8(&mut bytes).as_bytes());
        Ok(())
    }
}

impl<R: Read> Read for Utf16Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.out.len() {
            self.refill()?;
            if self.out.is_empty() && self.spare.is_none() && self.high.is_none() {
                return Ok(0);
            }
        }
        let ready = self.out.get(self.given..).unwrap_or_default();
        let count = ready.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(ready) {
            *to = *from;
        }
        self.given += count;
        Ok(count)
    }
}

fn invalid() -> io::Error {
    io::Error::from(io::ErrorKind::InvalidData)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8], big_endian: bool) -> io::Result<String> {
        let mut text = String::new();
        Utf16Reader::new(bytes, big_endian).read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn utf16_is_decoded_in_both_orders() {
        let text = "Mã trạm;Xã\n😀";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&le, false).expect("decodes"), text);
        assert_eq!(decode(&be, true).expect("decodes"), text);
        assert!(decode(le.get(..le.len() - 2).expect("cut"), false).is_err(), "a lone surrogate");
        assert!(decode(&[0x41], false).is_err(), "half a unit");
    }
}
