package dev.tarry.lab.mx;

import dev.tarry.lab.fault.Glob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which sessions are looked for. All that is given must hold.
///
/// @param sender matches any sender of a session; [Glob#ANYTHING] also one without
/// @param recipient the same for accepted recipients
/// @param since opened at that moment of lab time or later
/// @param end how it ended, see [JournaledSession#end]
/// @param limit so many of the newest
public record SessionSearch(
        Glob host, Glob client, Glob sender, Glob recipient, Optional<Instant> since, Optional<String> end, int limit) {
    public static SessionSearch newest(int limit) {
        return new SessionSearch(
                Glob.ANYTHING, Glob.ANYTHING, Glob.ANYTHING, Glob.ANYTHING, Optional.empty(), Optional.empty(), limit);
    }

    boolean finds(JournaledSession session) {
        return host.matches(session.host())
                && client.matches(session.client())
                && any(sender, session.senders())
                && any(recipient, session.recipients())
                && since.map(moment -> !session.opened().isBefore(moment)).orElse(true)
                && end.map(word -> word.equalsIgnoreCase(session.end())).orElse(true);
    }

    private static boolean any(Glob glob, List<String> texts) {
        return glob.anything() || texts.stream().anyMatch(glob::matches);
    }
}
