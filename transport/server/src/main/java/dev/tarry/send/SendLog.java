package dev.tarry.send;

import dev.tarry.routing.SendConnector;

/// Hears every connection, for a protocol log (reference §8.7). Called on io loops: must not block.
public interface SendLog {
    SendLog NONE = new SendLog() {
        @Override
        public boolean on(SendConnector connector) {
            return false;
        }

        @Override
        public void event(SendConnector connector, String session, Target target, char event, String data) {}
    };

    /// Whether anybody listens; no text is made otherwise.
    boolean on(SendConnector connector);

    /// @param session sixteen hexadecimal digits, one for each dial
    /// @param event   `+` connected, `-` disconnected, `>` sent, `<` received, `*` information
    /// @param data    one line; a host's words are free of controls, but otherwise its own
    void event(SendConnector connector, String session, Target target, char event, String data);
}
