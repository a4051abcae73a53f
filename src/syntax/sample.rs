//! Trees written by hand, for tests: `form/XPOS:HEAD:RELATION`, a star before what is a name, two
//! before a person's.

use super::{ClauseWords, NamePhrase, Syntax};
use crate::article::BlockKind;
use crate::language::{Predicted, Relation, Upos, Xpos};
use crate::rule::RuleSet;

/// The links of a tree, word by word: "met: subject ada, object bob; left: subject cy".
pub(super) fn said(tree: &str) -> String {
    let syntax = syntax(tree);
    let form = |at: usize| syntax.tree.words[at].form.as_str();
    let links = (0..syntax.tree.words.len()).filter(|at| !syntax.from(*at).is_empty()).map(|at| {
        let links = syntax.from(at).iter().map(|link| format!("{} {}", link.label, form(link.to)));
        format!("{}: {}", form(at), links.collect::<Vec<_>>().join(", "))
    });
    links.collect::<Vec<_>>().join("; ")
}

fn syntax(tree: &str) -> Syntax {
    let (mut forms, mut predicted, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for (at, token) in tree.split_whitespace().enumerate() {
        let mut parts = token.splitn(3, ':');
        let mut next = || parts.next().unwrap_or_default();
        let (word, head, relation) = (next(), next(), next());
        let (form, xpos) = word.split_once('/').unwrap_or((word, "NN"));
        let xpos = Xpos::from_name(xpos);
        let relation = Relation::nearest(relation);
        let name = form.strip_prefix('*');
        let person = name.and_then(|name| name.strip_prefix('*'));
        if name.is_some() {
            // "*+Oslo" is a place, "**Ada" a person.
            let (tokens, place) = (at..at + 1, form.starts_with("*+"));
            names.push(NamePhrase { phrase: tokens.clone(), tokens, person: person.is_some(), place });
        }
        let form = person.or(name).map_or(form, |name| name.trim_start_matches('+'));
        forms.push(form);
        let head = head.parse().unwrap_or(0);
        let upos = Some(upos(xpos, relation));
        predicted.push(Predicted { upos, xpos, lemma: form.to_owned(), head, relation });
    }
    let words = ClauseWords::new(&RuleSet::built_in().lexicon);
    Syntax::read(&forms, &predicted, &names, BlockKind::Paragraph, &words)
}

fn upos(xpos: Option<Xpos>, relation: Relation) -> Upos {
    match xpos {
        _ if matches!(relation.universal(), Relation::Aux | Relation::Cop) => Upos::Aux,
        Some(Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz) => Upos::Verb,
        Some(Xpos::Nnp | Xpos::Nnps) => Upos::Propn,
        Some(Xpos::Prp | Xpos::PrpS | Xpos::Wp | Xpos::WpS | Xpos::Wdt) => Upos::Pron,
        Some(Xpos::In) => Upos::Adp,
        Some(Xpos::To | Xpos::Pos) => Upos::Part,
        Some(Xpos::Dt) => Upos::Det,
        Some(Xpos::Cc) => Upos::Cconj,
        Some(Xpos::Rb) => Upos::Adv,
        Some(Xpos::Jj) => Upos::Adj,
        Some(Xpos::Comma) => Upos::Punct,
        _ => Upos::Noun,
    }
}
