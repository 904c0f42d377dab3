//! How texts say what indicators count: data of the programmes, and the titles.
//!
//! Wordings are no part of a definition: how a newspaper calls a thing changes no rule of counting, and needs no new
//! version of it.

use std::collections::HashMap;

use mc_figure::Definition;
use serde::Deserialize;

use crate::words::words;

/// Phrases of an indicator at most, of each kind.
const PHRASES_MAX: usize = 40;

/// A file of wordings that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SayingsError {
    /// It is no TOML of wordings.
    #[error("Tệp cách gọi chỉ tiêu không đọc được: {0}")]
    Unreadable(String),
    /// Too many phrases.
    #[error("Chỉ tiêu “{0}” có quá {PHRASES_MAX} cách gọi.")]
    TooMany(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    saying: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    indicator: String,
    /// What stands behind the number: the counted thing, or the base of a percentage.
    #[serde(default)]
    heads: Vec<String>,
    /// What the sentence names besides; each alternative is a list of phrases that are all there.
    #[serde(default)]
    names: Vec<Vec<String>>,
    /// What may be said besides and changes nothing.
    #[serde(default)]
    beside: Vec<String>,
}

/// A phrase as words.
pub(crate) type Phrase = Vec<String>;

/// How one indicator is said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Saying {
    /// The counted thing, or the base of a percentage; longest first.
    pub(crate) heads: Vec<Phrase>,
    /// Alternatives of phrases that are all named.
    pub(crate) names: Vec<Vec<Phrase>>,
    /// Phrases that change nothing.
    pub(crate) beside: Vec<Phrase>,
}

impl Saying {
    /// All that it says.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.heads.iter().chain(self.names.iter().flatten()).chain(&self.beside)
    }

    /// Whether one of its phrases has the word.
    pub(crate) fn says(&self, word: &str) -> bool {
        self.phrases().flatten().any(|own| own == word)
    }
}

/// How texts say what indicators count.
#[derive(Clone, Debug, Default)]
pub struct Sayings {
    of: HashMap<String, Vec<Saying>>,
}

impl Sayings {
    /// From the files of the programmes, in TOML.
    ///
    /// # Errors
    /// When one cannot be read or says too much.
    pub fn read<'t>(files: impl IntoIterator<Item = &'t str>) -> Result<Self, SayingsError> {
        let mut of: HashMap<String, Vec<Saying>> = HashMap::new();
        for text in files {
            let file: File =
                toml::from_str(text).map_err(|error| SayingsError::Unreadable(error.to_string()))?;
            for written in file.saying {
                let id = written.indicator.clone();
                let most = written.heads.len().max(written.names.len()).max(written.beside.len());
                if most > PHRASES_MAX {
                    return Err(SayingsError::TooMany(id));
                }
                of.entry(id).or_default().push(written.saying());
            }
        }
        Ok(Self { of })
    }

    /// The indicators that are said.
    pub fn indicators(&self) -> impl Iterator<Item = &str> {
        self.of.keys().map(String::as_str)
    }

    /// How an indicator is said: as its programme says, and as its title does.
    pub(crate) fn of(&self, definition: &Definition) -> Vec<Saying> {
        let mut all = self.of.get(&definition.id).cloned().unwrap_or_default();
        let beside: Vec<Phrase> = all.iter().flat_map(|saying| saying.beside.iter().cloned()).collect();
        // A title that needs a name besides is not enough: "nhiệm vụ được giao" are those of Resolution 57 here.
        let needs_name = |saying: &Saying| !saying.heads.is_empty() && !saying.names.is_empty();
        if all.is_empty() || !all.iter().all(needs_name) {
            let mut title = title(definition);
            title.beside.extend(beside);
            all.push(title);
        }
        for saying in &mut all {
            saying.heads.sort_by_key(|head| std::cmp::Reverse(head.len()));
        }
        all
    }
}

/// "Số trạm …" counts trạm; "Tỷ lệ A trên B" is of A, and B may be named.
fn title(definition: &Definition) -> Saying {
    let title = words(&definition.title.vi);
    if !matches!(definition.unit.vi.as_str(), "%" | "đồng") {
        let head = title.strip_prefix(words("số").as_slice()).unwrap_or(&title);
        return Saying { heads: vec![head.to_vec()], ..Saying::default() };
    }
    let subject = title.strip_prefix(words("tỷ lệ").as_slice()).unwrap_or(&title);
    let base = subject.iter().position(|word| word == "trên").unwrap_or(subject.len());
    let (subject, base) = subject.split_at(base);
    let base = base.get(1..).filter(|base| !base.is_empty()).map(<[String]>::to_vec);
    Saying { heads: Vec::new(), names: vec![vec![subject.to_vec()]], beside: base.into_iter().collect() }
}

impl Written {
    fn saying(&self) -> Saying {
        let phrases = |all: &[String]| -> Vec<Phrase> { all.iter().map(|phrase| words(phrase)).collect() };
        Saying {
            heads: phrases(&self.heads),
            names: self.names.iter().map(|all| phrases(all)).collect(),
            beside: phrases(&self.beside),
        }
    }
}
