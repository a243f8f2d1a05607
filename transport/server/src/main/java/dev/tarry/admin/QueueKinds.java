package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.QueueView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Get-Queue's `-Include` and `-Exclude` (reference §11.1): Internal, External, Empty, or values of DeliveryType,
/// of which any may hold.
///
/// @param kinds at least one
record QueueKinds(List<Predicate<QueueView>> kinds) implements Predicate<QueueView> {
    private static final int MAX_WORDS = 64;

    /// All words, for messages and the API's description.
    static final List<String> WORDS = Stream.concat(
                    Stream.of("Internal", "External", "Empty"),
                    Arrays.stream(DeliveryType.values()).map(DeliveryType::shellName))
            .toList();

    QueueKinds {
        kinds = List.copyOf(kinds);
    }

    /// @param name `include` or `exclude`
    /// @throws OperationRefused if a word is unknown
    static QueueKinds parse(String name, String text) {
        List<Predicate<QueueView>> kinds = new ArrayList<>();
        for (String word : text.split(",", MAX_WORDS)) {
            kinds.add(kind(word.strip())
                    .orElseThrow(() -> new OperationRefused(
                            Reason.INVALID_PARAMETER,
                            name + " takes a list of " + WORDS.stream().collect(Collectors.joining(", ")) + ", not "
                                    + OperationRefused.quoted(word))));
        }
        return new QueueKinds(kinds);
    }

    private static Optional<Predicate<QueueView>> kind(String word) {
        if (word.equalsIgnoreCase("Empty")) {
            return Optional.of(queue -> queue.messageCount() == 0);
        }
        if (word.equalsIgnoreCase("Internal") || word.equalsIgnoreCase("External")) {
            return Optional.of(
                    queue -> queue.key().deliveryType().category().shellName().equalsIgnoreCase(word));
        }
        return Arrays.stream(DeliveryType.values())
                .filter(type -> type.shellName().equalsIgnoreCase(word))
                .findFirst()
                .map(type -> queue -> queue.key().deliveryType() == type);
    }

    @Override
    public boolean test(QueueView queue) {
        return kinds.stream().anyMatch(kind -> kind.test(queue));
    }
}
