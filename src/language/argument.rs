//! A tree → who does what to whom: the arcs from a verb to its arguments, as the evaluator counts them.
//!
//! Rules ask for these arcs and for few others, so a parser that gets the commas wrong and these right is
//! the better one. A verb's subject and object count by their relation, and whatever hangs on it with a
//! preposition by that preposition, because "met with" and "met at" say different things.

use super::conllu::Word;
use super::label::Relation;

/// What an argument is to its verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    PassiveSubject,
    Object,
    /// With the first preposition that stands before or after it, in small letters.
    Oblique(String),
}

/// Index of the verb, index of the argument, and what it is to the verb. O(words).
pub(super) fn arguments(words: &[Word]) -> Vec<(usize, usize, Role)> {
    let mut prepositions: Vec<Option<&str>> = vec![None; words.len()];
    for word in words.iter().filter(|word| word.deprel == Relation::Case.name()) {
        if let Some(slot) = above(word).and_then(|head| prepositions.get_mut(head)) {
            slot.get_or_insert(word.form);
        }
    }
    let role = |at: usize, word: &Word| match word.deprel.split(':').next()? {
        "nsubj" if word.deprel.contains(":pass") => Some(Role::PassiveSubject),
        "nsubj" => Some(Role::Subject),
        "obj" => Some(Role::Object),
        // "next week" is an oblique too, but neither it nor "obl:unmarked" has a preposition to tell by.
        _ if matches!(word.deprel, "obl" | "obl:agent") => {
            prepositions[at].map(|form| Role::Oblique(form.to_lowercase()))
        }
        _ => None,
    };
    let arc = |(at, word): (usize, &Word)| {
        let verb = above(word).filter(|head| words.get(*head).is_some_and(|head| head.upos == "VERB"))?;
        Some((verb, at, role(at, word)?))
    };
    words.iter().enumerate().filter_map(arc).collect()
}

/// Index of the head, where it is a word.
fn above(word: &Word) -> Option<usize> {
    word.head.and_then(|head| head.checked_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::conllu;

    /// `form/tag/head/relation` a word.
    fn of(short: &str) -> String {
        let line = |(at, word): (usize, &str)| {
            let parts: Vec<&str> = word.split('/').collect();
            let [form, tag, head, relation] = parts[..] else { panic!("{word}") };
            format!("{}\t{form}\t_\t{tag}\t_\t_\t{head}\t{relation}\t_\t_\n", at + 1)
        };
        let text: String = short.split_whitespace().enumerate().map(line).collect();
        let (sentences, wrong) = conllu::read(&text);
        assert_eq!(wrong, []);
        let words = &sentences[0].words;
        let show = |(verb, noun, role): (usize, usize, Role)| {
            let role = match role {
                Role::Subject => "subj".to_owned(),
                Role::PassiveSubject => "subj:pass".to_owned(),
                Role::Object => "obj".to_owned(),
                Role::Oblique(preposition) => format!("obl:{preposition}"),
            };
            format!("{} {role} {}", words[verb].form, words[noun].form)
        };
        arguments(words).into_iter().map(show).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn arguments_of_verbs_are_found_and_nothing_else() {
        for (tree, arcs) in [
            ("Ada/PROPN/2/nsubj met/VERB/0/root Bob/PROPN/2/obj", "met subj Ada, met obj Bob"),
            (
                "Ada/PROPN/3/nsubj:pass was/AUX/3/aux:pass seen/VERB/0/root By/ADP/5/case Bob/PROPN/3/obl:agent",
                "seen subj:pass Ada, seen obl:by Bob",
            ),
            // Two prepositions: the first tells. A time without one is no argument.
            (
                "came/VERB/0/root out/ADP/3/case Oslo/PROPN/1/obl of/ADP/3/case Monday/NOUN/1/obl week/NOUN/1/obl:unmarked",
                "came obl:out Oslo",
            ),
            // The head is no verb, or the noun stands with another noun.
            ("Ada/PROPN/3/nsubj is/AUX/3/cop mayor/NOUN/0/root of/ADP/5/case Oslo/PROPN/3/nmod", ""),
            // What the verb "said" has is counted for it, clauses are not.
            (
                "said/VERB/0/root Ada/PROPN/1/nsubj left/VERB/1/ccomp he/PRON/3/nsubj:outer gave/VERB/1/xcomp me/PRON/5/iobj it/PRON/5/obj",
                "said subj Ada, left subj he, gave obj it",
            ),
        ] {
            assert_eq!(of(tree), arcs, "{tree}");
        }
    }
}
