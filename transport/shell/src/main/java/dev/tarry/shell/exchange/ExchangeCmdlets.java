package dev.tarry.shell.exchange;

import dev.tarry.shell.cmdlet.Cmdlet;
import java.util.List;
import java.util.stream.Stream;

/// All of Exchange's cmdlets. A new noun is a line here.
public final class ExchangeCmdlets {
    private ExchangeCmdlets() {}

    /// Those of all nouns.
    public static List<Cmdlet> all() {
        return Stream.of(
                        QueueCmdlets.all(),
                        VerbCmdlets.all(),
                        ExportCmdlets.all(),
                        TrackingCmdlets.all(),
                        ResubmitCmdlets.all(),
                        TransportServiceCmdlets.all(),
                        TransportConfigCmdlets.all(),
                        SendConnectorCmdlets.all(),
                        ReceiveConnectorCmdlets.all(),
                        AcceptedDomainCmdlets.all(),
                        RemoteDomainCmdlets.all(),
                        MailRouteCmdlets.all(),
                        SystemMessageCmdlets.all(),
                        ServerCmdlets.all(),
                        QueueDigestCmdlets.all(),
                        ProbeCmdlets.all(),
                        PermissionCmdlets.all(),
                        AbsentCmdlets.all())
                .flatMap(List::stream)
                .toList();
    }
}
