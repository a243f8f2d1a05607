package dev.tarry.config;

import static dev.tarry.config.Kinds.SWITCH;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Somebody who may log in at receive connectors (reference §6.3).
///
/// @param name         what clients log in as; case does not count
/// @param password     hashed; absent: no password is right
/// @param addresses    whom the user may send as: addresses, `*@domain`, or `*`; empty: the name, at the
/// default accepted domain if it has none
/// @param disabled     whether nothing lets the user in
/// @param accessToken  for XOAUTH2; absent: no token is right
/// @param tokenExpires when the token is good no more, in lab time; absent: never
public record UserSettings(
        String name,
        Optional<HashedPassword> password,
        List<String> addresses,
        boolean disabled,
        Optional<String> accessToken,
        Optional<Instant> tokenExpires) {
    private static final Setting<String> NAME = Setting.required(
            "name", Kinds.NAME, "unnamed", "What clients log in as: a name, or an address; case does not count.");
    private static final Setting<Optional<HashedPassword>> PASSWORD = Setting.of(
                    "password",
                    Kinds.optional(Kinds.PASSWORD_HASH),
                    "",
                    "The hashed password, as 'tarry config hash-password' prints it; without one no password is right.")
            .hidden();
    private static final Setting<List<String>> ADDRESSES = Setting.of(
            "addresses",
            Kinds.list(Kinds.SEND_AS),
            "",
            "Whom the user may send as: addresses, *@domain, or * for anybody; without any, as the name itself, at the"
                    + " default accepted domain if it has none.");
    private static final Setting<Boolean> DISABLED =
            Setting.of("disabled", SWITCH, "false", "Whether the user may not log in, whatever the password.");
    private static final Setting<Optional<String>> TOKEN = Setting.of(
                    "accessToken",
                    Kinds.optional(Kinds.TOKEN),
                    "",
                    "The token that lets the user in by XOAUTH2; without one no token is right.")
            .hidden();
    private static final Setting<Optional<Instant>> EXPIRES = Setting.of(
            "accessTokenExpires",
            Kinds.optional(Kinds.MOMENT),
            "",
            "When that token is good no more, in lab time; without it, it always is.");

    static final SettingList LIST = new SettingList(
            "users",
            "name",
            List.of(NAME, PASSWORD, ADDRESSES, DISABLED, TOKEN, EXPIRES),
            _ -> List.of(),
            "Who may log in at receive connectors.");

    /// The list is copied.
    public UserSettings {
        addresses = List.copyOf(addresses);
    }

    static UserSettings from(Values values) {
        return new UserSettings(
                values.of(NAME),
                values.of(PASSWORD),
                values.of(ADDRESSES),
                values.of(DISABLED),
                values.of(TOKEN),
                values.of(EXPIRES));
    }

    /// Without secrets.
    @Override
    public String toString() {
        return name + (disabled ? " (disabled)" : "") + " as " + addresses;
    }
}
