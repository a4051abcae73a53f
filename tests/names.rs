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

/// Checks the names of each text.
fn all_are(cases: &[(&str, &[&str])]) {
    let (pipeline, _) = Pipeline::new(RuleSet::built_in());
    for (text, wanted) in cases {
        assert_eq!(names(&pipeline, text), *wanted, "{text}");
    }
}

#[test]
fn names_go_as_far_as_they_should_and_have_the_right_type() {
    all_are(&[
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
        ("She lives in Kiel, Zarland.", &["Kiel: City", "Zarland: Place"]),
        // Words in the name.
        (
            "Mary Poe left the Zarland Unity Party, then Poe University.",
            &["Mary Poe: Person", "Zarland Unity Party: Party", "Poe University: School"],
        ),
        ("Mary Poe lives in Union City.", &["Mary Poe: Person", "Union City: Place"]),
        ("Mary Poe lives in West Palm Beach.", &["Mary Poe: Person", "West Palm Beach: City"]),
        (
            "Mary Poe works for Zarbo India Ltd in Oslo.",
            &["Mary Poe: Person", "Zarbo India Ltd: Organisation", "Oslo: City"],
        ),
        ("Mary Poe joined the Board of Directors.", &["Mary Poe: Person"]),
        // Months that are surnames, and such as are none.
        ("Israel's Netanyahu thanked Oslo.", &["Israel: Country", "Netanyahu: Person", "Oslo: City"]),
        ("Oslo thanked Mary May for it.", &["Oslo: City", "Mary May: Person"]),
        ("Oslo has thanked Mary May 5 years ago.", &["Oslo: City", "Mary: Person"]),
    ]);
}

/// Small words, known names and owners inside a name do not end it.
#[test]
fn a_name_of_several_parts_is_one_name() {
    all_are(&[
        (
            "Mary Poe heads the Central Commission for Foreign Affairs.",
            &["Mary Poe: Person", "Central Commission for Foreign Affairs: Organisation"],
        ),
        (
            "The Ministry of Labour and Social Affairs paid Mary Poe.",
            &["Ministry of Labour and Social Affairs: Government", "Mary Poe: Person"],
        ),
        (
            "Mary Poe left the Fisheries and Forests Authority.",
            &["Mary Poe: Person", "Fisheries and Forests Authority: Organisation"],
        ),
        (
            "Mary Poe met the Senate and the Zarland Bank.",
            &["Mary Poe: Person", "Senate: Government", "Zarland Bank: Organisation"],
        ),
        ("Mary Poe sued the ACLU of Montana.", &["Mary Poe: Person", "ACLU of Montana: Organisation"]),
        (
            "Mary Poe joined the National Women's Chess Association.",
            &["Mary Poe: Person", "National Women's Chess Association: Organisation"],
        ),
        ("Mary Poe studied at St. Zarbo's College.", &["Mary Poe: Person", "St. Zarbo's College: School"]),
        ("Mary Poe runs Zarbo & Roe.", &["Mary Poe: Person", "Zarbo & Roe: Organisation"]),
        ("Mary Poe chairs Zarbo Bank Uganda.", &["Mary Poe: Person", "Zarbo Bank Uganda: Organisation"]),
        (
            "Mary Poe left the Radical Democratic Party.",
            &["Mary Poe: Person", "Radical Democratic Party: Party"],
        ),
        ("Mary Poe lives in Southern California.", &["Mary Poe: Person", "Southern California: Place"]),
        ("Mary Poe lives in Austin, TX.", &["Mary Poe: Person", "Austin: City", "TX: Region"]),
        ("Mary Poe met Carl M. Roe.", &["Mary Poe: Person", "Carl M. Roe: Person"]),
        (
            "Mary Poe met Mark Roe, Bill Byron and Dean Poe.",
            &["Mary Poe: Person", "Mark Roe: Person", "Bill Byron: Person", "Dean Poe: Person"],
        ),
        ("Mary Poe met Jean - Claude Roe.", &["Mary Poe: Person", "Jean - Claude Roe: Person"]),
        ("Mary Poe met Virginia Roe.", &["Mary Poe: Person", "Virginia Roe: Person"]),
    ]);
}

/// Words with a capital that name neither an actor nor a place.
#[test]
fn events_dates_titles_and_opening_words_are_nobody() {
    all_are(&[
        ("On Sept. 11 Mary Poe left Oslo.", &["Mary Poe: Person", "Oslo: City"]),
        ("Mary Poe won the Champions League.", &["Mary Poe: Person"]),
        ("\"Merely going there is no use,\" Mary Poe said. \"Growth will come.\"", &["Mary Poe: Person"]),
        ("Mary Poe wrote \"Zarbora\" in Oslo.", &["Mary Poe: Person", "Oslo: City"]),
        ("Mary Poe was born in the City of Oslo.", &["Mary Poe: Person", "Oslo: City"]),
        ("Mary Poe met Uighur teachers in Oslo.", &["Mary Poe: Person", "Oslo: City"]),
    ]);
}

/// A town is a team where the article is about sport, and a short name is what its full one is.
#[test]
fn the_article_tells_what_a_short_name_names() {
    let (pipeline, _) = Pipeline::new(RuleSet::built_in());
    let sport = "The coach praised his squad. A midfielder and the goalkeeper shone, and a striker scored the only goal. ";
    assert_eq!(
        names(&pipeline, &format!("{sport}Stuttgart lost to Mainz.")),
        ["Stuttgart: Organisation", "Mainz: Organisation"]
    );
    assert_eq!(names(&pipeline, "Stuttgart lost to Mainz."), ["Stuttgart: City", "Mainz: City"]);
    assert_eq!(
        names(&pipeline, "Zarbo Motors Ltd grew. Mary Poe bought Zarbo Motors."),
        ["Zarbo Motors Ltd: Organisation", "Mary Poe: Person", "Zarbo Motors: Organisation"]
    );
    assert_eq!(
        names(&pipeline, "Mary Bolton left Oslo. Later Bolton met Carl Roe."),
        ["Mary Bolton: Person", "Oslo: City", "Bolton: Person", "Carl Roe: Person"]
    );
    assert_eq!(
        names(&pipeline, "Mary Poe read the newspaper Zarbo."),
        ["Mary Poe: Person", "Zarbo: Organisation"]
    );
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

/// What the words in a name and round it tell: its head, a thing that is called so, an age, a country behind a comma.
#[test]
fn words_tell_what_a_name_is_and_what_is_none() {
    all_are(&[
        // The head of a name, and what is behind it.
        (
            "Mary Poe flew to Zarbo International Airport in Chile.",
            &["Mary Poe: Person", "Zarbo International Airport: Place", "Chile: Country"],
        ),
        ("Mary Poe signed the Zarbo Press Treaty.", &["Mary Poe: Person"]),
        ("Mary Poe lives in County Zarbo.", &["Mary Poe: Person", "County Zarbo: Place"]),
        ("Floods hit Zarbo del Sur, Chile.", &["Zarbo del Sur: Place", "Chile: Country"]),
        (
            "Mary Poe works in Oslo for Zarbo Imaging.",
            &["Mary Poe: Person", "Oslo: City", "Zarbo Imaging: Organisation"],
        ),
        ("Mary Poe listens to Apple Music.", &["Mary Poe: Person", "Apple Music: Company"]),
        // What a body is for may be several things.
        (
            "Mary Poe left the National Union of Rail, Maritime and Transport Workers.",
            &["Mary Poe: Person", "National Union of Rail, Maritime and Transport Workers: Organisation"],
        ),
        (
            "Mary Poe left the Ministry of Defence, Zarbo Bank and Chile.",
            &[
                "Mary Poe: Person",
                "Ministry of Defence: Government",
                "Zarbo Bank: Organisation",
                "Chile: Country",
            ],
        ),
        ("Mary Poe left the Bread and Roses Party.", &["Mary Poe: Person", "Bread and Roses Party: Party"]),
        ("Mary Poe joined the Social Democrats.", &["Mary Poe: Person", "Social Democrats: Party"]),
        ("Mary Poe sued the Zarbo New Times.", &["Mary Poe: Person", "Zarbo New Times: Organisation"]),
        // Surnames that are words, and words that are none.
        (
            "Theresa May met Ada Byron. May left in May.",
            &["Theresa May: Person", "Ada Byron: Person", "May: Person"],
        ),
        ("Jeremy Hunt met Ada Byron.", &["Jeremy Hunt: Person", "Ada Byron: Person"]),
        ("Kanye West left Oslo for the West.", &["Kanye West: Person", "Oslo: City"]),
        (
            "Mary Poe met a Senior Staff Attorney of Zarbo Bank.",
            &["Mary Poe: Person", "Zarbo Bank: Organisation"],
        ),
        (
            "The police of Oslo held Zarbo, 24, and Mary Poe.",
            &["Oslo: City", "Zarbo: Person", "Mary Poe: Person"],
        ),
        ("A voter spoke in Oslo. Voter Mary Poe left.", &["Oslo: City", "Mary Poe: Person"]),
        (
            "Mary Poe is Speaker of the House Ada Byron's friend.",
            &["Mary Poe: Person", "House: Government", "Ada Byron: Person"],
        ),
        // Things that are called something are nobody, and so are parts of titles and what is bare.
        (
            "Chile pays for the Zarbo pipeline. Mary Poe praised Zarbo.",
            &["Chile: Country", "Mary Poe: Person"],
        ),
        (
            "Mary Poe read \"Ada Byron and the Bridge of Swords\" in Oslo.",
            &["Mary Poe: Person", "Oslo: City"],
        ),
        ("In Oslo the Company met Mary Poe in Hall 9.", &["Oslo: City", "Mary Poe: Person"]),
        ("EU Energy Commissioner Mary Poe left.", &["EU: InternationalOrganisation", "Mary Poe: Person"]),
    ]);
}

/// Bodies of state and parties share names; whose one is stands before it, behind it, or somewhere in the article.
#[test]
fn a_shared_name_is_whose_the_article_says() {
    all_are(&[
        ("The Senate met in the US.", &["Senate: Government", "US: Country"]),
        (
            "The Brazilian Senate met. The Senate thanked Chile.",
            &["Brazilian Senate: Government", "Senate: Government", "Chile: Country"],
        ),
        ("The Nevada Senate met.", &["Nevada Senate: Government"]),
        ("The Norwegian Labour Party met.", &["Norwegian Labour Party: Party"]),
        ("Kenya's Supreme Court met.", &["Kenya: Country", "Supreme Court: Government"]),
    ]);
    let (pipeline, _) = Pipeline::new(RuleSet::built_in());
    let known = |text: &str| {
        let article = example::article(text);
        let reading = pipeline.read(&article);
        let named = |mention: &relata::mention::Mention| {
            Some(pipeline.rules.lexicon.known[mention.known?.0 as usize].name.clone())
        };
        reading.mentions.names.iter().filter_map(named).collect::<Vec<_>>()
    };
    assert_eq!(known("The Senate met in the US."), ["United States Senate", "United States"]);
    assert_eq!(known("The Senate met in Chile."), ["Chile"]);
    assert_eq!(known("Chile's Senate met. The US watched the Senate."), ["Chile", "United States"]);
}

#[test]
fn a_town_may_begin_the_name_of_something_else() {
    all_are(&[
        (
            "Northamptonshire police met Mary Poe.",
            &["Northamptonshire police: Government", "Mary Poe: Person"],
        ),
        ("The head of the Paris Police Prefecture met.", &["Paris Police Prefecture: Government"]),
        ("They live in Windsor Locks.", &["Windsor Locks: Place"]),
        ("The Houston Outlaws won.", &["Houston Outlaws: Organisation"]),
        (
            "The Center for Zarbo Safety and Center for Poe Studies met.",
            &["Center for Zarbo Safety: Organisation", "Center for Poe Studies: Organisation"],
        ),
    ]);
}
