package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Lexer.Mode;
import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What makes a block: attributes and `param(…)`, then either `begin`, `process` and `end` or plain statements.
final class BlockParser {
    private static final Set<String> NAMED = Set.of("begin", "process", "end");

    private final Script script;
    private final Lexer lexer;
    private final Parser parser;
    private final ExpressionParser expressions;
    private final DeclarationParser declarations;

    BlockParser(Script script, Lexer lexer, Parser parser, ExpressionParser expressions) {
        this.script = script;
        this.lexer = lexer;
        this.parser = parser;
        this.expressions = expressions;
        this.declarations = new DeclarationParser(lexer, parser, expressions);
    }

    /// A block up to its closer, which is taken.
    ///
    /// @param opening the brace that it began with; null for a whole script
    ScriptBlock body(Kind closer, Extent opening) {
        return expressions.withCommas(false, () -> taken(closer, opening, Optional.empty()));
    }

    /// What follows the name of a function.
    ScriptBlock function(Extent name, boolean filter) {
        parser.skipNewLines();
        Optional<Declaration> listed = Optional.empty();
        if (lexer.peek(Mode.EXPRESSION).is(Kind.OPEN_PAREN)) {
            listed = Optional.of(declarations.list(new DeclarationParser.Binding()));
            parser.skipNewLines();
        }
        Token open = lexer.peek(Mode.EXPRESSION);
        if (!open.is(Kind.OPEN_BRACE)) {
            throw new ParseFailure(
                    "Missing function body in function declaration.",
                    "MissingFunctionBody",
                    open.is(Kind.END) ? name : open.extent(),
                    open.is(Kind.END));
        }
        lexer.take(Mode.EXPRESSION);
        Optional<Declaration> declared = listed;
        ScriptBlock block = expressions.withCommas(false, () -> taken(Kind.CLOSE_BRACE, open.extent(), declared));
        // A filter's body runs for each object.
        return filter && block.process().isEmpty()
                ? new ScriptBlock(
                        block.parameters(), block.begin(), Optional.of(block.statements()), List.of(), block.text())
                : block;
    }

    private ScriptBlock taken(Kind closer, Extent opening, Optional<Declaration> listed) {
        int start = lexer.position();
        Optional<Declaration> declared = declarations.atStart();
        if (declared.isPresent()
                && listed.isPresent()
                && !declared.get().parameters().isEmpty()) {
            throw ParseFailure.at(
                    opening,
                    "OnlyOneParameterList",
                    "A function has one list of parameters: before its body, or param() in it.");
        }
        Optional<Declaration> parameters = listed.isPresent() && declared.isPresent()
                ? Optional.of(new Declaration(
                        declared.get().advanced(),
                        declared.get().acts(),
                        declared.get().positional(),
                        listed.get().parameters()))
                : declared.or(() -> listed);
        parser.skipSeparators();
        List<Statement> begin = List.of();
        Optional<List<Statement>> process = Optional.empty();
        List<Statement> last = List.of();
        if (isNamedBlock()) {
            List<String> seen = new ArrayList<>();
            while (isNamedBlock()) {
                String word = parser.upcomingKeyword();
                Extent extent = parser.upcomingWord();
                if (seen.contains(word)) {
                    throw ParseFailure.at(
                            extent,
                            "DuplicateScriptCommandClause",
                            "Script command clause '" + word + "' has already been defined.");
                }
                seen.add(word);
                List<Statement> inner = named(extent);
                switch (word) {
                    case "begin" -> begin = inner;
                    case "process" -> process = Optional.of(inner);
                    default -> last = inner;
                }
                parser.skipSeparators();
            }
            Token after = lexer.peek(Mode.EXPRESSION);
            if (after.is(Kind.END) && closer != Kind.END) {
                throw ParseFailure.unfinished(
                        opening, "MissingEndCurlyBrace", "Missing closing '}' in statement block or type definition.");
            }
            if (!after.is(closer)) {
                throw parser.unexpected(after);
            }
            lexer.take(Mode.EXPRESSION);
        } else {
            last = parser.statements(closer, opening);
        }
        int end = closer == Kind.END ? script.text().length() : lexer.position() - 1;
        return new ScriptBlock(parameters, begin, process, last, script.text().substring(start, end));
    }

    private boolean isNamedBlock() {
        String word = parser.upcomingKeyword();
        if (!NAMED.contains(word)) {
            return false;
        }
        int here = lexer.position();
        lexer.take(Mode.ARGUMENT);
        lexer.skip(word.length());
        parser.skipNewLines();
        boolean block = lexer.peek(Mode.EXPRESSION).is(Kind.OPEN_BRACE);
        lexer.rewind(here);
        return block;
    }

    private List<Statement> named(Extent word) {
        lexer.take(Mode.ARGUMENT);
        lexer.skip(word.end() - word.start());
        parser.skipNewLines();
        Token open = lexer.take(Mode.EXPRESSION);
        return parser.statements(Kind.CLOSE_BRACE, open.extent());
    }
}
