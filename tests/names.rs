//! Which words of a sentence are one name, and what it names: the words in it, round it, and the model tell.

use relata::{example, pipeline::Pipeline, rule::RuleSet};

/// The names of a text, each with its type: "Ada Byron: Person".
fn names(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let article = example::article(text);
    let reading = pipeline.read(&article);
    let names = reading.mentions.names.iter().filter(|name| name.refers_to.is_none());
    let shown = |name: &relata::mention::Mention| {
        let sentence = &reading.sentences[name.sentence];
        let kind = &pipeline.rules.vocabulary.entity_type(name.kind).name;
        format!("{}: {kind}", sentence.text_of(name.tokens.clone(), text))
    };
    names.map(shown).collect()
}

#[test]
fn names_go_as_far_as_they_should_and_have_the_right_type() {
    let (pipeline, _) = Pipeline::new(RuleSet::built_in());
    let cases: [(&str, &[&str]); 14] = [
        // A single word that opens its sentence.
        ("Michael was born in Oslo.", &["Michael: Person", "Oslo: City"]),
        ("Dantzal graduated from Poe College.", &["Dantzal: Person", "Poe College: School"]),
        ("Analysts said so in Oslo.", &["Oslo: City"]),
        // Nicknames and what stands behind a comma.
        ("In Oslo William \"Billy\" Roe spoke.", &["Oslo: City", "William \"Billy\" Roe: Person"]),
        ("In Oslo William Roe, Jr. spoke.", &["Oslo: City", "William Roe, Jr.: Person"]),
        ("He left Blue Kettle, Inc. in Oslo.", &["Blue Kettle, Inc.: Organisation", "Oslo: City"]),
        // What stands round a name.
        ("Mary Poe is the co-founder of Zarbo.", &["Mary Poe: Person", "Zarbo: Organisation"]),
        ("Mary Poe was born in Zarbo.", &["Mary Poe: Person", "Zarbo: Place"]),
        ("She lives in Kiel, Zarland.", &["Kiel: Place", "Zarland: Place"]),
        // Words in the name.
        (
            "Mary Poe left the Zarland Unity Party, then Poe University.",
            &["Mary Poe: Person", "Zarland Unity Party: Party", "Poe University: School"],
        ),
        ("Mary Poe lives in Union City.", &["Mary Poe: Person", "Union City: Place"]),
        ("Mary Poe lives in West Palm Beach.", &["Mary Poe: Person", "West Palm Beach: Place"]),
        (
            "Mary Poe works for Zarbo India Ltd in Oslo.",
            &["Mary Poe: Person", "Zarbo India Ltd: Organisation", "Oslo: City"],
        ),
        ("Mary Poe joined the Board of Directors.", &["Mary Poe: Person"]),
    ];
    for (text, wanted) in cases {
        assert_eq!(names(&pipeline, text), wanted, "{text}");
    }
}

#[test]
fn a_sentence_is_one_piece_of_evidence_whichever_patterns_find_it() {
    let (pipeline, _) = Pipeline::new(RuleSet::built_in());
    let text = "Ada Byron, who was educated at Poe College, is a graduate of Poe College.";
    let graph = pipeline.build(vec![example::article(text)], || ()).graph;
    for triple in graph.triples() {
        let mut places: Vec<_> =
            triple.evidence().iter().map(|found| (found.subject, found.object)).collect();
        let all = places.len();
        places.dedup();
        assert_eq!(places.len(), all, "{text}");
    }
    let text = "Carl Roe, a Norwegian painter, worked for Acme Corp.";
    let graph = pipeline.build(vec![example::article(text)], || ()).graph;
    assert!(graph.triples().all(|triple| triple.evidence().len() == 1), "{text}");
}
