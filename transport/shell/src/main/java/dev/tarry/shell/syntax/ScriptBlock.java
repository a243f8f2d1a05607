package dev.tarry.shell.syntax;

import java.util.List;

/// Code in braces; at run time a value like any other.
///
/// @param statements what stands between the braces
/// @param text the same as written, without the braces: what a `-Filter {…}` sends to the server
public record ScriptBlock(List<Statement> statements, String text) {}
