//! Sentences and what the lexicon knows of them → all names, known or not, each with a type.
//!
//! An unknown name is a run of capitalised words. Titles before it ("Prime Minister"), words in it
//! ("Ministry", "River") and words before it ("in") tell what it names; a single word that is part of
//! a full name elsewhere in the article ("Pelosi") takes that name's type.

use crate::article::BlockKind;
use crate::language::{Language, Sentence};
use crate::mention::known::{KnownName, fold};
use crate::mention::{Mention, word};
use crate::rule::lexicon::{Lexicon, Usage};
use crate::rule::vocabulary::{TypeId, Vocabulary};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// Word lists that tell what a capitalised name is.
#[derive(Debug, Clone)]
pub(super) struct NameWords {
    /// Types of countries and places.
    regions: HashSet<TypeId>,
    person: TypeId,
    organisation: TypeId,
    place: TypeId,
    first_names: HashSet<String>,
    organisation_words: HashSet<String>,
    place_words: HashSet<String>,
    particles: HashSet<String>,
    not_names: HashSet<String>,
    adjectives: HashSet<String>,
    things: HashSet<String>,
    compounds: HashSet<String>,
    portfolio_posts: HashSet<String>,
    locatives: HashSet<String>,
    /// Titles as lemmas, by their first word, longest first.
    titles: BTreeMap<String, Vec<Vec<String>>>,
}

/// The words of an article as they occur in running text, to tell a name from the first word of a sentence.
struct Seen<'t> {
    capital: HashSet<&'t str>,
    small: HashSet<&'t str>,
}

impl NameWords {
    pub(super) fn new(lexicon: &Lexicon, vocabulary: &Vocabulary, language: &Language) -> Self {
        let kind = |name| vocabulary.type_id(name).unwrap_or(TypeId(0));
        let set = |lists: &[&str]| -> HashSet<String> {
            lists.iter().flat_map(|list| lexicon.words(list)).map(|word| fold(word)).collect()
        };
        let mut titles: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for list in ["top_post", "post", "spokesperson", "honorific", "occupation", "former"] {
            for entry in lexicon.words(list) {
                let lemmas: Vec<String> =
                    language.tokens(entry).into_iter().map(|token| token.lemma).collect();
                let Some(first) = lemmas.first() else { continue };
                titles.entry(first.clone()).or_default().push(lemmas);
            }
        }
        titles.values_mut().for_each(|entries| entries.sort_by_key(|entry| std::cmp::Reverse(entry.len())));
        let regions = (0..vocabulary.types.len()).filter_map(|at| u16::try_from(at).ok()).map(TypeId);
        let regions =
            regions.filter(|id| vocabulary.is_a(*id, kind("Country")) || vocabulary.is_a(*id, kind("Place")));
        Self {
            regions: regions.collect(),
            person: kind("Person"),
            organisation: kind("Organisation"),
            place: kind("Place"),
            first_names: set(&["female_first_name", "male_first_name", "neutral_first_name"]),
            organisation_words: set(&["organisation_word"]),
            place_words: set(&["place_word"]),
            particles: set(&["name_particle"]),
            not_names: set(&["not_a_name"]),
            adjectives: set(&["name_adjective"]),
            things: set(&["thing_word"]),
            compounds: set(&["compound_word"]),
            portfolio_posts: set(&["portfolio_post"]),
            locatives: set(&["locative"]),
            titles,
        }
    }

    /// The number of tokens of the title that starts at `at`, 0 where none does.
    fn title_at(&self, sentence: &Sentence, at: usize) -> usize {
        let Some(entries) = sentence.tokens.get(at).and_then(|token| self.titles.get(&token.lemma)) else {
            return 0;
        };
        let fits = |entry: &&Vec<String>| {
            let tokens = sentence.tokens.get(at..at + entry.len()).unwrap_or_default();
            tokens.len() == entry.len()
                && tokens.iter().zip(*entry).all(|(token, lemma)| token.lemma == *lemma)
        };
        entries.iter().find(fits).map_or(0, Vec::len)
    }
}

/// All names of an article, in the order of the text.
pub(super) fn find(
    words: &NameWords,
    sentences: &[Sentence],
    known: &[Vec<KnownName>],
    text: &str,
) -> Vec<Mention> {
    let seen = Seen::new(sentences, text);
    let mut names = Vec::new();
    for (number, (sentence, known)) in sentences.iter().zip(known).enumerate() {
        let shouted = is_title_case(sentence, text);
        let mut reader =
            Reader { words, seen: &seen, sentence, known, text, number, shouted, names: &mut names };
        reader.read();
    }
    adopt_types(words, &mut names, sentences, text);
    names
}

/// Reads one sentence from left to right.
struct Reader<'r> {
    words: &'r NameWords,
    seen: &'r Seen<'r>,
    sentence: &'r Sentence,
    known: &'r [KnownName],
    text: &'r str,
    number: usize,
    /// Capitals say nothing here: a headline In Title Case or ALL CAPITALS.
    shouted: bool,
    names: &'r mut Vec<Mention>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while at < self.sentence.tokens.len() {
            let known = self.known.iter().find(|known| known.tokens.start == at);
            at = match known {
                Some(known) => self.known_name(known),
                None if self.is_capital(at) && self.words.title_at(self.sentence, at) > 0 => {
                    at + self.words.title_at(self.sentence, at)
                }
                None if self.starts_name(at) => self.unknown_name(at),
                None => at + 1,
            };
        }
    }

    /// A known name may only begin a longer one: "China Institutes of …", "Chinese Foreign Ministry".
    fn known_name(&mut self, known: &KnownName) -> usize {
        let whole = known.tokens.start..self.run_end(known.tokens.clone());
        let rest = known.tokens.end..self.untitled(known.tokens.end..whole.end);
        let longer = !rest.is_empty() && !self.shouted && self.is_organisation(rest.clone());
        if longer {
            self.push(known.tokens.start..rest.end, self.words.organisation);
            return rest.end;
        }
        let person = rest.len() == 1 && known.tokens.len() == 1 && self.is_first_name(known.tokens.start);
        if person && known.usage == Usage::Name && !self.shouted {
            self.push(known.tokens.start..rest.end, self.words.person);
            return rest.end;
        }
        self.names.push(Mention {
            sentence: self.number,
            tokens: known.tokens.clone(),
            phrase: known.tokens.clone(),
            kind: known.kind,
            known: Some(known.known),
            usage: known.usage,
            located: false,
        });
        known.tokens.end
    }

    fn unknown_name(&mut self, at: usize) -> usize {
        let run = at..self.run_end(at..at + 1);
        let name = at..self.untitled(run.clone()).max(at + 1);
        let adjective = self.is_not_name(at) && (name.len() == 1 || !self.is_organisation(name.clone()));
        let thing = self.is_thing(name.clone()) && !self.is_organisation(name.clone());
        // "Infrastructure Minister": what the minister is for is no name.
        let portfolio =
            self.words.portfolio_posts.contains(&self.lower(name.end)) && !self.is_organisation(name.clone());
        if self.is_name(&name)
            && !portfolio
            && !adjective
            && !thing
            && let Some(kind) = self.kind(&name)
        {
            self.push(name.clone(), kind);
        }
        name.end
    }

    /// Where the run of capitalised words that begins with `start` ends.
    fn run_end(&self, start: Range<usize>) -> usize {
        let mut end = start.end;
        let mut organisation = self.has_word(&self.words.organisation_words, start.clone());
        let mut joined = false;
        loop {
            let known = self.known.iter().find(|known| known.tokens.start == end);
            let surname = end == start.start + 1 && self.is_first_name(start.start);
            let known_inside = match known {
                Some(known) if surname && known.usage == Usage::Name => true,
                // "Native American Rights Fund": the country only qualifies what comes after it.
                Some(known)
                    if known.usage == Usage::Demonym || organisation || self.lower(end - 1) == "-" =>
                {
                    self.has_word(
                        &self.words.organisation_words,
                        known.tokens.end..self.capitals_end(known.tokens.end),
                    )
                }
                Some(_) => false,
                None => true,
            };
            if !known_inside {
                return end;
            }
            let step = if self.is_capital(end) && !self.stops_name(end) {
                1
            } else if self.joins(end, organisation, joined) {
                joined = true;
                1
            } else if self.joins_two(end, organisation) {
                joined = true;
                2
            } else {
                return end;
            };
            end += step;
            organisation |= self.has_word(&self.words.organisation_words, end - 1..end);
        }
    }

    /// Whether token `at` joins the name before it to a capitalised word after it.
    fn joins(&self, at: usize, organisation: bool, joined: bool) -> bool {
        let known = self.known.iter().find(|known| known.tokens.start == at + 1);
        // "Europe-Uzbekistan Association"
        if self.lower(at) == "-" && self.touches(at) && self.touches(at + 1) && known.is_some() {
            return self.has_word(&self.words.organisation_words, at + 1..self.capitals_end(at + 1));
        }
        if !self.is_capital(at + 1) || self.stops_name(at + 1) || (known.is_some() && !organisation) {
            return false;
        }
        match self.lower(at).as_str() {
            "-" => self.touches(at) && self.touches(at + 1),
            "of" | "for" | "on" | "&" => organisation && known.is_none_or(|known| self.is_region(known)),
            "and" => organisation && joined && known.is_none() && !self.is_known_before(at),
            particle => self.words.particles.contains(particle) && !self.is_capital(at),
        }
    }

    /// "for the Defence", "Hizb-i-Islami".
    fn joins_two(&self, at: usize, organisation: bool) -> bool {
        let second = self.lower(at + 1);
        let hyphen = self.lower(at) == "-" && self.touches(at) && self.touches(at + 1);
        // "Organisation for Economic Co-operation", but not "Organisation-led".
        if hyphen && organisation && self.is_capital(at - 1) && self.lower(at - 1).len() < 4 {
            return true;
        }
        // "Yoon Suk-yeol", but not "Acme Corp-run".
        let given = second.len() < 5
            && !self.words.compounds.contains(&second)
            && second.chars().all(char::is_alphabetic);
        if hyphen && !organisation && given && at > 1 && self.is_capital(at - 2) && !self.is_capital(at + 1) {
            return true;
        }
        self.is_capital(at + 2)
            && match self.lower(at).as_str() {
                "of" | "for" => {
                    let known = self.known.iter().find(|known| known.tokens.start == at + 2);
                    organisation && second == "the" && known.is_none_or(|known| self.is_region(known))
                }
                "-" => hyphen && self.words.particles.contains(&second),
                particle => {
                    self.words.particles.contains(particle)
                        && (second == "-" || self.words.particles.contains(&second))
                }
            }
    }

    /// The end of the part of `run` before a title inside it: "European Commission | President Ursula …".
    fn untitled(&self, run: Range<usize>) -> usize {
        let inside = run.clone().find(|at| self.words.title_at(self.sentence, *at) > 0 && *at >= run.start);
        match inside {
            // "Martin Luther King": nothing follows, so it is a surname.
            Some(at)
                if at + 1 == run.end
                    && at > run.start
                    && !self.has_word(&self.words.organisation_words, run.start..at) =>
            {
                run.end
            }
            Some(at) => at,
            None => run.end,
        }
    }

    fn kind(&self, name: &Range<usize>) -> Option<TypeId> {
        let words = self.words;
        let titled = name.start > 0 && self.title_ends_before(name.start);
        let before = name.start.checked_sub(1).map(|at| self.lower(at)).unwrap_or_default();
        let letters = word(self.sentence, name.start, self.text);
        let acronym = name.len() == 1 && letters.chars().count() > 1 && !letters.contains(char::is_lowercase);
        Some(if self.is_organisation(name.clone()) {
            words.organisation
        } else if self.has_word(&words.place_words, name.end - 1..name.end) && name.len() > 1 {
            words.place
        } else if titled || name.len() > 1 && (self.is_first_name(name.start) || self.has_particle(name)) {
            words.person
        } else if words.locatives.contains(&before) {
            words.place
        } else if acronym || before == "the" || name.len() == 1 || name.len() > 4 {
            words.organisation
        } else {
            words.person
        })
    }

    /// Whether the capitals of an unknown run make it a name here.
    fn is_name(&self, name: &Range<usize>) -> bool {
        let first = word(self.sentence, name.start, self.text);
        if !first.contains(char::is_alphabetic) {
            return false;
        }
        if self.shouted {
            return name.clone().all(|at| self.seen.capital.contains(word(self.sentence, at, self.text)));
        }
        if name.start > 0 && !self.opens(name.start) {
            return true;
        }
        let acronym = first.chars().count() > 1 && !first.contains(char::is_lowercase);
        let ordinary = self.seen.small.contains(first.to_lowercase().as_str());
        acronym || self.seen.capital.contains(first) || (name.len() > 1 && !ordinary)
    }

    /// Whether a word stands first in its sentence, quotation marks aside.
    fn opens(&self, at: usize) -> bool {
        (0..at).all(|before| !word(self.sentence, before, self.text).contains(char::is_alphanumeric))
            || matches!(word(self.sentence, at - 1, self.text), "“" | "\"" | ":" | "‘" | "•")
    }

    fn starts_name(&self, at: usize) -> bool {
        let adjective = self.words.adjectives.contains(&self.lower(at)) && self.is_capital(at + 1);
        self.is_capital(at) && (adjective || !self.is_not_name(at))
    }

    /// Whether a capitalised word ends the name before it: a day, a month, a small word in a headline.
    fn stops_name(&self, at: usize) -> bool {
        let lower = self.lower(at);
        let part = [&self.words.adjectives, &self.words.organisation_words, &self.words.place_words];
        self.is_not_name(at) && !part.iter().any(|list| list.contains(&lower))
    }

    /// The end of the capitalised words from `at` on.
    fn capitals_end(&self, at: usize) -> usize {
        (at..).find(|at| !self.is_capital(*at) || self.stops_name(*at)).unwrap_or(at)
    }

    /// A country or place may be part of a name ("Bank of China"); "Council of the African Union" names two.
    fn is_region(&self, known: &KnownName) -> bool {
        known.usage == Usage::Name && self.words.regions.contains(&known.kind)
    }

    fn is_known_before(&self, at: usize) -> bool {
        self.known.iter().any(|known| known.tokens.end == at)
    }

    fn is_organisation(&self, name: Range<usize>) -> bool {
        self.has_word(&self.words.organisation_words, name)
    }

    fn is_thing(&self, name: Range<usize>) -> bool {
        self.has_word(&self.words.things, name)
    }

    fn is_capital(&self, at: usize) -> bool {
        at < self.sentence.tokens.len() && word(self.sentence, at, self.text).starts_with(char::is_uppercase)
    }

    fn is_not_name(&self, at: usize) -> bool {
        self.words.not_names.contains(&self.lower(at))
    }

    fn is_first_name(&self, at: usize) -> bool {
        self.words.first_names.contains(&self.lower(at))
    }

    fn has_word(&self, list: &HashSet<String>, tokens: Range<usize>) -> bool {
        let holds =
            |at: usize| list.contains(&self.lower(at)) || list.contains(&self.sentence.tokens[at].lemma);
        tokens.into_iter().any(|at| self.is_capital(at) && holds(at))
    }

    /// "Ursula von der Leyen", "Zine El Abidine Ben Ali".
    fn has_particle(&self, name: &Range<usize>) -> bool {
        (name.start + 1..name.end).any(|at| self.words.particles.contains(&self.lower(at)))
    }

    fn title_ends_before(&self, at: usize) -> bool {
        (at.saturating_sub(4)..at).any(|start| {
            let length = self.words.title_at(self.sentence, start);
            length > 0 && start + length == at
        })
    }

    /// Whether no space stands between token `at` and the one before it.
    fn touches(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        at > 0 && at < tokens.len() && tokens[at - 1].span.end == tokens[at].span.start
    }

    fn lower(&self, at: usize) -> String {
        self.sentence.tokens.get(at).map(|token| fold(token.span.of(self.text))).unwrap_or_default()
    }

    fn push(&mut self, tokens: Range<usize>, kind: TypeId) {
        let phrase = tokens.clone();
        let sentence = self.number;
        self.names.push(Mention {
            sentence,
            tokens,
            phrase,
            kind,
            known: None,
            usage: Usage::Name,
            located: false,
        });
    }
}

impl<'t> Seen<'t> {
    fn new(sentences: &[Sentence], text: &'t str) -> Self {
        let mut seen = Self { capital: HashSet::new(), small: HashSet::new() };
        let running = sentences.iter().filter(|sentence| sentence.block != BlockKind::Headline);
        for sentence in running {
            for at in 1..sentence.tokens.len() {
                let word = word(sentence, at, text);
                if word.starts_with(char::is_lowercase) {
                    seen.small.insert(word);
                } else if word.starts_with(char::is_uppercase) {
                    seen.capital.insert(word);
                }
            }
        }
        seen
    }
}

/// Most long words of a headline begin with a capital.
fn is_title_case(sentence: &Sentence, text: &str) -> bool {
    let long = sentence.tokens.iter().map(|token| token.span.of(text));
    let long: Vec<&str> =
        long.filter(|word| word.chars().count() > 3 && word.starts_with(char::is_alphabetic)).collect();
    let capital = long.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    sentence.block == BlockKind::Headline && long.len() > 3 && capital * 10 >= long.len() * 8
}

/// A single word that is the last word of a person's full name, or the first (Chinese and Korean family
/// names), is that person's.
fn adopt_types(words: &NameWords, names: &mut [Mention], sentences: &[Sentence], text: &str) {
    let mut surnames = HashSet::new();
    let full = names
        .iter()
        .filter(|name| name.kind == words.person && name.known.is_none() && name.tokens.len() > 1);
    for name in full {
        let sentence = &sentences[name.sentence];
        surnames.insert(word(sentence, name.tokens.end - 1, text));
        surnames.insert(word(sentence, name.tokens.start, text));
    }
    for name in names.iter_mut().filter(|name| name.known.is_none() && name.tokens.len() == 1) {
        if surnames.contains(word(&sentences[name.sentence], name.tokens.start, text)) {
            name.kind = words.person;
        }
    }
}
