//! What can happen to a form.

use super::*;

/// Something that a user, a host or a server does; places are chosen once the form is known.
#[derive(Clone, Debug)]
pub enum Move {
    Type(Index, Index, String),
    Turn(Index, bool),
    Leave(Index, Index),
    Add(Index),
    Remove(Index, usize),
    Shift(Index, usize, usize),
    /// Gives the last row a value that is masked.
    Mask(Index, String),
    Fill(Vec<(Index, Option<String>)>),
    Undo,
    Submit,
    Test,
    Answer(u16, String),
    Lose(usize),
    Follow,
    Reset,
    Settings(bool),
}

pub fn moves() -> impl Strategy<Value = Vec<Move>> {
    let place = any::<Index>;
    let text = prop_oneof![
        4 => "[ -~]{0,12}",
        2 => any::<String>(),
        2 => "[0-9]{1,6}",
        1 => Just("postgres://u:p@host/db".to_owned()),
        1 => Just("https://example.com".to_owned()),
        1 => Just("{\"a\":1}".to_owned()),
        // As the name of a row it makes a secret of its value.
        2 => prop_oneof![Just("sslpassword"), Just("X-Api-Key"), Just("sasl.jaas.config"), Just("access_token")].prop_map(str::to_owned),
    ];
    let one = prop_oneof![
        12 => (place(), place(), text.clone()).prop_map(|(field, column, text)| Move::Type(field, column, text)),
        4 => (place(), any::<bool>()).prop_map(|(field, on)| Move::Turn(field, on)),
        3 => (place(), place()).prop_map(|(field, column)| Move::Leave(field, column)),
        3 => place().prop_map(Move::Add),
        1 => (place(), 0..3usize).prop_map(|(field, row)| Move::Remove(field, row)),
        1 => (place(), 0..3usize, 0..3usize).prop_map(|(field, row, to)| Move::Shift(field, row, to)),
        2 => (place(), text.clone()).prop_map(|(field, text)| Move::Mask(field, text)),
        2 => proptest::collection::vec((place(), proptest::option::of(text.clone())), 0..4).prop_map(Move::Fill),
        1 => Just(Move::Undo),
        3 => Just(Move::Submit),
        2 => Just(Move::Test),
        2 => (100..600u16, text).prop_map(|(status, text)| Move::Answer(status, text)),
        1 => (0..3usize).prop_map(Move::Lose),
        1 => Just(Move::Follow),
        1 => Just(Move::Reset),
        1 => any::<bool>().prop_map(Move::Settings),
    ];
    proptest::collection::vec(one, 0..24)
}
