package dev.tarry.lab.load;

import dev.tarry.lab.load.Tally.Recipients;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Locale;

/// One session with the server: takes its replies, gives what to send, counts what happened. Plain code without a
/// socket; used on one loop.
///
/// ```
/// banner ▷ EHLO (▷ HELO) (▷ AUTH) ▷ envelope ▷ content ▷ ready ▷ envelope … ▷ QUIT
///                                      └ refused ▷ (RSET) ▷ ready
/// ```
/// A connection is made because there is a letter; the first one is known before the banner comes. A refusal ends the
/// letter, not the session, except before the first envelope: who may not come in goes home. A reply that cannot be
/// (not asked for, of a wrong kind) ends the session: from there on nobody could tell which reply belongs to what.
final class LoadSession {
    /// What is to be done now.
    sealed interface Act {
        /// Send this, line ends included.
        record Say(String text) implements Act {}

        /// Send head and body of this, and the dot; then [#contentSent].
        record Send(Letter letter) implements Act {}

        record Await() implements Act {}

        /// The letter has ended; [#next] or [#quit], or let it be.
        record Ready() implements Act {}

        /// Close the connection.
        record HangUp() implements Act {}
    }

    private static final Act AWAIT = new Act.Await();
    private static final Act READY = new Act.Ready();
    private static final Act HANG_UP = new Act.HangUp();

    /// A reply that is owed.
    private record Owed(Stage stage, long sinceNanos) {}

    private final Manners manners;
    private final Tally tally;
    private final ArrayDeque<Owed> owed = new ArrayDeque<>();

    private boolean pipelining;
    private boolean sizeOffered;
    private int loginStep;
    private boolean over;
    private int lettersEnded;

    // Of the letter at hand.
    private Letter letter;
    private long dueNanos;
    private Recipients recipients;
    private boolean mailAccepted;
    private boolean settled;
    private boolean sending;

    /// @param first the letter that the connection was made for
    /// @param dueNanos when it was due
    /// @param now when the dialling begins
    LoadSession(Manners manners, Tally tally, Letter first, long dueNanos, long now) {
        this.manners = manners;
        this.tally = tally;
        take(first, dueNanos);
        expect(Stage.CONNECT, now);
    }

    private void take(Letter next, long due) {
        letter = next;
        dueNanos = due;
        recipients = Recipients.NONE;
        mailAccepted = false;
        settled = false;
        tally.begun();
    }

    /// The connection stands: the banner is owed.
    void opened(long now) {
        tally.connected(now - owed.remove().sinceNanos());
        expect(Stage.BANNER, now);
    }

    /// What is waited for.
    Stage stage() {
        return owed.isEmpty()
                ? sending ? Stage.END_OF_DATA : Stage.IDLE
                : owed.peek().stage();
    }

    /// Whether another letter may follow on this connection.
    boolean more() {
        return !over && lettersEnded < manners.perConnection();
    }

    /// Another letter, after [Act.Ready].
    Act next(Letter next, long due, long now) {
        take(next, due);
        return envelope(now);
    }

    Act quit(long now) {
        expect(Stage.QUIT, now);
        return new Act.Say("QUIT\r\n");
    }

    /// The last octet of the content, and the dot, have been handed to the socket.
    void contentSent(long now) {
        sending = false;
        expect(Stage.END_OF_DATA, now);
    }

    /// The connection has gone, or is to go, before the session was over.
    void broke(Failure failure) {
        if (over) {
            return;
        }
        over = true;
        var at = stage();
        // Who is told goodbye may leave as it likes.
        if (at != Stage.QUIT || failure == Failure.TIMED_OUT) {
            tally.broke(at, failure);
        }
        if (!settled) {
            settled = true;
            tally.failed(letter, recipients);
        }
    }

    Act reply(SmtpReply reply, long now) {
        var asked = owed.peek();
        if (over) {
            return HANG_UP;
        }
        if (asked == null) {
            return outOfTurn(reply);
        }
        tally.replied(asked.stage(), reply, now - asked.sinceNanos());
        // A farewell ends the session whatever was asked (RFC 5321 §3.8).
        if (reply.code() == 421 && asked.stage() != Stage.QUIT) {
            return end(Failure.FAREWELL);
        }
        if (!fits(asked.stage(), reply)) {
            return end(Failure.WRONG_REPLY);
        }
        owed.remove();
        return switch (asked.stage()) {
            case BANNER -> reply.refusal() ? turnedAway(now) : hello(Stage.EHLO, now);
            case EHLO -> reply.refusal() ? hello(Stage.HELO, now) : welcomed(reply, now);
            case HELO -> reply.refusal() ? turnedAway(now) : envelope(now);
            case AUTH -> auth(reply, now);
            case MAIL -> mail(reply, now);
            case RCPT -> rcpt(reply, now);
            case DATA -> data(reply, now);
            case END_OF_DATA -> endOfData(reply, now);
            case RSET -> reply.refusal() ? goHome(now) : READY;
            case QUIT -> {
                over = true;
                yield HANG_UP;
            }
            case CONNECT, IDLE -> throw new IllegalStateException("no reply is owed at " + asked.stage());
        };
    }

    private Act outOfTurn(SmtpReply reply) {
        // Counted, but how long it took would mean nothing. If content is being sent, the rest of it would be read as
        // commands by whoever has done with it.
        tally.replied(stage(), reply, -1);
        return end(reply.code() == 421 ? Failure.FAREWELL : Failure.OUT_OF_TURN);
    }

    private static boolean fits(Stage stage, SmtpReply reply) {
        return reply.refusal()
                || switch (stage) {
                    case DATA -> reply.code() == 354;
                    case AUTH -> reply.code() == 334 || reply.positive();
                    case BANNER, EHLO, HELO, MAIL, RCPT, END_OF_DATA, RSET, QUIT -> reply.positive();
                    case CONNECT, IDLE -> false;
                };
    }

    private Act end(Failure failure) {
        broke(failure);
        return HANG_UP;
    }

    private Act hello(Stage verb, long now) {
        expect(verb, now);
        return new Act.Say(verb.name() + " " + manners.heloName() + "\r\n");
    }

    private Act welcomed(SmtpReply reply, long now) {
        boolean plain = false;
        boolean login = false;
        for (var line : reply.lines()) {
            var words = line.toUpperCase(Locale.ROOT).strip().split("[ =]");
            switch (words[0]) {
                case "PIPELINING" -> pipelining = manners.pipelining();
                case "SIZE" -> sizeOffered = true;
                case "AUTH" -> {
                    for (var mechanism : words) {
                        plain |= mechanism.equals("PLAIN");
                        login |= mechanism.equals("LOGIN");
                    }
                }
                default -> {} // nothing that is used here
            }
        }
        if (manners.login().isEmpty()) {
            return envelope(now);
        }
        if (!plain && !login) {
            // The server might take the mail all the same, but that was not what was to be tried.
            return turnedAway(now);
        }
        var who = manners.login().get();
        loginStep = plain ? 2 : 0;
        expect(Stage.AUTH, now);
        // RFC 4616
        return new Act.Say(
                plain ? "AUTH PLAIN " + base64("\0" + who.user() + "\0" + who.password()) + "\r\n" : "AUTH LOGIN\r\n");
    }

    private Act auth(SmtpReply reply, long now) {
        if (reply.positive()) {
            return envelope(now);
        }
        if (reply.refusal() || loginStep == 2) {
            return turnedAway(now);
        }
        var who = manners.login().orElseThrow();
        expect(Stage.AUTH, now);
        return new Act.Say(base64(loginStep++ == 0 ? who.user() : who.password()) + "\r\n");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Not let in: the letter is refused before its envelope.
    private Act turnedAway(long now) {
        settle(false, now);
        return goHome(now);
    }

    private Act goHome(long now) {
        lettersEnded = Integer.MAX_VALUE;
        return quit(now);
    }

    private Act envelope(long now) {
        var lines = new StringBuilder(160);
        lines.append("MAIL FROM:<").append(letter.sender()).append('>');
        if (sizeOffered) {
            // RFC 1870
            lines.append(" SIZE=").append(letter.sizeBytes());
        }
        lines.append("\r\n");
        expect(Stage.MAIL, now);
        if (pipelining) {
            for (var recipient : letter.recipients()) {
                rcptLine(lines, recipient);
                expect(Stage.RCPT, now);
            }
            lines.append("DATA\r\n");
            expect(Stage.DATA, now);
        }
        return new Act.Say(lines.toString());
    }

    private static void rcptLine(StringBuilder lines, String recipient) {
        lines.append("RCPT TO:<").append(recipient).append(">\r\n");
    }

    private Act mail(SmtpReply reply, long now) {
        mailAccepted = reply.positive();
        if (!mailAccepted) {
            settle(false, now);
        }
        if (pipelining) {
            return AWAIT;
        }
        return mailAccepted ? nextRcpt(now) : ended();
    }

    private Act nextRcpt(long now) {
        var line = new StringBuilder(64);
        rcptLine(line, letter.recipients().get(recipients.answered()));
        expect(Stage.RCPT, now);
        return new Act.Say(line.toString());
    }

    private Act rcpt(SmtpReply reply, long now) {
        if (!mailAccepted) {
            // What is said to recipients of a refused MAIL says nothing of the recipients.
            return AWAIT;
        }
        recipients = recipients.and(reply);
        boolean last = recipients.answered() == letter.recipients().size();
        if (last && recipients.accepted() == 0) {
            settle(false, now);
        }
        if (pipelining) {
            return AWAIT;
        }
        if (!last) {
            return nextRcpt(now);
        }
        if (recipients.accepted() == 0) {
            return forget(now);
        }
        expect(Stage.DATA, now);
        return new Act.Say("DATA\r\n");
    }

    private Act data(SmtpReply reply, long now) {
        if (reply.refusal()) {
            settle(false, now);
            return mailAccepted ? forget(now) : ended();
        }
        if (settled) {
            // RFC 2920 §3.1: the server wants content for nobody.
            expect(Stage.END_OF_DATA, now);
            return new Act.Say(".\r\n");
        }
        sending = true;
        return new Act.Send(letter);
    }

    private Act endOfData(SmtpReply reply, long now) {
        settle(reply.positive(), now);
        return ended();
    }

    private void settle(boolean accepted, long now) {
        if (settled) {
            return;
        }
        settled = true;
        if (accepted) {
            tally.accepted(letter, recipients, now - dueNanos);
        } else {
            tally.refused(letter, recipients);
        }
    }

    /// The transaction is left over, and the next MAIL would be one too many.
    private Act forget(long now) {
        lettersEnded++;
        if (!more()) {
            return READY;
        }
        expect(Stage.RSET, now);
        return new Act.Say("RSET\r\n");
    }

    private Act ended() {
        lettersEnded++;
        return READY;
    }

    private void expect(Stage stage, long now) {
        owed.add(new Owed(stage, now));
    }
}
