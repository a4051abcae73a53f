//! `relata load`: against a store that refuses, fails, or is gone.

#![cfg(feature = "load")]
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod common;

use common::{Desk, MEETING};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

/// A store that reads a request and gives the next of its answers; an empty one hangs up in the middle.
fn store(answers: &'static [&'static str]) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/store", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let mut requests = Vec::new();
        for answer in answers {
            let (stream, _) = listener.accept().unwrap();
            requests.push(if answer.is_empty() { String::new() } else { request(&stream) });
            let mut stream = stream;
            stream.write_all(answer.as_bytes()).unwrap();
        }
        requests
    });
    (address, thread)
}

/// The head and the body of a request.
fn request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut text = String::new();
    while !text.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut text).unwrap(), 0);
    }
    let head = text.to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let mut body = vec![0; length.trim().parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    text + &String::from_utf8(body).unwrap()
}

const CREATED: &str = "HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const DOWN: &str = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 6\r\nConnection: close\r\n\r\nasleep";
const WHO: &str = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 8\r\nConnection: close\r\n\r\nwho\nare?";
const AWAY: &str = "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\
                    Connection: close\r\n\r\n";

fn desk() -> Desk {
    let desk = Desk::with(&[("a.txt", MEETING)]);
    desk.run(&["build", "a.txt", "--quiet", "--out", "o"]).succeeds();
    desk
}

#[test]
fn a_store_that_fails_is_asked_again() {
    let (address, store) = store(&[DOWN, "", CREATED]);
    let run =
        desk().run(&["load", "o", "--to", &address]).ends(0, &["503", "asleep", "no answer", "trying again"]);
    assert!(run.stdout.contains("loaded 1 triples and"), "{}", run.stdout);
    let requests = store.join().unwrap();
    assert!(requests[0].starts_with("POST /store?default HTTP/1.1\r\n"), "{}", requests[0]);
    assert!(requests[0].contains("text/turtle") && requests[0].contains("relata:metWith"));
    assert_eq!(requests[0], requests[2], "the same is sent again");
}

#[test]
fn a_graph_is_replaced_when_told() {
    let (address, store) = store(&[CREATED]);
    let graph = ["--graph", "https://example.org/g", "--replace"];
    desk().run(&[&["load", "o", "--to", &address], &graph[..]].concat()).succeeds();
    let expected = "PUT /store?graph=https%3A%2F%2Fexample%2Eorg%2Fg HTTP/1.1\r\n";
    assert!(store.join().unwrap()[0].starts_with(expected));
}

#[test]
fn a_refusal_is_told_at_once_and_no_secret_is() {
    let (address, store) = store(&[WHO, AWAY]);
    let desk = desk();
    let load = || {
        let mut command = desk.command(&["load", "o", "--to", &address]);
        let output = command.env("RELATA_USER", "ada").env("RELATA_PASSWORD", "s3cret").output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(!told.contains("s3cret") && !told.contains("YWRhOnMzY3JldA"), "{told}");
        told
    };
    let told = load();
    assert!(told.contains("401 Unauthorized: who are?") && told.contains("RELATA_PASSWORD"), "{told}");
    let told = load();
    assert!(told.contains("307") && told.contains("it is at `http://elsewhere/`"), "{told}");
    let requests = store.join().unwrap();
    assert!(requests[0].to_lowercase().contains("authorization: basic ywrhonmzy3jlda=="), "{}", requests[0]);
}

#[test]
fn a_store_that_is_gone_is_told_with_what_to_do() {
    let address = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/store", listener.local_addr().unwrap())
    };
    let desk = desk();
    desk.run(&["load", "o", "--to", &address, "--retries", "1"])
        .ends(2, &["2 tries", "no answer", "Load again"]);
    desk.run(&["load", "o", "--to", "127.0.0.1:1"]).ends(1, &["http://"]);
    desk.run(&["load", "o", "--to", "http:///x"]).ends(1, &["no address"]);
    desk.run(&["load", "o", "--to", &address, "--graph", "no iri"]).ends(1, &["`no iri` is no IRI"]);
    desk.run(&["load", "nowhere", "--to", &address]).ends(1, &["there is no folder"]);
}
