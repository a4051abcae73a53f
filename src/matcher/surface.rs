//! A [`Program`] × a sentence → what it binds: token by token, with backtracking.
//!
//! Between the words of a pattern a sentence may hold what a person who wrote the pattern would not
//! call part of it: "Ada, **who leads Acme, has since** spoken **twice** with **the Oslo lawyer** Bob".
//! [`View`] knows which tokens those are; every token passed over is kept, for the status of the match.

use crate::article::BlockKind;
use crate::language::{Language, Sentence};
use crate::matcher::program::{Accepts, Program, Role, SlotStep, Step};
use crate::matcher::status::StatusWords;
use crate::matcher::{Bound, Match, reading};
use crate::mention::{Mention, Mentions, Time};
use crate::rule::RuleSet;
use crate::rule::lexicon::{KnownId, Lexicon, Usage};
use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// Longest stretch that `*` stands for, in tokens.
const GAP: usize = 4;
/// Longest insertion between commas or brackets after a name, in tokens.
const INSERTION: usize = 16;
/// Most tokens of other words between a name and its verb.
const BETWEEN: usize = 8;

/// A match and the program that made it.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) program: usize,
    pub(super) found: Match,
}

/// Words that link names: signs of a list, words for what was so formerly.
#[derive(Debug)]
pub(super) struct LinkWords {
    list_signs: Vec<Vec<String>>,
    former: HashSet<String>,
}

impl LinkWords {
    pub(super) fn new(lexicon: &Lexicon, language: &Language) -> Self {
        let lemmas = |entry: &String| language.tokens(entry).into_iter().map(|token| token.lemma).collect();
        let mut list_signs: Vec<Vec<String>> = lexicon.words("list_sign").iter().map(lemmas).collect();
        list_signs.sort_by_key(|sign| std::cmp::Reverse(sign.len()));
        Self { list_signs, former: lexicon.words("former").iter().map(|word| language.lemma(word)).collect() }
    }
}

/// A sentence as patterns see it.
pub(super) struct View<'v> {
    number: usize,
    sentence: &'v Sentence,
    text: &'v str,
    rules: &'v RuleSet,
    lemmas: Vec<&'v str>,
    forms: Vec<&'v str>,
    names: Vec<(usize, &'v Mention)>,
    times: Vec<&'v Time>,
}

impl<'v> View<'v> {
    pub(super) fn new(
        number: usize,
        sentence: &'v Sentence,
        mentions: &'v Mentions,
        text: &'v str,
        rules: &'v RuleSet,
    ) -> Self {
        let first = mentions.names.partition_point(|name| name.sentence < number);
        let names = mentions.names[first..].iter().take_while(|name| name.sentence == number);
        let times = mentions.times.partition_point(|time| time.sentence < number);
        let times = mentions.times[times..].iter().take_while(|time| time.sentence == number);
        Self {
            number,
            sentence,
            text,
            rules,
            lemmas: sentence.tokens.iter().map(|token| token.lemma.as_str()).collect(),
            forms: sentence.tokens.iter().map(|token| token.span.of(text)).collect(),
            names: names.enumerate().map(|(at, name)| (first + at, name)).collect(),
            times: times.collect(),
        }
    }

    /// How many names the sentence holds.
    pub(super) fn names(&self) -> usize {
        self.names.len()
    }

    fn lemma(&self, at: usize) -> &str {
        self.lemmas.get(at).copied().unwrap_or_default()
    }

    /// The end of the expression of time that starts at `at`.
    fn time_end(&self, at: usize) -> Option<usize> {
        self.times.iter().find(|time| time.tokens.start == at).map(|time| time.tokens.end)
    }
}

/// What is bound so far on one path.
#[derive(Clone, Default)]
struct Path {
    subjects: Vec<Bound>,
    objects: Vec<Bound>,
    qualifiers: Vec<(String, Range<usize>)>,
    words: Vec<usize>,
    passed: Vec<usize>,
}

/// Adds every match of `program` in a sentence, at most one for each first token.
pub(super) fn find(
    program: &Program,
    view: &View,
    links: &LinkWords,
    status: &StatusWords,
    found: &mut Vec<Found>,
) {
    let search = Search { program, view, links, status, farthest: Cell::new((0, 0)) };
    for start in 0..view.sentence.tokens.len() {
        if let Some((path, end)) = search.go(0, start, Path::default()) {
            let matched = search.matched(&path, start..end);
            if !matched.pairs.is_empty() {
                found.push(Found { program: program.number, found: matched });
            }
        }
    }
}

/// The most steps of a program that hold one after another, and the tokens that they take; `None` where
/// not even the first does.
pub(super) fn farthest(
    program: &Program,
    view: &View,
    links: &LinkWords,
    status: &StatusWords,
) -> Option<(usize, Range<usize>)> {
    let mut best: Option<(usize, Range<usize>)> = None;
    for start in 0..view.sentence.tokens.len() {
        let search = Search { program, view, links, status, farthest: Cell::new((0, start)) };
        let _ = search.go(0, start, Path::default());
        let (steps, end) = search.farthest.get();
        if steps > best.as_ref().map_or(0, |(steps, _)| *steps) {
            best = Some((steps, start..end));
        }
    }
    best
}

struct Search<'s> {
    /// The greatest number of steps that held so far, and the token after them.
    farthest: Cell<(usize, usize)>,
    program: &'s Program,
    view: &'s View<'s>,
    links: &'s LinkWords,
    status: &'s StatusWords,
}

impl Search<'_> {
    /// Fits step `step` and all after it from token `at` on.
    fn go(&self, step: usize, at: usize, path: Path) -> Option<(Path, usize)> {
        self.farthest.set(self.farthest.get().max((step, at)));
        match self.program.steps.get(step) {
            None => Some((path, at)),
            Some(Step::Gap) => (0..=GAP).find_map(|length| self.gap(step, at, length, &path)),
            Some(Step::Any(words)) => self.starts(step, at).into_iter().find_map(|(start, passed)| {
                let lengths = words.lengths(self.view.lemmas.get(start..)?, self.view.forms.get(start..)?);
                lengths.into_iter().find_map(|length| {
                    let mut path = path.clone();
                    path.passed.extend(passed.clone());
                    path.words.extend(start..start + length);
                    if self.is_passive(passed.clone(), start, step) {
                        None
                    } else {
                        self.go(step + 1, start + length, path)
                    }
                })
            }),
            Some(Step::Slot(slot)) => self.slot(step, slot, at, &path),
        }
    }

    fn gap(&self, step: usize, at: usize, length: usize, path: &Path) -> Option<(Path, usize)> {
        let end = at + length;
        if end > self.view.sentence.tokens.len()
            || (at..end).any(|at| matches!(self.view.lemma(at), ";" | ":"))
        {
            return None;
        }
        let mut path = path.clone();
        path.passed.extend(at..end);
        self.go(step + 1, end, path)
    }

    /// What `*` never passes over: signs that divide clauses, and names other than adjectives.
    fn is_barrier(&self, at: usize) -> bool {
        let sign = matches!(self.view.lemma(at), "," | ";" | ":" | "(" | ")" | "–" | "—" | "and" | "but" | "that");
        let inside = |mention: &Mention| mention.tokens.contains(&at) && mention.usage != Usage::Demonym;
        sign || self.view.names.iter().any(|(_, mention)| inside(mention))
    }

    /// Where the next word may stand, nearest first: right at `at`, or after what may come between; with
    /// the tokens then passed over that bear on the status, which those of an insertion do not.
    fn starts(&self, step: usize, at: usize) -> Vec<(usize, Range<usize>)> {
        let mut starts = vec![(at, at..at)];
        let after_name = step > 0 && matches!(self.program.steps[step - 1], Step::Slot(_));
        if step == 0 || matches!(self.program.steps[step - 1], Step::Gap) {
            return starts;
        }
        let insertion = if after_name { self.insertion_end(at) } else { None };
        for from in [Some(at), insertion].into_iter().flatten() {
            let mut next = from;
            for _ in 0..BETWEEN {
                match self.between_end(next, after_name) {
                    Some(end) => next = end,
                    None => break,
                }
                starts.push((next, from..next));
            }
            starts.push((from, from..from));
        }
        starts.sort_by_key(|(start, _)| *start);
        starts.dedup();
        starts
    }

    /// The end of a word or expression of time at `at` that may be passed over.
    fn between_end(&self, at: usize, after_name: bool) -> Option<usize> {
        if let Some(end) = self.view.time_end(at) {
            return Some(end);
        }
        let lemma = self.view.lemmas.get(at)?;
        let adverb = lemma.len() > 4 && lemma.ends_with("ly");
        let relative = matches!(self.view.lemma(at + 1), "who" | "which");
        let comma = *lemma == ","
            && (self.view.time_end(at + 1).is_some() || self.ends_time(at) || (after_name && relative));
        let former = self.links.former.contains(*lemma);
        let small = if after_name {
            self.status.may_stand_between(lemma)
        } else {
            matches!(*lemma, "also" | "again" | "not")
        };
        (adverb || comma || former || small).then_some(at + 1)
    }

    fn ends_time(&self, at: usize) -> bool {
        self.view.times.iter().any(|time| time.tokens.end == at)
    }

    /// The end of an insertion after a name: "(CSTO)", ", the president of Poe Land,", ", who leads it,".
    fn insertion_end(&self, at: usize) -> Option<usize> {
        let lemma = |at| self.view.lemma(at);
        let close = |sign: &str| (at + 1..at + INSERTION).find(|end| lemma(*end) == sign).map(|end| end + 1);
        match lemma(at) {
            "(" => close(")"),
            "–" | "—" => close(lemma(at)),
            "," => {
                let opens = matches!(
                    lemma(at + 1),
                    "who" | "which" | "whose" | "the" | "a" | "an" | "his" | "her" | "its"
                ) || self.links.former.contains(lemma(at + 1))
                    || self
                        .view
                        .forms
                        .get(at + 1)
                        .is_some_and(|form| form.ends_with("ed") || form.ends_with("ing"));
                if opens { close(",") } else { None }
            }
            _ => None,
        }
    }

    /// "X was attacked" is no "X attacked": a form of *be* before a past form turns the verb round,
    /// unless the pattern goes on with "by".
    fn is_passive(&self, passed: Range<usize>, verb: usize, step: usize) -> bool {
        let be = passed.into_iter().any(|at| self.view.lemma(at) == "be");
        let by = matches!(self.program.steps.get(step + 1), Some(Step::Any(words)) if words.accepts("by"));
        let form = self.view.forms[verb];
        be && !by && !form.ends_with("ing") && form.to_lowercase() != self.view.lemma(verb)
    }

    fn slot(&self, step: usize, slot: &SlotStep, at: usize, path: &Path) -> Option<(Path, usize)> {
        match &slot.accepts {
            Accepts::Types(types) => {
                let lists = self.lists(at, |mention| {
                    reading(mention, types, &self.view.rules.vocabulary, &self.view.rules.lexicon.known)
                });
                lists.into_iter().find_map(|(bound, end)| {
                    if self.hangs_on_noun(&bound, step, end) || self.owns_noun(step, end) {
                        return None;
                    }
                    let mut path = path.clone();
                    let span = at..end;
                    path.bind(&slot.role, bound, span);
                    self.go(step + 1, end, path)
                })
            }
            Accepts::Words(words) => self.starts(step, at).into_iter().find_map(|(start, passed)| {
                let lengths = words.lengths(self.view.lemmas.get(start..)?, self.view.forms.get(start..)?);
                lengths.into_iter().find_map(|length| {
                    let mut path = path.clone();
                    path.passed.extend(passed.clone());
                    path.words.extend(start..start + length);
                    path.bind(&slot.role, Vec::new(), start..start + length);
                    self.go(step + 1, start + length, path)
                })
            }),
            Accepts::Time => {
                let end = self.view.time_end(at)?;
                let mut path = path.clone();
                path.bind(&slot.role, Vec::new(), at..end);
                self.go(step + 1, end, path)
            }
        }
    }

    /// Names, and lists of names, that start at `at`; the longest list first.
    fn lists(
        &self,
        at: usize,
        reads: impl Fn(&Mention) -> Option<Option<KnownId>>,
    ) -> Vec<(Vec<Bound>, usize)> {
        let mut lists = Vec::new();
        for (index, mention) in self.view.names.iter().filter(|(_, mention)| covers(mention, at)) {
            let Some(stands_for) = reads(mention) else { continue };
            let mut members = vec![Bound { mention: *index, stands_for }];
            let mut end = mention.phrase.end;
            let mut prefixes = vec![(members.clone(), end)];
            while let Some((bound, next)) = self.next_member(end, members.len(), &reads) {
                members.push(bound);
                if self.may_end_list(end) {
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
        let fits = |sign: &&Vec<String>| {
            sign.iter().enumerate().all(|(offset, lemma)| self.view.lemma(at + offset) == lemma)
        };
        let sign = self.links.list_signs.iter().find(fits)?;
        if sign.len() > 1 && sign[0] == "," && members < 2 {
            return None;
        }
        let start = at + sign.len();
        let found = self.view.names.iter().filter(|(_, mention)| covers(mention, start));
        let (index, mention) = found.max_by_key(|(_, mention)| mention.phrase.end)?;
        Some((Bound { mention: *index, stands_for: reads(mention)? }, mention.phrase.end))
    }

    /// Whether a list may end after a member that follows `at`: running text ends lists with "and".
    fn may_end_list(&self, at: usize) -> bool {
        self.view.lemma(at) != ","
            || self.view.lemma(at + 1) == "and"
            || self.view.sentence.block == BlockKind::Headline
    }

    /// An adjective such as "Chinese" is an actor only where the pattern itself goes on with its noun,
    /// or where it names the people: "the Russians".
    fn hangs_on_noun(&self, bound: &[Bound], step: usize, end: usize) -> bool {
        let Some(last) =
            bound.last().and_then(|last| self.view.names.iter().find(|(index, _)| *index == last.mention))
        else {
            return false;
        };
        let mention = last.1;
        let adjective = mention.usage == Usage::Demonym && mention.phrase.end == mention.tokens.end;
        let people = self.view.forms[mention.tokens.end - 1].ends_with('s')
            && !self.view.forms[mention.tokens.end - 1].ends_with("ss");
        let noun_follows = match self.program.steps.get(step + 1) {
            Some(Step::Any(words)) => {
                !words.lengths(&self.view.lemmas[end..], &self.view.forms[end..]).is_empty()
            }
            Some(Step::Slot(slot)) => matches!(slot.accepts, Accepts::Words(_)),
            Some(Step::Gap) | None => false,
        };
        adjective && !people && !noun_follows
    }

    /// "from Ada's group" is not from Ada: a name before `'s` fills a slot only where the pattern itself
    /// goes on with `'s`.
    fn owns_noun(&self, step: usize, end: usize) -> bool {
        let possessive = self.view.lemma(end) == "'s";
        let wanted = matches!(self.program.steps.get(step + 1), Some(Step::Any(words)) if words.accepts_form("'s"));
        possessive && !wanted
    }

    fn matched(&self, path: &Path, tokens: Range<usize>) -> Match {
        let text = |range: &Range<usize>| {
            let text = self.view.sentence.span_of(range.clone()).of(self.view.text);
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let before = (!self.program.standing).then_some(tokens.start);
        let nominal = path.words.first() == Some(&tokens.start);
        let mut qualifiers = BTreeMap::new();
        let mut when = self.neighbouring_time();
        for (name, range) in &path.qualifiers {
            if name == "date" {
                when = self
                    .view
                    .times
                    .iter()
                    .find(|time| time.tokens == *range)
                    .and_then(|time| time.value.clone());
            } else {
                qualifiers.insert(name.clone(), text(range));
            }
        }
        if qualifiers.contains_key("role") && self.is_former(&tokens) {
            qualifiers.insert("status".to_owned(), "former".to_owned());
        }
        Match {
            rule: self.program.rule,
            pattern: self.program.pattern,
            sentence: self.view.number,
            pairs: pairs(&self.one_holder(path), self.program.reciprocal),
            qualifiers,
            when,
            fact: self.status.fact(self.view.sentence, &path.passed, before, nominal),
            words: path.words.clone(),
            tokens,
        }
    }

    /// "President Ada Byron and Bob Poe" are not both president: a post in the singular has one holder,
    /// the name nearest to it.
    fn one_holder(&self, path: &Path) -> Path {
        let mut path = path.clone();
        let role = path.qualifiers.iter().find(|(name, _)| name == "role").map(|(_, range)| range.clone());
        let Some(role) = role else { return path };
        let last = role.end - 1;
        let plural = self.view.forms[last].to_lowercase() != self.view.lemma(last);
        if !plural && path.subjects.len() > 1 {
            let after = self.view.names.iter().find(|(index, _)| *index == path.subjects[0].mention);
            let after = after.is_some_and(|(_, mention)| mention.tokens.start >= role.end);
            path.subjects = if after { path.subjects[..1].to_vec() } else { path.subjects[path.subjects.len() - 1..].to_vec() };
        }
        path
    }

    /// The value of the only expression of time in the sentence; where there are several, none is sure.
    fn neighbouring_time(&self) -> Option<String> {
        match self.view.times.as_slice() {
            [only] => only.value.clone(),
            _ => None,
        }
    }

    fn is_former(&self, tokens: &Range<usize>) -> bool {
        let start = tokens.start.saturating_sub(2);
        (start..tokens.end).any(|at| self.links.former.contains(self.view.lemma(at)))
    }
}

impl Path {
    fn bind(&mut self, role: &Role, bound: Vec<Bound>, tokens: Range<usize>) {
        match role {
            Role::Subject => self.subjects = bound,
            Role::Object => self.objects = bound,
            Role::Qualifier(name) => self.qualifiers.push((name.clone(), tokens)),
        }
    }
}

/// Whether a name's phrase can be entered at `at`: at its first word or after any word before the name.
fn covers(mention: &Mention, at: usize) -> bool {
    (mention.phrase.start..=mention.tokens.start).contains(&at)
}

/// Every subject with every object; of a reciprocal pattern also the subjects among themselves.
fn pairs(path: &Path, reciprocal: bool) -> Vec<(Bound, Bound)> {
    let mut pairs = Vec::new();
    for (at, subject) in path.subjects.iter().enumerate() {
        let others = path.subjects[at + 1..].iter().filter(|_| reciprocal);
        pairs.extend(others.chain(&path.objects).map(|object| (*subject, *object)));
    }
    pairs.retain(|(subject, object)| subject.mention != object.mention);
    pairs
}
