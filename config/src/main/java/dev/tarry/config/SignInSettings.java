package dev.tarry.config;

import static dev.tarry.config.Kinds.COUNT;

import java.util.List;

/// What checking passwords may cost.
///
/// @param threads    that do nothing else
/// @param maxWaiting log-ins that wait for one of them
public record SignInSettings(int threads, int maxWaiting) {
    private static final Setting<Integer> THREADS = Setting.of(
                    "signIn.threads", COUNT, "2", "The threads that check passwords, and do nothing else.")
            .between("1", "64")
            .holds(Effect.AT_START);
    private static final Setting<Integer> MAX_WAITING = Setting.of(
                    "signIn.maxWaiting",
                    COUNT,
                    "100",
                    "The log-ins that may wait for their password to be checked; more are answered 454 4.7.0.")
            .between("1", "10000");

    static final List<Setting<?>> ROWS = List.of(THREADS, MAX_WAITING);

    static SignInSettings from(Values values) {
        return new SignInSettings(values.of(THREADS), values.of(MAX_WAITING));
    }
}
