//! A match × the expressions of time in its sentence → when was it?
//!
//! "Ada said on Monday that she had met Bob in March": of two times the one counts that hangs on the event or on its
//! clause, not the one that stands nearest. Tense tells on which side of the article's date a weekday lies.

use super::Fact;
use super::signature::Frame;
use super::view::View;
use crate::article::BlockKind;
use crate::language::{Relation, Upos, Xpos};
use crate::mention::Time;
use crate::syntax::Tree;

/// On which side of the article's date an event lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tense {
    Past,
    Ahead,
    /// Either: only a time that is the same on both sides counts.
    Unknown,
}

/// How near a time hangs to an event; the nearest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// On the event, or on the verb that it stands under: "held **talks on Monday**", "**held** talks on Monday".
    Event,
    /// On the verb above, behind the event: "is expected to **meet** Ada on Monday".
    Above,
    /// On another part of its clause: "met the envoy of Monday's talks".
    Clause,
    /// On the verb before it in a list: "On Monday she met Ada and **visited** Bob".
    List,
}

/// When the event was that the word at `event` names; nothing where no time hangs on it, or two that differ.
pub(super) fn when(view: &View, tree: &Tree, event: usize, fact: Fact) -> Option<String> {
    let near = |time: &&Time| {
        Some((nearness(view, tree, time, event)?, value(time, tense(view, tree, event, fact))))
    };
    let mut times: Vec<(Nearness, Option<String>)> = view.times().filter_map(|time| near(&time)).collect();
    times.sort_by_key(|(nearness, _)| *nearness);
    let nearest = times.first()?.0;
    let values: Option<Vec<String>> =
        times.into_iter().take_while(|(nearness, _)| *nearness == nearest).map(|(_, value)| value).collect();
    let values = values?;
    // "on Monday, in August": the finer one, where the other agrees.
    let finest = values.iter().max_by_key(|value| value.len())?;
    values.iter().all(|value| finest.starts_with(value.as_str())).then(|| finest.clone())
}

fn value(time: &Time, tense: Tense) -> Option<String> {
    match tense {
        Tense::Past => time.value_for(false),
        Tense::Ahead => time.value_for(true),
        Tense::Unknown => time.value_for(false).filter(|value| time.ahead.as_ref() == Some(value)),
    }
}

/// How a time hangs on an event, if it does.
fn nearness(view: &View, tree: &Tree, time: &Time, event: usize) -> Option<Nearness> {
    let word = time.tokens.clone().filter(|at| *at < tree.words.len()).min_by_key(|at| tree.depth(*at))?;
    let host = tree.words[word].head.filter(|host| *host != word)?;
    let (own, other) = (clause(tree, event), clause(tree, host));
    if host == event || (host == own && takes_place(view, tree, event, own)) {
        return Some(Nearness::Event);
    }
    // "backed Ada in this year's election" was not this year.
    let aside = tree.is(word, Relation::NmodPoss) || tree.is(word, Relation::Compound);
    if own == other && event == own && !aside {
        return Some(Nearness::Clause);
    }
    let relation = tree.words[own].relation;
    let under = tree.words[own].head == Some(other) && host == other;
    match relation.universal() {
        Relation::Xcomp if under && word > event => Some(Nearness::Above),
        Relation::Conj if under && word < event && !tree.has_subject(own) => Some(Nearness::List),
        _ => None,
    }
}

/// Whether an event happened when its verb says: "held talks on Monday", but not "criticised the attack on Monday".
fn takes_place(view: &View, tree: &Tree, event: usize, verb: usize) -> bool {
    let relation = tree.words[event].relation;
    let frame = if relation == Relation::Nsubj { Frame::Happening } else { Frame::Object };
    event == verb || (tree.words[event].head == Some(verb) && view.goes_with(frame, &tree.words[verb].lemma))
}

/// The predicate of the clause in which a word stands.
fn clause(tree: &Tree, at: usize) -> usize {
    let predicate = |at: &usize| {
        let copula = tree.with(*at, Relation::Cop).next().is_some();
        tree.is_verb(*at) && !tree.is(*at, Relation::Amod) || copula || tree.words[*at].head.is_none()
    };
    let mut above = std::iter::successors(Some(at), |at| tree.words[*at].head).take(tree.words.len());
    above.find(predicate).unwrap_or(at)
}

/// The tense of the clause of an event.
fn tense(view: &View, tree: &Tree, event: usize, fact: Fact) -> Tense {
    let verb = clause(tree, event);
    let auxiliary = |test: &dyn Fn(usize) -> bool| tree.with(verb, Relation::Aux).any(test);
    let perfect = auxiliary(&|at| tree.words[at].lemma == "have");
    let modal = auxiliary(&|at| tree.words[at].xpos == Some(Xpos::Md));
    let past = auxiliary(&|at| tree.words[at].xpos == Some(Xpos::Vbd));
    let headline = view.sentence.block == BlockKind::Headline;
    match tree.words[verb].xpos {
        _ if perfect => Tense::Past,
        _ if modal => Tense::Ahead,
        // "was to end in August", "managed to end"
        _ if tree.is_infinitive(verb) => match fact {
            Fact::Actual if !past => Tense::Past,
            Fact::Negated => Tense::Unknown,
            _ => Tense::Ahead,
        },
        Some(Xpos::Vbd) => Tense::Past,
        _ if past => Tense::Past,
        // "Ada visits Bob on Monday" is a headline of what was, too.
        Some(Xpos::Vbz | Xpos::Vbp) if headline => Tense::Unknown,
        Some(Xpos::Vbz | Xpos::Vbp) => Tense::Ahead,
        Some(Xpos::Vbg) if auxiliary(&|at| tree.words[at].upos == Some(Upos::Aux)) => Tense::Ahead,
        _ if fact == Fact::Possible => Tense::Ahead,
        _ if headline => Tense::Unknown,
        _ => Tense::Past,
    }
}
