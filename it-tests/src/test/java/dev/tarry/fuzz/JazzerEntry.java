package dev.tarry.fuzz;

/// Where Jazzer comes in. Which target is tried says the system property `tarry.fuzz.target`.
public final class JazzerEntry {
    private static final FuzzTarget TARGET = FuzzTargets.named(System.getProperty("tarry.fuzz.target", ""));

    private JazzerEntry() {}

    /// Jazzer calls this by its name.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        TARGET.run(input);
    }
}
