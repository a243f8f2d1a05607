package dev.tarry.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/// What `--version` says: the version, the commit that it was built from and its day (where the
/// launcher built it), and the Java it runs on. It is the same for the same sources.
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

    /// ` (commit 0123abc of 2026-01-04)`; nothing where that is not known.
    static String built(Attributes manifest) {
        String commit = manifest.getValue("Build-Commit");
        return commit == null || commit.isBlank() ? "" : " (commit " + commit + ")";
    }

    /// Of the jar that this class is from.
    private static Attributes manifest() {
        String own = Version.class.getSimpleName() + ".class";
        URL place = Version.class.getResource(own);
        if (place == null || !place.getProtocol().equals("jar")) {
            return new Attributes();
        }
        String jar = place.toString();
        try (InputStream in = URI.create(jar.substring(0, jar.indexOf("!/") + 2) + "META-INF/MANIFEST.MF")
                .toURL()
                .openStream()) {
            return new Manifest(in).getMainAttributes();
        } catch (IOException _) {
            return new Attributes(); // it is a courtesy
        }
    }
}
