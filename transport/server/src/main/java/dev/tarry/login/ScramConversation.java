package dev.tarry.login;

import dev.tarry.config.HashedPassword;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// AUTH SCRAM-SHA-256 (RFC 5802, RFC 7677), without channel binding. Nothing here is dear: what was dear
/// was done when the password was hashed, and is done by the client. A user who is not there is asked for a
/// proof like any other, and the proof is wrong.
///
/// ```
/// FIRST   client-first ▷ FINAL, saying server-first
/// FINAL   client-final, the proof right ▷ LAST, saying server-final; wrong ▷ refused
/// LAST    an empty answer ▷ welcome (RFC 4954 §4: what a server has to say goes out before its 235)
/// ```
final class ScramConversation implements Conversation {
    private static final Turn EMPTY = new Turn.Challenge(new byte[0]);
    private static final Turn MALFORMED = new Turn.Over(Verdict.MALFORMED);
    private static final Turn REFUSED = new Turn.Over(Verdict.REFUSED);

    /// RFC 5802 §7: no channel binding, nothing mandatory that we do not know (`m=`), extensions ignored.
    /// Extensions are taken possessively: of thousands no thread's stack is full.
    static final Pattern CLIENT_FIRST = Pattern.compile("(?<header>[ny],(a=(?<actas>[^,]+))?,)"
            + "(?<bare>n=(?<user>[^,]+),r=(?<nonce>[\\x21-\\x2b\\x2d-\\x7e]+)(?:,[A-Za-z]=[^,]*+)*+)");

    static final Pattern CLIENT_FINAL = Pattern.compile("(?<unproved>c=(?<binding>[A-Za-z0-9+/=]+),"
            + "r=(?<nonce>[\\x21-\\x2b\\x2d-\\x7e]+)(?:,[A-Za-oq-z]=[^,]*+)*+),p=(?<proof>[A-Za-z0-9+/=]+)");
    private static final Pattern WRONG_ESCAPE = Pattern.compile("=(?!2C|3D)");

    private enum State {
        FIRST,
        FINAL,
        LAST
    }

    private final Users users;
    private final byte[] decoyKey;
    private final String serverNonce;

    private State state = State.FIRST;
    private String header;
    private String firstBare;
    private String serverFirst;
    private String nonce;
    private Optional<User> user = Optional.empty();
    private boolean mayActSo;
    private HashedPassword known;

    /// @param decoyKey    what decoys are made with
    /// @param serverNonce printable ASCII without a comma, never the same twice
    ScramConversation(Users users, byte[] decoyKey, String serverNonce) {
        this.users = users;
        this.decoyKey = decoyKey;
        this.serverNonce = serverNonce;
    }

    @Override
    public Turn begin(Optional<byte[]> initial) {
        return initial.isPresent() ? answer(initial.get()) : EMPTY;
    }

    @Override
    public Turn answer(byte[] response) {
        Optional<String> text = Octets.text(response);
        if (text.isEmpty()) {
            return MALFORMED;
        }
        return switch (state) {
            case FIRST -> first(text.get());
            case FINAL -> last(text.get());
            case LAST ->
                text.get().isEmpty()
                        ? new Turn.Over(new Verdict.Welcome(user.orElseThrow().login()))
                        : MALFORMED;
        };
    }

    private Turn first(String message) {
        if (message.length() > Octets.MAX_REMEMBERED) {
            return MALFORMED;
        }
        Matcher parts = CLIENT_FIRST.matcher(message);
        if (!parts.matches() || WRONG_ESCAPE.matcher(parts.group("user")).find()) {
            return MALFORMED;
        }
        header = parts.group("header");
        firstBare = parts.group("bare");
        nonce = parts.group("nonce") + serverNonce;
        String name = plain(parts.group("user"));
        user = users.find(name).filter(one -> !one.disabled() && one.password().isPresent());
        mayActSo = parts.group("actas") == null || plain(parts.group("actas")).equals(name);
        HashedPassword decoy = users.decoy(decoyKey, name); // made for everybody: it takes as long
        // one who is disabled keeps the salt that clients have seen; the proof counts for nothing
        known = users.find(name).flatMap(User::password).orElse(decoy);
        serverFirst =
                "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(known.salt()) + ",i=" + known.iterations();
        state = State.FINAL;
        return challenge(serverFirst);
    }

    private Turn last(String message) {
        Matcher parts = CLIENT_FINAL.matcher(message);
        if (!parts.matches()) {
            return MALFORMED;
        }
        Optional<byte[]> proof = base64(parts.group("proof"));
        String binding = Base64.getEncoder().encodeToString(header.getBytes(StandardCharsets.UTF_8));
        if (proof.isEmpty() || proof.get().length != HashedPassword.KEY_BYTES) {
            return MALFORMED;
        }
        String exchange = firstBare + "," + serverFirst + "," + parts.group("unproved");
        byte[] clientKey = xor(proof.get(), Keys.hmac(known.storedKey(), exchange));
        byte[] signature = Keys.hmac(known.serverKey(), exchange);
        boolean proved = MessageDigest.isEqual(Keys.sha256(clientKey), known.storedKey());
        if (!proved
                || user.isEmpty()
                || !mayActSo
                || !parts.group("binding").equals(binding)
                || !parts.group("nonce").equals(nonce)) {
            return REFUSED;
        }
        state = State.LAST;
        return challenge("v=" + Base64.getEncoder().encodeToString(signature));
    }

    private static Turn challenge(String text) {
        return new Turn.Challenge(text.getBytes(StandardCharsets.UTF_8));
    }

    /// RFC 5802 §5.1: a comma and an equals sign are written otherwise in names.
    private static String plain(String written) {
        return written.replace("=2C", ",").replace("=3D", "=");
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static byte[] xor(byte[] one, byte[] other) {
        byte[] result = new byte[one.length];
        for (int i = 0; i < one.length; i++) {
            result[i] = (byte) (one[i] ^ other[i]);
        }
        return result;
    }
}
