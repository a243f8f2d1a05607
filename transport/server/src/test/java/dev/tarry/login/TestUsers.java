package dev.tarry.login;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Users made of settings, as an operator writes them.
public final class TestUsers {
    private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /// ann, who has two addresses; bob, whose account is disabled; cid, who has nothing but a token
    public static final Users STAFF =
            of("[{name: ann, password: '" + hash("Secret-1") + "', addresses: 'ann@company.com,*@team.company.com',"
                    + " accessToken: ann-0123456789abcdef, accessTokenExpires: '2026-11-23T00:00:00Z'},"
                    + " {name: bob, password: '" + hash("Secret-2", 8_192) + "', disabled: true,"
                    + " accessToken: bob-0123456789abcdef},"
                    + " {name: cid, accessToken: cid-0123456789abcdef},"
                    + " {name: 'd=a,v', password: '" + hash("p") + "'}]");

    private TestUsers() {}

    static Users of(String yaml) {
        try {
            return Users.of(
                    Settings.load(Optional.empty(), Map.of(), List.of("users=" + yaml))
                            .users(),
                    "company.com");
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    static String hash(String password) {
        return hash(password, 4_096);
    }

    static String hash(String password, int iterations) {
        return Passwords.hash(password, SALT, iterations).text();
    }
}
