package dev.tarry.admin.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A request's target (RFC 9112 §3.2), taken apart first and decoded then, so that an encoded slash or
/// backslash is only ever part of a name. Nothing here is a path of files; dots mean nothing.
///
/// @param authority of an absolute target; absent in the usual form
/// @param path      segments, decoded
/// @param query     parameters, decoded; each once
record RequestTarget(Optional<String> authority, List<String> path, SequencedMap<String, String> query) {
    private static final int MAX_PARAMETERS = 64;

    /// @throws ProblemException if it cannot be read
    static RequestTarget parse(String target) {
        Optional<String> authority = Optional.empty();
        String rest = target;
        if (rest.regionMatches(true, 0, "http://", 0, 7)) {
            int slash = rest.indexOf('/', 7);
            int end = slash < 0 ? rest.length() : slash;
            authority = Optional.of(rest.substring(7, end));
            rest = slash < 0 ? "/" : rest.substring(slash);
        }
        if (!rest.startsWith("/")) {
            throw malformed("The address must begin with a slash.");
        }
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        String query = question < 0 ? "" : rest.substring(question + 1);
        return new RequestTarget(authority, segments(path), parameters(query));
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            segments.add(decoded(segment, false));
        }
        return segments;
    }

    private static SequencedMap<String, String> parameters(String query) {
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        if (query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals), true);
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), true);
            if (parameters.putIfAbsent(name, value) != null) {
                throw new ProblemException(
                        new Problem(ProblemType.DUPLICATE_PARAMETER, Problems.quoted(name) + " may be given once.")
                                .with("parameter", name));
            }
            if (parameters.size() > MAX_PARAMETERS) {
                throw malformed("There are more than " + MAX_PARAMETERS + " parameters.");
            }
        }
        return parameters;
    }

    /// Percent-decoding as UTF-8; controls never pass.
    private static String decoded(String text, boolean plusIsBlank) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(octets.length);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '%') {
                int high = i + 2 < octets.length ? Character.digit(octets[i + 1], 16) : -1;
                int low = i + 2 < octets.length ? Character.digit(octets[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformed("A percent sign must be followed by two hexadecimal digits.");
                }
                out.put((byte) (high << 4 | low));
                i += 2;
            } else {
                out.put(octets[i] == '+' && plusIsBlank ? (byte) ' ' : octets[i]);
            }
        }
        String decoded = utf8(out.flip());
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw malformed("The address holds control characters.");
        }
        return decoded;
    }

    private static String utf8(ByteBuffer octets) {
        try {
            CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(octets);
            return chars.toString();
        } catch (CharacterCodingException _) {
            throw malformed("The address is not UTF-8.");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problems.malformed(detail));
    }
}
