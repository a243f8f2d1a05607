package dev.tarry.shell.terminal;

import java.util.ArrayList;
import java.util.List;

/// One pair of brackets of a [Sketch] that is still open, or the text itself. `$_` in a block is what the commands
/// before the pipe put out, so an inner level asks its outer ones.
final class Level {
    /// A word after a command's name; a list (`a,b`) is one.
    record Element(boolean parameter, int start, int end) {}

    /// What the text may go on with.
    enum Place {
        /// A command or an expression begins.
        START,
        /// Behind a command's name.
        ARGUMENTS,
        /// In the middle of an expression.
        EXPRESSION
    }

    /// Null of the text itself.
    final Level outer;
    final char opener;
    Place place = Place.START;
    String command = "";
    /// In `@{…}`: whether the key and its `=` are there already.
    boolean keyed;
    final List<Element> elements = new ArrayList<>();
    /// The commands of this pipeline that end in a pipe, first to last; `""` for an expression.
    final List<String> before = new ArrayList<>();

    Level(Level outer, char opener) {
        this.outer = outer;
        this.opener = opener;
    }

    /// A command or an expression begins here.
    void begin() {
        place = Place.START;
        command = "";
        elements.clear();
    }
}
