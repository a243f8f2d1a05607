package dev.tarry.shell.value;

import java.util.ArrayList;
import java.util.Collection;

/// `[System.Collections.ArrayList]` and `[System.Collections.Generic.List[…]]`: a list with `Add` and `Remove`. A
/// plain array is any other list, and keeps its size.
public final class GrowingList extends ArrayList<Object> {
    private static final long serialVersionUID = 1;

    public GrowingList() {}

    public GrowingList(Collection<?> elements) {
        super(elements);
    }
}
