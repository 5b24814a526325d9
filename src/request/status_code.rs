//! What came of a request, or of a form.

use crate::base::codes::codes;

codes! {
    /// How a form or a request stands. Its sentence stands in the word table under `status.<code>`.
    StatusCode {
        Editing = "editing",
        Invalid = "invalid",
        Busy = "busy",
        Saved = "saved",
        SavedLink = "saved_link",
        SavedPartly = "saved_partly",
        SavedFiles = "saved_files",
        FilesFailed = "files_failed",
        LinkFailed = "link_failed",
        Deleted = "deleted",
        Done = "done",
        DonePartly = "done_partly",
        Tested = "tested",
        TestFailed = "test_failed",
        Listed = "listed",
        Refused = "refused",
        Unauthorized = "unauthorized",
        Forbidden = "forbidden",
        NotFound = "not_found",
        Conflict = "conflict",
        TooLarge = "too_large",
        TooMany = "too_many",
        Server = "server",
        ServerMaybe = "server_maybe",
        Unreadable = "unreadable",
        UnreadableMaybe = "unreadable_maybe",
        LostNetwork = "lost_network",
        LostTimeout = "lost_timeout",
        LostCancelled = "lost_cancelled",
        LostNetworkMaybe = "lost_network_maybe",
        LostTimeoutMaybe = "lost_timeout_maybe",
        LostCancelledMaybe = "lost_cancelled_maybe",
    }
}

impl StatusCode {
    /// Whether the server may have done it though it did not say so.
    pub fn is_uncertain(self) -> bool {
        self.as_str().ends_with("_maybe")
    }
}
