package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Lexer.Mode;
import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `param(…)` and the attributes before it and in it. An attribute that is not known is refused by name: it may
/// change what a script does.
final class DeclarationParser {
    private final Lexer lexer;
    private final Parser parser;
    private final ExpressionParser expressions;

    DeclarationParser(Lexer lexer, Parser parser, ExpressionParser expressions) {
        this.lexer = lexer;
        this.parser = parser;
        this.expressions = expressions;
    }

    /// What CmdletBinding says.
    static final class Binding {
        private boolean advanced;
        private boolean acts;
        private boolean positional = true;
    }

    /// `name`, `name = value`, or a value alone.
    private record Entry(String name, Optional<Expression> value, Extent extent) {}

    /// The declaration at the start of a block; empty where there is none.
    Optional<Declaration> atStart() {
        int here = lexer.position();
        parser.skipSeparators();
        Binding binding = new Binding();
        while (lexer.peek(Mode.EXPRESSION).is(Kind.OPEN_BRACKET) && isAttribute()) {
            blockAttribute(binding);
            parser.skipNewLines();
        }
        if (!parser.upcomingKeyword().equals("param")) {
            if (binding.advanced) {
                throw ParseFailure.at(
                        lexer.peek(Mode.EXPRESSION).extent(),
                        "UnexpectedAttribute",
                        "Unexpected attribute 'CmdletBinding': param() must follow it.");
            }
            lexer.rewind(here);
            return Optional.empty();
        }
        Extent word = parser.upcomingWord();
        lexer.take(Mode.ARGUMENT);
        lexer.skip(word.end() - word.start());
        parser.skipNewLines();
        if (!lexer.peek(Mode.EXPRESSION).is(Kind.OPEN_PAREN)) {
            lexer.rewind(here);
            return Optional.empty();
        }
        return Optional.of(list(binding));
    }

    /// Whether the bracket that comes next begins `[Name(`, and not a cast or a type's member.
    private boolean isAttribute() {
        int here = lexer.position();
        lexer.take(Mode.EXPRESSION);
        while (Character.isWhitespace(lexer.at(0))) {
            lexer.skip(1);
        }
        while (Letters.isName(lexer.at(0)) || lexer.at(0) == '.') {
            lexer.skip(1);
        }
        boolean attribute = lexer.at(0) == '(';
        lexer.rewind(here);
        return attribute;
    }

    private void blockAttribute(Binding binding) {
        Token open = lexer.take(Mode.EXPRESSION);
        String name = dotted();
        List<Entry> entries = entries(open.extent());
        switch (plain(name)) {
            case "cmdletbinding" -> {
                binding.advanced = true;
                for (Entry entry : entries) {
                    switch (entry.name().toLowerCase(Locale.ROOT)) {
                        case "supportsshouldprocess" -> binding.acts = isTrue(entry);
                        case "positionalbinding" -> binding.positional = isTrue(entry);
                        case "confirmimpact", "helpuri", "supportspaging" -> {
                            if (!entry.name().equalsIgnoreCase("helpuri")
                                    && !(entry.value().orElse(null) instanceof Expression.Literal low
                                            && (low.text().equalsIgnoreCase("Low")
                                                    || low.text().equalsIgnoreCase("Medium")))) {
                                throw ParseFailure.outside(entry.extent(), "CmdletBinding's " + entry.name());
                            }
                        }
                        default -> throw ParseFailure.outside(entry.extent(), "CmdletBinding's " + entry.name());
                    }
                }
            }
            // They say something to tools, and nothing to whoever runs it.
            case "outputtype",
                    "system.diagnostics.codeanalysis.suppressmessage",
                    "diagnostics.codeanalysis.suppressmessage" -> {}
            default -> throw ParseFailure.outside(open.extent(), "The attribute '" + name + "'");
        }
    }

    private static boolean isTrue(Entry entry) {
        return entry.value().isEmpty()
                || entry.value().get() instanceof Expression.Variable variable
                        && variable.name().equalsIgnoreCase("true")
                || entry.value().get() instanceof Expression.Literal literal
                        && literal.value() instanceof Number number
                        && number.longValue() != 0;
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String shortened = lower.startsWith("system.management.automation.")
                ? lower.substring("system.management.automation.".length())
                : lower;
        return shortened.endsWith("attribute")
                ? shortened.substring(0, shortened.length() - "attribute".length())
                : shortened;
    }

    private String dotted() {
        while (Character.isWhitespace(lexer.at(0))) {
            lexer.skip(1);
        }
        int start = lexer.position();
        while (Letters.isName(lexer.at(0)) || lexer.at(0) == '.') {
            lexer.skip(1);
        }
        return lexer.from(start).text();
    }

    /// `( … )]` of an attribute.
    private List<Entry> entries(Extent open) {
        lexer.skip(1);
        List<Entry> entries = expressions.withCommas(true, () -> {
            List<Entry> read = new ArrayList<>();
            parser.skipNewLines();
            while (!lexer.peek(Mode.EXPRESSION).is(Kind.CLOSE_PAREN)) {
                if (lexer.peek(Mode.EXPRESSION).is(Kind.END)) {
                    throw unfinished(open);
                }
                if (!read.isEmpty()) {
                    if (!lexer.peek(Mode.EXPRESSION).is(Kind.COMMA)) {
                        throw parser.unexpected(lexer.peek(Mode.EXPRESSION));
                    }
                    lexer.take(Mode.EXPRESSION);
                    parser.skipNewLines();
                }
                read.add(entry());
                parser.skipNewLines();
            }
            return read;
        });
        lexer.take(Mode.EXPRESSION);
        parser.skipNewLines();
        Token close = lexer.peek(Mode.EXPRESSION);
        if (!close.is(Kind.CLOSE_BRACKET)) {
            throw close.is(Kind.END) ? unfinished(open) : parser.unexpected(close);
        }
        lexer.take(Mode.EXPRESSION);
        return entries;
    }

    private static ParseFailure unfinished(Extent open) {
        return ParseFailure.unfinished(
                open, "EndSquareBracketExpectedAtEndOfAttribute", "Missing ] at end of attribute or type literal.");
    }

    private Entry entry() {
        Token token = lexer.peek(Mode.EXPRESSION);
        int start = token.extent().start();
        if (!token.is(Kind.WORD)) {
            return new Entry("", Optional.of(expressions.expression()), lexer.from(start));
        }
        lexer.take(Mode.EXPRESSION);
        String name = lexer.name();
        if (name.isEmpty()) {
            throw parser.unexpected(token);
        }
        Extent extent = lexer.from(start);
        if (!lexer.peek(Mode.EXPRESSION).is(Kind.ASSIGN)) {
            return new Entry(name, Optional.empty(), extent);
        }
        expressions.operator();
        if (lexer.peek(Mode.EXPRESSION).is(Kind.WORD)) {
            // `ConfirmImpact=Medium`: a name without quotes.
            Expression word = expressions.values().word();
            return new Entry(name, Optional.of(word), extent);
        }
        return new Entry(name, Optional.of(expressions.expression()), extent);
    }

    // -- parameters

    /// `( [type]$name = value, … )`.
    Declaration list(Binding binding) {
        Token open = lexer.take(Mode.EXPRESSION);
        List<Declaration.Parameter> parameters = expressions.withCommas(true, () -> {
            List<Declaration.Parameter> read = new ArrayList<>();
            parser.skipNewLines();
            while (!lexer.peek(Mode.EXPRESSION).is(Kind.CLOSE_PAREN)) {
                Token token = lexer.peek(Mode.EXPRESSION);
                if (token.is(Kind.END)) {
                    throw ParseFailure.unfinished(
                            open.extent(),
                            "MissingEndParenthesisInFunctionParameterList",
                            "Missing ')' in function parameter list.");
                }
                if (!read.isEmpty()) {
                    if (!token.is(Kind.COMMA)) {
                        throw ParseFailure.at(
                                token.extent(),
                                "MissingEndParenthesisInFunctionParameterList",
                                "Missing ')' in function parameter list.");
                    }
                    lexer.take(Mode.EXPRESSION);
                    parser.skipNewLines();
                }
                Declaration.Parameter parameter = parameter(binding);
                if (read.stream().anyMatch(p -> p.name().equalsIgnoreCase(parameter.name()))) {
                    throw ParseFailure.at(
                            parameter.extent(),
                            "DuplicateFormalParameter",
                            "Duplicate parameter $" + parameter.name() + " in parameter list.");
                }
                read.add(parameter);
                parser.skipNewLines();
            }
            return read;
        });
        lexer.take(Mode.EXPRESSION);
        return new Declaration(binding.advanced, binding.acts, binding.positional, parameters);
    }

    /// A parameter while it is read.
    private static final class Draft {
        private final List<TypeName> types = new ArrayList<>();
        private final List<String> aliases = new ArrayList<>();
        private final List<Declaration.Check> checks = new ArrayList<>();
        private boolean mandatory;
        private int position = -1;
        private boolean piped;
        private boolean pipedByName;
        private boolean rest;
    }

    private Declaration.Parameter parameter(Binding binding) {
        Draft draft = new Draft();
        while (lexer.peek(Mode.EXPRESSION).is(Kind.OPEN_BRACKET)) {
            if (isAttribute()) {
                parameterAttribute(draft, binding);
            } else {
                draft.types.add(expressions.values().types().name());
            }
            parser.skipNewLines();
        }
        Token name = lexer.peek(Mode.EXPRESSION);
        if (!name.is(Kind.VARIABLE) || name.text().indexOf(':') >= 0) {
            throw name.is(Kind.END) || name.is(Kind.CLOSE_PAREN)
                    ? new ParseFailure(
                            "Missing parameter name.", "MissingParameterName", name.extent(), name.is(Kind.END))
                    : parser.unexpected(name);
        }
        lexer.take(Mode.EXPRESSION);
        parser.skipNewLines();
        Optional<Expression> initial = Optional.empty();
        if (lexer.peek(Mode.EXPRESSION).is(Kind.ASSIGN)) {
            expressions.operator();
            initial = Optional.of(expressions.expression());
        }
        return new Declaration.Parameter(
                name.text(),
                draft.types,
                initial,
                draft.mandatory,
                draft.position,
                draft.piped,
                draft.pipedByName,
                draft.rest,
                draft.aliases,
                draft.checks,
                name.extent());
    }

    private void parameterAttribute(Draft draft, Binding binding) {
        Token open = lexer.take(Mode.EXPRESSION);
        String name = dotted();
        List<Entry> entries = entries(open.extent());
        List<Expression> values =
                entries.stream().flatMap(entry -> entry.value().stream()).toList();
        Optional<Declaration.Check.Kind> check = Optional.ofNullable(
                switch (plain(name)) {
                    case "validateset" -> Declaration.Check.Kind.SET;
                    case "validaterange" -> Declaration.Check.Kind.RANGE;
                    case "validatepattern" -> Declaration.Check.Kind.PATTERN;
                    case "validatelength" -> Declaration.Check.Kind.LENGTH;
                    case "validatecount" -> Declaration.Check.Kind.COUNT;
                    case "validatescript" -> Declaration.Check.Kind.SCRIPT;
                    case "validatenotnull" -> Declaration.Check.Kind.NOT_NULL;
                    case "validatenotnullorempty" -> Declaration.Check.Kind.NOT_EMPTY;
                    default -> null;
                });
        if (check.isPresent()) {
            if (entries.stream().anyMatch(entry -> !entry.name().isEmpty())) {
                throw ParseFailure.outside(open.extent(), "An option of the attribute '" + name + "'");
            }
            draft.checks.add(new Declaration.Check(check.get(), values, open.extent()));
            return;
        }
        switch (plain(name)) {
            case "parameter" -> {
                // A Parameter attribute makes a function an advanced one.
                binding.advanced = true;
                entries.forEach(entry -> parameterEntry(draft, entry));
            }
            case "alias" ->
                values.forEach(value -> {
                    if (!(value instanceof Expression.Literal literal)) {
                        throw ParseFailure.outside(value.extent(), "An alias that is computed");
                    }
                    draft.aliases.add(literal.text());
                });
            // What they allow is allowed anyway.
            case "allownull", "allowemptystring", "allowemptycollection" -> {}
            default -> throw ParseFailure.outside(open.extent(), "The attribute '" + name + "'");
        }
    }

    private static void parameterEntry(Draft draft, Entry entry) {
        switch (entry.name().toLowerCase(Locale.ROOT)) {
            case "mandatory" -> draft.mandatory = isTrue(entry);
            case "valuefrompipeline" -> draft.piped = isTrue(entry);
            case "valuefrompipelinebypropertyname" -> draft.pipedByName = isTrue(entry);
            case "valuefromremainingarguments" -> draft.rest = isTrue(entry);
            case "position" -> {
                if (!(entry.value().orElse(null) instanceof Expression.Literal literal)
                        || !(literal.value() instanceof Long place)
                        || place < 0
                        || place > 1000) {
                    throw ParseFailure.at(
                            entry.extent(), "InvalidPosition", "A parameter's position is a number from 0.");
                }
                draft.position = place.intValue();
            }
            case "helpmessage" -> {}
            default -> throw ParseFailure.outside(entry.extent(), "The Parameter attribute's " + entry.name());
        }
    }
}
