package dev.tarry.client;

import static dev.tarry.client.Http.encoded;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Resubmit requests: what Safety Net has kept is sent once more. Reached by [TarryClient#resubmitRequests]; as
/// thread-safe.
public final class ResubmitClient {
    private static final String REQUESTS = "/api/v1/resubmit-requests";

    private final Http http;

    ResubmitClient(Http http) {
        this.http = http;
    }

    /// Get-ResubmitRequest: all, oldest first.
    public List<SequencedMap<String, Object>> list() {
        return http.object("GET", REQUESTS, Optional.empty()).items().stream()
                .map(Answer::bag)
                .toList();
    }

    /// @throws ProblemException with status 404 if there is none of this identity
    public SequencedMap<String, Object> get(String identity) {
        return http.object("GET", path(identity), Optional.empty()).bag();
    }

    /// Add-ResubmitRequest.
    ///
    /// @param wanted StartTime and EndTime (ISO 8601), and Destination or any of Sender, Recipient, MessageId and
    /// ResubmitTo
    /// @return the request as it was made
    public SequencedMap<String, Object> add(Map<String, ?> wanted) {
        return http.object("POST", REQUESTS, Optional.of(wanted)).bag();
    }

    /// Set-ResubmitRequest.
    public SequencedMap<String, Object> enable(String identity, boolean enabled) {
        return http.object("PATCH", path(identity), Optional.of(Map.of("Enabled", enabled)))
                .bag();
    }

    /// Remove-ResubmitRequest.
    public void remove(String identity) {
        http.object("DELETE", path(identity), Optional.empty());
    }

    private static String path(String identity) {
        return REQUESTS + "/" + encoded(identity);
    }
}
