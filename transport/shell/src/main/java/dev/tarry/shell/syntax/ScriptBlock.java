package dev.tarry.shell.syntax;

import java.util.List;
import java.util.Optional;

/// Code in braces; at run time a value like any other. The body of a function and a whole script are blocks too.
///
/// @param parameters what `param(…)` declares; absent where there is none
/// @param begin the `begin` block; empty where there is none
/// @param process the `process` block; absent where there is none
/// @param statements the `end` block, or what stands between the braces where no block is named
/// @param text the same as written, without the braces: what a `-Filter {…}` sends to the server
public record ScriptBlock(
        Optional<Declaration> parameters,
        List<Statement> begin,
        Optional<List<Statement>> process,
        List<Statement> statements,
        String text) {
    /// Whether it is nothing but statements, to be run one after the other.
    public boolean isPlain() {
        return parameters.isEmpty() && begin.isEmpty() && process.isEmpty();
    }
}
