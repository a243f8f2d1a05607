package dev.tarry.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Who this server is.
///
/// @param name         its fully qualified name: banner, EHLO, Received, reports
/// @param computerName its short name: identities such as `MAIL\3`, tracking
/// @param profile      whose words it uses
/// @param externalIpAddress where the world reaches it, if it stands behind an address that is not its own
public record ServerSettings(
        String name, String computerName, Profile profile, Optional<InetAddress> externalIpAddress) {
    private static final Setting<String> NAME = Setting.of(
                    "server.name",
                    Kinds.HOST,
                    "mail.company.com",
                    "The server's fully qualified name, as it greets and reports.")
            .holds(Effect.AT_START);
    static final Setting<String> COMPUTER_NAME = Setting.of(
                    "server.computerName",
                    Kinds.COMPUTER,
                    "MAIL",
                    "The server's short name, as queue identities and tracking show it.")
            .holds(Effect.AT_START);
    private static final Setting<Profile> PROFILE = Setting.of(
            "server.profile",
            Kinds.choice("a profile", Profile.class, Profile::word),
            "2019",
            "Which Exchange generation's words failures and reports use.");
    private static final Setting<Optional<InetAddress>> EXTERNAL_IP_ADDRESS = Setting.of(
                    "server.externalIPAddress",
                    Kinds.optional(Kinds.ADDRESS),
                    "",
                    "The address at which the world reaches this server: a domain whose best host has it is a loop.")
            .exchange("ExternalIPAddress");

    static final List<Setting<?>> ROWS = List.of(NAME, COMPUTER_NAME, PROFILE, EXTERNAL_IP_ADDRESS);

    static ServerSettings from(Values values) {
        return new ServerSettings(
                values.of(NAME), values.of(COMPUTER_NAME), values.of(PROFILE), values.of(EXTERNAL_IP_ADDRESS));
    }
}
