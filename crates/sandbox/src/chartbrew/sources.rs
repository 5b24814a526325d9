//! What some kinds of connection ask for before they are stored.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::answer;

const STRIPE: &str = "https://api.stripe.com/v1";

/// Checks a body and completes it; the answer is the refusal.
pub fn prepare(body: &mut Map<String, Value>) -> Result<(), Box<Response>> {
    let word = |name: &str| body.get(name).and_then(Value::as_str).filter(|word| !word.is_empty());
    match word("subType").or(word("type")) {
        Some("jira") => jira(body),
        Some("stripeOfficial") => stripe(body),
        _ => Ok(()),
    }
}

/// The real server loses the reason on its way out: the body is an empty object.
fn refuse() -> Box<Response> {
    Box::new(answer::json(StatusCode::BAD_REQUEST, &json!({})))
}

fn jira(body: &mut Map<String, Value>) -> Result<(), Box<Response>> {
    let host =
        body.get("host").and_then(Value::as_str).map(|host| host.trim().trim_end_matches('/').to_owned());
    let host = host.filter(|host| is_jira_site(host)).ok_or_else(refuse)?;
    let member = |name: &str| login(body, name).trim().to_owned();
    let (email, token) = (member("email"), member("apiToken"));
    if email.is_empty() || token.is_empty() {
        return Err(refuse());
    }
    let mut options = body.get("options").and_then(Value::as_object).cloned().unwrap_or_default();
    options.insert("jira".to_owned(), json!({ "siteUrl": host }));
    let schema = json!({
        "jira": { "accountId": null, "displayName": null, "emailAddress": null, "siteUrl": host },
        "resources": ["issues", "boards", "sprints", "sprint_issues", "versions", "fields", "users"],
    });
    let authentication = json!({ "type": "api_token", "email": email, "apiToken": token });
    body.extend([
        ("type".to_owned(), json!("jira")),
        ("subType".to_owned(), json!("jira")),
        ("host".to_owned(), json!(host)),
        ("options".to_owned(), Value::Object(options)),
        ("schema".to_owned(), schema),
        ("authentication".to_owned(), authentication),
    ]);
    Ok(())
}

fn is_jira_site(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let site = host.strip_prefix("https://").and_then(|rest| rest.strip_suffix(".atlassian.net"));
    site.is_some_and(|site| !site.is_empty() && !site.contains('/'))
}

/// The real server asks Stripe whether the key works. Here a key with `bad` in it does not, and
/// the refusal repeats the key as the real one does: a page must never show such a body.
fn stripe(body: &mut Map<String, Value>) -> Result<(), Box<Response>> {
    let key = login(body, "token").to_owned();
    if !key.starts_with("sk_") && !key.starts_with("rk_") {
        return Err(refuse());
    }
    if key.contains("bad") {
        let problem = json!({ "error": { "message": format!("Invalid API Key provided: {key}"), "type": "invalid_request_error" } });
        let refusal = json!({
            "name": "StatusCodeError",
            "statusCode": 401,
            "message": format!("401 - {problem}"),
            "error": problem,
            "options": {
                "method": "GET",
                "uri": format!("{STRIPE}/account"),
                "auth": { "bearer": key },
                "qs": {},
                "json": true,
                "simple": true,
                "resolveWithFullResponse": false,
                "transform2xxOnly": false,
            },
        });
        return Err(Box::new(answer::json(StatusCode::BAD_REQUEST, &refusal)));
    }
    body.insert("host".to_owned(), json!(STRIPE));
    Ok(())
}

fn login<'a>(body: &'a Map<String, Value>, member: &str) -> &'a str {
    body.get("authentication").and_then(|login| login.get(member)).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::is_jira_site;

    #[test]
    fn a_jira_site() {
        for good in ["https://a.atlassian.net", "HTTPS://Team.Atlassian.NET", "https://a.b.atlassian.net"] {
            assert!(is_jira_site(good), "{good}");
        }
        for bad in [
            "http://a.atlassian.net",
            "https://atlassian.net",
            "https://.atlassian.net",
            "https://a/b.atlassian.net",
            "https://jira.mycorp.com",
        ] {
            assert!(!is_jira_site(bad), "{bad}");
        }
    }
}
