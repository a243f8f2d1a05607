package dev.tarry.lab.fault;

import java.time.Duration;

/// What a mail host does at a stage instead of going on.
public sealed interface SmtpEffect {
    /// Says this instead. A code that is no refusal lets the session go on as it would have: an odd 250 is taken
    /// for the host's word, and the host did what it says.
    ///
    /// @param code 200 to 599; 421 also ends the session (RFC 5321 §3.8)
    /// @param text what follows the code, an enhanced status code included; more lines than one make a multi-line
    ///     reply, the code before each
    record Reply(int code, String text) implements SmtpEffect {
        public Reply {
            Bounds.checked("code", code, 200, 599);
            ReplyRules.text(text);
        }

        /// Whether it says no.
        public boolean refusal() {
            return code >= 400;
        }
    }

    /// Sends these octets instead of a reply, well formed or not.
    ///
    /// @param octets one char for each octet, line ends included
    record Raw(String octets) implements SmtpEffect {
        static final int OCTETS_MAX = 100_000;

        public Raw {
            Bounds.checked("text, octets", octets.length(), 1, OCTETS_MAX);
            if (octets.chars().anyMatch(c -> c > 0xff)) {
                throw new BadFault("text", "holds a character above U+00FF", "write octets, others as \\xNN");
            }
        }
    }

    /// Closes the connection without a word.
    record Close() implements SmtpEffect {}

    /// Resets it: what is on its way is lost.
    record Reset() implements SmtpEffect {}

    /// Ends its own half of the connection without a word, and still reads.
    record HalfClose() implements SmtpEffect {}

    /// Never answers, and keeps the connection.
    record Stall() implements SmtpEffect {}

    /// Answers truly, but later: a tarpit.
    record Delay(Duration by) implements SmtpEffect {
        public Delay {
            Spans.checked("by", by);
        }
    }

    /// Answers truly, but octet by octet.
    ///
    /// @param by between two octets
    record Drip(Duration by) implements SmtpEffect {
        public Drip {
            Spans.checked("by", by);
        }
    }

    /// Sends the first half of the true answer.
    record Half(Then then) implements SmtpEffect {}

    /// Refuses, until the same client, sender and recipient come back after a while.
    ///
    /// @param delay how long after the first attempt the next is taken
    record Greylist(Duration delay, int code, String text) implements SmtpEffect {
        public Greylist {
            Spans.checked("wait", delay);
            ReplyRules.refusal(code, text);
        }
    }

    /// Refuses what is more than so many within any window of that length.
    record Limit(int count, Duration per, int code, String text) implements SmtpEffect {
        static final int COUNT_MAX = 100_000;

        public Limit {
            Bounds.checked("count", count, 0, COUNT_MAX);
            Spans.checked("per", per);
            ReplyRules.refusal(code, text);
        }
    }

    /// Takes the message, keeps it not, and sends a report to its sender later (RFC 3464), as hosts do that find
    /// out too late.
    ///
    /// @param after the message was taken
    /// @param code of the report's diagnostic, 500 to 599
    record Bounce(Duration after, int code, String text) implements SmtpEffect {
        public Bounce {
            Spans.checked("after", after);
            Bounds.checked("code", code, 500, 599);
            ReplyRules.text(text);
        }
    }

    /// What follows half an answer.
    enum Then implements Worded {
        STALL,
        CLOSE
    }
}
