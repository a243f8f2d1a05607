package dev.tarry.shell.run;

import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.syntax.Extent;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.TextForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The words after a command's name, with splatted variables taken apart.
///
/// @param evaluate what an expression is worth
record Words(Statement.Command command, Function<Expression, Object> evaluate) {
    /// In the order in which they are written.
    List<Word> all() {
        List<Word> words = new ArrayList<>();
        for (Statement.Element element : command.elements()) {
            switch (element) {
                case Statement.Argument(Expression value, Extent extent) ->
                    words.add(new Word.Unnamed(() -> given(value), extent));
                case Statement.Parameter(String name, Optional<Expression> attached, Extent extent) ->
                    words.add(new Word.Named(name, attached.map(value -> () -> given(value)), extent));
                case Statement.Splat(Expression.Variable variable, Extent extent) ->
                    splat(evaluate.apply(variable), extent, words);
            }
        }
        return words;
    }

    private static void splat(Object value, Extent extent, List<Word> words) {
        switch (value) {
            case null -> {}
            case HashTable table ->
                table.keys()
                        .forEach(key -> words.add(new Word.Named(
                                TextForm.of(key),
                                Optional.of(() -> new Word.Given(table.get(key), Optional.empty(), extent)),
                                extent)));
            case List<?> list -> list.forEach(element -> words.add(unnamed(element, extent)));
            default -> words.add(unnamed(value, extent));
        }
    }

    private static Word unnamed(Object value, Extent extent) {
        return new Word.Unnamed(() -> new Word.Given(value, Optional.empty(), extent), extent);
    }

    /// As text, as a program of Windows' takes them.
    List<String> plain() {
        List<String> plain = new ArrayList<>();
        for (Word word : all()) {
            switch (word) {
                case Word.Named(String name, Optional<Supplier<Word.Given>> attached, var _) ->
                    plain.add("-" + name
                            + attached.map(value ->
                                            ":" + TextForm.of(value.get().value()))
                                    .orElse(""));
                case Word.Unnamed(Supplier<Word.Given> value, var _) -> {
                    Word.Given given = value.get();
                    Conversion.list(given.value())
                            .forEach(one -> plain.add(given.literal().orElseGet(() -> TextForm.of(one))));
                }
            }
        }
        return List.copyOf(plain);
    }

    private Word.Given given(Expression expression) {
        Optional<String> literal = expression instanceof Expression.Literal l && l.value() instanceof Number
                ? Optional.of(l.text())
                : Optional.empty();
        return new Word.Given(evaluate.apply(expression), literal, expression.extent());
    }
}
