package dev.tarry.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One step of a walk over copies: through all of them in order, or, where few queues are meant that hold few, through
/// those queues alone. Queue loop only.
final class RowWalk {
    private static final Comparator<Node> IN_ORDER =
            Comparator.<Node>comparingLong(node -> node.messageId).thenComparingInt(node -> node.queue.id());

    private final Shelves shelves;
    private final Queues.RowsWanted wanted;
    private final List<MessageRow> rows = new ArrayList<>();
    private CopyPlace reached;

    RowWalk(Shelves shelves, Queues.RowsWanted wanted) {
        this.shelves = shelves;
        this.wanted = wanted;
    }

    Queues.RowSlice slice() {
        boolean last = few() ? ofQueues() : ofAll();
        return new Queues.RowSlice(rows, last ? Optional.empty() : Optional.of(reached));
    }

    /// Whether the queues hold so little that it is looked at anew for every step.
    private boolean few() {
        if (wanted.queueIds().isEmpty() || wanted.queueIds().size() > Queues.SLICE_ROWS) {
            return false;
        }
        long copies = 0;
        for (int id : wanted.queueIds()) {
            NextHopQueue queue = shelves.queue(id);
            copies += queue == null ? 0 : queue.messageCount();
        }
        return copies <= Queues.SLICE_ROWS;
    }

    private boolean ofQueues() {
        List<Node> nodes = new ArrayList<>();
        for (int id : wanted.queueIds()) {
            NextHopQueue queue = shelves.queue(id);
            if (queue != null) {
                queue.forEachCopy(nodes::add);
            }
        }
        nodes.sort(wanted.forward() ? IN_ORDER : IN_ORDER.reversed());
        for (Node node : nodes) {
            if (isBehind(node)) {
                if (rows.size() == wanted.most()) {
                    return false;
                }
                show(node);
            }
        }
        return true;
    }

    private boolean isBehind(Node node) {
        int order = node.messageId != wanted.behind().messageId()
                ? Long.compare(node.messageId, wanted.behind().messageId())
                : Integer.compare(node.queue.id(), wanted.behind().queueId());
        return wanted.forward() ? order > 0 : order < 0;
    }

    private boolean ofAll() {
        Set<Integer> ids = wanted.queueIds();
        Node[] latest = new Node[1];
        // of few queues there are few to be found: then the slice is what is looked at
        int most = ids.isEmpty() ? wanted.most() : Queues.SLICE_ROWS;
        boolean last = wanted.forward()
                ? shelves.nodes().after(wanted.behind(), most, node -> look(node, latest))
                : shelves.nodes().before(wanted.behind(), most, node -> look(node, latest));
        if (rows.size() > wanted.most()) {
            rows.subList(wanted.most(), rows.size()).clear();
            reached = rows.getLast().place();
            return false;
        }
        reached = latest[0] == null ? wanted.behind() : CopyPlace.of(latest[0]);
        return last;
    }

    private void look(Node node, Node[] latest) {
        latest[0] = node;
        if (wanted.queueIds().isEmpty() || wanted.queueIds().contains(node.queue.id())) {
            rows.add(MessageRow.of(node));
        }
    }

    private void show(Node node) {
        rows.add(MessageRow.of(node));
        reached = CopyPlace.of(node);
    }
}
