package dev.tarry.login;

import java.util.Optional;

/// The server's side of one mechanism, once: octets in, what to do next out. Plain code; on one thread.
/// Never throws, whatever the octets are.
public interface Conversation {
    /// @param initial what came with AUTH itself, before base64; empty: nothing did
    Turn begin(Optional<byte[]> initial);

    /// The client's answer to a challenge.
    Turn answer(byte[] response);
}
