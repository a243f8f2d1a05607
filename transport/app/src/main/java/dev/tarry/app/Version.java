package dev.tarry.app;

import picocli.CommandLine.IVersionProvider;

/// What `--version` says.
final class Version implements IVersionProvider {
    /// From the jar's manifest; `development` where there is no jar.
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"tarry " + text() + " (Java " + Runtime.version() + ")"};
    }
}
