//! Sentences and what the lexicon knows of them → all names, known or not, each with a type.
//!
//! An unknown name is a run of capitalised words. Titles before it ("Prime Minister"), words in it
//! ("Ministry", "River") and words before it ("in") tell what it names; a single word that is part of
//! a full name elsewhere in the article ("Pelosi") takes that name's type.

use crate::article::BlockKind;
use crate::language::{Analyses, Sentence};
use crate::mention::judge::Unsure;
use crate::mention::known::KnownName;
use crate::mention::run::Run;
use crate::mention::words::NameWords;
use crate::mention::{Mention, judge, word};
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
    let mut unsure = HashSet::new();
    let mut doubtful = HashSet::new();
    for (number, (sentence, known)) in sentences.iter().zip(known).enumerate() {
        let shouted = is_title_case(sentence, text);
        let mut reader = Reader {
            run: Run { words, sentence, known, text },
            seen: &seen,
            number,
            shouted,
            names: &mut names,
            unsure: &mut unsure,
            doubtful: &mut doubtful,
        };
        reader.read();
    }
    let texts: Vec<String> =
        names.iter().map(|name| sentences[name.sentence].text_of(name.tokens.clone(), text)).collect();
    let mut names = judge::judge(words, names, &Unsure { kind: &unsure, name: &doubtful }, &texts, analyses);
    adopt_types(words, &mut names, sentences, text);
    names
}

/// Reads one sentence from left to right.
struct Reader<'r> {
    run: Run<'r>,
    seen: &'r Seen<'r>,
    number: usize,
    /// Capitals say nothing here: a headline In Title Case or ALL CAPITALS.
    shouted: bool,
    names: &'r mut Vec<Mention>,
    /// Indices of names of which nothing tells the type.
    unsure: &'r mut HashSet<usize>,
    /// Indices of words that open a sentence and may owe their capital to that.
    doubtful: &'r mut HashSet<usize>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while at < self.run.sentence.tokens.len() {
            let known = self.run.known.iter().find(|known| known.tokens.start == at);
            at = match known {
                Some(known) => self.known_name(known),
                None if self.run.is_capital(at) && self.run.words.title_at(self.run.sentence, at) > 0 => {
                    at + self.run.words.title_at(self.run.sentence, at)
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
        let body = self.run.words.body_at(self.run.sentence, known.tokens.end);
        if body > 0 && self.run.words.owners.contains(&known.kind) {
            let name = known.tokens.start..known.tokens.end + body;
            let end = name.end;
            self.push(name, self.run.words.organisation);
            return end;
        }
        let longer = !rest.is_empty() && !self.shouted && self.run.is_organisation(rest.clone());
        if longer {
            let name = known.tokens.start..rest.end;
            let kind = self.organisation(name.clone());
            self.push(name, kind);
            return rest.end;
        }
        if self.is_counted(known) {
            return known.tokens.end;
        }
        let person = rest.len() == 1 && known.tokens.len() == 1 && self.run.is_first_name(known.tokens.start);
        if person && known.usage == Usage::Name && !self.shouted {
            self.push(known.tokens.start..rest.end, self.run.words.person);
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
            refers_to: None,
        });
        known.tokens.end
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
        let place = self.run.has_word(&self.run.words.place_words, name.end - 1..name.end);
        let adjective = self.run.is_not_name(at)
            && (name.len() == 1 || !self.run.is_organisation(name.clone()) && !place);
        let thing = self.is_thing(name.clone()) && !self.run.is_organisation(name.clone());
        // "Infrastructure Minister": what the minister is for is no name.
        let generic = self.is_generic(name.clone());
        let portfolio = self.run.words.portfolio_posts.contains(&self.run.lower(name.end))
            && !self.run.is_organisation(name.clone());
        let (kind, sure) = self.kind(&name);
        let opens = !self.is_name(&name) && self.may_be_name(&name);
        // "Analysts said", but "Byron was born".
        let singular = self.run.lower(at) == self.run.sentence.tokens[at].lemma;
        let doubtful = opens && !(sure && singular);
        if (opens || self.is_name(&name)) && !portfolio && !adjective && !thing && !generic {
            if !sure || doubtful {
                self.unsure.insert(self.names.len());
            }
            if doubtful {
                self.doubtful.insert(self.names.len());
            }
            self.push(name.clone(), kind);
        }
        name.end
    }

    /// What a run of capitalised words that nobody knows most probably names, and
    /// whether some word tells so.
    fn kind(&self, name: &Range<usize>) -> (TypeId, bool) {
        let words = self.run.words;
        let titled = words.title_before(self.run.sentence, name.start);
        let before = name.start.checked_sub(1).map(|at| self.run.lower(at)).unwrap_or_default();
        let letters = word(self.run.sentence, name.start, self.run.text);
        let acronym = name.len() == 1 && letters.chars().count() > 1 && !letters.contains(char::is_lowercase);
        let surname = words.surnames.contains(&self.run.lower(name.end - 1));
        let called = name.len() == 2 && surname && self.run.is_first_name(name.start);
        // "its official Buzzer account": an adjective, and no official of that name.
        let loose = name.len() == 1 && words.loose_titles.contains(&before);
        if called {
            (words.person, true)
        } else if name.len() == 2 && self.run.has_word(&words.place_words, name.start + 1..name.end) {
            // "Union City", "Church Street"
            (words.place, true)
        } else if self.run.is_organisation(name.clone()) {
            (self.organisation(name.clone()), true)
        } else if words.type_beside(self.run.sentence, name) == Some(words.organisation) {
            (words.organisation, true)
        } else if name.len() > 1 && self.run.has_word(&words.place_words, name.end - 1..name.end) {
            (words.place, true)
        } else if titled && !loose
            || name.len() > 1 && (self.run.is_first_name(name.start) || self.run.has_particle(name))
        {
            (words.person, true)
        } else if let Some(kind) = words.type_beside(self.run.sentence, name) {
            (kind, true)
        } else if self.continues_place(name.start) {
            (words.place, true)
        } else if name.len() == 1 && self.run.is_first_name(name.start) {
            (words.person, false)
        } else if words.locatives.contains(&before) {
            (words.place, false)
        // "their Lenten Break": what somebody has is seldom a person.
        } else if acronym
            || before == "the"
            || words.possessives.contains(&before)
            || name.len() == 1
            || name.len() > 4
        {
            (words.organisation, false)
        } else {
            (words.person, false)
        }
    }

    /// "Kiel, Schleswig-Holstein": what follows a place that the sentence has put on the map is the wider place.
    fn continues_place(&self, at: usize) -> bool {
        let words = self.run.words;
        let last = self.names.last().filter(|last| last.sentence == self.number && last.tokens.end + 1 == at);
        let on_map = |last: &Mention| {
            let before = last.tokens.start.checked_sub(1).map(|at| self.run.lower(at)).unwrap_or_default();
            words.locatives.contains(&before)
        };
        at > 0
            && self.run.lower(at - 1) == ","
            && last.is_some_and(|last| {
                words.regions.contains(&last.kind) && last.kind != words.country && on_map(last)
            })
            && matches!(
                self.run.lower(self.run.untitled(at..self.run.run_end(at..at + 1))).as_str(),
                "," | "." | ")" | ";" | "" | "in" | "on" | "where" | "to" | "and" | "as"
            )
    }

    fn organisation(&self, name: Range<usize>) -> TypeId {
        let words: Vec<String> = name.map(|at| self.run.lower(at)).collect();
        self.run.words.organisation_of(&words)
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
        if name.start > 0 && !self.opens(name.start) {
            return true;
        }
        let acronym = first.chars().count() > 1 && !first.contains(char::is_lowercase);
        let ordinary = self.seen.small.contains(first.to_lowercase().as_str());
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

    /// Whether a word stands first in its sentence, quotation marks aside.
    fn opens(&self, at: usize) -> bool {
        (0..at).all(|before| !word(self.run.sentence, before, self.run.text).contains(char::is_alphanumeric))
            || matches!(word(self.run.sentence, at - 1, self.run.text), "“" | "\"" | ":" | "‘" | "•")
    }

    fn starts_name(&self, at: usize) -> bool {
        let adjective =
            self.run.words.adjectives.contains(&self.run.lower(at)) && self.run.is_capital(at + 1);
        self.run.is_capital(at) && (adjective || !self.run.is_not_name(at))
    }

    /// "the Board of Directors", "Group President": such a body every company has.
    fn is_generic(&self, name: Range<usize>) -> bool {
        let generic = |at: usize| self.run.words.generic_bodies.contains(&self.run.lower(at));
        let post = name.len() == 1
            && self.run.is_organisation(name.clone())
            && self.run.words.title_at(self.run.sentence, name.end) > 0;
        post || name.len() > 1 && name.clone().all(generic)
    }

    fn is_thing(&self, name: Range<usize>) -> bool {
        self.run.has_word(&self.run.words.things, name)
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
                    && (at > 0 || next.starts_with(char::is_uppercase))
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
