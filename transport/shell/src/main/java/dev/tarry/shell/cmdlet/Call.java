package dev.tarry.shell.cmdlet;

import dev.tarry.client.TarryClient;
import dev.tarry.shell.print.Column;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.value.Comparing;
import dev.tarry.shell.value.ShellFailure;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One use of a cmdlet, as its [Stage] sees it.
public interface Call {
    /// Whether a parameter was given, by name, by place or by the present object.
    boolean has(String parameter);

    /// As [#has], also where `$null` was given, which to what sets properties means: nothing from now on.
    boolean mentions(String parameter);

    /// The parameter's value, converted to its type; null where it was not given.
    Object value(String parameter);

    /// The object that came down the pipeline, or `-InputObject`; null where there is none.
    Object input();

    /// Whether this cmdlet stands behind a pipe.
    boolean isPiped();

    void write(Object value);

    /// Prints an error and goes on, or ends the statement, as `-ErrorAction` says.
    void report(ShellFailure failure);

    void warn(String message);

    /// Shows a message where `-Verbose` or `$VerbosePreference` asks for it.
    void verbose(String message);

    /// As [#verbose], for `-Debug`.
    void debug(String message);

    /// Offers a text that is for the person (Write-Host) to whoever redirected that stream (`6>`, `*>`).
    ///
    /// @return whether somebody did, so that the screen does not get it
    boolean host(String text, boolean endsLine);

    /// Whether to act on this target: no under `-WhatIf`, which says so instead.
    ///
    /// @throws ShellFailure under `-Confirm`, because nobody can be asked
    boolean proceed(String target);

    /// As [#proceed], in the cmdlet's own words, as Exchange's have them: `Removing Send connector "Internet".`
    boolean proceedWith(String deed);

    /// Runs a block with `$_` set.
    ///
    /// @return its output: null, the one value, or a list
    Object run(ScriptBlock block, Object item);

    /// Runs a block with `$_` set; its output is this cmdlet's.
    void pass(ScriptBlock block, Object item);

    /// Tells whoever feeds the pipeline to stop. Does not return.
    void enough();

    TarryClient client();

    ShellIo io();

    Comparing comparing();

    /// The columns of default tables by object type.
    Map<String, List<Column>> views();

    /// What time the server has, in local time.
    ZonedDateTime now();

    /// The session that this is part of.
    Session session();

    default Optional<String> text(String parameter) {
        return Optional.ofNullable((String) value(parameter));
    }

    default List<String> texts(String parameter) {
        return value(parameter) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    /// A switch or a Boolean; no where it was not given.
    default boolean flag(String parameter) {
        return Boolean.TRUE.equals(value(parameter));
    }

    default Optional<Long> whole(String parameter) {
        return Optional.ofNullable((Long) value(parameter));
    }

    default Optional<ZonedDateTime> date(String parameter) {
        return Optional.ofNullable((ZonedDateTime) value(parameter));
    }

    default Optional<Duration> span(String parameter) {
        return Optional.ofNullable((Duration) value(parameter));
    }

    default Optional<ScriptBlock> block(String parameter) {
        return Optional.ofNullable((ScriptBlock) value(parameter));
    }
}
