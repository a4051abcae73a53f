//! A word and its part of speech → its lemma, by what treebanks say.
//!
//! Rules for the ends of words ("-ies" of a plural noun becomes "-y"), the longest known end first, and a
//! list of the words that the rules would get wrong. Both are learned from CoNLL-U files and kept in a
//! text file, one rule or word a line.

use super::conllu::Parsed;
use super::label::Xpos;
use crate::lookup::HashMap;
use std::collections::BTreeMap;
use std::fmt::Write;
use xxhash_rust::xxh3::xxh3_64;

/// First words of the file; the checksum of what comes after the line stands behind them.
const TITLE: &str = "relata lemmas 1";
/// Longest end of a word that rules look at, in characters.
const LONGEST_END: usize = 6;

/// Rules and words, for looking up.
#[derive(Debug, Clone, Default)]
pub struct LemmaTable {
    rules: HashMap<u64, Change>,
    words: HashMap<u64, String>,
}

/// Why a file is no table of lemmas.
#[derive(Debug, thiserror::Error)]
pub enum LemmaError {
    /// It begins otherwise.
    #[error("this is no table of lemmas: it does not begin with `{TITLE}`")]
    NotATable,
    /// Some byte has changed, or is missing.
    #[error("this table of lemmas is damaged: its checksum is wrong")]
    Checksum,
    /// A line that cannot be understood.
    #[error("line {0} of this table of lemmas cannot be understood")]
    Line(usize),
}

/// What a lemma does with the capitals of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Capitals {
    /// "Spoke" → speak
    Lower,
    /// "UN" → UN
    Keep,
    /// "OSLO", "oslo" → Oslo
    Title,
}

impl Capitals {
    const ALL: [(Self, &str); 3] = [(Self::Lower, "lower"), (Self::Keep, "keep"), (Self::Title, "title")];

    fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(to, _)| *to)
    }

    fn of(self, form: &str) -> String {
        match self {
            Self::Keep => form.to_owned(),
            Self::Lower => form.to_lowercase(),
            Self::Title => {
                let mut letters = form.chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                first.chain(letters.flat_map(char::to_lowercase)).collect()
            }
        }
    }
}

/// What makes a lemma of a form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Change {
    /// What becomes of its capitals.
    to: Capitals,
    /// Characters to cut off at the end.
    cut: usize,
    /// Letters to put there.
    put: String,
}

impl Change {
    /// The change that makes `lemma` of `form`, with capitals made small where that is nearer.
    fn between(form: &str, lemma: &str) -> Self {
        let of = |to: Capitals| {
            let form = to.of(form);
            let same = form.chars().zip(lemma.chars()).take_while(|(left, right)| left == right).count();
            Self { to, cut: form.chars().count() - same, put: lemma.chars().skip(same).collect() }
        };
        let [small, kept, titled] = Capitals::ALL.map(|(to, _)| of(to));
        let best = if small.cut <= kept.cut { small } else { kept };
        if titled.cut < best.cut { titled } else { best }
    }

    fn apply(&self, form: &str) -> Option<String> {
        let mut lemma = self.to.of(form);
        for _ in 0..self.cut {
            lemma.pop()?;
        }
        lemma.push_str(&self.put);
        (!lemma.is_empty()).then_some(lemma)
    }
}

/// How a form is written: capitals say whether they belong to the word.
fn case(form: &str) -> char {
    let mut letters = form.chars();
    match (letters.next().is_some_and(char::is_uppercase), letters.any(char::is_uppercase)) {
        (false, false) => 'l',
        (true, false) => 't',
        // A long row of capitals is more often a word that is shouted than an acronym.
        _ if form.chars().count() > 4 && form.chars().all(char::is_uppercase) => 's',
        _ => 'c',
    }
}

/// "’" is "'" to the table, and "1,000" is "1000".
fn plain(form: &str) -> String {
    if form.starts_with(|first: char| first.is_ascii_digit())
        && form.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
    {
        return form.replace(',', "");
    }
    form.replace('’', "'")
}

fn rule_key(xpos: Xpos, case: char, end: &str) -> u64 {
    xxh3_64(format!("{}\t{case}\t{end}", xpos.name()).as_bytes())
}

fn word_key(xpos: Xpos, form: &str) -> u64 {
    xxh3_64(format!("{}\t{form}", xpos.name()).as_bytes())
}

/// The ends of a word in small letters, longest first, the empty one last.
fn ends(small: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = small.char_indices().rev().take(LONGEST_END).map(|(at, _)| at).collect();
    starts.into_iter().rev().map(|at| &small[at..]).chain(std::iter::once(""))
}

impl LemmaTable {
    /// Reads a file that [`learn`] wrote.
    pub fn new(text: &str) -> Result<Self, LemmaError> {
        let (first, rest) = text.split_once('\n').ok_or(LemmaError::NotATable)?;
        let sum = first.strip_prefix(TITLE).ok_or(LemmaError::NotATable)?.trim();
        if u64::from_str_radix(sum, 16) != Ok(xxh3_64(rest.as_bytes())) {
            return Err(LemmaError::Checksum);
        }
        let mut table = Self::default();
        for (number, line) in rest.lines().enumerate().filter(|(_, line)| !line.starts_with("# ")) {
            table.take(line).ok_or(LemmaError::Line(number + 2))?;
        }
        Ok(table)
    }

    fn take(&mut self, line: &str) -> Option<()> {
        let columns: Vec<&str> = line.split('\t').collect();
        let xpos = Xpos::from_name(columns.first()?)?;
        match *columns.as_slice() {
            [_, case, end, to, cut, put] => {
                let change =
                    Change { to: Capitals::from_name(to)?, cut: cut.parse().ok()?, put: put.to_owned() };
                self.rules.insert(rule_key(xpos, case.chars().next()?, end), change);
            }
            [_, form, lemma] => {
                self.words.insert(word_key(xpos, form), lemma.to_owned());
            }
            _ => return None,
        }
        Some(())
    }

    /// The lemma of a form with this part of speech. O(length of the form).
    pub fn lemma(&self, form: &str, xpos: Xpos) -> String {
        self.known(form, xpos).unwrap_or_else(|| self.ruled(form, xpos))
    }

    /// The lemma of a form that the treebanks showed to be irregular.
    pub(super) fn known(&self, form: &str, xpos: Xpos) -> Option<String> {
        let form = plain(form);
        let lemma = self.words.get(&word_key(xpos, &form));
        lemma.or_else(|| self.words.get(&word_key(xpos, &form.to_lowercase()))).cloned()
    }

    /// The lemma of a form by its end.
    fn ruled(&self, form: &str, xpos: Xpos) -> String {
        let form = plain(form);
        let small = form.to_lowercase();
        let case = case(&form);
        let rules = ends(&small).filter_map(|end| self.rules.get(&rule_key(xpos, case, end)));
        // "United" keeps its end: a name has no other form, only other capitals.
        let rules = rules.filter(|change| xpos != Xpos::Nnp || (change.cut == 0 && change.put.is_empty()));
        let lemma = rules.filter_map(|change| change.apply(&form)).next();
        lemma.unwrap_or(small)
    }
}

/// Counts of the changes that words of one kind undergo.
type Changes = BTreeMap<Change, usize>;

/// Learns a table from treebanks, and writes it as a file. `about` are its first lines: licence and sources.
pub fn learn(sentences: &[Parsed], about: &[&str]) -> String {
    let mut lemmas: BTreeMap<(Xpos, String), BTreeMap<&str, usize>> = BTreeMap::new();
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        let Some(xpos) = Xpos::from_name(word.xpos).filter(|_| word.lemma != "_") else { continue };
        *lemmas.entry((xpos, plain(word.form))).or_default().entry(word.lemma).or_default() += 1;
    }
    let mut by_end: BTreeMap<(Xpos, char, String), Changes> = BTreeMap::new();
    for ((xpos, form), lemmas) in &lemmas {
        let small = form.to_lowercase();
        for lemma in lemmas.keys() {
            for end in ends(&small) {
                // Each word counts once: what is frequent is in the list of words where it is irregular.
                let changes = by_end.entry((*xpos, case(form), end.to_owned())).or_default();
                *changes.entry(Change::between(form, lemma)).or_default() += 1;
            }
        }
    }
    let mut table = LemmaTable::default();
    let mut lines = String::new();
    for line in about {
        let _ = writeln!(lines, "# {line}");
    }
    // Short ends first, so that a longer end is only kept where it says something else.
    let mut ordered: Vec<_> = by_end.into_iter().collect();
    ordered.sort_by_key(|((_, _, end), _)| end.chars().count());
    for ((xpos, case, end), changes) in ordered {
        let Some((change, count)) =
            changes.iter().max_by_key(|(change, count)| (**count, std::cmp::Reverse(*change)))
        else {
            continue;
        };
        let inherited = ends(&end).skip(usize::from(!end.is_empty()));
        let inherited = inherited.filter_map(|end| table.rules.get(&rule_key(xpos, case, end))).next();
        let gain = count - inherited.and_then(|change| changes.get(change)).copied().unwrap_or(0);
        if inherited != Some(change) && (gain > 1 || end.is_empty()) {
            let to = change.to.name();
            let _ = writeln!(lines, "{}\t{case}\t{end}\t{to}\t{}\t{}", xpos.name(), change.cut, change.put);
            table.rules.insert(rule_key(xpos, case, &end), change.clone());
        }
    }
    for ((xpos, form), lemmas) in &lemmas {
        let Some((lemma, count)) =
            lemmas.iter().max_by_key(|(lemma, count)| (**count, std::cmp::Reverse(**lemma)))
        else {
            continue;
        };
        // Names keep their form, whatever some treebanks say of "United".
        if *xpos == Xpos::Nnp && lemma.to_lowercase() != form.to_lowercase() {
            continue;
        }
        let found = table.lemma(form, *xpos);
        if found != **lemma && lemmas.get(found.as_str()).is_none_or(|other| other < count) {
            let _ = writeln!(lines, "{}\t{form}\t{lemma}", xpos.name());
            table.words.insert(word_key(*xpos, form), (*lemma).to_owned());
        }
    }
    format!("{TITLE} {:016x}\n{lines}", xxh3_64(lines.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::conllu;

    #[test]
    fn endings_are_learned_and_irregular_words_remembered() {
        let line = |(form, xpos, lemma): (&str, &str, &str)| {
            format!("1\t{form}\t{lemma}\tX\t{xpos}\t_\t0\troot\t_\t_\n\n")
        };
        let words = [
            ("cities", "NNS", "city"),
            ("parties", "NNS", "party"),
            ("cars", "NNS", "car"),
            ("dogs", "NNS", "dog"),
            ("men", "NNS", "man"),
            ("Oslo", "NNP", "Oslo"),
            ("Ada", "NNP", "Ada"),
            ("Cats", "NNS", "cat"),
        ];
        let text: String = words.into_iter().map(line).collect();
        let file = learn(&conllu::read(&text).0, &["licence: none"]);
        let table = LemmaTable::new(&file).unwrap();
        for (form, xpos, lemma) in [
            ("ladies", Xpos::Nns, "lady"),
            ("books", Xpos::Nns, "book"),
            ("Books", Xpos::Nns, "book"),
            ("Men", Xpos::Nns, "man"),
            ("Rome", Xpos::Nnp, "Rome"),
            ("Going", Xpos::Vbg, "going"),
        ] {
            assert_eq!(table.lemma(form, xpos), lemma, "{file}");
        }
        let damaged = file.replace("man", "men");
        assert!(matches!(LemmaTable::new(&damaged), Err(LemmaError::Checksum)));
        assert!(matches!(LemmaTable::new("lemmas\n"), Err(LemmaError::NotATable)));
    }
}
