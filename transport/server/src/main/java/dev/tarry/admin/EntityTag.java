package dev.tarry.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/// Names one state of an object (RFC 9110 §8.8.3): two states with the same content have the same tag, two with
/// different content have different ones. So an operator can say: change it only if it is still as I saw it.
///
/// @param opaque what stands between the quotes: 1 to 64 printable ASCII characters without a quote
public record EntityTag(String opaque) {
    private static final Pattern OPAQUE = Pattern.compile("[\\x21\\x23-\\x7e]{1,64}");
    private static final int DIGEST_BYTES = 16;

    public EntityTag {
        if (!OPAQUE.matcher(opaque).matches()) {
            throw new IllegalArgumentException("not what can stand in an entity tag");
        }
    }

    /// The tag of an object as answers have it: maps, lists, texts, numbers, truth values, moments, null. The order of
    /// members counts.
    public static EntityTag of(Object value) {
        MessageDigest digest = sha256();
        add(digest, value);
        byte[] start = Arrays.copyOf(digest.digest(), DIGEST_BYTES);
        return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(start));
    }

    /// Each value with its kind and length in front, so that no two values read alike.
    private static void add(MessageDigest digest, Object value) {
        switch (value) {
            case null -> text(digest, 'n', "");
            case Map<?, ?> map -> {
                text(digest, 'm', Integer.toString(map.size()));
                map.forEach((name, member) -> {
                    text(digest, 't', name.toString());
                    add(digest, member);
                });
            }
            case Iterable<?> list -> {
                text(digest, 'l', "");
                list.forEach(item -> add(digest, item));
                text(digest, 'e', "");
            }
            case String text -> text(digest, 't', text);
            case Object other -> text(digest, 'v', other.toString());
        }
    }

    private static void text(MessageDigest digest, char kind, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        digest.update((kind + Integer.toString(octets.length) + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(octets);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// As a header has it: in quotes.
    @Override
    public String toString() {
        return '"' + opaque + '"';
    }
}
