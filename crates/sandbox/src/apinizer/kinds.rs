//! The connection types: their contracts, and what an answer keeps back.

use serde_json::Value;

use crate::contract::Contract;
use crate::store::Record;

pub struct Kind {
    pub id: &'static str,
    pub contract: Contract,
    /// Null in every list.
    secrets: &'static [&'static str],
    /// Whether they are null in the answer that shows one connection, too.
    pub masks: bool,
    /// Whether a list can be asked for it.
    listed: bool,
}

pub struct Kinds(Vec<Kind>);

macro_rules! contract {
    ($id:literal) => {
        ($id, include_str!(concat!("../../../../tests/contracts/apinizer/", $id, ".json")))
    };
}

const CONTRACTS: [(&str, &str); 15] = [
    contract!("email"),
    contract!("kafka"),
    contract!("elasticsearch"),
    contract!("database"),
    contract!("ldap"),
    contract!("ftp"),
    contract!("rabbitMq"),
    contract!("activeMq"),
    contract!("snmp"),
    contract!("linux-script"),
    contract!("graylog"),
    contract!("syslog"),
    contract!("webhook"),
    contract!("logback"),
    contract!("ops-genie"),
];

const ELASTIC: &str = "elasticsearch";

fn secrets(id: &str) -> &'static [&'static str] {
    match id {
        "kafka" | "syslog" | "webhook" | "logback" | "ops-genie" => &[],
        "elasticsearch" => &[
            "elasticPassword",
            "caCertInPkcs12File",
            "caInPemFile",
            "caTruststoreFile",
            "caTruststoreFilePass",
            "caKeystoreFile",
            "caKeystoreFilePass",
        ],
        "rabbitMq" => &["connectionFactoryPassword"],
        "snmp" => &["authPassphrase", "privPassphrase"],
        "graylog" => &["tlsTrustCertChainFile"],
        _ => &["password"],
    }
}

impl Kinds {
    pub fn new() -> Result<Kinds, String> {
        let kinds = CONTRACTS.iter().map(|(id, text)| {
            let contract = Contract::new(text).map_err(|error| format!("{id}: {error}"))?;
            // The page on email alone shows a password in full; one page names ops-genie, and not among what can be listed.
            Ok(Kind { id, contract, secrets: secrets(id), masks: *id != "email", listed: *id != "ops-genie" })
        });
        kinds.collect::<Result<_, String>>().map(Kinds)
    }

    /// The type that a body says it is of. Where Elasticsearch's `type` stands twice, the last counts: the access mode.
    pub fn of(&self, record: &Record) -> Option<&Kind> {
        let id = match record.get("type")?.as_str()? {
            "READ_WRITE" | "READ" => ELASTIC,
            id => id,
        };
        self.0.iter().find(|kind| kind.id == id)
    }

    pub fn listed(&self, id: &str) -> Option<&Kind> {
        self.0.iter().find(|kind| kind.id == id && kind.listed)
    }
}

impl Kind {
    pub fn without_secrets(&self, mut record: Record) -> Record {
        for name in self.secrets {
            if let Some(secret) = record.get_mut(*name) {
                *secret = Value::Null;
            }
        }
        record
    }

    /// As the documentation shows it: Elasticsearch's access mode is a second `type`, after everything else.
    pub fn written(&self, mut record: Record) -> String {
        if self.id != ELASTIC {
            return Value::Object(record).to_string();
        }
        let kind = record.shift_remove("type");
        let mode = record
            .shift_remove("elasticsearchType")
            .or(kind.filter(|kind| kind != ELASTIC))
            .unwrap_or_else(|| "READ_WRITE".into());
        let rest = Value::Object(record).to_string();
        let rest = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
        format!(r#"{{"type":"{ELASTIC}",{rest},"type":{mode}}}"#)
    }
}
