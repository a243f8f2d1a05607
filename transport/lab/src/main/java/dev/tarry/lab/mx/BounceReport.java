package dev.tarry.lab.mx;

import dev.tarry.lab.fault.SmtpEffect;
import dev.tarry.lab.mx.JournaledSession.Direction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// One report on a message that could not be delivered after all (RFC 3464), as text.
///
/// @param number within the lab
/// @param taken when the message was, lab time
/// @param beginning of the message, one char for each octet
record BounceReport(long number, Instant taken, Envelope envelope, SmtpEffect.Bounce how, byte[] beginning) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern MESSAGE_ID =
            Pattern.compile("(?im)^Message-ID:[ \\t]*(<[\\x21-\\x7e]{1,900}>)[ \\t]*\\r?$");

    String host() {
        return envelope.host();
    }

    String hostAddress() {
        return envelope.hostAddress();
    }

    String sender() {
        return envelope.mailFrom();
    }

    /// Of the sender.
    String domain() {
        return sender().substring(sender().lastIndexOf('@') + 1);
    }

    private List<String> recipients() {
        return envelope.recipients().stream()
                .map(ReceivedMessage.Recipient::address)
                .toList();
    }

    OwedReport view(Instant due, int tries) {
        return new OwedReport(host(), sender(), recipients(), due, tries, headers());
    }

    SessionEntry journaled(SessionJournal journal, String remark) {
        var entry = journal.open(Direction.OUT, host(), hostAddress(), 0, domain());
        entry.note("report to " + sender() + ": " + remark);
        return entry;
    }

    /// Up to the first empty line, or as far as they are known; whole lines, ended by CRLF.
    private String headers() {
        var text = new String(beginning, StandardCharsets.ISO_8859_1);
        int end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n");
        int last = end < 0 ? text.lastIndexOf("\r\n") : end;
        return last <= 0 ? "" : text.substring(0, last + 2);
    }

    /// One char for each octet.
    ///
    /// @param now lab time of sending
    String text(Instant now) {
        var boundary = "report-" + number + "-of-" + host();
        var said = how.code() + (how.text().isEmpty() ? "" : " " + how.text().replace('\n', ' '));
        var headers = headers();
        var text = new StringBuilder();
        line(text, "From: Mail Delivery System <MAILER-DAEMON@" + host() + ">");
        line(text, "To: <" + sender() + ">");
        line(text, "Subject: Undelivered Mail Returned to Sender");
        line(text, "Date: " + DATE.format(now));
        line(text, "Message-ID: <report-" + number + "@" + host() + ">");
        var original = MESSAGE_ID.matcher(headers);
        if (original.find()) {
            line(text, "In-Reply-To: " + original.group(1));
        }
        line(text, "Auto-Submitted: auto-replied");
        line(text, "MIME-Version: 1.0");
        line(text, "Content-Type: multipart/report; report-type=delivery-status;");
        line(text, "\tboundary=\"" + boundary + "\"");
        line(text, "");
        line(text, "--" + boundary);
        line(text, "Content-Type: text/plain; charset=utf-8");
        line(text, "Content-Transfer-Encoding: 8bit");
        line(text, "");
        line(text, "Your message was accepted by " + host() + ", and could not be delivered to:");
        line(text, "");
        recipients().forEach(recipient -> line(text, "<" + recipient + ">: " + said));
        line(text, "");
        line(text, "--" + boundary);
        line(text, "Content-Type: message/delivery-status");
        line(text, "");
        line(text, "Reporting-MTA: dns; " + host());
        line(text, "Arrival-Date: " + DATE.format(taken));
        for (var recipient : recipients()) {
            line(text, "");
            line(text, "Final-Recipient: rfc822;" + recipient);
            line(text, "Action: failed");
            line(text, "Status: " + status());
            line(text, "Diagnostic-Code: smtp; " + said);
        }
        line(text, "");
        line(text, "--" + boundary);
        line(text, "Content-Type: text/rfc822-headers");
        line(text, "");
        text.append(headers);
        line(text, "");
        line(text, "--" + boundary + "--");
        return text.toString();
    }

    /// Of the words, if they begin with one (RFC 3463).
    private String status() {
        var first = how.text().split(" ", 2)[0];
        return first.matches("5\\.\\d{1,3}\\.\\d{1,3}") ? first : "5.0.0";
    }

    private static void line(StringBuilder text, String line) {
        text.append(Turn.octets(line)).append("\r\n");
    }
}
