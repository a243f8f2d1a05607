package dev.tarry.login;

import dev.tarry.config.HashedPassword;
import dev.tarry.config.UserSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Everybody who may log in. Immutable.
///
/// Whoever is not there gets a decoy ([#decoy]): salt and iterations that are the same each time, whoever else changes
/// a password, and that nobody can tell from a real user's.
public final class Users {
    public static final Users NOBODY = of(List.of(), "");

    private static final int DECOY_SALT_BYTES = 16;

    private final Map<String, User> byKey;
    /// that there are, in order, each once
    private final List<Integer> iterations;

    private Users(Map<String, User> byKey) {
        this.byKey = byKey;
        this.iterations = byKey.values().stream()
                .flatMap(user -> user.password().stream())
                .map(HashedPassword::iterations)
                .distinct()
                .sorted()
                .toList();
    }

    /// @param domain where users live whose names have none
    public static Users of(List<UserSettings> settings, String domain) {
        Map<String, User> byKey = new LinkedHashMap<>();
        List<User> users = new ArrayList<>();
        for (UserSettings one : settings) {
            User user = user(one, domain);
            users.add(user);
            byKey.putIfAbsent(key(one.name()).orElse(one.name()), user);
        }
        // as whom somebody sends first is a name as good, where it is nobody else's
        for (int i = 0; i < users.size(); i++) {
            User user = users.get(i);
            addresses(settings.get(i), domain).stream()
                    .findFirst()
                    .flatMap(Users::key)
                    .ifPresent(address -> byKey.putIfAbsent(address, user));
        }
        return new Users(byKey);
    }

    private static User user(UserSettings one, String domain) {
        return new User(
                one.name(),
                one.password(),
                one.accessToken().map(Sealed::of),
                one.tokenExpires(),
                one.disabled(),
                SendAs.of(addresses(one, domain)));
    }

    private static List<String> addresses(UserSettings one, String domain) {
        if (!one.addresses().isEmpty()) {
            return one.addresses();
        }
        return List.of(one.name().indexOf('@') >= 0 ? one.name() : one.name() + "@" + domain);
    }

    /// @param name as a client says it: a name, `DOMAIN\name`, or an address
    Optional<User> find(String name) {
        return key(name).map(byKey::get);
    }

    /// What a password is checked against where there is none: right for no password. It changes with
    /// nobody's password, unless that leaves no other of as many iterations, or brings the first of so
    /// many.
    ///
    /// @param decoyKey of this server; not to be guessed by anybody
    HashedPassword decoy(byte[] decoyKey, String name) {
        String key = key(name).orElse(name);
        byte[] chosen = Keys.hmac(decoyKey, "iterations " + key);
        int some = iterations.isEmpty()
                ? Passwords.DEFAULT_ITERATIONS
                : iterations.get(Math.floorMod(chosen[0] << 8 | chosen[1] & 0xff, iterations.size()));
        return new HashedPassword(
                some,
                Arrays.copyOf(Keys.hmac(decoyKey, "salt " + key), DECOY_SALT_BYTES),
                Keys.hmac(decoyKey, "stored " + key),
                Keys.hmac(decoyKey, "server " + key));
    }

    /// Without secrets.
    @Override
    public String toString() {
        return byKey.toString();
    }

    private static Optional<String> key(String name) {
        return Prepared.of(name.substring(name.indexOf('\\') + 1)).map(text -> text.toLowerCase(Locale.ROOT));
    }
}
