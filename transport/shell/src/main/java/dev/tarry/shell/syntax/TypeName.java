package dev.tarry.shell.syntax;

/// `[name]`, as it stands between the brackets; which type it is shows at run time.
public record TypeName(String text, Extent extent) {}
