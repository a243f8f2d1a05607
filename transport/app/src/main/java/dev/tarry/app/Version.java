package dev.tarry.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/// What `--version` says: the version, the commit that it was built from and its day, and the Java it runs on. All of it
/// stands in the jar's manifest, and is the same for the same sources.
final class Version implements IVersionProvider {
    /// From the jar's manifest; `development` where there is no jar.
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "tarry " + text() + built(manifest()),
            "Java " + Runtime.version() + ", " + System.getProperty("java.vm.vendor") + ", "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }

    /// ` (commit 0123abc of 2026-01-04)`; nothing where it was not built from a git checkout.
    static String built(Attributes manifest) {
        Optional<String> commit = known(manifest, "Build-Commit");
        if (commit.isEmpty()) {
            return "";
        }
        String changed = known(manifest, "Build-Dirty").filter("true"::equals).isPresent() ? ", changed since" : "";
        return known(manifest, "Build-Commit-Date")
                .map(day -> " (commit " + commit.get() + " of " + day + changed + ")")
                .orElse(" (commit " + commit.get() + changed + ")");
    }

    /// A property that the build did not find stands there as it is written in the pom.
    private static Optional<String> known(Attributes manifest, String name) {
        return Optional.ofNullable(manifest.getValue(name)).filter(value -> !value.isBlank() && !value.contains("$"));
    }

    /// Of the jar that this class is from.
    private static Attributes manifest() {
        String own = Version.class.getSimpleName() + ".class";
        URL place = Version.class.getResource(own);
        if (place == null || !place.getProtocol().equals("jar")) {
            return new Attributes();
        }
        String jar = place.toString();
        try (InputStream in =
                URI.create(jar.substring(0, jar.indexOf("!/") + 2) + "META-INF/MANIFEST.MF")
                        .toURL()
                        .openStream()) {
            return new Manifest(in).getMainAttributes();
        } catch (IOException _) {
            return new Attributes(); // it is a courtesy
        }
    }
}
