package dev.tarry.login;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// AUTH LOGIN as Exchange speaks it: `Username:`, `Password:` (reference §6.5).
final class LoginConversation implements Conversation {
    private static final Turn USERNAME = new Turn.Challenge("Username:".getBytes(StandardCharsets.US_ASCII));
    private static final Turn PASSWORD = new Turn.Challenge("Password:".getBytes(StandardCharsets.US_ASCII));

    private String name;

    @Override
    public Turn begin(Optional<byte[]> initial) {
        return initial.isPresent() ? answer(initial.get()) : USERNAME;
    }

    @Override
    public Turn answer(byte[] response) {
        Optional<String> text = Octets.text(response);
        if (text.isEmpty()) {
            return new Turn.Over(Verdict.MALFORMED);
        }
        if (name == null) {
            if (response.length > Octets.MAX_REMEMBERED) {
                return new Turn.Over(Verdict.MALFORMED);
            }
            name = text.get();
            return PASSWORD;
        }
        return new Turn.Check(new Claim(name, text.get(), ""));
    }
}
