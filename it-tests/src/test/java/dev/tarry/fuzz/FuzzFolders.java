package dev.tarry.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Prepares a folder for `it-tests/fuzz`: for each target a dictionary as Jazzer reads it, `NAME.dict`.
public final class FuzzFolders {
    private FuzzFolders() {}

    /// @param arguments the folder
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (var target : FuzzTargets.ALL.entrySet()) {
            StringBuilder words = new StringBuilder();
            target.getValue().words().forEach(word -> words.append(quoted(word)).append('\n'));
            Files.writeString(folder.resolve(target.getKey() + ".dict"), words);
        }
    }

    private static String quoted(String word) {
        StringBuilder text = new StringBuilder("\"");
        for (byte octet : word.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet >= ' ' && octet < 0x7f && octet != '"' && octet != '\\';
            text.append(plain ? String.valueOf((char) octet) : String.format("\\x%02X", octet));
        }
        return text.append('"').toString();
    }
}
