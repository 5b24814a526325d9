//! A request as a cURL command.

use crate::base::text::{join, replace_all};
use crate::json::Json;
use crate::request::plan::Plan;
use crate::request::url::address;

impl Plan {
    /// The request as a cURL command for a POSIX shell. The token is the shell's variable `TOKEN`.
    pub fn curl(&self) -> String {
        let url = address(&self.url, &self.query);
        let mut lines = vec![["curl -X ", &self.method, " ", &quoted(&url)].concat()];
        match self.auth {
            "bearer" => lines.push("-H \"authorization: Bearer $TOKEN\"".to_owned()),
            "basic" => lines.push("-u \"$TOKEN\"".to_owned()),
            "cookie" => lines.push("-b \"$TOKEN\"".to_owned()),
            _ => {}
        }
        for (name, value) in self.headers {
            lines.push(["-H ", &quoted(&[name, ": ", value].concat())].concat());
        }
        for part in self.parts() {
            let word = |name: &str| part.get(name).and_then(Json::as_str);
            let name = word("name").unwrap_or_default();
            lines.push(match word("text") {
                // Unlike -F, it reads nothing into the text.
                Some(text) => ["--form-string ", &quoted(&[name, "=", text].concat())].concat(),
                None => ["-F ", &quoted(&[name, "=@", word("file").unwrap_or_default()].concat())].concat(),
            });
        }
        if let (Some(body), true) = (&self.body, self.parts().is_empty()) {
            lines.push(["--data-raw ", &quoted(&body.to_text())].concat());
        }
        join(&lines, " \\\n  ")
    }
}

/// A text in single quotes, in which a POSIX shell changes nothing.
fn quoted(text: &str) -> String {
    ["'", &replace_all(text, "'", "'\\''"), "'"].concat()
}
