package dev.tarry.connectivity;

import java.time.Instant;

/// A row of the connectivity log (reference §8.6).
///
/// @param time        lab time
/// @param session     sixteen hexadecimal digits, one for each attempt
/// @param source      what connects: `SMTP`
/// @param destination the next hop
/// @param description free text; hosts' and servers' words stand in it as they were said
public record ConnectivityRow(
        Instant time, String session, String source, String destination, Direction direction, String description) {
    /// What a row tells of.
    public enum Direction {
        BEGIN("+"),
        STEP(">"),
        END("-");

        private final String sign;

        Direction(String sign) {
            this.sign = sign;
        }

        /// As it stands in the file.
        String sign() {
            return sign;
        }
    }
}
