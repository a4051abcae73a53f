//! A [`Program`] × a sentence → what it binds: token by token, with backtracking.
//!
//! Between the words of a pattern a sentence may hold what a person who wrote the pattern would not
//! call part of it: "Ada, **who leads Acme, has since** spoken **twice** with **the Oslo lawyer** Bob".
//! [`View`] knows which tokens those are; every token passed over is kept, for the status of the match.

use crate::language::Upos;
use crate::matcher::program::{Accepts, Program, Role, SlotStep, Step};
use crate::matcher::view::View;
use crate::matcher::{Bound, Fact, Found, Match, reading, when};
use crate::rule::lexicon::Usage;
use crate::syntax::Syntax;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

/// Longest stretch that `*` stands for, in tokens.
const GAP: usize = 4;
/// Most tokens of other words between a name and its verb.
const BETWEEN: usize = 8;

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
/// `syntax` tells which time belongs to it, where the sentence was analysed.
pub(super) fn find(program: &Program, view: &View, syntax: Option<&Syntax>, found: &mut Vec<Found>) {
    let search = Search { program, view, syntax, farthest: Cell::new((0, 0)) };
    let mut bound: Vec<Vec<usize>> = Vec::new();
    for start in 0..view.sentence.tokens.len() {
        if let Some((path, end)) = search.go(0, start, Path::default()) {
            // The same words with a later member of the same list say nothing new, and not in full: what
            // stands before the list would be out of reach.
            if bound.contains(&path.words) && !path.words.is_empty() {
                continue;
            }
            bound.push(path.words.clone());
            // "A and B met C" is no meeting of A with B; "A, Acme chairman B" gives A no post.
            let followed = program.reciprocal && view.lemma(end) == "with";
            if (followed || view.enters_name(end)) && program.is_open_ended() {
                continue;
            }
            let matched = search.matched(&path, start..end);
            if !matched.pairs.is_empty() {
                found.push(Found { veto: program.veto, syntax: false, found: matched });
            }
        }
    }
}

/// The most steps of a program that hold one after another, and the tokens that they take; `None` where
/// not even the first does.
pub(super) fn farthest(program: &Program, view: &View) -> Option<(usize, Range<usize>)> {
    let mut best: Option<(usize, Range<usize>)> = None;
    for start in 0..view.sentence.tokens.len() {
        let search = Search { program, view, syntax: None, farthest: Cell::new((0, start)) };
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
    syntax: Option<&'s Syntax>,
}

impl Search<'_> {
    /// Fits step `step` and all after it from token `at` on.
    fn go(&self, step: usize, at: usize, path: Path) -> Option<(Path, usize)> {
        if !matches!(step.checked_sub(1).map(|last| &self.program.steps[last]), Some(Step::Gap(_))) {
            self.farthest.set(self.farthest.get().max((step, at)));
        }
        match self.program.steps.get(step) {
            None => Some((path, at)),
            Some(Step::Gap(least)) => (*least..=GAP).find_map(|length| self.gap(step, at, length, &path)),
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
        if (at..end).any(|at| self.view.is_barrier(at)) {
            return None;
        }
        let mut path = path.clone();
        path.passed.extend(at..end);
        self.go(step + 1, end, path)
    }

    /// Where the next word may stand, nearest first: right at `at`, or after what may come between; with
    /// the tokens then passed over that bear on the status, which those of an insertion do not.
    fn starts(&self, step: usize, at: usize) -> Vec<(usize, Range<usize>)> {
        let mut starts = vec![(at, at..at)];
        let after_name = step > 0 && matches!(self.program.steps[step - 1], Step::Slot(_));
        let sign = matches!(&self.program.steps[step], Step::Any(words) if words.is_sign());
        if step == 0 || sign || matches!(self.program.steps[step - 1], Step::Gap(_)) {
            return starts;
        }
        let insertion = if after_name { self.view.insertion_end(at) } else { None };
        let insertion =
            insertion.or_else(|| (after_name && self.view.closes_apposition(at)).then_some(at + 1));
        for from in [Some(at), insertion].into_iter().flatten() {
            let mut next = from;
            for _ in 0..BETWEEN {
                match self.view.between_end(next, after_name) {
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
                let rules = self.view.rules;
                let aimed = |before: &usize| {
                    let words = rules.lexicon.words("aimed_preposition");
                    *before + 1 == at && words.iter().any(|word| word == self.view.lemma(*before))
                };
                let named = path.words.last().is_some_and(aimed);
                let lists = self.view.lists(at, |mention| {
                    reading(mention, types, &rules.vocabulary, &rules.lexicon.known, named)
                });
                lists.into_iter().find_map(|(bound, end)| {
                    if slot.bare && !self.is_bare(&bound, at, end) {
                        return None;
                    }
                    if step == 0 && !self.program.standing && self.view.belongs_to_person(at) {
                        return None;
                    }
                    let crossing = bound.len() > 1 && self.crosses_clause(step, at, end);
                    if self.hangs_on_noun(&bound, step, end) || self.owns_noun(step, end) || crossing {
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

    /// Whether a slot from `at` to `end` holds one name and nothing else, which is no part of what follows: "NASA's
    /// James Webb telescope".
    fn is_bare(&self, bound: &[Bound], at: usize, end: usize) -> bool {
        let upos = self.syntax.and_then(|syntax| syntax.tree.words.get(end)?.upos);
        let modifies = matches!(upos, Some(Upos::Noun | Upos::Propn | Upos::Num | Upos::Sym));
        !modifies && matches!(bound, [only] if self.view.mention(only.mention).tokens == (at..end))
    }

    /// An adjective such as "Chinese" is an actor only where the pattern itself goes on with its noun,
    /// or where it names the people: "the Russians".
    fn hangs_on_noun(&self, bound: &[Bound], step: usize, end: usize) -> bool {
        let Some(mention) = bound.last().map(|last| self.view.mention(last.mention)) else { return false };
        let adjective = mention.usage == Usage::Demonym && mention.phrase.end == mention.tokens.end;
        let form = self.view.forms[mention.tokens.end - 1];
        let people = form.ends_with('s') && !form.ends_with("ss");
        let noun_follows = match self.program.steps.get(step + 1) {
            Some(Step::Any(words)) => {
                !words.lengths(&self.view.lemmas[end..], &self.view.forms[end..]).is_empty()
            }
            // "Y:Party X:Person" looks for "Republican Ada Byron".
            Some(Step::Slot(_)) => true,
            Some(Step::Gap(_)) | None => false,
        };
        adjective && !people && !noun_follows
    }

    /// Whether a list from `at` to `end` joins names of two clauses: "attacked Ukraine and Poland sent
    /// troops" has no list, neither of attacked nor of sending.
    fn crosses_clause(&self, step: usize, at: usize, end: usize) -> bool {
        let last = step + 1 == self.program.steps.len();
        let verb_follows = last && self.view.is_finite(self.view.after_adverbs(end));
        let object = step == 0 && at > 0 && (self.view.is_finite(at - 1) || self.view.governs(at - 1));
        verb_follows || object
    }

    /// "from Ada's group" is not from Ada: a name before `'s` fills a slot only where the pattern itself
    /// goes on with `'s`.
    fn owns_noun(&self, step: usize, end: usize) -> bool {
        let possessive = self.view.lemma(end) == "'s";
        let wanted =
            matches!(self.program.steps.get(step + 1), Some(Step::Any(words)) if words.accepts_form("'s"));
        possessive && !wanted
    }

    fn matched(&self, path: &Path, tokens: Range<usize>) -> Match {
        let text = |range: &Range<usize>| self.view.text_of(range);
        let before = (!self.program.standing).then_some(tokens.start);
        let nominal = path.words.first() == Some(&tokens.start);
        let mut qualifiers = BTreeMap::new();
        // A post is not held on the day on which the sentence happens.
        let fact = self.view.fact(&path.passed, before, tokens.end, nominal);
        let mut when = if self.program.standing { None } else { self.when(path, &tokens, fact) };
        for (name, range) in &path.qualifiers {
            if name == "date" {
                when = self.view.time(range).and_then(|time| time.value_for(fact == Fact::Possible));
            } else {
                qualifiers.insert(name.clone(), text(range));
            }
        }
        if self.program.standing && self.view.is_former(&tokens) {
            qualifiers.insert("status".to_owned(), "former".to_owned());
        }
        Match {
            rule: self.program.rule,
            pattern: self.program.pattern,
            sentence: self.view.number,
            pairs: pairs(&self.one_holder(path), self.program.reciprocal),
            qualifiers,
            when,
            fact,
            source: None,
            words: path.words.clone(),
            tokens,
        }
    }

    /// When it was: what the sentence's tree says or, without one, its only expression of time.
    fn when(&self, path: &Path, tokens: &Range<usize>, fact: Fact) -> Option<String> {
        let Some(syntax) = self.syntax else { return self.view.neighbouring_time(fact) };
        let top = path.words.iter().copied().min_by_key(|at| (syntax.tree.depth(*at), *at));
        when::when(self.view, &syntax.tree, top.unwrap_or(tokens.start), fact)
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
            let follow = self.view.mention(path.subjects[0].mention).tokens.start >= role.end;
            let nearest = if follow { 0 } else { path.subjects.len() - 1 };
            path.subjects = vec![path.subjects[nearest]];
        }
        path
    }
}

impl Path {
    fn bind(&mut self, role: &Role, bound: Vec<Bound>, tokens: Range<usize>) {
        match role {
            Role::Subject => self.subjects = bound,
            Role::Object => self.objects = bound,
            Role::Qualifier(name) => self.qualifiers.push((name.clone(), tokens)),
            Role::Other => {}
        }
    }
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
