package dev.tarry.queue;

import dev.tarry.mail.ExchangeProfile;
import dev.tarry.store.ErrorRecord;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How an error is shown as LastError (reference §3.1): bare up to Exchange 2010, in an envelope of fields after that.
/// Its note stands where Exchange 2019 has room for more (`MSG`), and behind Exchange's words where it has none.
public final class LastError {
    private static final DateTimeFormatter EN_US = DateTimeFormatter.ofPattern("M/d/uuuu h:mm:ss a", Locale.US);

    private LastError() {}

    /// What a recipient's last attempt ended with: its own error, or that of its queue, whichever came later.
    ///
    /// @param own     none if no attempt has met it
    /// @param ofQueue none if the queue did not fail
    public static ErrorRecord latest(ErrorRecord own, ErrorRecord ofQueue) {
        return own.isNone() || ofQueue.atMillis() > own.atMillis() && !ofQueue.isNone() ? ofQueue : own;
    }

    /// @param zone what the server's own time is shown in
    /// @return empty if there is no error
    public static String shown(ErrorRecord error, ExchangeProfile profile, ZoneId zone) {
        if (error.isNone()) {
            return "";
        }
        String time = error.atMillis() == 0
                ? ""
                : EN_US.format(Instant.ofEpochMilli(error.atMillis()).atZone(zone));
        return switch (profile) {
            case E2010 -> noted(error);
            case E2013, E2016 ->
                "[{LRT=" + time + "};{LED=" + noted(error) + "};{FQDN=" + error.host() + "};{IP=" + error.ip() + "}]";
            case E2019, SEED ->
                "[{LED=" + error.details() + "};{MSG=" + error.note() + "};{FQDN=" + error.host() + "};{IP="
                        + error.ip() + "};{LRT=" + time + "}]";
        };
    }

    private static String noted(ErrorRecord error) {
        return error.note().isEmpty() ? error.details() : error.details() + " (" + error.note() + ")";
    }
}
