package dev.tarry.receive;

/// Where sessions write what was said (reference §8.7). Called on io loops, from several threads.
@FunctionalInterface
public interface ProtocolLog {
    ProtocolLog OFF = (_, _, _) -> Conversation.OFF;

    /// A connection begins.
    ///
    /// @param sessionId sixteen hexadecimal digits
    Conversation open(ReceiveConnector connector, String sessionId, Peer peer);

    /// One connection's lines, in order, all on one thread.
    @FunctionalInterface
    interface Conversation {
        /// Nobody reads it; no text is made for it.
        Conversation OFF = (_, _, _) -> {};

        /// @param data    what was said; free of controls
        /// @param context more words, often empty
        void line(Event event, String data, String context);
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
