package dev.tarry.lab.mx;

import dev.tarry.lab.fault.SmtpEffect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// What a host does in its turn: it says something, perhaps later, perhaps slowly, and then does something.
///
/// @param words one char for each octet, line ends included; empty: nothing is said
/// @param before so much later; zero: at once
/// @param between two octets; zero: all at once
record Turn(String words, Next next, Duration before, Duration between) {
    /// What an accepted message is answered with when its id is not known yet.
    static final String TAKEN = "250 2.0.0 OK";

    private static final Turn NOTHING = of("", new Next.GoOn());

    /// What follows the words.
    sealed interface Next {
        /// Take the next command.
        record GoOn() implements Next {}

        /// A message has been answered for; see whether something comes between this and the next.
        record Between() implements Next {}

        /// What comes now is content, up to its final dot.
        record TakeData() implements Next {}

        /// So many octets of content come now (RFC 3030).
        ///
        /// @param refusal what is said then, if they are not wanted
        record TakeChunk(long octets, boolean last, Optional<String> refusal) implements Next {}

        record BeginTls() implements Next {}

        /// Keep the message, then [HostSession#kept].
        ///
        /// @param words said when it is kept; empty: the usual
        /// @param begun whether the answer has been begun already, so that there is no way back
        record Keep(Envelope envelope, Optional<String> words, boolean begun) implements Next {}

        /// Keep it not, but owe its sender a report; then [HostSession#bounced].
        record Bounce(Envelope envelope, SmtpEffect.Bounce how) implements Next {}

        record Close() implements Next {}

        record Reset() implements Next {}

        /// End our half of the connection; what comes is read and thrown away.
        record HalfClose() implements Next {}

        /// Say nothing ever again; what comes is read and thrown away.
        record Stall() implements Next {}
    }

    static Turn of(String words, Next next) {
        return new Turn(words, next, Duration.ZERO, Duration.ZERO);
    }

    static Turn nothing() {
        return NOTHING;
    }

    static Turn silent(Next next) {
        return of("", next);
    }

    /// @param reply without its last line end
    static Turn say(String reply) {
        return of(line(reply), new Next.GoOn());
    }

    /// @param reply without its last line end
    static Turn sayAndClose(String reply) {
        return of(line(reply), new Next.Close());
    }

    static String line(String reply) {
        return octets(reply + "\r\n");
    }

    /// As octets on the wire: UTF-8.
    static String octets(String text) {
        return text.chars().allMatch(c -> c < 0x80)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /// The same, in other words.
    ///
    /// @param others octets, line ends included
    Turn saying(String others) {
        return next instanceof Next.Keep(var envelope, var _, var _)
                ? silent(new Next.Keep(envelope, Optional.of(others), false))
                : of(others, next);
    }

    Turn after(Duration wait) {
        return new Turn(words, next, wait, between);
    }

    /// Octet by octet. A message is kept when all of the answer but its last octet has gone, so that
    /// whoever loses patience on the way has not handed it over.
    Turn dripping(Duration gap) {
        if (next instanceof Next.Keep(var envelope, var _, var _)) {
            var whole = answer();
            int last = whole.length() - 1;
            return new Turn(
                    whole.substring(0, last),
                    new Next.Keep(envelope, Optional.of(whole.substring(last)), true),
                    before,
                    gap);
        }
        return new Turn(words, next, before, gap);
    }

    /// The first half of the words, and nothing of what would have followed.
    Turn half(SmtpEffect.Then then) {
        var whole = answer();
        return of(
                whole.substring(0, (whole.length() + 1) / 2),
                switch (then) {
                    case STALL -> new Next.Stall();
                    case CLOSE -> new Next.Close();
                });
    }

    private String answer() {
        return next instanceof Next.Keep(var _, var given, var _) ? given.orElse(line(TAKEN)) : words;
    }
}
