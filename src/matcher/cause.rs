//! A match → [`Why`]: which reading of its pattern found it, and which words make it negated or possible?
//!
//! What decides on the status looks at a whole sentence and keeps no record. So each word in its turn is
//! put in place by one that says nothing of the kind; where the match then has another status, it was for
//! that word.

use super::embed::{self, Scene};
use super::view::View;
use super::{Fact, Found, Match, Matcher, gather, plain, surface};
use crate::language::Sentence;
use crate::mention::Mentions;
use crate::rule::RuleSet;
use crate::syntax::Syntax;

/// Why a match is what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Why {
    /// How its pattern is understood, in words.
    pub understood: String,
    /// The tokens that make it negated or possible.
    pub because: Vec<usize>,
}

/// Word lists of which a word takes the place of another: one that says nothing, and one after which
/// "to" says nothing, since "urged her to meet" is no fact for "urged", not for "to".
const STAND_INS: [&str; 2] = ["adverb", "event_plus_minus"];

impl Matcher {
    /// Why a match is what it is.
    pub fn why(
        &self,
        rules: &RuleSet,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
        found: &Match,
    ) -> Why {
        let Some(sentence) = sentences.get(found.sentence) else { return Why::default() };
        let number = found.sentence;
        let plain_view = View::new(number, sentence, mentions, text, rules, &self.words, &self.status);
        let syntax = self.syntax(&plain_view);
        let same = |other: &Found| {
            other.found.words == found.words
                && other.found.pairs.iter().any(|pair| found.pairs.contains(pair))
        };
        let again = self.again(found, &plain_view, syntax.as_ref());
        let understood = again.into_iter().find(|(_, other)| same(other)).map(|(how, _)| how);
        let mut why = Why { understood: understood.unwrap_or_default(), because: Vec::new() };
        if found.fact == Fact::Actual {
            return why;
        }
        let named = |at: usize| {
            let pairs = found.pairs.iter().flat_map(|(subject, object)| [subject, object]);
            pairs.into_iter().any(|bound| mentions.mention(bound.mention).tokens.contains(&at))
        };
        // How the match comes out with other words in these places.
        let without = |places: &[usize], word: &String| -> Vec<Fact> {
            let mut other = sentence.clone();
            let mut syntax = syntax.clone();
            for at in places {
                other.tokens[*at].lemma.clone_from(word);
                if let Some(place) = syntax.as_mut().and_then(|syntax| syntax.tree.words.get_mut(*at)) {
                    place.lemma.clone_from(word);
                    place.form.clone_from(word);
                }
            }
            let view = View::new(number, &other, mentions, text, rules, &self.words, &self.status);
            let again = self.again(found, &view, syntax.as_ref());
            again.iter().filter(|(_, other)| same(other)).map(|(_, other)| other.found.fact).collect()
        };
        let words: Vec<&String> =
            STAND_INS.iter().filter_map(|list| rules.lexicon.words(list).first()).collect();
        let open: Vec<usize> =
            (0..sentence.tokens.len()).filter(|at| !found.words.contains(at) && !named(*at)).collect();
        why.because = open.clone();
        why.because.retain(|at| {
            words.iter().any(|word| {
                let facts = without(&[*at], word);
                !facts.is_empty() && facts.iter().all(|fact| *fact != found.fact)
            })
        });
        if let (true, Some(word)) = (why.because.is_empty(), words.first()) {
            // "if she will meet": each of the two is enough by itself.
            why.because = open.clone();
            why.because.retain(|at| {
                let others: Vec<usize> = open.iter().copied().filter(|other| other != at).collect();
                without(&others, word).contains(&found.fact)
            });
            if why.because.len() == open.len() {
                why.because.clear();
            }
        }
        why
    }

    /// What the pattern of a match finds in its sentence, and how the pattern is understood there.
    fn again(&self, found: &Match, view: &View, syntax: Option<&Syntax>) -> Vec<(String, Found)> {
        let mut again = Vec::new();
        if let Some(syntax) = syntax {
            let scene = Scene::new(view, syntax);
            let own = self.trees_of(view.rules, found.rule);
            for tree in own.filter(|tree| tree.pattern == found.pattern) {
                let (bindings, _) = embed::find(tree, &scene);
                let matches = gather::matches(tree, &bindings, &scene, &self.status);
                again.extend(matches.into_iter().map(|other| (tree.describe(), other)));
            }
        }
        for program in self.programs.iter().filter(|program| !program.veto) {
            if (program.rule, program.pattern) == (found.rule, found.pattern) {
                let mut matches = Vec::new();
                surface::find(program, view, syntax, &mut matches);
                let pattern = view.rules.rules[found.rule].pattern(found.pattern);
                let how = pattern.map(|pattern| plain::sequence(&pattern.pattern)).unwrap_or_default();
                again.extend(matches.into_iter().map(|other| (how.clone(), other)));
            }
        }
        again
    }
}
