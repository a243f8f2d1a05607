package dev.tarry.dsn;

import dev.tarry.mail.EnhancedStatus;
import dev.tarry.mail.ExchangeProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// The sentences of a report, in English (reference §7.3).
final class DsnText {
    static final String DIAGNOSTICS = "Diagnostic information for administrators:";
    static final String ORIGINAL_HEADERS = "Original message headers:";

    private static final DateTimeFormatter EN_US =
            DateTimeFormatter.ofPattern("M/d/uuuu h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter RFC_5322 = DateTimeFormatter.ofPattern(
                    "EEE, d MMM uuuu HH:mm:ss '+0000'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private DsnText() {}

    static String heading(DsnKind kind) {
        return switch (kind) {
            case DsnKind.Failure _ -> "Delivery has failed to these recipients or groups:";
            case DsnKind.Delay _ -> "Delivery is delayed to these recipients or groups:";
            case DsnKind.Delivered _ -> "Your message has been delivered to the following recipients:";
            case DsnKind.Relayed _ ->
                "Delivery to these recipients or groups is complete, but no delivery notification was sent by the"
                        + " destination server:";
        };
    }

    /// What the sender of a failed message is told about one recipient.
    static List<String> failure(ExchangeProfile profile, DsnRequest.RecipientReport recipient) {
        EnhancedStatus status = recipient.reply().status();
        if (profile == ExchangeProfile.SEED && speaksOfDns(recipient)) {
            String dns = "Your message wasn't delivered due to a DNS problem.";
            return isExpiry(status) ? List.of(dns, "Exchange will retry delivery for 48 hours.") : List.of(dns);
        }
        return List.of(failure(status));
    }

    /// As Exchange has it for a code.
    static String failure(EnhancedStatus status) {
        if (isExpiry(status)) {
            return "The server has tried to deliver this message, without success, and has stopped trying."
                    + " Please try sending this message again. If the problem continues, contact your helpdesk.";
        }
        return switch (status.toString()) {
            case "5.1.1" ->
                "The email address you entered couldn't be found. Please check the recipient's email address and try"
                        + " to resend the message. If the problem continues, please contact your helpdesk.";
            default ->
                "A problem occurred during the delivery of this message to this e-mail address. Try sending this"
                        + " message again. If the problem continues, please contact your helpdesk.";
        };
    }

    private static boolean speaksOfDns(DsnRequest.RecipientReport recipient) {
        return recipient.reply().toString().contains("DNS")
                || recipient.earlier().stream().anyMatch(d -> d.text().contains("DNS"));
    }

    /// Whether it is our own verdict that a message has waited too long (2013 and before; 2016 and later).
    static boolean isExpiry(EnhancedStatus status) {
        return status.equals(new EnhancedStatus(4, 4, 7)) || status.equals(new EnhancedStatus(5, 4, 300));
    }

    static String rejectedBy(String host) {
        return "The following organization rejected your message: " + host + ".";
    }

    static List<String> delay(DsnKind.Delay delay, Instant now) {
        Duration left = Duration.between(now, delay.retryUntil());
        Duration shown = left.isNegative() ? Duration.ZERO : left;
        return List.of(
                "This message hasn't been delivered yet. Delivery will continue to be attempted.",
                "The server will keep trying to deliver this message for the next " + shown.toDays() + " days, "
                        + shown.toHoursPart() + " hours and " + shown.toMinutesPart()
                        + " minutes. You'll be notified if the message can't be delivered by that time.");
    }

    /// As the diagnostics show a moment: UTC, without saying so.
    static String shown(Instant moment) {
        return EN_US.format(moment);
    }

    /// As header fields show it (RFC 5322 §3.3).
    static String date(Instant moment) {
        return RFC_5322.format(moment);
    }
}
