//! Where requests go: what the host says, what a record says, and the defaults of the API.

use crate::base::text::{CollectVec, parse_integer, split, split_once};
use crate::bundle::registry::{RegistryEntry, UsageError};
use crate::descriptor::api::{BuiltinSetting, Setting};
use crate::descriptor::connection_type::placeholders;
use crate::descriptor::fault_code::FaultCode;
use crate::json::Json;
use crate::json::diagnostic::unknown_name;

/// What the host says about where requests go: `base_url` and the names that the API documents.
#[derive(Clone, Default)]
pub struct Settings(Vec<(String, String)>);

impl Settings {
    /// Reads them from a map of texts and numbers; a name that the API does not document is an error.
    pub fn read(json: &Json, entry: &RegistryEntry) -> Result<Settings, UsageError> {
        let mut known: Vec<&str> =
            entry.api.settings.iter().map(|setting| setting.name.as_str()).collect_vec();
        known.push("base_url");
        let mut settings = Vec::new();
        for (name, value) in json.members() {
            if !known.contains(&name.as_str()) {
                return Err(UsageError(["the setting ", &unknown_name(name, &known)].concat()));
            }
            match (value, value.scalar()) {
                (Json::Null, _) => {}
                (_, Some(text)) => settings.push((name.clone(), text)),
                _ => {
                    return Err(UsageError(["the setting “", name, "” must be a text or a number"].concat()));
                }
            }
        }
        Ok(Settings(settings))
    }

    /// The reader's time zone; `UTC` where nobody told it.
    pub fn time_zone(&self, entry: &RegistryEntry) -> &str {
        let setting = entry.api.settings.iter().find(|setting| setting.is == Some(BuiltinSetting::TimeZone));
        setting.and_then(|setting| self.get(&setting.name)).unwrap_or("UTC")
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// Without those that a record names itself.
    pub fn without_those_of(&self, entry: &RegistryEntry, record: &Json) -> Settings {
        let is_named = |pointer: &String| record.at(pointer).is_some_and(|value| *value != Json::Null);
        let mut rest = Vec::new();
        for (name, value) in &self.0 {
            let setting = entry.api.settings.iter().find(|setting| setting.name == *name);
            if !setting.and_then(|setting| setting.from.as_ref()).is_some_and(is_named) {
                rest.push((name.clone(), value.clone()));
            }
        }
        Settings(rest)
    }

    /// The value of a setting: what the host gave, else what is at hand says, else the default.
    fn value(&self, entry: &RegistryEntry, name: &str, about: &RequestContext) -> Option<String> {
        let setting = entry.api.settings.iter().find(|setting| setting.name == name)?;
        let kind = || about.kind.filter(|_| setting.is == Some(BuiltinSetting::Type)).map(str::to_owned);
        self.get(name)
            .map(str::to_owned)
            .or_else(|| about.value_in_record(setting))
            .or_else(kind)
            .or_else(|| setting.default.clone())
    }
}

/// What a request is about: what it creates, else a saved connection.
#[derive(Clone, Copy, Default)]
pub struct RequestContext<'a> {
    /// The body of a create, or a record.
    pub record: Option<&'a Json>,
    pub kind: Option<&'a str>,
    /// Whether files go along, in parts of their own.
    pub files: bool,
}

impl RequestContext<'_> {
    fn value_in_record(&self, setting: &Setting) -> Option<String> {
        self.record.zip(setting.from.as_ref()).and_then(|(record, pointer)| record.at(pointer)?.scalar())
    }
}

/// The value of a setting, or the code of what is wrong with it.
/// What the path cannot do without may stand in the body.
pub fn resolve_setting(
    entry: &RegistryEntry,
    settings: &Settings,
    about: &RequestContext,
    name: &str,
    path: &str,
    body: Option<&Json>,
) -> Result<Option<String>, FaultCode> {
    let setting = entry.api.settings.iter().find(|setting| setting.name == name);
    let mut in_path = false;
    placeholders(path, &mut |known| in_path |= known == name);
    let sent = || RequestContext { record: body.filter(|_| in_path), ..*about }.value_in_record(setting?);
    let Some(value) = settings.value(entry, name, about).or_else(sent) else {
        let needed = in_path || setting.is_some_and(|setting| setting.required);
        return if needed { Err(FaultCode::SettingMissing) } else { Ok(None) };
    };
    let integer = entry.api.settings.iter().any(|setting| setting.name == name && setting.integer);
    if integer && parse_integer(&value).is_none() {
        return Err(FaultCode::SettingInteger);
    }
    // A browser resolves these even when they are encoded, and the request would go elsewhere.
    if matches!(value.as_str(), "." | "..") {
        return Err(FaultCode::SettingPath);
    }
    Ok(Some(value))
}

/// Whether a host's setting and the body name the new connection differently; upper and lower case are the same.
pub fn differs(entry: &RegistryEntry, about: &RequestContext, name: &str, value: &str) -> bool {
    let setting = entry.api.settings.iter().find(|setting| setting.name == name);
    setting
        .and_then(|setting| about.value_in_record(setting))
        .is_some_and(|told| !told.eq_ignore_ascii_case(value))
}

/// A template with its settings filled in; `None` where one is missing.
pub fn expand(template: &str, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut parts = split(template, b'{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = split_once(part, b'}')?;
        text.push_str(&value(name)?);
        text.push_str(rest);
    }
    Some(text)
}
