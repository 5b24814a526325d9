//! Where a field's part of a body comes from: the policy of bodies, as one table that knows no form.

use crate::descriptor::api::StoredSecretPolicy;

/// What is known of a field when a body is made.
#[derive(Clone, Copy, Default)]
pub struct Facts {
    /// A saved connection is edited.
    pub is_edit: bool,
    /// There is a record: of the connection that is edited, or that a new one is made from.
    pub has_record: bool,
    /// A record is spelled as a request is.
    pub is_record_as_sent: bool,
    pub is_shown: bool,
    pub is_touched: bool,
    /// Its value or its place in the form changed because others did.
    pub is_derived: bool,
    /// Others stand where it does, of which one is a secret and the other is not.
    pub has_rivals: bool,
    pub is_rival_shown: bool,
    /// It showed what the record holds there.
    pub is_read: bool,
    /// It is a secret or a file.
    pub is_confidential: bool,
    /// It holds a stored secret or file that nobody replaced.
    pub is_stored_secret: bool,
    /// Its rows hold such secrets.
    pub has_stored_cells: bool,
    /// Its rows show less than they hold.
    pub has_masked_cells: bool,
    /// What becomes of a stored secret.
    pub policy: Option<StoredSecretPolicy>,
    /// The record holds it where it is written.
    pub is_in_record: bool,
    /// The record holds it, and the body not yet.
    pub is_read_elsewhere: bool,
    /// An update writes it where the record lacks it.
    pub fills_gaps: bool,
}

/// Where a field's part of a body comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// Whatever is in the body already.
    Unchanged,
    /// What stands in the record, which nobody could be asked about.
    Unread,
    /// A stored secret or file that nobody replaced: what the policy says.
    StoredSecret,
    /// Nothing: a secret that this API wants left out while nobody touched it.
    LeftOut,
    /// What the form holds, without the stored secrets in its rows.
    RowsWithoutSecrets,
    /// What the form holds.
    Form,
    /// The record's own members, as they stand.
    Record,
    /// What the form holds, where the body has nothing yet.
    FillGaps,
}

/// The first rule that applies.
pub fn source(facts: &Facts) -> Source {
    let policy = facts.policy.unwrap_or(StoredSecretPolicy::Echo);
    if !facts.is_shown && facts.has_rivals {
        if facts.is_rival_shown {
            return Source::Unchanged;
        }
        if facts.has_record && !facts.is_read && (facts.is_edit || facts.is_record_as_sent) {
            return Source::Unread;
        }
    }
    // What a stored secret or file holds is nowhere but in the record.
    if facts.is_stored_secret && (facts.is_shown || !facts.is_derived) {
        return Source::StoredSecret;
    }
    let is_omitted = policy == StoredSecretPolicy::Omit && facts.is_confidential;
    if facts.is_edit && is_omitted && !facts.is_touched {
        return Source::LeftOut;
    }
    if facts.has_stored_cells && policy != StoredSecretPolicy::Echo {
        return Source::RowsWithoutSecrets;
    }
    if facts.is_touched || facts.is_derived || facts.has_masked_cells {
        return Source::Form;
    }
    match facts.is_edit {
        false if facts.is_in_record && facts.is_record_as_sent => Source::Record,
        false => Source::Form,
        true if facts.is_read_elsewhere => Source::Form,
        true if facts.fills_gaps => Source::FillGaps,
        true => Source::Unchanged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use StoredSecretPolicy::{Echo, Null, Omit, Reenter};

    /// An edited connection, and a field that is shown and stands in its record.
    fn edit() -> Facts {
        Facts {
            is_edit: true,
            has_record: true,
            is_shown: true,
            is_read: true,
            is_in_record: true,
            ..Facts::default()
        }
    }

    /// A new connection without a record.
    fn create() -> Facts {
        Facts { is_shown: true, ..Facts::default() }
    }

    /// A new connection, made from a record that is spelled as a request is.
    fn copy() -> Facts {
        Facts {
            has_record: true,
            is_record_as_sent: true,
            is_shown: true,
            is_read: true,
            is_in_record: true,
            ..Facts::default()
        }
    }

    #[test]
    fn every_rule_has_its_source() {
        let secret = |policy| Facts { is_confidential: true, policy: Some(policy), ..edit() };
        let hidden_rival =
            |facts: Facts| Facts { is_shown: false, has_rivals: true, is_read: false, ..facts };
        for (facts, wanted, rule) in [
            (create(), Source::Form, "a new connection is what its form holds"),
            (
                Facts { is_shown: false, ..create() },
                Source::Form,
                "what is hidden is written by its own policy",
            ),
            (copy(), Source::Record, "a record that is spelled as a request is taken as it stands"),
            (Facts { is_record_as_sent: false, ..copy() }, Source::Form, "another is not"),
            (Facts { is_in_record: false, ..copy() }, Source::Form, "nor what it does not hold"),
            (Facts { is_touched: true, ..copy() }, Source::Form, "nor what was touched"),
            (edit(), Source::Unchanged, "an edit leaves what nobody touched"),
            (Facts { is_touched: true, ..edit() }, Source::Form, "what was touched is written"),
            (Facts { is_derived: true, ..edit() }, Source::Form, "and what changed because of it"),
            (Facts { has_masked_cells: true, ..edit() }, Source::Form, "and rows that are to be masked"),
            (
                Facts { is_read_elsewhere: true, ..edit() },
                Source::Form,
                "and what was read where it is not written",
            ),
            (Facts { fills_gaps: true, ..edit() }, Source::FillGaps, "and what an update has to hold"),
            (
                Facts { is_stored_secret: true, ..secret(Echo) },
                Source::StoredSecret,
                "a stored secret goes by its policy",
            ),
            (Facts { is_stored_secret: true, ..secret(Omit) }, Source::StoredSecret, "whatever it is"),
            (
                Facts { is_stored_secret: true, is_shown: false, ..secret(Echo) },
                Source::StoredSecret,
                "also where it is hidden",
            ),
            (
                Facts { is_stored_secret: true, is_shown: false, is_derived: true, ..secret(Echo) },
                Source::Form,
                "but not where it was hidden by an edit",
            ),
            (secret(Omit), Source::LeftOut, "an empty secret is left out where the API wants that"),
            (Facts { is_touched: true, ..secret(Omit) }, Source::Form, "unless it was touched"),
            (Facts { is_edit: false, ..secret(Omit) }, Source::Form, "or the connection is new"),
            (secret(Echo), Source::Unchanged, "elsewhere it stays as it is"),
            (
                Facts { has_stored_cells: true, policy: Some(Null), ..edit() },
                Source::RowsWithoutSecrets,
                "rows go without their stored secrets",
            ),
            (
                Facts { has_stored_cells: true, is_touched: true, policy: Some(Reenter), ..edit() },
                Source::RowsWithoutSecrets,
                "also rows that were touched",
            ),
            (
                Facts { has_stored_cells: true, is_touched: true, policy: Some(Echo), ..edit() },
                Source::Form,
                "but for an API that wants them back",
            ),
            (
                Facts { is_rival_shown: true, is_touched: true, ..hidden_rival(edit()) },
                Source::Unchanged,
                "what a shown field stands beside is that field's",
            ),
            (hidden_rival(edit()), Source::Unread, "what no field shows stays"),
            (hidden_rival(copy()), Source::Unread, "and is taken along"),
            (
                Facts { is_record_as_sent: false, ..hidden_rival(copy()) },
                Source::Form,
                "unless a request spells it otherwise",
            ),
            (
                Facts { is_read: true, ..hidden_rival(edit()) },
                Source::Unchanged,
                "what was shown counts as read",
            ),
            (hidden_rival(create()), Source::Form, "without a record there is nothing to keep"),
        ] {
            assert_eq!(source(&facts), wanted, "{rule}");
        }
    }
}
