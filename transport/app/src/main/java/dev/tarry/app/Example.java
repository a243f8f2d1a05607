package dev.tarry.app;

import java.util.List;

/// One use of a command, as its manual shows it. It is data so that a test can run every one of them
/// (`ManualTest`): in a fresh folder that holds `tarry.yaml` (a few valid settings) and `night.ps1` (a short
/// script), against a server of its own. Where a line leaves out the server or the ports, the test's own take the
/// place of the defaults.
///
/// @param says   what it is for: a few words, without a full stop
/// @param line   what is typed into a Bourne shell; begins with `tarry`
/// @param exit   the exit code it must end with
/// @param stays  whether it runs until it is told to stop (SIGTERM)
/// @param prints what standard output and error together must hold, in this order; not empty
record Example(String says, String line, int exit, boolean stays, List<String> prints) {
    Example {
        if (!line.startsWith("tarry ")) {
            throw new IllegalArgumentException("an example begins with 'tarry ': " + line);
        }
        prints = List.copyOf(prints);
        if (prints.isEmpty() || prints.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("an example says what it must print: " + line);
        }
    }

    /// One that ends by itself, with 0.
    static Example of(String says, String line, String... prints) {
        return new Example(says, line, 0, false, List.of(prints));
    }

    /// One that ends by itself, with another code.
    static Example failing(int exit, String says, String line, String... prints) {
        return new Example(says, line, exit, false, List.of(prints));
    }

    /// One that runs until it is told to stop, and then ends with 0.
    static Example staying(String says, String line, String... prints) {
        return new Example(says, line, 0, true, List.of(prints));
    }
}
