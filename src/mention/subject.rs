//! A word in a sentence's tree → the subject that it most likely points back to.
//!
//! "It" and "they" may mean any thing that was spoken of, most of which has no name. What they mean is the
//! subject of their clause or of the one above it far more often than all else (Hobbs 1978 looks there first), so
//! they are linked only where that subject is a name.

use super::salience::{Candidate, Role, Scene};
use crate::language::{Analyses, Predicted, Relation, Upos};

/// Whom the word at `at` means, where it means a subject and that is one of the candidates.
pub(super) fn subject<'s>(scene: &Scene<'s>, at: usize, analyses: &Analyses) -> Option<&'s Candidate> {
    let words = &analyses.get(scene.number)?.words;
    match above(words, at) {
        Some(subject) => among(scene.here, noun(words, subject)),
        None => {
            let before = scene.before();
            if at > 0 && scene.word(at - 1).starts_with(char::is_alphanumeric) {
                return None;
            }
            let mut others = before.iter().filter(|name| name.role == Role::Subject && !name.aside);
            let first = others.next()?;
            if others.any(|other| other.key != first.key) {
                return None;
            }
            let number = before.first()?.sentence;
            let words = &analyses.get(number).filter(|_| number + 1 == scene.number)?.words;
            let root = words.iter().position(|word| word.head == 0)?;
            among(before, children(words, root).find(|child| is_subject(words, *child))?)
        }
    }
}

fn among(candidates: &[Candidate], at: usize) -> Option<&Candidate> {
    candidates.iter().find(|name| name.role == Role::Subject && (name.start..name.end).contains(&at))
}

/// The nearest subject before `at` of a clause that it stands in, unless it is part of that subject itself.
fn above(words: &[Predicted], at: usize) -> Option<usize> {
    let mut from = at;
    // Trees of sentences that were read in stretches may be deep, but never deeper than they are long.
    for _ in 0..words.len() {
        let head = words[from].head.checked_sub(1)?;
        let own = |child: &usize| *child != from && *child < at && is_subject(words, *child);
        if let Some(subject) = children(words, head).find(own) {
            return Some(subject);
        }
        from = head;
    }
    None
}

/// "Acme, **which** said": the noun that a relative pronoun repeats.
fn noun(words: &[Predicted], at: usize) -> usize {
    let relative =
        words[at].upos == Some(Upos::Pron) && matches!(words[at].lemma.as_str(), "which" | "that" | "who");
    let verb = words[at].head.checked_sub(1).filter(|_| relative);
    let verb = verb.filter(|verb| words[*verb].relation == Relation::AclRelcl);
    verb.and_then(|verb| words[verb].head.checked_sub(1)).unwrap_or(at)
}

fn is_subject(words: &[Predicted], at: usize) -> bool {
    words[at].relation.universal() == Relation::Nsubj
}

fn children(words: &[Predicted], head: usize) -> impl Iterator<Item = usize> {
    (0..words.len()).filter(move |at| words[*at].head == head + 1)
}
