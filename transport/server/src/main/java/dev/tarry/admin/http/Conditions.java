package dev.tarry.admin.http;

import dev.tarry.admin.EntityTag;
import dev.tarry.admin.Precondition;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A request's conditions (RFC 9110 §13.1): `If-Match` on changes, `If-None-Match` on reading. A route that knows
/// no states refuses a change that names one, because changing regardless is the one thing that the sender did not
/// want.
///
/// @param match     what `If-Match` wants to find; [Precondition#NONE] if there is none, or it is `*`
/// @param noneMatch tags that the client has already; absent if it did not say
/// @param any       whether `If-None-Match` is `*`
record Conditions(Precondition match, Optional<Set<EntityTag>> noneMatch, boolean any) {
    private static final int MAX_TAGS = 32;
    private static final Pattern TAG = Pattern.compile("(?<weak>W/)?\"(?<opaque>[\\x21\\x23-\\x7e]{0,64})\"");

    /// @param changes whether the request changes something
    /// @param knows   whether its route looks at tags itself
    /// @throws ProblemException if a header cannot be read, or names what the route does not know
    static Conditions of(HttpHeaders headers, boolean changes, boolean knows) {
        List<String> match = headers.getAll(HttpHeaderNames.IF_MATCH);
        List<String> noneMatch = headers.getAll(HttpHeaderNames.IF_NONE_MATCH);
        if (changes && !noneMatch.isEmpty()) {
            throw new ProblemException(Problems.precondition("If-None-Match is for reading; a change takes If-Match."));
        }
        // a strong comparison: a weak tag never matches (RFC 9110 §13.1.1)
        Optional<Set<EntityTag>> wanted = tags("If-Match", match, false);
        if (wanted.isPresent() && !(changes && knows)) {
            throw new ProblemException(Problems.precondition(
                    changes ? "There are no tags here; send it without If-Match." : "If-Match is for changes."));
        }
        boolean any = noneMatch.size() == 1 && noneMatch.getFirst().strip().equals("*");
        return new Conditions(
                wanted.isPresent() ? new Precondition(wanted) : Precondition.NONE,
                tags("If-None-Match", noneMatch, true),
                any);
    }

    /// Whether the client has this state already.
    boolean has(EntityTag tag) {
        return any || noneMatch.filter(tags -> tags.contains(tag)).isPresent();
    }

    /// @return absent if there is no such header, or it is `*`
    private static Optional<Set<EntityTag>> tags(String header, List<String> given, boolean weakToo) {
        String list = String.join(",", given).strip();
        if (given.isEmpty() || list.equals("*")) {
            return Optional.empty();
        }
        Set<EntityTag> tags = new LinkedHashSet<>();
        int seen = 0;
        for (String one : list.split(",", -1)) {
            Matcher tag = TAG.matcher(one.strip());
            if (!tag.matches() || ++seen > MAX_TAGS) {
                throw new ProblemException(Problems.malformed(header + " takes * or up to " + MAX_TAGS
                        + " entity tags in quotes, separated by commas (RFC 9110 §8.8.3)."));
            }
            if ((weakToo || tag.group("weak") == null) && !tag.group("opaque").isEmpty()) {
                tags.add(new EntityTag(tag.group("opaque")));
            }
        }
        return Optional.of(tags);
    }
}
