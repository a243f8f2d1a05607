package dev.tarry.lab.mx;

import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.fault.SmtpEffect;
import dev.tarry.lab.fault.SmtpStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a mail host says to one client: takes lines, gives answers. Plain code without a socket; used on one loop.
///
/// It is strict where a sender could be wrong, since senders are what it is there to try: syntax, order, parameters
/// that were not offered, bare line ends.
final class HostSession {
    /// Past so many lines that were no use, the client is sent away.
    static final int ERRORS_MAX = 50;

    private final String host;
    private final String hostAddress;
    private final String client;
    private final Faults faults;
    private final MailBounds bounds;

    private String heloName = "";
    private boolean esmtp;
    private boolean turnedAway;
    private int errors;

    private String mailFrom;
    private List<String> mailParameters = List.of();
    private final List<ReceivedMessage.Recipient> recipients = new ArrayList<>();

    /// What is to be done now.
    sealed interface Answer {
        /// Send this, lines end included.
        record Say(String text) implements Answer {}

        /// Send this; what comes then is content.
        record TakeData(String text) implements Answer {}

        /// Send this and close.
        record SayAndClose(String text) implements Answer {}

        /// Close without a word.
        record Hang() implements Answer {}

        /// Keep the message; then [#kept].
        record Keep(Envelope envelope) implements Answer {}
    }

    HostSession(String host, String hostAddress, String client, Faults faults, MailBounds bounds) {
        this.host = host;
        this.hostAddress = hostAddress;
        this.client = client;
        this.faults = faults;
        this.bounds = bounds;
    }

    Answer greet() {
        var fault = fault(SmtpStage.BANNER, List.of());
        turnedAway = fault.isPresent();
        return fault.orElseGet(() -> say("220 " + host + " ESMTP"));
    }

    /// @param line without its CRLF, one char for each octet
    Answer command(String line) {
        if (line.chars().anyMatch(c -> c > '~' || c < ' ')) {
            return useless("500 5.5.2 Only printable ASCII in commands");
        }
        int space = line.indexOf(' ');
        var verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        var rest = space < 0 ? "" : line.substring(space + 1);
        if (turnedAway && !verb.equals("QUIT")) {
            return useless("503 5.5.1 No service here");
        }
        return switch (verb) {
            case "EHLO" -> hello(rest, true);
            case "HELO" -> hello(rest, false);
            case "MAIL" -> mail(rest);
            case "RCPT" -> rcpt(rest);
            case "DATA" -> data(rest);
            case "RSET" -> {
                forgetTransaction();
                yield say("250 2.0.0 OK");
            }
            case "NOOP" -> say("250 2.0.0 OK");
            case "VRFY" -> say("252 2.5.2 Send some mail, I'll try my best");
            case "HELP" -> say("214 2.0.0 RFC 5321");
            case "QUIT" ->
                fault(SmtpStage.QUIT, List.of())
                        .orElseGet(() -> new Answer.SayAndClose(line("221 2.0.0 " + host + " closing connection")));
            case "EXPN", "BDAT", "AUTH", "STARTTLS", "ETRN" -> useless("502 5.5.1 Not offered here");
            default -> useless("500 5.5.1 Unrecognized command");
        };
    }

    /// A line that ended with a bare LF, or was too long.
    Answer badLine(String reply) {
        return useless(reply);
    }

    private Answer hello(String name, boolean extended) {
        if (name.isBlank() || name.strip().contains(" ")) {
            return useless("501 5.5.4 A host name is needed");
        }
        var fault = fault(extended ? SmtpStage.EHLO : SmtpStage.HELO, List.of());
        if (fault.isPresent()) {
            return fault.get();
        }
        forgetTransaction();
        heloName = name.strip();
        esmtp = extended;
        if (!extended) {
            return say("250 " + host);
        }
        return new Answer.Say(String.join(
                "\r\n",
                "250-" + host + " at your service, [" + client + "]",
                "250-PIPELINING",
                "250-SIZE " + bounds.messageOctets(),
                "250-8BITMIME",
                "250-DSN",
                "250 ENHANCEDSTATUSCODES",
                ""));
    }

    private Answer mail(String rest) {
        if (heloName.isEmpty()) {
            return useless("503 5.5.1 EHLO first");
        }
        if (mailFrom != null) {
            return useless("503 5.5.1 Nested MAIL");
        }
        if (!rest.regionMatches(true, 0, "FROM:", 0, 5)) {
            return useless("501 5.5.4 Syntax: MAIL FROM:<path>");
        }
        return switch (EsmtpParameters.read(rest.substring(5), true, esmtp)) {
            case EsmtpParameters.Read.Bad(var reply) -> useless(reply);
            case EsmtpParameters.Read.Good(var line) -> {
                if (line.declaredSize().orElse(0L) > bounds.messageOctets()) {
                    yield say("552 5.3.4 Message size exceeds fixed limit");
                }
                mailFrom = line.path();
                mailParameters = line.parameters();
                yield fault(SmtpStage.MAIL, List.of())
                        .map(fault -> {
                            forgetTransaction();
                            return fault;
                        })
                        .orElseGet(() -> say("250 2.1.0 OK"));
            }
        };
    }

    private Answer rcpt(String rest) {
        if (mailFrom == null) {
            return useless("503 5.5.1 MAIL first");
        }
        if (!rest.regionMatches(true, 0, "TO:", 0, 3)) {
            return useless("501 5.5.4 Syntax: RCPT TO:<path>");
        }
        return switch (EsmtpParameters.read(rest.substring(3), false, esmtp)) {
            case EsmtpParameters.Read.Bad(var reply) -> useless(reply);
            case EsmtpParameters.Read.Good(var line) -> {
                if (line.path().lastIndexOf('@') <= 0 && !line.path().equalsIgnoreCase("postmaster")) {
                    yield useless("501 5.1.3 Bad recipient address syntax");
                }
                if (recipients.size() >= bounds.recipients()) {
                    yield say("452 4.5.3 Too many recipients");
                }
                var fault = fault(SmtpStage.RCPT, List.of(line.path()));
                if (fault.isPresent()) {
                    yield fault.get();
                }
                recipients.add(new ReceivedMessage.Recipient(line.path(), line.parameters()));
                yield say("250 2.1.5 OK");
            }
        };
    }

    private Answer data(String rest) {
        if (!rest.isBlank()) {
            return useless("501 5.5.4 DATA takes no parameters");
        }
        if (mailFrom == null) {
            return useless("503 5.5.1 MAIL first");
        }
        if (recipients.isEmpty()) {
            return useless("554 5.5.1 No valid recipients");
        }
        return fault(SmtpStage.DATA, accepted()).orElseGet(() -> new Answer.TakeData(line("354 Go ahead")));
    }

    /// The final dot has come.
    ///
    /// @param sizeBytes octets of content
    Answer endOfData(long sizeBytes) {
        if (sizeBytes > bounds.messageOctets()) {
            forgetTransaction();
            return say("552 5.3.4 Message size exceeds fixed limit");
        }
        var fault = fault(SmtpStage.EOD, accepted());
        if (fault.isPresent()) {
            forgetTransaction();
            return fault.get();
        }
        var envelope = new Envelope(
                host, hostAddress, client, heloName, esmtp, mailFrom, mailParameters, List.copyOf(recipients));
        forgetTransaction();
        return new Answer.Keep(envelope);
    }

    /// @param id empty: the message could not be kept
    Answer kept(Optional<String> id) {
        return say(id.map(known -> "250 2.0.0 OK " + known).orElse("452 4.3.1 Insufficient system storage"));
    }

    private void forgetTransaction() {
        mailFrom = null;
        mailParameters = List.of();
        recipients.clear();
    }

    private List<String> accepted() {
        return recipients.stream().map(ReceivedMessage.Recipient::address).toList();
    }

    private Optional<Answer> fault(SmtpStage stage, List<String> known) {
        return faults.smtp(host, stage, mailFrom == null ? "" : mailFrom, known, 0)
                .map(effect -> switch (effect) {
                    case SmtpEffect.Reply(int code, var text) -> {
                        var reply = line(text.isEmpty() ? Integer.toString(code) : code + " " + text);
                        // 421 is a farewell (RFC 5321 §3.8), and so is every answer to QUIT.
                        yield code == 421 || stage == SmtpStage.QUIT
                                ? new Answer.SayAndClose(reply)
                                : new Answer.Say(reply);
                    }
                    case SmtpEffect.Close() -> new Answer.Hang();
                    default -> say("451 4.3.0 Not built yet");
                });
    }

    private Answer useless(String reply) {
        errors++;
        return errors > ERRORS_MAX ? new Answer.SayAndClose(line("421 4.7.0 Too many errors")) : say(reply);
    }

    private static Answer say(String reply) {
        return new Answer.Say(line(reply));
    }

    private static String line(String reply) {
        return reply + "\r\n";
    }
}
