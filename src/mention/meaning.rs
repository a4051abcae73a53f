//! What pronouns and descriptions stand for, in short articles.

#![cfg(test)]

use crate::article::Article;
use crate::article::{Block, BlockKind};
use crate::language::{Analyser, Analyses, Language};
use crate::mention::MentionFinder;
use crate::rule::RuleSet;
use crate::span::Span;

/// The words of a text that stand for a name, each with the name.
fn references(text: &str) -> Vec<(String, String)> {
    let rules = RuleSet::built_in();
    let language = Language::new(&rules.lexicon);
    let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), hidden: Vec::new() };
    let analyser = Analyser::built_in().ok();
    let article = Article { text: text.to_owned(), blocks: vec![block], ..Article::default() };
    let sentences = language.sentences(&article);
    let mentions = MentionFinder::new(&rules, &language).find(
        &rules,
        &article,
        &sentences,
        &Analyses::new(analyser.as_ref(), &sentences, text),
    );
    let shown = |at: usize| {
        let mention = &mentions.names[at];
        sentences[mention.sentence].text_of(mention.tokens.clone(), text)
    };
    let names = mentions.names.iter().enumerate();
    names.filter_map(|(at, name)| Some((shown(at), shown(name.refers_to?)))).collect()
}

fn assert_references(text: &str, wanted: &[(&str, &str)]) {
    let found = references(text);
    let found: Vec<(&str, &str)> = found.iter().map(|(word, name)| (word.as_str(), name.as_str())).collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn pronouns_stand_for_the_only_name_that_fits_or_the_subject() {
    let cases = [
        ("Mary Poe said she would go.", vec![("she", "Mary Poe")]),
        ("Mary Poe met John Roe. He thanked her.", vec![("He", "John Roe"), ("her", "Mary Poe")]),
        ("John Roe met Carl Byron. He left.", vec![("He", "John Roe")]),
        ("John Roe met Carl Byron. Mary Poe thanked him.", vec![]),
        ("During her visit, Mary Poe met Norway.", vec![("her", "Mary Poe")]),
        ("Chile said its troops left Peru.", vec![("its", "Chile")]),
        ("Chile wrote to Peru. It is unclear why.", vec![]),
        ("Mary Poe said: “He lies.”", vec![]),
    ];
    for (text, wanted) in cases {
        assert_references(text, &wanted);
    }
}

#[test]
fn descriptions_stand_for_the_only_name_of_their_kind() {
    let cases = [
        ("Norway warned the Taliban. The group denied it.", vec![("The group", "Taliban")]),
        ("Norway warned NATO and the Taliban. The group denied it.", vec![]),
        ("Chilean President Rosa Luz flew in. The Chilean leader smiled.", vec![("leader", "Rosa Luz")]),
        ("Chilean President Rosa Luz flew in. The president of Peru smiled.", vec![]),
        ("The United Nations wrote to Chile.", vec![]),
    ];
    for (text, wanted) in cases {
        assert_references(text, &wanted);
    }
}

/// Whom the words that stand for several stand for, and the titles of counterparts.
#[test]
fn plurals_stand_for_as_many_as_they_say() {
    let cases = [
        ("Ada Byron and Mary Poe left Oslo. They smiled.", vec![("They", "Ada Byron"), ("They", "Mary Poe")]),
        ("Ada Byron met Mary Poe. The two leaders smiled.", vec![]),
        (
            "Norway wrote to Chile. Both countries denied it.",
            vec![("Both countries", "Norway"), ("Both countries", "Chile")],
        ),
        (
            "Norway wrote to Chile and Peru. Both countries denied it.",
            vec![("Both countries", "Chile"), ("Both countries", "Peru")],
        ),
        ("Norway wrote to Chile, Ghana and Peru. Both countries denied it.", vec![]),
        (
            "Chilean President Rosa Luz met Peruvian President Juan Roe. The two presidents smiled.",
            vec![("The two presidents", "Rosa Luz"), ("The two presidents", "Juan Roe")],
        ),
        (
            "Rosa Luz met Juan Roe. The two men in the car smiled.",
            vec![("The two men", "Rosa Luz"), ("The two men", "Juan Roe")],
        ),
        ("The Taliban said they had left.", vec![("they", "Taliban")]),
        ("Norway asked officials whether they had left.", vec![]),
    ];
    for (text, wanted) in cases {
        assert_references(text, &wanted);
    }
}

#[test]
fn an_object_is_not_the_subject_of_its_clause() {
    let cases = [
        ("John Roe met Carl Byron. John Roe thanked him.", vec![("him", "Carl Byron")]),
        ("John Roe thanked himself.", vec![("himself", "John Roe")]),
    ];
    for (text, wanted) in cases {
        assert_references(text, &wanted);
    }
}

/// Most pronouns in the news mean somebody without a name.
#[test]
fn a_pronoun_may_mean_a_stranger() {
    let cases = [
        ("John Roe wrote to Norway. A teacher said he had left.", vec![]),
        ("Chile praised Norway. The report and its annex are long.", vec![]),
        ("Chile praised Norway. NATO said it had paid.", vec![("it", "NATO")]),
    ];
    for (text, wanted) in cases {
        assert_references(text, &wanted);
    }
}
