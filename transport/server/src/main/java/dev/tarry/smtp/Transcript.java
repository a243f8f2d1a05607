package dev.tarry.smtp;

import dev.tarry.mail.Reply;

/// One connection's lines for a protocol log (reference §8.7), in order, all on one thread. What was said is passed as
/// it was said; whoever keeps it hides what is secret.
public interface Transcript {
    /// Nobody reads it; no text is made for it.
    Transcript OFF = new Transcript() {
        @Override
        public void connected(String local) {}

        @Override
        public void line(Event event, String data, String context) {}
    };

    /// The connection stands.
    ///
    /// @param local our end, `192.0.2.1:25`; empty where it has no such address
    void connected(String local);

    /// @param data    what was said
    /// @param context more words, or what is told; often empty
    void line(Event event, String data, String context);

    /// A reply on one line: of several lines, the code once and a blank before each.
    static String text(Reply reply) {
        return reply.lines().size() == 1 ? reply.toString() : reply.code() + "  " + String.join(" ", reply.lines());
    }

    /// What a line tells.
    enum Event {
        CONNECT('+'),
        DISCONNECT('-'),
        SENT('>'),
        RECEIVED('<'),
        INFORMATION('*');

        private final char sign;

        Event(char sign) {
            this.sign = sign;
        }

        /// As it stands in the log.
        public char sign() {
            return sign;
        }
    }
}
