package dev.tarry.shell.syntax;

/// A piece of an expandable string or of a bareword.
sealed interface Part {
    record Text(String text) implements Part {}

    record Variable(Token token) implements Part {}

    /// `$(` was read: statements follow, up to the closing parenthesis.
    record Statements(Extent extent) implements Part {}

    /// Inside a bareword a `"` was read: string parts follow, up to the closing quote.
    record Quoted(Extent extent) implements Part {}

    record End() implements Part {}
}
