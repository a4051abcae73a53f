//! `rules/lexicon/*.toml` → [`Lexicon`]: general knowledge of names and words.
//!
//! Each file may hold `[[country]]`, `[[organisation]]` and `[[place]]` entries, `[words]` lists that
//! rules use as `$name`, and the tables of irregular and regular inflection.

use crate::diagnostic::Diagnostic;
use crate::rule::Lists;
use crate::rule::folder::RuleText;
use crate::rule::table::{Located, Report, Table, read_file};
use crate::rule::vocabulary::{TypeId, Vocabulary};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A known entity, as an index into [`Lexicon::known`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KnownId(pub u32);

/// An entity that the lexicon names: "China" with "PRC", "Chinese" and "Zhongnanhai".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Its short English name.
    pub name: String,
    /// Its type.
    pub kind: TypeId,
    /// All strings that stand for it, the name among them.
    pub forms: Vec<(String, Usage)>,
    /// Its postal codes and short forms, which only count behind a comma: "Austin, TX".
    pub codes: Vec<String>,
    /// What a team is called where the talk is of sport, and a town elsewhere: "Stuttgart lost to Bremen".
    pub team: Vec<String>,
    /// Who has led the country: "President Trump" needs no "US" where the article names it.
    pub leaders: Vec<String>,
    /// Posts that only this country or organisation and few others have, in small letters: "treasury secretary", "pope".
    pub posts: Vec<String>,
    /// The country in which it is, by its name in the lexicon.
    pub country: Option<String>,
    /// The country whose government a capital stands for ("Beijing said").
    pub stands_for: Option<KnownId>,
}

/// How a form stands for its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Usage {
    /// A name: "China", "Taliban".
    Name,
    /// An acronym, which only counts in this letter case: "SCO".
    Acronym,
    /// An adjective or the name of the people: "Chinese", "Russians".
    Demonym,
    /// A building that stands for the government in it: "the Kremlin".
    Seat,
    /// A pronoun that stands for a name: "she".
    Pronoun,
    /// A description that stands for a name: "the company".
    Description,
}

/// All word lists and known entities.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Known countries, organisations and places.
    pub known: Vec<Known>,
    /// Base form → its irregular forms: `speak` → `spoke`, `spoken`.
    pub irregular: BTreeMap<String, Vec<String>>,
    words: Lists,
    cleaning: Lists,
    /// The names in `known`.
    names: BTreeSet<String>,
}

impl Lexicon {
    /// The word list that rules call `$name`; empty where there is none.
    pub fn words(&self, name: &str) -> &[String] {
        self.words.get(name).map_or(&[], Vec::as_slice)
    }

    /// Who leads or led a country, by name.
    pub fn leaders(&self) -> impl Iterator<Item = (KnownId, &str)> {
        let ids = (0..).map(KnownId);
        ids.zip(&self.known).flat_map(|(id, known)| known.leaders.iter().map(move |name| (id, name.as_str())))
    }

    /// All word lists by name.
    pub fn lists(&self) -> &Lists {
        &self.words
    }

    /// The lists that tell an article from what was scraped with it, by name; rules cannot use them.
    pub fn cleaning(&self) -> &Lists {
        &self.cleaning
    }

    /// Reads all files; every mistake becomes a diagnostic.
    pub(crate) fn read(
        files: &[RuleText],
        vocabulary: &Vocabulary,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut lexicon = Self::default();
        let mut capitals = Vec::new();
        for file in files {
            let mut report = Report { file: &file.file, source: &file.text, diagnostics };
            read_file(&mut report, "this word list file", |mut top, report| {
                lexicon.read_countries(&mut top, vocabulary, &mut capitals, report);
                lexicon.read_organisations(&mut top, vocabulary, report);
                lexicon.read_places(&mut top, vocabulary, report);
                lexicon.read_words(&mut top, report);
                top.finish(report);
            });
        }
        lexicon.add_capitals(capitals, vocabulary);
        lexicon
    }

    fn read_countries(
        &mut self,
        top: &mut Table,
        types: &Vocabulary,
        capitals: &mut Vec<Capital>,
        report: &mut Report,
    ) {
        for (mut table, span) in top.tables("country", report) {
            let name = table.required("name", span, report);
            let mut forms = forms(Usage::Name, table.texts("also", report));
            forms.extend(self::forms(Usage::Demonym, table.texts("demonyms", report)));
            forms.extend(self::forms(Usage::Seat, table.texts("seats", report)));
            let capital = table.text("capital", report);
            let capital_also = table.texts("capital_also", report);
            let leaders = plain(table.texts("leaders", report));
            let posts = plain(table.texts("posts", report));
            table.finish(report);
            let known = self.add(name, "Country", forms, span, types, report);
            if let Some(known) = known {
                let country = &mut self.known[known.0 as usize];
                (country.leaders, country.posts) = (leaders, posts);
            }
            if let (Some(known), Some(capital)) = (known, capital) {
                let also = capital_also.into_iter().map(|also| also.text).collect();
                capitals.push(Capital { name: capital.text, also, country: known });
            }
        }
    }

    fn read_organisations(&mut self, top: &mut Table, types: &Vocabulary, report: &mut Report) {
        for (mut table, span) in top.tables("organisation", report) {
            let name = table.required("name", span, report);
            let kind = table.text("type", report);
            let mut forms = forms(Usage::Acronym, table.texts("acronyms", report));
            forms.extend(self::forms(Usage::Name, table.texts("also", report)));
            forms.extend(self::forms(Usage::Demonym, table.texts("demonyms", report)));
            let team = plain(table.texts("team", report));
            let posts = plain(table.texts("posts", report));
            let country = table.text("country", report);
            table.finish(report);
            let kind = kind.map_or("Organisation".to_owned(), |kind| kind.text);
            if let Some(id) = self.add(name, &kind, forms, span, types, report) {
                let known = &mut self.known[id.0 as usize];
                (known.team, known.posts) = (team, posts);
                known.country = country.map(|country| country.text);
            }
        }
    }

    fn read_places(&mut self, top: &mut Table, types: &Vocabulary, report: &mut Report) {
        for (mut table, span) in top.tables("place", report) {
            let name = table.required("name", span, report);
            let mut forms = forms(Usage::Name, table.texts("also", report));
            forms.extend(self::forms(Usage::Demonym, table.texts("demonyms", report)));
            let codes = plain(table.texts("codes", report));
            let country = table.text("country", report);
            let kind = table.text("kind", report).map_or("place".to_owned(), |kind| kind.text);
            table.finish(report);
            if let Some(id) = self.add(name, &capitalised(&kind), forms, span, types, report) {
                let known = &mut self.known[id.0 as usize];
                (known.codes, known.country) = (codes, country.map(|country| country.text));
            }
        }
    }

    fn read_words(&mut self, top: &mut Table, report: &mut Report) {
        for key in ["words", "regular", "cleaning"] {
            let Some(mut table) = top.table(key, report) else { continue };
            let lists = if key == "cleaning" { &mut self.cleaning } else { &mut self.words };
            for (name, words) in table.named_texts(report) {
                lists.entry(name.text).or_default().extend(words.into_iter().map(|word| word.text));
            }
        }
        if let Some(mut table) = top.table("irregular", report) {
            for (base, forms) in table.named_texts(report) {
                let forms = forms.into_iter().map(|form| form.text);
                self.irregular.entry(base.text).or_default().extend(forms);
            }
        }
    }

    fn add(
        &mut self,
        name: Option<Located>,
        kind: &str,
        mut forms: Vec<(String, Usage)>,
        span: Span,
        vocabulary: &Vocabulary,
        report: &mut Report,
    ) -> Option<KnownId> {
        let name = name?;
        let Some(kind) = vocabulary.type_id(kind) else {
            let help = format!("types: {}", vocabulary.type_names().join(", "));
            report.error("unknown-type", span, format!("`{kind}` is no type of the vocabulary"), help);
            return None;
        };
        if !self.names.insert(name.text.clone()) {
            let message = format!("`{}` has two entries", name.text);
            report.warning("duplicate-entry", name.span, message, "join them into one");
        }
        forms.push((name.text.clone(), Usage::Name));
        let id = KnownId(u32::try_from(self.known.len()).ok()?);
        self.known.push(Known { name: name.text, kind, forms, ..Known::default() });
        Some(id)
    }

    /// A capital is a city of its own that may stand for its country. "Singapore" is both, and then
    /// the country is enough.
    fn add_capitals(&mut self, capitals: Vec<Capital>, vocabulary: &Vocabulary) {
        let Some(kind) = vocabulary.type_id("City").or_else(|| vocabulary.type_id("Place")) else { return };
        for Capital { name, also, country } in capitals {
            let mut forms: Vec<_> = also.into_iter().map(|also| (also, Usage::Name)).collect();
            forms.push((name.clone(), Usage::Name));
            if let Some(known) = self.known.iter_mut().find(|known| known.name == name) {
                known.stands_for.get_or_insert(country);
            } else {
                self.known.push(Known { name, kind, forms, stands_for: Some(country), ..Known::default() });
            }
        }
        for at in 0..self.known.len() {
            if self.known[at].stands_for.is_some_and(|country| country.0 as usize == at) {
                self.known[at].stands_for = None;
            }
        }
    }
}

struct Capital {
    name: String,
    also: Vec<String>,
    country: KnownId,
}

fn plain(texts: Vec<Located>) -> Vec<String> {
    texts.into_iter().map(|text| text.text).collect()
}

fn forms(usage: Usage, texts: Vec<Located>) -> Vec<(String, Usage)> {
    texts.into_iter().map(|text| (text.text, usage)).collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
