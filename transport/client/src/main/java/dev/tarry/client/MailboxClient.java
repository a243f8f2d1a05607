package dev.tarry.client;

import static dev.tarry.client.Http.encoded;

import java.time.Instant;
import java.util.Optional;

/// One local mailbox. Reached by [TarryClient#mailbox]; as thread-safe.
public final class MailboxClient {
    private final Http http;
    private final String messages;

    MailboxClient(Http http, String address) {
        this.http = http;
        this.messages = "/api/v1/mailboxes/" + encoded(address) + "/messages";
    }

    /// Nothing where nobody wrote.
    public Page<MailboxMessage> messages(MailboxQuery wanted) {
        Query query = new Query()
                .with("subject", wanted.subject())
                .with("from", wanted.from())
                .with("since", wanted.since().map(Instant::toString))
                .with("resultSize", wanted.limit());
        if (wanted.newestFirst()) {
            query.with("newestFirst", Optional.of("true"));
        }
        return Page.of(http.object("GET", query.on(messages), Optional.empty()), MailboxMessage::of);
    }

    public ReadMessage read(String id) {
        return ReadMessage.of(http.object("GET", messages + "/" + encoded(id), Optional.empty()));
    }

    /// The octets, Return-Path first.
    public byte[] content(String id) {
        return http.content(messages + "/" + encoded(id) + "/content");
    }

    public void remove(String id) {
        http.object("DELETE", messages + "/" + encoded(id), Optional.empty());
    }

    /// @return how many there were
    public long removeAll() {
        return http.object("DELETE", messages, Optional.empty()).count("removed");
    }
}
