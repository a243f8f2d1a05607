package dev.tarry.shell.utility;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Stage;
import java.util.ArrayList;
import java.util.List;

/// A stage that needs all objects before it can say anything.
abstract class Gathering implements Stage {
    final List<Object> items = new ArrayList<>();

    @Override
    public final void process(Call call) {
        if (call.isPiped() || call.has("InputObject")) {
            items.add(Inputs.unformatted(call));
        }
    }
}
