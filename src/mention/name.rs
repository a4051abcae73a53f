//! Sentences and what the lexicon knows of them → all names, known or not, each with a type.
//!
//! An unknown name is a run of capitalised words. Titles before it ("Prime Minister"), words in it
//! ("Ministry", "River") and words before it ("in") tell what it names; a single word that is part of
//! a full name elsewhere in the article ("Pelosi") takes that name's type.

use crate::article::BlockKind;
use crate::language::{Analyses, Sentence};
use crate::mention::adopt::Short;
use crate::mention::judge::Unsure;
use crate::mention::known::KnownName;
use crate::mention::run::Run;
use crate::mention::words::NameWords;
use crate::mention::{Mention, acronym, adopt, judge, word};
use crate::rule::lexicon::Usage;
use crate::rule::vocabulary::TypeId;
use std::collections::HashSet;
use std::ops::Range;

/// The words of an article as they occur in running text, to tell a name from the first word of a sentence.
struct Seen<'t> {
    capital: HashSet<&'t str>,
    small: HashSet<&'t str>,
}

/// All names of an article, in the order of the text.
pub(super) fn find(
    words: &NameWords,
    sentences: &[Sentence],
    known: &[Vec<KnownName>],
    text: &str,
    analyses: &Analyses,
) -> Vec<Mention> {
    let seen = Seen::new(sentences, text);
    let mut names = Vec::new();
    let mut unsure = Unsure::default();
    for (number, (sentence, known)) in sentences.iter().zip(known).enumerate() {
        let shouted = is_title_case(sentence, text);
        let mut reader = Reader {
            run: Run { words, sentence, known, text },
            seen: &seen,
            number,
            shouted,
            names: &mut names,
            unsure: &mut unsure,
        };
        reader.read();
    }
    let texts: Vec<String> =
        names.iter().map(|name| sentences[name.sentence].text_of(name.tokens.clone(), text)).collect();
    let short = Short { words, sentences, texts: &texts, text };
    short.adopt_sure(&mut names, &mut unsure);
    let mut names = judge::judge(words, names, &unsure, &texts, analyses);
    names = adopt::join_people(words, names, sentences, text, analyses);
    adopt::adopt_persons(words, &mut names, sentences, text);
    adopt::add_odd_surnames(words, &mut names, sentences, text);
    acronym::introduce(&mut names, sentences, text, words.country);
    names
}

/// Reads one sentence from left to right.
pub(super) struct Reader<'r> {
    pub(super) run: Run<'r>,
    seen: &'r Seen<'r>,
    pub(super) number: usize,
    /// Capitals say nothing here: a headline In Title Case or ALL CAPITALS.
    shouted: bool,
    pub(super) names: &'r mut Vec<Mention>,
    unsure: &'r mut Unsure,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while at < self.run.sentence.tokens.len() {
            let known = self.run.known.iter().find(|known| known.tokens.start == at);
            let capital = self.run.is_capital(at);
            let event = if capital { self.run.words.event_at(self.run.sentence, at) } else { 0 };
            let title =
                if capital && !self.run.is_called(at) && !self.run.is_saint(at) && !self.run.is_loose(at) {
                    self.run.words.title_at(self.run.sentence, at)
                } else {
                    0
                };
            at = match known {
                _ if event > 0 && !self.shouted => at + event,
                Some(known) => self.known_name(known),
                None if title > 0 => at + title,
                None if self.part_of_region(at).is_some() => {
                    let end = self.part_of_region(at).unwrap_or(at + 1);
                    self.push(at..end, self.run.words.place);
                    end
                }
                None if self.starts_name(at) => self.unknown_name(at),
                None => at + 1,
            };
        }
    }

    /// A known name may only begin a longer one: "China Institutes of …", "Chinese Foreign Ministry".
    fn known_name(&mut self, known: &KnownName) -> usize {
        let whole = known.tokens.start..self.run.run_end(known.tokens.clone());
        let rest = known.tokens.end..self.run.untitled(known.tokens.end..whole.end);
        // "Kyiv Oblast"
        let region = self.run.words.regions.contains(&known.kind) && known.usage == Usage::Name;
        if region
            && rest.len() == 1
            && !self.shouted
            && self.run.has_word(&self.run.words.place_words, rest.clone())
        {
            self.push(known.tokens.start..rest.end, self.run.words.place);
            return rest.end;
        }
        // "Chinese foreign ministry", "Hamas political bureau"
        let body = self.run.own_body(known);
        if body > 0 {
            let name = known.tokens.start..known.tokens.end + body;
            let end = name.end;
            let kind = self.organisation(name.clone());
            self.push(name, kind);
            return end;
        }
        // "ACLU of Montana", "University of California at San Diego"
        let chapter = self
            .run
            .sentence
            .tokens
            .get(rest.start)
            .is_some_and(|token| matches!(token.lemma.as_str(), "of" | "at"));
        let event = self.run.words.event_at(self.run.sentence, known.tokens.end) > 0;
        // "EU Energy Commissioner"
        let portfolio = rest.len() == 1
            && rest.end < whole.end
            && self.run.words.portfolios.contains(&self.run.lower(rest.start));
        let longer = !rest.is_empty()
            && !portfolio
            && !self.shouted
            && !event
            && (chapter || self.run.is_organisation(rest.clone()));
        if longer {
            let name = known.tokens.start..rest.end;
            let kind = self.organisation(name.clone());
            self.push(name, kind);
            return rest.end;
        }
        if self.is_counted(known) {
            return known.tokens.end;
        }
        let first_name =
            self.run.is_first_name(known.tokens.start) || self.run.is_named_like_place(known, &rest);
        let hyphened = rest.len() == 3 && self.run.lower(rest.start + 1) == "-";
        let person = (rest.len() == 1 || hyphened) && known.tokens.len() == 1 && first_name;
        if person && known.usage == Usage::Name && !self.shouted {
            self.push(known.tokens.start..rest.end, self.run.words.person);
            return rest.end;
        }
        // "Iraq War veterans" come from anywhere.
        if !self.shouted && self.run.is_event_of(known) {
            return known.tokens.end + 1;
        }
        let kind = if self.shouted { None } else { self.run.town_and_word(known, &rest) };
        if let Some(kind) = kind {
            self.push(known.tokens.start..rest.end, kind);
            return rest.end;
        }
        // "Apple Music": what a company calls one of its parts is the company.
        let part = rest.len() == 1
            && rest.end == whole.end
            && known.usage != Usage::Demonym
            && self.run.words.owners.contains(&known.kind)
            && !self.run.words.regions.contains(&known.kind)
            && !self.shouted
            && !self.run.is_first_name(rest.start)
            && self.run.lower(rest.end) != "-"
            && !self.run.known.iter().any(|known| known.tokens.start == rest.start);
        let end = if part { rest.end } else { known.tokens.end };
        self.names.push(Mention {
            sentence: self.number,
            tokens: known.tokens.start..end,
            phrase: known.tokens.start..end,
            kind: known.kind,
            known: Some(known.known),
            usage: known.usage,
            located: false,
            refers_to: None,
        });
        end
    }

    /// "235 **Democrats**" are so many people, and not their party.
    fn is_counted(&self, known: &KnownName) -> bool {
        let people = known.usage == Usage::Demonym && !self.run.words.regions.contains(&known.kind);
        let before = known.tokens.start.checked_sub(1).map(|at| self.run.lower(at)).unwrap_or_default();
        let number = self.run.words.numbers.contains(&before)
            || before.starts_with(|sign: char| sign.is_ascii_digit());
        let last = known.tokens.end - 1;
        let plural = self.run.sentence.tokens[last].span.of(self.run.text).ends_with('s');
        people && number && plural
    }

    fn unknown_name(&mut self, at: usize) -> usize {
        let run = at..self.run.run_end(at..at + 1);
        let name = at..self.run.untitled(run.clone()).max(at + 1);
        if let Some(person) = self.person_after_field(&name).or_else(|| self.person_after_word(&name)) {
            return person;
        }
        let place = self.run.has_word(&self.run.words.place_words, name.end - 1..name.end);
        let adjective = self.run.is_not_name(at)
            && !self.run.is_called(at)
            && (name.len() == 1 || !self.run.is_organisation(name.clone()) && !place);
        let called_thing = self.run.words.thing_at(self.run.sentence, name.end);
        let thing = self.is_thing(name.clone()) || called_thing;
        // "Infrastructure Minister": what the minister is for is no name.
        let generic = self.is_generic(name.clone());
        let portfolio = self.run.words.portfolio_posts.contains(&self.run.lower(name.end))
            && !self.run.is_organisation(name.clone());
        let (kind, sure) = self.kind(&name);
        if called_thing && !sure {
            self.unsure.things.insert(self.run.sentence.text_of(name.clone(), self.run.text));
        }
        let title = (!sure || kind == self.run.words.person) && self.is_in_title(&name)
            || !sure && self.is_quoted(&name)
            || self.is_head_of_place(&name)
            || self.is_initial(&name);
        // "Technical | Officer"
        let portfolio = portfolio || name.end < run.end && self.run.is_field(name.clone());
        let opens = !self.is_name(&name) && self.may_be_name(&name);
        // "Analysts said", but "Byron was born".
        let singular = self.run.lower(at) == self.run.sentence.tokens[at].lemma;
        let doubtful = opens && !(sure && singular);
        if (opens || self.is_name(&name)) && !portfolio && !adjective && !thing && !generic && !title {
            if !sure || doubtful {
                self.unsure.kind.insert(self.names.len());
                if self.is_in_place(&name) {
                    self.unsure.placed.insert(self.names.len());
                }
            }
            if doubtful {
                self.unsure.name.insert(self.names.len());
            }
            self.push(name.clone(), kind);
        }
        name.end
    }

    /// Where the name begins in "Voter | Kitty Poe": the article has its first word in small letters, too.
    fn person_after_word(&self, name: &Range<usize>) -> Option<usize> {
        let first = word(self.run.sentence, name.start, self.run.text).to_lowercase();
        let person = name.len() > 2
            && !self.run.is_first_name(name.start)
            && self.run.is_first_name(name.start + 1)
            && self.run.is_capital(name.start + 2)
            && !self.run.is_organisation(name.clone())
            && !self.is_thing(name.clone());
        (person && self.seen.small.contains(first.as_str())).then_some(name.start + 1)
    }

    /// "in Zarbo", but not "in Zarbo's view".
    fn is_in_place(&self, name: &Range<usize>) -> bool {
        let before = name.start.checked_sub(1).map(|at| self.run.lower(at)).unwrap_or_default();
        name.len() == 1
            && matches!(before.as_str(), "in" | "near" | "outside")
            && !matches!(self.run.lower(name.end).as_str(), "'s" | "'" | "-")
    }

    /// Whether the capitals of an unknown run make it a name here.
    fn is_name(&self, name: &Range<usize>) -> bool {
        let first = word(self.run.sentence, name.start, self.run.text);
        if !first.contains(char::is_alphabetic) {
            return false;
        }
        if self.shouted {
            return name
                .clone()
                .all(|at| self.seen.capital.contains(word(self.run.sentence, at, self.run.text)));
        }
        if name.start > 0 && !opens(self.run.sentence, name.start, self.run.text) {
            return true;
        }
        let acronym = first.chars().count() > 1 && !first.contains(char::is_lowercase);
        let small = first.to_lowercase();
        let ordinary = self.seen.small.contains(small.as_str()) && !self.run.words.particles.contains(&small);
        acronym || self.seen.capital.contains(first) || (name.len() > 1 && !ordinary)
    }

    /// Whether a single word with a capital that opens a sentence is worth a look by the model: "Byron was
    /// born in Oslo", where the article never says the name again.
    fn may_be_name(&self, name: &Range<usize>) -> bool {
        let first = word(self.run.sentence, name.start, self.run.text);
        name.len() == 1
            && !self.shouted
            && first.contains(char::is_lowercase)
            && !self.seen.small.contains(first.to_lowercase().as_str())
    }

    fn starts_name(&self, at: usize) -> bool {
        let adjective =
            self.run.words.adjectives.contains(&self.run.lower(at)) && self.run.is_capital(at + 1);
        self.run.is_capital(at) && (adjective || !self.run.is_not_name(at) || self.run.is_called(at))
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
            refers_to: None,
        });
    }
}

/// Whether a word stands first in its sentence or in a quotation.
fn opens(sentence: &Sentence, at: usize, text: &str) -> bool {
    (0..at).all(|before| !word(sentence, before, text).contains(char::is_alphanumeric))
        || matches!(word(sentence, at - 1, text), "“" | "\"" | ":" | "‘" | "•")
}

impl<'t> Seen<'t> {
    fn new(sentences: &[Sentence], text: &'t str) -> Self {
        let mut seen = Self { capital: HashSet::new(), small: HashSet::new() };
        let running = sentences.iter().filter(|sentence| sentence.block != BlockKind::Headline);
        for sentence in running {
            for at in 0..sentence.tokens.len() {
                let word = word(sentence, at, text);
                let next = sentence.tokens.get(at + 1).map_or("", |token| token.span.of(text));
                // The first word of a sentence has its capital anyway, unless another follows: "Ada Byron met …".
                if word.starts_with(char::is_lowercase) {
                    seen.small.insert(word);
                } else if word.starts_with(char::is_uppercase)
                    && (!opens(sentence, at, text) || next.starts_with(char::is_uppercase))
                {
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
