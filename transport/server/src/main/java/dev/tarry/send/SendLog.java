package dev.tarry.send;

import dev.tarry.routing.SendConnector;
import dev.tarry.smtp.Transcript;

/// Where connections write what was said (reference §8.7). Called on io loops: must not block.
public interface SendLog {
    SendLog NONE = new SendLog() {
        @Override
        public boolean on(SendConnector connector) {
            return false;
        }

        @Override
        public Transcript open(SendConnector connector, String session, Target target) {
            return Transcript.OFF;
        }
    };

    /// Whether anybody listens; no text is made otherwise.
    boolean on(SendConnector connector);

    /// A dial begins.
    ///
    /// @param session sixteen hexadecimal digits, one for each dial
    Transcript open(SendConnector connector, String session, Target target);
}
