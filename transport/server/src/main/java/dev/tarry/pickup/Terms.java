package dev.tarry.pickup;

import dev.tarry.config.PickupSettings;
import dev.tarry.config.ReceiveConnectorSettings;
import dev.tarry.config.Settings;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/// What the operator says of the directories.
///
/// @param pickup          a relative path lies in the data folder; absent: none
/// @param replay          as `pickup`
/// @param perMinute       files taken from each in any minute
/// @param maxHeaderBytes  of a file in Pickup
/// @param maxRecipients   of a file in Pickup
/// @param maxMessageBytes of a whole file, in either
/// @param defaultDomain   where Message-IDs that are added come from
/// @param poisonThreshold tries that went wrong unexpectedly, or ended the process, after which a file is bad
/// @param zone            of dates that are added
public record Terms(
        Optional<Path> pickup,
        Optional<Path> replay,
        int perMinute,
        int maxHeaderBytes,
        int maxRecipients,
        long maxMessageBytes,
        String defaultDomain,
        int poisonThreshold,
        ZoneId zone) {
    /// A message may be as large as the most generous receive connector lets one be.
    public static Terms of(Settings settings, ZoneId zone) {
        PickupSettings pickup = settings.pickup();
        return new Terms(
                pickup.directory(),
                pickup.replayDirectory(),
                pickup.maxMessagesPerMinute(),
                Math.toIntExact(pickup.maxHeaderSize()),
                pickup.maxRecipientsPerMessage(),
                settings.receiveConnectors().stream()
                        .mapToLong(ReceiveConnectorSettings::maxMessageSize)
                        .max()
                        .orElse(Long.MAX_VALUE),
                settings.defaultAcceptedDomain().domainName(),
                settings.poison().detectionEnabled() ? settings.poison().threshold() : Integer.MAX_VALUE,
                zone);
    }

    Optional<Path> folder(Drop of) {
        return switch (of) {
            case PICKUP -> pickup;
            case REPLAY -> replay;
        };
    }
}
