package dev.tarry.receive;

import dev.tarry.login.Mechanism;
import dev.tarry.mail.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a session says, in Exchange's words (reference §6.2, §6.4–6.6). Where the reference has none, and
/// no RFC is named either, they are ours, in its manner.
final class Replies {
    static final Reply SENDER_OK = Reply.of(250, "2.1.0 Sender OK");
    static final Reply RECIPIENT_OK = Reply.of(250, "2.1.5 Recipient OK");
    static final Reply START_MAIL_INPUT = Reply.of(354, "Start mail input; end with <CRLF>.<CRLF>");
    static final Reply RESETTING = Reply.of(250, "2.0.0 Resetting");
    static final Reply OK = Reply.of(250, "2.0.0 OK");
    static final Reply GOODBYE = Reply.of(221, "2.0.0 Service closing transmission channel");
    /// ours
    static final Reply NO_EXPN = Reply.of(502, "5.3.3 Command not implemented");
    static final Reply CANNOT_VRFY = Reply.of(252, "2.1.5 Cannot VRFY user");
    static final Reply TLS_READY = Reply.of(220, "2.0.0 SMTP server ready");

    static final Reply AUTHENTICATED = Reply.of(235, "2.7.0 Authentication successful");
    static final Reply NOT_AUTHENTICATED = Reply.of(535, "5.7.3 Authentication unsuccessful");
    static final Reply AUTHENTICATION_BUSY = Reply.of(454, "4.7.0 Temporary authentication failure");
    static final Reply UNRECOGNIZED_AUTHENTICATION = Reply.of(504, "5.7.4 Unrecognized authentication type");
    /// ours; RFC 4954 §4 asks for 503
    static final Reply AUTHENTICATED_ALREADY = Reply.of(503, "5.5.2 Already authenticated");
    /// ours; RFC 4954 §4 asks for 503
    static final Reply AUTHENTICATION_LATE = Reply.of(503, "5.5.2 AUTH is not permitted during a mail transaction");
    /// RFC 4954 §4
    static final Reply INVALID_BASE64 = Reply.of(501, "5.5.2 Cannot decode response");

    static final Reply AUTHENTICATION_CANCELLED = Reply.of(501, "5.7.0 Authentication cancelled");
    static final Reply ANONYMOUS =
            Reply.of(530, "5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM");
    /// the reference has it for our own sending only, and unsure (§3.3); Exchange Online is seen to answer so
    static final Reply TLS_REQUIRED = Reply.of(451, "5.7.3 STARTTLS is required to send mail");
    static final Reply CANNOT_SEND_AS =
            Reply.of(550, "5.7.60 SMTP; Client does not have permissions to send as this sender");

    static final Reply UNRECOGNIZED = Reply.of(500, "5.3.3 Unrecognized command");
    /// RFC 5321 §4.5.3.1.9
    static final Reply LINE_TOO_LONG = Reply.of(500, "5.5.2 Line too long");
    static final Reply INVALID_ARGUMENTS = Reply.of(501, "5.5.4 Invalid arguments");
    static final Reply INVALID_DOMAIN = Reply.of(501, "5.5.4 Invalid domain name");
    static final Reply DOMAIN_REQUIRED = Reply.of(501, "5.0.0 HELO requires domain address");
    static final Reply INVALID_SENDER = Reply.of(550, "5.1.7 Invalid address");
    static final Reply INVALID_RECIPIENT = Reply.of(501, "5.1.3 Invalid address");
    static final Reply HELLO_FIRST = Reply.of(503, "5.5.2 Send hello first");
    static final Reply SENDER_ALREADY = Reply.of(503, "5.5.2 Sender already specified");
    static final Reply NEED_MAIL = Reply.of(503, "5.5.2 Need mail command");
    static final Reply NEED_RCPT = Reply.of(503, "5.5.2 Need rcpt command");

    /// RFC 3030 §2, §3: BDAT and DATA do not mix, and BINARYMIME has BDAT only
    static final Reply BAD_SEQUENCE = Reply.of(503, "5.5.2 Bad sequence of commands");
    /// RFC 6531 §3.5
    static final Reply NEEDS_SMTPUTF8 = Reply.of(553, "5.6.7 Non-ASCII address without SMTPUTF8 is not permitted");

    /// ours; RFC 3207 §4.2 asks for 503 only
    static final Reply TLS_ALREADY = Reply.of(503, "5.5.2 TLS has been negotiated already");
    /// RFC 3207 §4
    static final Reply TLS_NOT_AVAILABLE = Reply.of(454, "4.7.0 TLS not available due to temporary reason");

    static final Reply USER_UNKNOWN = Reply.of(550, "5.1.1 User unknown");
    static final Reply UNABLE_TO_RELAY = Reply.of(550, "5.7.54 SMTP; Unable to relay recipient in non-accepted domain");
    static final Reply RESERVED_TOP_LEVEL = Reply.of(501, "5.1.4 Recipient address reserved by RFC 2606");
    static final Reply RESERVED_SECOND_LEVEL = Reply.of(501, "5.1.5 Recipient address reserved by RFC 2606");
    static final Reply SINGLE_LABEL = Reply.of(501, "5.1.6 Recipient addresses in single label domains not accepted");
    static final Reply TOO_MANY_RECIPIENTS = Reply.of(452, "4.5.3 Too many recipients");
    static final Reply MESSAGE_TOO_LARGE = Reply.of(552, "5.3.4 Message size exceeds fixed maximum message size");
    static final Reply HEADER_TOO_LARGE = Reply.of(552, "5.3.4 Header size exceeds fixed maximum size");
    static final Reply TOO_MANY_HOPS = Reply.of(554, "5.4.6 Hop count exceeded - possible mail loop");
    /// the reference is sure of the code alone (§6.2)
    static final Reply BARE_LINE_ENDS =
            Reply.of(550, "5.6.11 Invalid message content: bare carriage return, linefeed or NUL");

    /// reference §9.2; the resource is ours
    static final Reply NO_MEMORY = Reply.of(452, "4.3.1 Insufficient system resources (ReceiveMemory)");

    static final Reply TOO_MANY_CONNECTIONS = Reply.of(
            421,
            "4.3.2 The maximum number of concurrent connections has exceeded a limit, closing transmission channel");
    static final Reply TOO_MANY_ERRORS =
            Reply.of(421, "4.7.0 Too many errors on this connection, closing transmission channel");
    static final Reply TOO_MANY_MESSAGES =
            Reply.of(421, "4.4.2 Message submission rate for this client has exceeded the configured limit");
    static final Reply CONNECTION_TIMED_OUT = Reply.of(421, "4.4.1 Connection timed out");
    static final Reply INPUT_TIMED_OUT = Reply.of(451, "4.7.0 Timeout waiting for client input");
    static final Reply NOT_AVAILABLE = Reply.of(421, "4.3.2 Service not available");
    static final Reply TEMPORARY_ERROR = Reply.of(451, "4.7.0 Temporary server error. Please try again later.");

    /// Characters of a message id that the queued reply repeats: the line stays within RFC 5321 §4.5.3.1.5.
    private static final int MAX_SHOWN_MESSAGE_ID = 300;

    private Replies() {}

    static Reply banner(ReceiveConnector connector, Instant now) {
        return connector
                .banner()
                .orElseGet(() -> Reply.of(
                        220,
                        connector.fqdn() + " Microsoft ESMTP MAIL Service ready at "
                                + MailDate.format(now, connector.zone())));
    }

    static Reply helo(ReceiveConnector connector, Peer peer) {
        return Reply.of(250, connector.fqdn() + " Hello [" + peer.clientIp() + "]");
    }

    /// @param tls  whether TLS can begin now
    /// @param auth whether AUTH is offered now
    static Reply help(ReceiveConnector connector, boolean tls, boolean auth) {
        return Reply.of(
                214,
                "This server supports the following commands:",
                "HELO EHLO" + (tls ? " STARTTLS" : "") + " RCPT DATA RSET MAIL QUIT HELP" + (auth ? " AUTH" : "")
                        + (connector.extensions().chunking() ? " BDAT" : ""));
    }

    static Reply chunkReceived(long bytes) {
        return Reply.of(250, "2.6.0 CHUNK received OK, " + bytes + " octets");
    }

    /// @param tls    whether TLS can begin now
    /// @param logins with which a client can log in now
    static Reply ehlo(ReceiveConnector connector, Peer peer, boolean tls, List<Mechanism> logins) {
        ReceiveConnector.Extensions offered = connector.extensions();
        List<String> lines = new ArrayList<>(10);
        lines.add(connector.fqdn() + " Hello [" + peer.clientIp() + "]");
        switch (offered.size()) {
            case ENABLED -> lines.add("SIZE " + connector.limits().maxMessageBytes());
            case ENABLED_WITHOUT_VALUE -> lines.add("SIZE");
            case DISABLED -> {}
        }
        if (offered.pipelining()) {
            lines.add("PIPELINING");
        }
        if (offered.dsn()) {
            lines.add("DSN");
        }
        if (offered.enhancedStatusCodes()) {
            lines.add("ENHANCEDSTATUSCODES");
        }
        if (tls) {
            lines.add("STARTTLS");
        }
        if (!logins.isEmpty()) {
            lines.add("AUTH " + logins.stream().map(Mechanism::keyword).collect(Collectors.joining(" ")));
        }
        if (offered.eightBitMime()) {
            lines.add("8BITMIME");
        }
        if (offered.binaryMime()) {
            lines.add("BINARYMIME");
        }
        if (offered.chunking()) {
            lines.add("CHUNKING");
        }
        if (offered.smtpUtf8()) {
            lines.add("SMTPUTF8");
        }
        return new Reply(250, lines);
    }

    /// `250 2.6.0 <message-id> [InternalId=…, Hostname=…] 1537 bytes in 3.537, 0.424 KB/sec Queued mail for
    /// delivery`
    static Reply queued(String messageId, long internalId, String fqdn, long bytes, Duration took) {
        String shown =
                messageId.length() <= MAX_SHOWN_MESSAGE_ID ? messageId : messageId.substring(0, MAX_SHOWN_MESSAGE_ID);
        long millis = Math.max(1, took.toMillis());
        long milliKilobytes = bytes * 1_000 * 1_000 / 1_024 / millis;
        StringBuilder text = new StringBuilder(160);
        text.append("2.6.0 ").append(shown).append(" [InternalId=").append(internalId);
        text.append(", Hostname=").append(fqdn).append("] ").append(bytes).append(" bytes in ");
        thousandths(text, millis).append(", ");
        thousandths(text, milliKilobytes).append(" KB/sec Queued mail for delivery");
        return Reply.of(250, text.toString());
    }

    private static StringBuilder thousandths(StringBuilder text, long value) {
        long rest = value % 1_000;
        return text.append(value / 1_000)
                .append(rest < 10 ? ".00" : rest < 100 ? ".0" : ".")
                .append(rest);
    }
}
