//! What pages say, in the language of the reader.
//!
//! The Vietnamese sentence is the key: code reads as the page does, and a sentence without English stays
//! Vietnamese instead of vanishing. English lies in `web/ui/catalogue/en`; `cargo xtask tidy` (rules
//! `catalogue` and `said`) finds a sentence that is not there, one that nobody says, and Vietnamese outside
//! [`t!`](crate::t).

mod catalogue;
mod lang;
mod markup;

pub use catalogue::{Word, fill, of_data, say};
pub use lang::{Lang, Mark, lang, mark};
pub use markup::{Markup, markup};

/// A sentence in the language of the reader. Without parameters it is a `&'static str`, with parameters by
/// name a `String`: `t!("Lần ghi {number}", number)`, `t!("Từ {day}", day = words(since))`.
///
/// A mark before `|` in the key tells two uses of one Vietnamese word apart and is not shown.
#[macro_export]
macro_rules! t {
    (@value $name:ident) => { &$name };
    (@value $name:ident $value:expr) => { &$value };
    ($key:literal) => { $crate::say::say($key) };
    ($key:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::say::fill($key, &[$((stringify!($name), $crate::t!(@value $name $($value)?))),+])
    };
}

/// The same as [`t!`](crate::t) where key and English are markup: parameters that are components stand as
/// they are, texts are escaped.
#[macro_export]
macro_rules! t_html {
    ($key:literal) => { $crate::say::markup($key, &[]) };
    ($key:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::say::markup($key, &[$((stringify!($name), $crate::t!(@value $name $($value)?))),+])
    };
}

/// A key for a table or constant: it is said later, by [`Word::said`].
#[macro_export]
macro_rules! key {
    ($key:literal) => {
        $crate::say::Word($key)
    };
}

/// Vietnamese that is compared with data and never shown.
#[macro_export]
macro_rules! vietnamese {
    ($text:literal) => {
        $text
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_is_what_is_said_without_being_asked() {
        assert_eq!(lang(), Lang::Vietnamese);
        assert_eq!(t!("Tổng quan"), "Tổng quan");
        let number = 3;
        assert_eq!(t!("Lần ghi {number}", number), "Lần ghi 3");
    }

    #[test]
    fn english_lasts_as_long_as_the_rendering() {
        let said = Lang::English.speaking(|| {
            let inner = Lang::Vietnamese.speaking(|| t!("Tổng quan"));
            (t!("Tổng quan"), inner)
        });
        assert_eq!(said, ("Overview", "Tổng quan"));
        assert_eq!(lang(), Lang::Vietnamese);
    }

    #[test]
    fn a_panic_does_not_leave_the_thread_speaking_english() {
        let fell =
            std::panic::catch_unwind(|| Lang::English.speaking(|| assert_eq!(lang(), Lang::Vietnamese)));
        assert!(fell.is_err());
        assert_eq!(lang(), Lang::Vietnamese);
    }

    #[test]
    fn one_is_not_many() {
        let said = |count: u32| Lang::English.speaking(|| t!("Quá hạn {days} ngày", days = count));
        assert_eq!(said(1), "1 day overdue");
        assert_eq!(said(12), "12 days overdue");
    }

    #[test]
    fn a_text_cannot_become_markup() {
        let name = "<b>";
        assert_eq!(t_html!("Lần ghi {number}", number = name).as_str(), "Lần ghi &lt;b&gt;");
    }

    #[test]
    fn only_vietnamese_on_an_english_page_is_marked() {
        assert_eq!(mark("Sở Khoa học").to_string(), "");
        let marks =
            Lang::English.speaking(|| [mark("Sở Khoa học").to_string(), mark("Bát Xát commune").to_string()]);
        assert_eq!(marks, [" lang=\"vi\"", ""]);
    }
}
