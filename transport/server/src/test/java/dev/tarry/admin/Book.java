package dev.tarry.admin;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsBook;
import dev.tarry.time.Secrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// A settings book in a folder, and a desk over it.
final class Book {
    private final Path folder;
    private final SettingsBook book;
    final SettingsDesk desk;

    private Book(Path folder, SettingsBook book) {
        this.folder = folder;
        this.book = book;
        this.desk = new SettingsDesk(book, new Secrets(new SplittableRandom(1)));
    }

    static Book in(Path folder, String... sets) throws ConfigException {
        return in(folder, Map.of(), sets);
    }

    static Book in(Path folder, Map<String, String> environment, String... sets) throws ConfigException {
        List<String> all = new ArrayList<>(List.of(sets));
        all.add("data=" + folder);
        return new Book(folder, SettingsBook.open(new SettingsBook.Sources(Optional.empty(), environment, all, false)));
    }

    /// As after a kill and another start.
    Book again() throws ConfigException {
        return in(folder);
    }

    Settings now() {
        return book.now();
    }
}
