//! A sentence and its mentions → [`View`]: what a pattern may meet, pass over and bind at each token.

use crate::article::BlockKind;
use crate::language::{Language, Phrases, Sentence};
use crate::lookup::HashSet;
use crate::matcher::signature::{Frame, Signature};
use crate::matcher::status::StatusWords;
use crate::matcher::{Bound, Fact};
use crate::mention::{Inner, Mention, Mentions, Time, Title};
use crate::rule::RuleSet;
use crate::rule::lexicon::{KnownId, Lexicon, Usage};
use std::ops::Range;

/// Longest insertion between commas or brackets after a name, in tokens.
const INSERTION: usize = 16;
/// Longest list of names that a slot takes; longer ones are tables, and cost more than they tell.
const MEMBERS: usize = 32;

/// Small words that tell how names and clauses hang together, as lemmas.
#[derive(Debug)]
pub(super) struct LinkWords {
    /// Signs between the members of a list.
    list_signs: Phrases,
    /// Words for what was so formerly.
    former: HashSet<String>,
    /// Words for what is so for the time being: "acting", "longtime".
    interim: HashSet<String>,
    /// Prepositions before an object.
    governing: HashSet<String>,
    /// Open an insertion after a name and a comma.
    opener: HashSet<String>,
    /// Begin a relative clause.
    relative: HashSet<String>,
    /// May stand between two words of a pattern.
    inner: HashSet<String>,
    /// Divide clauses.
    barrier: HashSet<String>,
    /// Cannot be the noun that a country or place says more of: "Afghanistan to".
    no_noun: HashSet<String>,
}

impl LinkWords {
    pub(super) fn new(lexicon: &Lexicon, language: &Language) -> Self {
        let set = |name| lexicon.words(name).iter().map(|word| language.lemma(word)).collect();
        let former: HashSet<String> = set("former");
        let mut opener: HashSet<String> = set("insertion_opener");
        opener.extend(former.iter().cloned());
        Self {
            list_signs: Phrases::new(lexicon.words("list_sign"), language),
            former,
            interim: set("interim"),
            governing: set("governing"),
            opener,
            relative: set("relative"),
            inner: set("inner"),
            barrier: set("clause_sign"),
            no_noun: set("no_noun"),
        }
    }
}

/// A sentence as patterns see it; what patterns ask at every token is worked out once.
pub(super) struct View<'v> {
    pub(super) number: usize,
    pub(super) sentence: &'v Sentence,
    pub(super) text: &'v str,
    pub(super) rules: &'v RuleSet,
    pub(super) lemmas: Vec<&'v str>,
    pub(super) forms: Vec<&'v str>,
    mentions: &'v Mentions,
    words: &'v LinkWords,
    status: &'v StatusWords,
    times: Vec<&'v Time>,
    /// For each token, the mentions (of the article) whose phrase can be entered there.
    entries: Vec<Vec<usize>>,
    /// For each token, whether `*` must not pass over it.
    barriers: Vec<bool>,
    /// Index and number of the sentence's mentions.
    first: usize,
    names: usize,
}

impl<'v> View<'v> {
    pub(super) fn new(
        number: usize,
        sentence: &'v Sentence,
        mentions: &'v Mentions,
        text: &'v str,
        rules: &'v RuleSet,
        words: &'v LinkWords,
        status: &'v StatusWords,
    ) -> Self {
        let mut lemmas: Vec<&str> = sentence.tokens.iter().map(|token| token.lemma.as_str()).collect();
        for title in mentions.titles.iter().filter(|title| title.sentence == number) {
            lemmas[title.token] = &title.lemma;
        }
        let first = mentions.names.partition_point(|name| name.sentence < number);
        let names = mentions.names[first..].iter().take_while(|name| name.sentence == number);
        let times = mentions.times.partition_point(|time| time.sentence < number);
        let times = mentions.times[times..].iter().take_while(|time| time.sentence == number);
        let mut view = Self {
            number,
            sentence,
            text,
            rules,
            forms: sentence.tokens.iter().map(|token| token.span.of(text)).collect(),
            mentions,
            words,
            status,
            times: times.collect(),
            entries: vec![Vec::new(); lemmas.len()],
            barriers: lemmas.iter().map(|lemma| words.barrier.contains(*lemma)).collect(),
            first,
            names: 0,
            lemmas,
        };
        for (at, name) in names.enumerate() {
            view.names += 1;
            for token in name.phrase.start..=name.tokens.start {
                view.entries[token].push(first + at);
            }
            if name.usage != Usage::Demonym && !view.is_compound(name) {
                view.barriers[name.tokens.clone()].fill(true);
            }
        }
        view
    }

    /// "the Afghanistan situation": a country or place that only says which situation.
    fn is_compound(&self, name: &Mention) -> bool {
        let vocabulary = &self.rules.vocabulary;
        let base = &vocabulary.entity_type(vocabulary.base(name.kind)).name;
        let noun = self.forms.get(name.tokens.end).is_some_and(|form| form.starts_with(char::is_lowercase));
        noun && matches!(base.as_str(), "Country" | "Place")
            && !self.words.no_noun.contains(self.lemma(name.tokens.end))
    }

    /// How many names the sentence holds.
    pub(super) fn names(&self) -> usize {
        self.names
    }

    /// The mentions in the sentence with their numbers in the article.
    pub(super) fn mentions_here(&self) -> impl Iterator<Item = (usize, &Mention)> {
        self.in_sentence().iter().enumerate().map(|(at, mention)| (self.first + at, mention))
    }

    pub(super) fn mention(&self, index: usize) -> &Mention {
        self.mentions.mention(index)
    }

    /// The names inside names of the sentence, with their numbers in the article.
    pub(super) fn inner_here(&self) -> impl Iterator<Item = (usize, &Inner)> {
        let inner = &self.mentions.inner;
        let first = inner.partition_point(|inner| inner.mention.sentence < self.number);
        let here = inner[first..].iter().take_while(|inner| inner.mention.sentence == self.number);
        here.enumerate().map(move |(at, inner)| (self.mentions.names.len() + first + at, inner))
    }

    /// The text of some tokens; of a word that stands for a title, the title.
    pub(super) fn text_of(&self, tokens: &Range<usize>) -> String {
        let here =
            |title: &&Title| title.sentence == self.number && *tokens == (title.token..title.token + 1);
        let title = self.mentions.titles.iter().find(here).map(|title| title.text.clone());
        title.unwrap_or_else(|| self.sentence.text_of(tokens.clone(), self.text))
    }

    /// The mentions of the same words, next to each other: a plural stands for several names.
    pub(super) fn together(&self, index: usize) -> Range<usize> {
        let Some(tokens) = self.mentions.names.get(index).map(|name| &name.tokens) else {
            return index..index + 1;
        };
        let same = |other: &usize| self.mentions.names[*other].tokens == *tokens;
        let start = (self.first..index).rev().take_while(same).last().unwrap_or(index);
        let end = (index..self.first + self.names).take_while(same).last().map_or(index, |last| last) + 1;
        start..end
    }

    pub(super) fn lemma(&self, at: usize) -> &str {
        self.lemmas.get(at).copied().unwrap_or_default()
    }

    /// The expression of time at exactly these tokens.
    pub(super) fn time(&self, tokens: &Range<usize>) -> Option<&Time> {
        self.times.iter().find(|time| time.tokens == *tokens).copied()
    }

    /// The end of the expression of time that starts at `at`.
    pub(super) fn time_end(&self, at: usize) -> Option<usize> {
        self.times.iter().find(|time| time.tokens.start == at).map(|time| time.tokens.end)
    }

    /// What `*` never passes over: signs and words that divide clauses, and names other than adjectives.
    pub(super) fn is_barrier(&self, at: usize) -> bool {
        self.barriers.get(at).copied().unwrap_or(true)
    }

    /// The end of a word or expression of time at `at` that may be passed over.
    pub(super) fn between_end(&self, at: usize, after_name: bool) -> Option<usize> {
        if let Some(end) = self.time_end(at) {
            return Some(end);
        }
        let lemma = self.lemmas.get(at)?;
        let adverb = self.status.is_adverb(lemma);
        let relative = self.words.relative.contains(self.lemma(at + 1));
        let comma = *lemma == ","
            && (self.time_end(at + 1).is_some() || self.ends_time(at) || (after_name && relative));
        let former = self.words.former.contains(*lemma) || self.words.interim.contains(*lemma);
        let small =
            if after_name { self.status.may_stand_between(lemma) } else { self.words.inner.contains(*lemma) };
        (adverb || comma || former || small).then_some(at + 1)
    }

    fn ends_time(&self, at: usize) -> bool {
        self.times.iter().any(|time| time.tokens.end == at)
    }

    /// The end of an insertion after a name: "(CSTO)", ", the president of Poe Land,", ", who leads it,".
    pub(super) fn insertion_end(&self, at: usize) -> Option<usize> {
        let lemma = |at| self.lemma(at);
        let close = |sign: &str| (at + 1..at + INSERTION).find(|end| lemma(*end) == sign).map(|end| end + 1);
        match lemma(at) {
            "(" => close(")"),
            "–" | "—" => close(lemma(at)),
            "," => {
                let form = self.forms.get(at + 1).copied().unwrap_or_default();
                let participle = form.ends_with("ed") || form.ends_with("ing");
                let opens = participle || self.words.opener.contains(lemma(at + 1));
                if opens { close(",") } else { None }
            }
            _ => None,
        }
    }

    /// Names, and lists of names, that start at `at`; the longest list first.
    pub(super) fn lists(
        &self,
        at: usize,
        reads: impl Fn(&Mention) -> Option<Option<KnownId>>,
    ) -> Vec<(Vec<Bound>, usize)> {
        let mut lists = Vec::new();
        for index in self.entries.get(at).into_iter().flatten().copied() {
            let mention = self.mention(index);
            let Some(stands_for) = reads(mention) else { continue };
            let together = self.together(index);
            if index > together.start {
                continue;
            }
            let mut members: Vec<Bound> = together.map(|mention| Bound { mention, stands_for }).collect();
            let mut end = mention.phrase.end;
            let mut prefixes = vec![(members.clone(), end)];
            while let Some((bound, next)) = self.next_member(end, members.len(), &reads) {
                members.push(bound);
                if members.len() > MEMBERS {
                    break;
                }
                if self.may_end_list(end, next) {
                    prefixes.push((members.clone(), next));
                }
                end = next;
            }
            lists.extend(prefixes);
        }
        lists.sort_by_key(|(members, end)| (std::cmp::Reverse(*end), members.len()));
        lists
    }

    /// The name that continues a list of `members` names after `at`: ", Belgium", "and Chile".
    ///
    /// A comma before "and" begins a new clause as often as it ends a list of two, so it only counts
    /// after at least two members.
    fn next_member(
        &self,
        at: usize,
        members: usize,
        reads: &impl Fn(&Mention) -> Option<Option<KnownId>>,
    ) -> Option<(Bound, usize)> {
        let sign = self.words.list_signs.at(&self.sentence.tokens, at);
        if sign == 0 || (sign > 1 && self.lemma(at) == "," && members < 2) {
            return None;
        }
        let start = at + sign;
        let found = self.entries.get(start)?.iter().copied();
        let index = found.max_by_key(|index| self.mention(*index).phrase.end)?;
        let mention = self.mention(index);
        Some((Bound { mention: index, stands_for: reads(mention)? }, mention.phrase.end))
    }

    /// Whether a list may end with the member between the sign at `sign` and `end`: running text ends
    /// lists with "and"; before an "and" the pattern's own may follow ("X and Y met").
    fn may_end_list(&self, sign: usize, end: usize) -> bool {
        self.lemma(sign) != ","
            || self.lemma(sign + 1) == "and"
            || self.lemma(end) == "and"
            || self.sentence.block == BlockKind::Headline
    }

    /// Whether the comma at `at` closes an apposition: ", Joe Biden, met".
    pub(super) fn closes_apposition(&self, at: usize) -> bool {
        let opened = |name: &Mention| {
            name.phrase.end == at
                && name.phrase.start.checked_sub(1).is_some_and(|before| self.lemma(before) == ",")
        };
        self.lemma(at) == "," && self.in_sentence().iter().any(opened)
    }

    /// "Ada Byron of **Acme** said": where a person is named with what he is of, it is he who acts.
    pub(super) fn belongs_to_person(&self, at: usize) -> bool {
        let the = usize::from(at > 0 && self.lemma(at - 1) == "the");
        let Some(of) = at.checked_sub(1 + the).filter(|of| matches!(self.lemma(*of), "of" | "from" | "at"))
        else {
            return false;
        };
        let person = self.rules.vocabulary.type_id("Person");
        let ends =
            |name: &Mention| name.tokens.end == of && Some(name.kind) == person && name.refers_to.is_none();
        self.in_sentence().iter().any(ends)
    }

    /// Whether a name's phrase can be entered at `at`.
    pub(super) fn enters_name(&self, at: usize) -> bool {
        self.entries.get(at).is_some_and(|entries| !entries.is_empty())
    }

    fn in_sentence(&self) -> &[Mention] {
        &self.mentions.names[self.first..self.first + self.names]
    }

    /// Whether what was matched is so, by the tokens passed over, those before it and those after `end`.
    pub(super) fn fact(&self, passed: &[usize], before: Option<usize>, end: usize, nominal: bool) -> Fact {
        self.status.fact(self.sentence, passed, before, end, nominal)
    }

    /// Whether the word at `at` can only be the verb of a clause: a past form or an auxiliary.
    pub(super) fn is_finite(&self, at: usize) -> bool {
        let Some(form) = self.forms.get(at).filter(|form| form.starts_with(char::is_lowercase)) else {
            return false;
        };
        let past = *form != self.lemma(at) && !form.ends_with('s') && !form.ends_with("ing");
        past || self.status.is_auxiliary(self.lemma(at))
    }

    /// Whether the word at `at` is a preposition that makes what follows no subject.
    pub(super) fn governs(&self, at: usize) -> bool {
        self.words.governing.contains(self.lemma(at))
    }

    /// The first token from `at` on that is no adverb.
    pub(super) fn after_adverbs(&self, at: usize) -> usize {
        (at..).find(|at| !self.status.is_adverb(self.lemma(*at))).unwrap_or(at)
    }

    /// Whether a word such as "former" stands in or right before these tokens.
    pub(super) fn is_former(&self, tokens: &Range<usize>) -> bool {
        let start = tokens.start.saturating_sub(2);
        (start..tokens.end).any(|at| self.words.former.contains(self.lemma(at)))
    }

    /// Whether what stands under a verb takes place with it, and does not take place without.
    pub(super) fn goes_with(&self, frame: Frame, verb: &str) -> bool {
        self.status.signature(frame, verb) == Some(Signature::SAME)
    }

    /// All expressions of time in the sentence.
    pub(super) fn times(&self) -> impl Iterator<Item = &Time> {
        self.times.iter().copied()
    }

    /// The value of the only expression of time in the sentence; where there are several, none is sure.
    pub(super) fn neighbouring_time(&self, fact: Fact) -> Option<String> {
        match self.times.as_slice() {
            [only] => only.value_for(fact == Fact::Possible),
            _ => None,
        }
    }
}
