package dev.tarry.login;

import java.util.Optional;

/// AUTH PLAIN (RFC 4616): `[authzid] NUL authcid NUL password`.
final class PlainConversation implements Conversation {
    private static final Turn EMPTY = new Turn.Challenge(new byte[0]);

    @Override
    public Turn begin(Optional<byte[]> initial) {
        return initial.isPresent() ? answer(initial.get()) : EMPTY;
    }

    @Override
    public Turn answer(byte[] response) {
        String[] parts = Octets.text(response).map(text -> text.split("\0", -1)).orElseGet(() -> new String[0]);
        return parts.length == 3
                ? new Turn.Check(new Claim(parts[1], parts[2], parts[0]))
                : new Turn.Over(Verdict.MALFORMED);
    }
}
