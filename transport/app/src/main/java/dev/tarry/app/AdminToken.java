package dev.tarry.app;

import dev.tarry.config.AdminSettings;
import dev.tarry.time.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What requests to the admin API must bear: the token that is set, the one in the file that is set, or, where the API
/// is open to others and nothing is set, one that is made at the first start and kept in the data folder. So whoever
/// may read the folder is an operator, and nobody else; the token itself is never printed.
///
/// @param token absent: none is wanted
/// @param file  where it is kept; absent if it is none, or was set itself
record AdminToken(Optional<String> token, Optional<Path> file) {
    /// Within the data folder.
    static final String FILE = "admin-token";

    /// @param folder the data folder, which exists
    /// @throws IOException if a file cannot be read or written, or holds no token; says which and what is right
    static AdminToken of(AdminSettings settings, Path folder, Secrets secrets) throws IOException {
        if (settings.token().isPresent()) {
            return new AdminToken(settings.token(), Optional.empty());
        }
        if (settings.tokenFile().isPresent()) {
            Path file = settings.tokenFile().get().toAbsolutePath().normalize();
            return new AdminToken(Optional.of(SecretFile.read("admin.tokenFile: ", file)), Optional.of(file));
        }
        if (settings.bind().getAddress().isLoopbackAddress()) {
            return new AdminToken(Optional.empty(), Optional.empty());
        }
        Path file = folder.resolve(FILE);
        return new AdminToken(
                Optional.of(SecretFile.kept(file, "a token for the admin API", secrets)), Optional.of(file));
    }
}
