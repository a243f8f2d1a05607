/// What can be waited for: queues, mail at the lab's hosts, mailboxes, the tracking log, faults that struck, DNS
/// queries, and any or all of such. A condition is a value, read from a small object or from one line of text;
/// watched, it knows at every moment whether it holds, without asking anybody.
///
/// Doors in: [Conditions] (reading them), [Condition] (what they are), [Lookout] (watching them).
///
/// May import: everything of the server's rooms below HTTP, and of the lab. Never here: HTTP, JSON, clocks.
package dev.tarry.scenario.condition;
