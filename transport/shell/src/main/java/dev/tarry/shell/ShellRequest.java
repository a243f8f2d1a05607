package dev.tarry.shell;

import dev.tarry.client.TarryClient;
import dev.tarry.shell.print.ShellIo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What the words after `tarry shell` ask for.
///
/// @param help whether the usage was asked for, and nothing else counts
/// @param script what is to run; at most one of this and `file`
/// @param file a script's file; `-` is standard input
/// @param token what the server wants, where it wants one
/// @param objects whether requests for cmdlets are answered with objects, line by line
/// @param moduleFolder where the PowerShell module is to be written
/// @param widthColumns how wide a line may be, where that was said
record ShellRequest(
        boolean help,
        Optional<String> script,
        Optional<String> file,
        URI server,
        Optional<String> token,
        OptionalInt widthColumns,
        boolean objects,
        Optional<String> moduleFolder) {
    /// The longest script that is read from a file or a pipe.
    static final int MAX_SCRIPT_BYTES = 10 * 1024 * 1024;
    /// The widest line.
    static final int MAX_WIDTH_COLUMNS = 9_999;

    static final String SERVER_VARIABLE = "TARRY_SERVER";
    static final String TOKEN_VARIABLE = "TARRY_TOKEN";
    static final String WIDTH_VARIABLE = "COLUMNS";

    static final String USAGE = """
            Usage: tarry shell [-c 'SCRIPT'] [FILE] [--server URL] [--token-file FILE] [--width COLUMNS]
              -c SCRIPT      run this script and exit
              FILE           run the script in this file ('-': standard input) and exit
              --server URL   the server to talk to; else the variable TARRY_SERVER has it (default %s)
              --token-file FILE
                             its first line is the token that the server wants, if it wants one; else the
                             variable TARRY_TOKEN has it
              --width COLUMNS
                             how wide tables and lists may be; else as wide as the window, or the variable
                             COLUMNS has it (default %d)
              --objects      answer requests for cmdlets on standard input with objects, a line of JSON each
              --write-module FOLDER
                             write the PowerShell module Tarry there, whose cmdlets do that, and exit
            Without SCRIPT and FILE: a prompt on a terminal, else the script is read from standard input.
            Exit code: 0 all went well, 1 a statement failed, 2 bad usage.""".formatted(TarryClient.DEFAULT_SERVER, ShellIo.DEFAULT_WIDTH_COLUMNS);

    /// Words that make no sense, or name what cannot be read.
    static final class BadUsage extends Exception {
        BadUsage(String message) {
            super(message);
        }
    }

    /// @param args the words
    /// @param environment the process's variables, for what the words leave open
    static ShellRequest of(String[] args, Map<String, String> environment) throws BadUsage {
        Draft draft = new Draft();
        for (int i = 0; i < args.length; i++) {
            String word = args[i];
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = (equals < 0 ? word : word.substring(0, equals)).toLowerCase(Locale.ROOT);
            Optional<String> attached = equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
            boolean last = i + 1 >= args.length;
            switch (name) {
                case "-h", "--help" -> {
                    draft.help = true;
                    return draft.request(environment);
                }
                case "--objects" -> draft.objects = true;
                case "-c", "-command", "--command", "--server", "--token-file", "--width", "--write-module" -> {
                    if (attached.isEmpty() && last) {
                        throw new BadUsage(word + " needs a value.");
                    }
                    draft.option(name, attached.isPresent() ? attached.get() : args[++i]);
                }
                default -> draft.word(word);
            }
        }
        return draft.request(environment);
    }

    /// A request being read.
    private static final class Draft {
        private boolean help;
        private String script;
        private String file;
        private String server;
        private String tokenFile;
        private String moduleFolder;
        private boolean objects;
        private OptionalInt width = OptionalInt.empty();

        void option(String name, String value) throws BadUsage {
            switch (name) {
                case "--server" -> server = value;
                case "--token-file" -> tokenFile = value;
                case "--write-module" -> moduleFolder = value;
                case "--width" ->
                    width = OptionalInt.of(columns(value)
                            .orElseThrow(() -> new BadUsage("--width is a number of columns from "
                                    + ShellIo.MIN_WIDTH_COLUMNS + " to " + MAX_WIDTH_COLUMNS + ", not '" + value
                                    + "'.")));
                default -> {
                    if (script != null) {
                        throw new BadUsage("-c may be given once only.");
                    }
                    script = value;
                }
            }
        }

        void word(String word) throws BadUsage {
            if (word.startsWith("-") && !word.equals("-")) {
                throw new BadUsage("there is no option '" + word + "'.");
            }
            if (file != null) {
                throw new BadUsage("only one script file may be given, not also '" + word + "'.");
            }
            file = word;
        }

        ShellRequest request(Map<String, String> environment) throws BadUsage {
            if (help) {
                return new ShellRequest(
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        TarryClient.DEFAULT_SERVER,
                        Optional.empty(),
                        OptionalInt.empty(),
                        false,
                        Optional.empty());
            }
            if (objects && (script != null || file != null)) {
                throw new BadUsage("--objects takes no script: what is to run comes in on standard input.");
            }
            if (script != null && file != null) {
                throw new BadUsage("-c and a script file exclude each other.");
            }
            String named = environment.getOrDefault(SERVER_VARIABLE, "");
            URI address = server != null
                    ? address(server, "")
                    : named.isBlank() ? TarryClient.DEFAULT_SERVER : address(named, " (in " + SERVER_VARIABLE + ")");
            Optional<String> token = tokenFile != null
                    ? Optional.of(firstLine(tokenFile))
                    : Optional.ofNullable(environment.get(TOKEN_VARIABLE)).filter(text -> !text.isBlank());
            if (token.filter(text -> !text.matches("[\\x21-\\x7e]{1,4096}")).isPresent()) {
                throw new BadUsage(
                        "a token is one word of printable ASCII; look at " + TOKEN_VARIABLE + " or --token-file.");
            }
            return new ShellRequest(
                    false,
                    Optional.ofNullable(script),
                    Optional.ofNullable(file),
                    address,
                    token,
                    width,
                    objects,
                    Optional.ofNullable(moduleFolder));
        }
    }

    /// How wide a line may be where no window says so.
    int widthWithoutWindow(Map<String, String> environment) {
        return widthColumns.orElseGet(
                () -> columns(environment.getOrDefault(WIDTH_VARIABLE, "")).orElse(ShellIo.DEFAULT_WIDTH_COLUMNS));
    }

    private static Optional<Integer> columns(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,4}"))
                .map(Integer::valueOf)
                .filter(columns -> columns >= ShellIo.MIN_WIDTH_COLUMNS);
    }

    private static URI address(String text, String where) throws BadUsage {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null
                    && (uri.getScheme().equals("http") || uri.getScheme().equals("https"))) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new BadUsage(
                "a server address looks like " + TarryClient.DEFAULT_SERVER + ", not '" + text + "'" + where + ".");
    }

    private static String firstLine(String file) throws BadUsage {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return read(file, in).lines().findFirst().orElse("").strip();
        } catch (IOException | InvalidPathException _) {
            throw new BadUsage("the token file '" + file + "' cannot be read; its first line is to be the token.");
        }
    }

    /// @return the text of a script's file
    static String read(String file) throws BadUsage {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return read(file, in);
        } catch (NoSuchFileException _) {
            throw new BadUsage(
                    "there is no file '" + file + "'; -c runs a script that is written on the command line.");
        } catch (IOException | InvalidPathException e) {
            throw new BadUsage("the script '" + file + "' cannot be read: " + e.getMessage() + ".");
        }
    }

    /// @return all that a stream has to say
    static String read(String name, InputStream in) throws BadUsage {
        try {
            byte[] bytes = in.readNBytes(MAX_SCRIPT_BYTES + 1);
            if (bytes.length > MAX_SCRIPT_BYTES) {
                throw new BadUsage("the script from " + name + " is longer than " + MAX_SCRIPT_BYTES + " bytes.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BadUsage("the script from " + name + " cannot be read: " + e.getMessage() + ".");
        }
    }
}
